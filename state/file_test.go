package state

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// contractFile is the example of CONTRACT.md.
const contractFile = `{
  "version": 1,
  "edition": "2025-12",
  "base_url": "https://api.telegent.com/v1.0",
  "sandbox": false,
  "AccountKey": "DID-1",
  "ids": {"AccountId": "AID-...", "MRID": "MRID-...", "CRID": "CRID-...", "TNID": "TNID-...", "SubscriberId": "TSUID-...", "MessageId": "TMID-..."},
  "PhoneNumber": "+13105551234",
  "steps": {
    "account": {"status": "done", "updated": "2026-11-23T03:45:00Z", "answers": {"AccountName": "My MVNO Business"}}
  }
}
`

// fullFile has every key there is, as it is written.
const fullFile = `{
  "version": 1,
  "edition": "2026-04",
  "base_url": "https://api.telegent.com/v1.0?a=1&b=<2>",
  "sandbox": true,
  "AccountKey": "DID-1",
  "PhoneNumber": "+13105551234",
  "steps": {
    "account": {
      "status": "done",
      "updated": "2026-11-23T03:45:00Z",
      "answers": {
        "AccountName": "Größe & Söhne",
        "BillingAddress.City": "Lehi"
      }
    },
    "provision": {
      "status": "sent",
      "updated": "2026-11-23T03:46:00Z",
      "error": {
        "kind": "unknown",
        "issue": "timeout",
        "message": "no answer"
      },
      "order_id": "ORDER-1",
      "esim": "LPA:1$example$1"
    },
    "test-message": {
      "status": "done",
      "answers": {
        "Message": "two\nlines"
      },
      "delivery": {
        "status": "Delivered",
        "updated": "2026-11-23T03:47:00Z"
      },
      "answered": true
    },
    "voice-route": {
      "status": "skipped"
    }
  },
  "history": [
    {
      "id": "AccountId",
      "value": "AID-0",
      "replaced": "2026-11-23T03:44:00Z"
    }
  ],
  "ids": {
    "AccountId": "AID-1",
    "CRID": "CRID-1",
    "MRID": "MRID-1",
    "MessageId": "TMID-1",
    "SubscriberId": "TSUID-1",
    "TNID": "TNID-1"
  }
}
`

// futureFile has keys of a later program at every level, and some that only
// look like ours.
const futureFile = `{
  "version": 1,
  "edition": "2025-12",
  "base_url": "https://api.telegent.com/v1.0",
  "sandbox": false,
  "steps": {
    "account": {
      "status": "failed",
      "error": {
        "issue": "refused",
        "message": "no",
        "hint": {
          "z": "<&>",
          "a": null
        }
      },
      "Answers": {},
      "tries": 12345678901234567890
    },
    "fax-route": {
      "status": "todo",
      "delivery": {
        "status": "Queued",
        "carrier": "x"
      },
      "area": {
        "AreaCode": "801",
        "county": "Salt Lake"
      }
    }
  },
  "history": [
    {
      "id": "AccountId",
      "value": "AID-0",
      "replaced": "2026-11-23T03:44:00Z",
      "by": "person"
    }
  ],
  "ids": {
    "AccountId": "AID-1",
    "FaxId": "FID-1",
    "Pool": [
      1,
      2.50,
      1e400
    ]
  },
  "Edition": 2025,
  "theme": {
    "dark": true,
    "keep": "my  spaces"
  }
}
`

func mustDecode(t *testing.T, data string) File {
	t.Helper()
	f, err := Decode([]byte(data))
	require.NoError(t, err)
	return f
}

func mustEncode(t *testing.T, f File) string {
	t.Helper()
	data, err := Encode(f)
	require.NoError(t, err)
	return string(data)
}

