package api

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/stretchr/testify/require"
)

// Rule: whoever escapes a secret, and whichever of its characters, it is found:
// services are not written in Go.
func TestASecretIsFoundHoweverMuchOfItIsEscaped(t *testing.T) {
	ascii := func(s string) string { // As Python's and PHP's JSON write it.
		var b strings.Builder
		for _, c := range s {
			switch {
			case c == '"' || c == '\\' || c == '/':
				b.WriteString(`\` + string(c))
			case c == '\n':
				b.WriteString(`\n`)
			case c < 0x7f && c >= ' ':
				b.WriteRune(c)
			default:
				for _, unit := range utf16.Encode([]rune{c}) {
					fmt.Fprintf(&b, `\u%04X`, unit)
				}
			}
		}
		return b.String()
	}
	percent := func(safe string) func(string) string {
		return func(s string) string {
			var b strings.Builder
			for i := range len(s) {
				if c := s[i]; c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || strings.IndexByte(safe, c) >= 0 {
					b.WriteByte(c)
				} else {
					fmt.Fprintf(&b, "%%%02x", c)
				}
			}
			return b.String()
		}
	}
	twice := func(f func(string) string) func(string) string { return func(s string) string { return f(f(s)) } }
	for name, write := range map[string]func(string) string{
		"ASCII JSON": ascii, "JSON in JSON": twice(ascii), "JSON in JSON in JSON": twice(twice(ascii)),
		"a URL's path": percent("/-_.~"), "a component": percent("-_.!~*'()"), "everything": percent(""), "a URL in a URL": twice(percent("/")),
	} {
		for _, secret := range append([]string{`s3"cr\et/ü`, "a b+c=/d", "pässw😀rd"}, secrets...) {
			r := &Redactor{}
			r.Add(NewSecret(secret))
			echo := write(secret)
			require.Equal(t, "<"+Redacted+">", r.Redact("<"+echo+">"), "%s: %s", name, echo)
			body, err := json.Marshal(map[string]string{"Message": "<" + echo + ">"})
			require.NoError(t, err)
			got := map[string]string{}
			require.NoError(t, json.Unmarshal(safed(body, r), &got))
			require.Equal(t, "<"+Redacted+">", got["Message"], "%s: %s", name, echo)
		}
	}
}

// Rule: a short secret is redacted where it is a word, and breaks no ID that
// happens to hold its letters.
func TestAShortSecretIsAWord(t *testing.T) {
	r := &Redactor{}
	r.Add(NewSecret("1234"))
	for in, want := range map[string]string{
		"wrong password 1234.":    "wrong password [redacted].",
		"1234":                    "[redacted]",
		"p=1234&q":                "p=[redacted]&q",
		"AID-00001234":            "AID-00001234",
		"+13105551234":            "+13105551234",
		"12341234":                "12341234",
		"1234 and 1234":           "[redacted] and [redacted]",
		"basic dXNlcjoxMjM0 sent": "basic dXNlcjo[redacted] sent",
	} {
		require.Equal(t, want, r.Redact(in))
	}
	require.Equal(t, `{"AccountId":"AID-00001234","Message":"no [redacted]!"}`, string(safed([]byte(`{"AccountId":"AID-00001234","Message":"no 1234!"}`), r)))
}
