package webhook

import (
	"crypto/x509"
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

var saved = []Sent{
	{ID: "TMID-OLD", From: "+18015550111", To: []string{"+13105557777"}},
	{ID: "TMID-1", From: "+18015550111", To: []string{"+13105559999", "+13105558888"}},
}

// Rule: every documented shape is read, in any letter case, and found to be
// about the message that is known.
func TestReadDocumentedShapes(t *testing.T) {
	inbound := Received{Kind: Inbound, MessageID: "TMID-7", From: "+13105559999", To: "+18015550111", Text: "Hi", About: "TMID-1"}
	report := Received{Kind: Report, MessageID: "TMID-1", Status: "Delivered", About: "TMID-1"}
	for name, tc := range map[string]struct {
		query, body string
		want        Received
	}{
		"2026":              {"", `{"Message_ID":"TMID-7","Owner":"+18015550111","To":"+18015550111","From":"+13105559999","Message_Body":"Hi","Segment":1}`, inbound},
		"older":             {"", `{"MessageId":"TMID-7","From":"+13105559999","To":"+18015550111","Text":"Hi","Timestamp":"x","Direction":"Inbound"}`, inbound},
		"other letters":     {"", `{"MESSAGEID":"TMID-7","from":"+13105559999","to":"+18015550111","text":"Hi"}`, inbound},
		"owner alone":       {"", `{"Message_ID":"TMID-7","Owner":"+18015550111","From":"+13105559999","Message_Body":"Hi"}`, inbound},
		"numbers":           {"", `{"MessageId":"TMID-7","From":13105559999,"To":[{"Number":"18015550111"}],"Text":"Hi"}`, inbound},
		"form":              {"", `Message_ID=TMID-7&From=%2B13105559999&To=%2B18015550111&Message_Body=Hi`, inbound},
		"form, bare plus":   {"", `Message_ID=TMID-7&From=+13105559999&To=+18015550111&Message_Body=Hi`, inbound},
		"query":             {`Message_ID=TMID-7&From=+13105559999&To=18015550111&Message_Body=Hi&key=x`, "", inbound},
		"query and body":    {`MessageId=TMID-7`, `{"From":"+13105559999","To":"+18015550111","Text":"Hi"}`, inbound},
		"envelope":          {"", `{"Successful":true,"Status":"x","Data":{"MessageId":"TMID-7","From":"+13105559999","To":"+18015550111","Text":"Hi"}}`, inbound},
		"list of one":       {"", "\ufeff" + ` [{"MessageId":"TMID-7","From":"+13105559999","To":"+18015550111","Text":"Hi"}]`, inbound},
		"report":            {"", `{"MessageId":"TMID-1","Status":"Delivered","Timestamp":"2026-06-01T12:00:00Z"}`, report},
		"report by query":   {`MessageId=TMID-1&Status=Delivered&Timestamp=x`, "", report},
		"report as details": {"", `{"MessageId":"TMID-1","Direction":"Outbound","Status":"Delivered","Body":"x"}`, Received{Kind: Report, MessageID: "TMID-1", Status: "Delivered", Text: "x", About: "TMID-1"}},
		"failed": {"", `{"MessageId":"TMID-1","Status":"Failed","ErrorCode":30003,"ErrorMessage":"Unreachable"}`,
			Received{Kind: Report, MessageID: "TMID-1", Status: "Failed", ErrorCode: "30003", Error: "Unreachable", About: "TMID-1"}},
		"handset":           {"", `{"MessageId":"TMID-1","DeviceDeliveryStatus":"Delivered","DeliveredOn":"x"}`, report},
		"report of another": {"", `{"MessageId":"TMID-2","Status":"Sent"}`, Received{Kind: Report, MessageID: "TMID-2", Status: "Sent"}},
		"mms": {"", `{"Message_ID":"TMID-7","To":"+18015550111","From":"+13105559999","Message_Body":"","MMS_Media_URL":["https://a.example/1","https://a.example/2"]}`,
			Received{Kind: Inbound, MessageID: "TMID-7", From: "+13105559999", To: "+18015550111", Media: "https://a.example/1, https://a.example/2", About: "TMID-1"}},
		"empty text": {"", `{"Message_ID":"TMID-7","To":"+18015550111","From":"+13105559999","Message_Body":""}`,
			Received{Kind: Inbound, MessageID: "TMID-7", From: "+13105559999", To: "+18015550111", About: "TMID-1"}},
		"received": {"", `{"MessageID":"TMID-7","Status":"Received","To":"+18015550111","From":"+13105559999","Body":"Hi"}`,
			Received{Kind: Inbound, MessageID: "TMID-7", From: "+13105559999", To: "+18015550111", Status: "Received", Text: "Hi", About: "TMID-1"}},
		"of a stranger": {"", `{"MessageId":"TMID-7","From":"+13105550000","To":"+18015550111","Text":"Hi"}`,
			Received{Kind: Inbound, MessageID: "TMID-7", From: "+13105550000", To: "+18015550111", Text: "Hi"}},
		"short code": {"", `{"MessageId":"TMID-7","From":"72345","To":"TELEGENT","Text":"Hi"}`,
			Received{Kind: Inbound, MessageID: "TMID-7", From: "72345", To: "TELEGENT", Text: "Hi"}},
		"an ID in any place": {"", `{"what":{"ids":["TMID-1"]}}`,
			Received{Kind: Unknown, MessageID: "TMID-1", Text: `{"what":{"ids":["TMID-1"]}}`, About: "TMID-1"}},
		"nothing":     {"", "", Received{Kind: Unknown}},
		"broken JSON": {"", `{"MessageId":"TMID-1",`, Received{Kind: Unknown, Text: `{"MessageId":"TMID-1",`}},
		"plain text":  {"a=1", "hello", Received{Kind: Unknown, Text: "hello a=1"}},
		"null":        {"", `{"MessageId":null,"Status":null}`, Received{Kind: Unknown, Text: `{"MessageId":null,"Status":null}`}},
	} {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, []Received{tc.want}, read(tc.query, tc.body, saved))
		})
	}
}