func TestTheContractsExampleIsRead(t *testing.T) {
	require.Equal(t, File{
		Edition:    "2025-12",
		BaseURL:    "https://api.telegent.com/v1.0",
		AccountKey: "DID-1",
		IDs: map[string]string{
			"AccountId": "AID-...", "MRID": "MRID-...", "CRID": "CRID-...",
			"TNID": "TNID-...", "SubscriberId": "TSUID-...", "MessageId": "TMID-...",
		},
		PhoneNumber: "+13105551234",
		Steps: map[string]Step{"account": {
			Status:  Done,
			Updated: time.Date(2026, 11, 23, 3, 45, 0, 0, time.UTC),
			Answers: map[string]string{"AccountName": "My MVNO Business"},
		}},
	}, mustDecode(t, contractFile))
}

func TestAFileIsWrittenAsItWasRead(t *testing.T) {
	for name, content := range map[string]string{
		"every key":                 fullFile,
		"unknown keys at any level": futureFile,
	} {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, content, mustEncode(t, mustDecode(t, content)))
		})
	}
}

func TestAnAreaOfALaterProgramIsKept(t *testing.T) {
	f := mustDecode(t, `{"version":1,"steps":{"availability":{"status":"done","area":{"county":"Salt Lake"}}}}`)
	require.Equal(t, f, mustDecode(t, mustEncode(t, f)))
	require.Contains(t, mustEncode(t, f), `"county": "Salt Lake"`)
}

func TestEveryFieldSurvivesWritingAndReading(t *testing.T) {
	f := mustDecode(t, fullFile)
	require.Equal(t, Step{
		Status: Sent, Updated: time.Date(2026, 11, 23, 3, 46, 0, 0, time.UTC),
		Error:   &StepError{Kind: "unknown", Issue: "timeout", Message: "no answer"},
		OrderID: "ORDER-1", ESIM: "LPA:1$example$1",
	}, f.Steps["provision"])
	message := f.Steps["test-message"]
	require.Equal(t, Delivery{Status: "Delivered", Updated: time.Date(2026, 11, 23, 3, 47, 0, 0, time.UTC)}, message.Delivery)
	require.True(t, message.Answered)
	require.Equal(t, f, mustDecode(t, mustEncode(t, f)))
}

// Rule: what was read can be written, however deep a later program nests.
func TestADeepFileIsWrittenWithoutIndents(t *testing.T) {
	deep := strings.Repeat("[", 3_000) + strings.Repeat("]", 3_000) // Indents would be 18 MB.
	written := mustEncode(t, mustDecode(t, `{"version":1,"x":`+deep+`}`))
	require.Less(t, len(written), 10_000)
	require.Contains(t, written, deep)
}

func TestANewSetupHasNoEmptyKeys(t *testing.T) {
	require.Equal(t, `{
  "version": 1,
  "edition": "2025-12",
  "base_url": "https://api.telegent.com/v1.0",
  "sandbox": false,
  "steps": {},
  "ids": {}
}
`, mustEncode(t, File{Edition: "2025-12", BaseURL: "https://api.telegent.com/v1.0", IDs: map[string]string{"MRID": ""}}))
}

func TestTimesAreWrittenInUTCAndSeconds(t *testing.T) {
	zone := time.FixedZone("", 3600)
	f := File{Steps: map[string]Step{"account": {Status: Done, Updated: time.Date(2026, 11, 23, 4, 45, 0, 999, zone)}}}
	require.Contains(t, mustEncode(t, f), `"updated": "2026-11-23T03:45:00Z"`)
}

func TestACopyCanBeChangedByItself(t *testing.T) {
	f := mustDecode(t, fullFile)
	before := mustEncode(t, f)
	c := f.Clone()
	c.IDs["AccountId"] = "changed"
	c.Steps["account"].Answers["AccountName"] = "changed"
	c.Steps["provision"].Error.Message = "changed"
	c.Steps["new"] = Step{Status: Todo}
	c.History[0].Value = "changed"
	require.Equal(t, before, mustEncode(t, f))
}

