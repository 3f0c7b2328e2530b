package api

import (
	"encoding/json"
	"strings"
	"telegent-setup/api/text"
	"testing"

	"github.com/stretchr/testify/require"
)

// Rule: in whatever form a secret stands, it is found, and nothing of it is left:
// services are not written in Go.
func TestASecretIsFoundInEveryForm(t *testing.T) {
	for _, secret := range append([]string{`s3"cr\et/ü`, "a b+c=/d", "pässw😀rd", "41ab=3D%41&amp;+\\u0041", "hunter2", "pa%s"}, secrets...) {
		r := &Redactor{}
		r.Add(NewSecret(secret))
		for name, form := range forms {
			echo := form(secret)
			got := r.Redact("<" + echo + ">")
			if strings.Contains(name, "bas") { // Of base64 a digit or two beside it may be left, and its padding.
				require.Contains(t, got, text.Redacted, "%s: %s", name, echo)
				require.NotContains(t, got, echo, "%s: %s", name, echo)
				continue
			}
			require.Equal(t, "<"+text.Redacted+">", got, "%s: %s", name, echo)
			body, err := json.Marshal(map[string]string{"Message": "<" + echo + ">"})
			require.NoError(t, err)
			var safeBody map[string]string
			require.NoError(t, json.Unmarshal(safe(body, r), &safeBody))
			require.Equal(t, "<"+text.Redacted+">", safeBody["Message"], "%s: %s", name, echo)
		}
	}
}

// Rule: where secrets overlap, or begin like the text around them, no part of them
// is left.
func TestNothingIsLeftOfASecretThatOverlaps(t *testing.T) {
	r := &Redactor{}
	for _, s := range []string{"tok-tok-123", "12345678-abc", "tok-12345678", "aaaaaaaab"} {
		r.Add(NewSecret(s))
	}
	for in, want := range map[string]string{
		"tok-tok-tok-123":       "tok-[redacted]",
		"tok-12345678-abc":      "[redacted]",
		`tok-12345678\u002dabc`: "[redacted]",
		"aaaaaaaaaaab!":         "aaa[redacted]!",
	} {
		require.Equal(t, want, r.Redact(in))
	}
}

// Rule: a text that is hardly more than a secret over and over is one as a whole.
func TestASecretOverAndOver(t *testing.T) {
	r := &Redactor{}
	r.Add(NewSecret("abc"))
	require.Equal(t, text.Redacted, r.Redact("x "+strings.Repeat("abc ", mostMatches+1)+"y"))
}

// Rule: a short secret is redacted where it is a word, and breaks no ID that
// happens to hold its letters.
func TestAShortSecretIsAWord(t *testing.T) {
	r := &Redactor{}
	r.Add(NewSecret("1234"))
	for in, want := range map[string]string{
		"wrong password 1234.": "wrong password [redacted].",
		"1234":                 "[redacted]",
		"p=1234&q":             "p=[redacted]&q",
		"AID-00001234":         "AID-00001234",
		"+13105551234":         "+13105551234",
		"12341234":             "12341234",
		"1234 and 1234":        "[redacted] and [redacted]",
		"MRID-12345678-abcd-1234-5678-abcdef123456": "MRID-12345678-abcd-1234-5678-abcdef123456",
		"a - 1234 - b":            "a - [redacted] - b",
		`a\n1234\u0020b`:          `a\n[redacted]\u0020b`,
		"%201234%20":              "%20[redacted]%20",
		"basic dXNlcjoxMjM0 sent": "basic [redacted] sent",
	} {
		require.Equal(t, want, r.Redact(in))
	}
	require.Equal(t, `{"AccountId":"AID-00001234","Message":"no [redacted]!"}`, string(safe([]byte(`{"AccountId":"AID-00001234","Message":"no 1234!"}`), r)))
}