// Rule: where the service gave no ID, the numbers tell what a report or an
// answer is about.
func TestReadWithoutKnownID(t *testing.T) {
	known := []Sent{{From: "+18015550111", To: []string{"+13105559999"}}}
	for body, about := range map[string]string{
		`{"From":"+18015550111","To":"+13105559999","Status":"Delivered"}`:                  "+13105559999",
		`{"MessageId":"TMID-7","From":"13105559999","To":"1 801 555 0111","Text":"Answer"}`: "+13105559999",
		`{"MessageId":"TMID-7","From":"+18015550111","To":"+13105559999","Status":"Sent"}`:  "+13105559999",
		`{"From":"+18015550112","To":"+13105559999","Status":"Delivered"}`:                  "",
		`{"MessageId":"","Status":"Delivered"}`:                                             "",
	} {
		require.Equal(t, about, read("", body, known)[0].About, body)
	}
}

// Rule: each message of a list is told, up to a bound that is told, too.
func TestReadLists(t *testing.T) {
	list := func(n int) string {
		var all []string
		for i := range n {
			all = append(all, fmt.Sprintf(`{"MessageId":"TMID-%d","Status":"Sent"}`, i))
		}
		return `{"Results":[` + strings.Join(all, ",") + `]}`
	}
	all := read("", list(3), saved)
	require.Len(t, all, 3)
	require.Equal(t, "TMID-1", all[1].About)
	require.Empty(t, all[2].About)
	require.Empty(t, all[2].Problem)
	all = read("", list(5000), nil)
	require.Len(t, all, mostMessages)
	require.Contains(t, all[mostMessages-1].Problem, "not shown")
}