func TestWhatCouldNotBeReadBackIsNotWritten(t *testing.T) {
	far := time.Date(10_000, 1, 1, 0, 0, 0, 0, time.UTC)
	for name, f := range map[string]File{
		"no status":                  {Steps: map[string]Step{"account": {}}},
		"a status of nobody's":       {Steps: map[string]Step{"account": {Status: "maybe"}}},
		"a year with five digits":    {Steps: map[string]Step{"account": {Status: Done, Updated: far}}},
		"the same in history":        {History: []Replaced{{Replaced: far}}},
		"more than can be read back": {AccountKey: strings.Repeat("x", maxSize)},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Encode(f)
			require.Error(t, err)
		})
	}
}

func TestTextIsCleanedWhenRead(t *testing.T) {
	text := "a\u001b[31mb\u0000c\u007fd\u0085e\u202ef\u2066g\u200fh\u2028\ufeff\ti\nj\u200dk"
	quoted, err := json.Marshal(text)
	require.NoError(t, err)
	q := string(quoted)
	f := mustDecode(t, `{"version": 1, "edition": `+q+`, "AccountKey": `+q+`, "PhoneNumber": `+q+`,
		"base_url": `+q+`, "ids": {"MRID": `+q+`, `+q+`: "x"}, "history": [{"id": `+q+`, "value": `+q+`}],
		"steps": {`+q+`: {"status": "failed", "order_id": `+q+`, "esim": `+q+`, "delivery": {"status": `+q+`},
			"answers": {`+q+`: `+q+`}, "error": {"kind": `+q+`, "issue": `+q+`, "message": `+q+`}}}}`)
	const line, lines = "abcdefgh i j\u200dk", "abcdefgh\ti\nj\u200dk"
	require.Equal(t, File{
		Edition: line, AccountKey: line, PhoneNumber: line, BaseURL: line,
		IDs:     map[string]string{"MRID": line, line: "x"},
		History: []Replaced{{ID: line, Value: line}},
		Steps: map[string]Step{line: {
			Status: Failed, OrderID: line, ESIM: line, Delivery: Delivery{Status: line},
			Answers: map[string]string{line: lines},
			Error:   &StepError{Kind: line, Issue: line, Message: line},
		}},
	}, f)
}

func TestURLUserInfoIsNeverKept(t *testing.T) {
	for raw, want := range map[string]string{
		"https://api.telegent.com/v1.0":   "https://api.telegent.com/v1.0",
		"https://u:p@api.telegent.com/v1": "https://api.telegent.com/v1",
		"https://u@h:8443/a@b?c=@":        "https://h:8443/a@b?c=@",
		"https://h/a@b":                   "https://h/a@b",
		"https://u:p@w@h/":                "https://h/",
		"https://u:p/w@h/v1":              "https://h/v1",
		"https://u:%zz@h":                 "https://h",
		"u:p@h/v1":                        "h/v1",
		"u:p@https://h/v1":                "https://h/v1",
		"https:u:p@h":                     "h",
		"https://u:p@[::1":                "https://[::1",
		"http://u:p@127.0.0.1:8080/v1.0/": "http://127.0.0.1:8080/v1.0/",
		"//u:p@h":                         "//h",
	} {
		t.Run(raw, func(t *testing.T) {
			require.Equal(t, want, File{BaseURL: raw}.normal().BaseURL)
		})
	}
}

// Rule: that there were no messages is something else than that nobody looked.
func TestNoMessagesBeforeIsKept(t *testing.T) {
	for name, before := range map[string][]string{"nobody looked": nil, "there were none": {}, "there was one": {"TMID-1"}} {
		t.Run(name, func(t *testing.T) {
			data, err := Encode(File{Steps: map[string]Step{"test-message": {Status: Done, Before: before}}})
			require.NoError(t, err)
			f, err := Decode(data)
			require.NoError(t, err)
			require.Equal(t, before, f.Steps["test-message"].Before)
		})
	}
}