// Rule: what comes is cleaned of all that acts on a terminal, and cut.
func TestReadHostile(t *testing.T) {
	const evil = "\\u001b]0;owned\\u0007\\u001b[2J\\u202eA\\u0000B\\r"
	r := read("", `{"MessageId":"`+evil+`","From":"`+evil+`","To":"`+evil+`","Text":"`+evil+`\nC","Status":"`+evil+`","MMS_Media_URL":"`+evil+`","ErrorMessage":"`+evil+`"}`, nil)[0]
	require.Equal(t, Received{Kind: Inbound, MessageID: "AB", From: "AB", To: "AB", Text: "AB\nC", Status: "AB", Media: "AB", Error: "AB"}, r)

	long := strings.Repeat("x", longestBody/2)
	r = read("", `{"MessageId":"`+long+`","From":"1","Text":"`+long+`"}`, nil)[0]
	require.Equal(t, longestValue+1, utf8.RuneCountInString(r.MessageID)) // And the ellipsis.
	require.Equal(t, longestText+1, utf8.RuneCountInString(r.Text))

	for _, body := range []string{strings.Repeat("[", longestBody), strings.Repeat(`{"a":`, longestBody/5), strings.Repeat("a=1&", longestBody/4), "\x1b[31m\xff\xfe"} {
		r := read("", body, saved)
		require.Len(t, r, 1)
		require.Equal(t, Unknown, r[0].Kind)
	}
}

// Rule: whatever comes is read without a panic, cleaned, and the same each time.
func FuzzRead(f *testing.F) {
	f.Add("a=b", `{"MessageId":"TMID-1","Status":"Sent"}`)
	f.Add("", `[{"From":"+13105559999","To":[{"Number":1}],"Data":{"Text":"x"}},[],null]`)
	f.Add("From=%2B1&From=2", "Text=\x1b[2J&%zz")
	f.Fuzz(func(t *testing.T, query, body string) {
		all := read(query, body, saved)
		require.NotEmpty(t, all)
		require.LessOrEqual(t, len(all), mostMessages)
		require.Equal(t, all, read(query, body, saved))
		for _, r := range all {
			for _, s := range []string{r.MessageID, r.From, r.To, r.Status, r.Text, r.Media, r.ErrorCode, r.Error, r.About} {
				require.NotContains(t, strings.Map(func(c rune) rune {
					if unicode.IsControl(c) && c != '\n' && c != '\t' {
						return '\a'
					}
					return c
				}, s), "\a")
			}
		}
	})
}

// Rule: a number is the same however it is written.
func TestE164(t *testing.T) {
	for s, want := range map[string]string{
		"+13105551234": "+13105551234", "13105551234": "+13105551234", " 13105551234": "+13105551234", "+1 (310) 555-1234": "+13105551234",
		"72345": "", "0013105551234": "", "TELEGENT": "", "": "", "+1234567890123456": "", "1310555123x": "",
	} {
		require.Equal(t, want, e164(s), s)
	}
	require.True(t, sameNumber("+13105551234", " 13105551234"))
	require.False(t, sameNumber("72345", "72345"))
}

// Rule: a chain that this machine completed by itself, as some systems do,
// still lacks what the server did not send.
func TestChainCompletedElsewhere(t *testing.T) {
	own, middle, root := &x509.Certificate{Raw: []byte{1}}, &x509.Certificate{Raw: []byte{2}}, &x509.Certificate{Raw: []byte{3}}
	whole := [][]*x509.Certificate{{own, middle, root}}
	require.False(t, sentWhole(whole, []*x509.Certificate{own}))
	require.True(t, sentWhole(whole, []*x509.Certificate{own, middle}))
	require.True(t, sentWhole([][]*x509.Certificate{{own}}, []*x509.Certificate{own}))
	require.True(t, sentWhole(append(whole, []*x509.Certificate{own, root}), []*x509.Certificate{own}))
}

// Rule: a queue that is full refuses, and has room again for what was taken and
// done with.
func TestQueueBound(t *testing.T) {
	q := newQueue[Event]()
	large := Received{Text: strings.Repeat("x", mostWaiting/2-overhead)}
	require.True(t, q.add(large))
	require.True(t, q.add(large))
	require.False(t, q.add(Omitted{1}))
	require.Len(t, q.take(), 2)
	require.False(t, q.add(Omitted{1})) // The two are still being written.
	q.close()
	require.Empty(t, q.take())
	require.False(t, q.add(Omitted{1}))
}
