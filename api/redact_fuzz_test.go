package api

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"net/url"
	"strings"
	"telegent-setup/api/text"
	"testing"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

// each writes every byte of s in its own way.
func each(s, format string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		fmt.Fprintf(&b, format, c)
	}
	return b.String()
}

// eachRune writes every character of s in its own way.
func eachRune(s, format string) string {
	var b strings.Builder
	for _, c := range s {
		fmt.Fprintf(&b, format, c)
	}
	return b.String()
}

func codes(s, format string) string {
	var b strings.Builder
	for _, unit := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, format, unit)
	}
	return b.String()
}

func jsonText(s string) string {
	quoted, _ := json.Marshal(s)
	return string(quoted[1 : len(quoted)-1])
}

// forms are the ways in which the redactor promises to find a secret.
var forms = map[string]func(string) string{
	"raw":               func(s string) string { return s },
	"json":              jsonText,
	"json in json":      func(s string) string { return jsonText(jsonText(s)) },
	"json three deep":   func(s string) string { return jsonText(jsonText(jsonText(s))) },
	"codes":             func(s string) string { return codes(s, `\u%04x`) },
	"codes in capitals": func(s string) string { return codes(s, `\u%04X`) },
	"codes in json":     func(s string) string { return jsonText(codes(s, `\u%04x`)) },
	"query":             url.QueryEscape,
	"path":              url.PathEscape,
	"every byte":        func(s string) string { return each(s, "%%%02x") },
	"in capitals":       func(s string) string { return each(s, "%%%02X") },
	"twice":             func(s string) string { return url.QueryEscape(url.QueryEscape(s)) },
	"html":              html.EscapeString,
	"entities":          func(s string) string { return eachRune(s, "&#%d;") },
	"entities in hex":   func(s string) string { return eachRune(s, "&#x%x;") },
	"entities, long":    func(s string) string { return eachRune(s, "&#X%06X;") },
	"quoted-printable":  func(s string) string { return each(s, "=%02X") },
	"soft line breaks": func(s string) string {
		return strings.TrimSuffix(strings.ReplaceAll(eachRune(s, "%c=\n"), "==\n", "=3D=\n"), "=\n")
	},
	"hex":               func(s string) string { return hex.EncodeToString([]byte(s)) },
	"hex in capitals":   func(s string) string { return strings.ToUpper(hex.EncodeToString([]byte(s))) },
	"base64":            func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) },
	"base64 for URLs":   func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) },
	"basic":             func(s string) string { return base64.StdEncoding.EncodeToString([]byte("user:" + s)) },
	"base64, shifted 1": func(s string) string { return base64.StdEncoding.EncodeToString([]byte(":" + s + "; and more")) },
	"base64, shifted 2": func(s string) string { return base64.URLEncoding.EncodeToString([]byte("a:" + s + "; and more")) },
	"json of a url":     func(s string) string { return jsonText(url.QueryEscape(s)) },
	"html of json":      func(s string) string { return html.EscapeString(jsonText(s)) },
}

// Rule: whatever a secret is and wherever it stands, none of the promised forms of
// it is left; and it does not take long.
func FuzzRedact(f *testing.F) {
	for _, s := range append(secrets, "abc", "1", "eyJhbGciOiJIUzI1NiJ9.e30.x-y_z", "41ab=3D%41&amp;\\u0041", "+ a+  +", "redacted", "💥💥💥💥💥💥💥💥") {
		f.Add(s, "before", "behind")
	}
	f.Add("aaaaaaaab", strings.Repeat("a", 100), `\\\"\u00`)
	f.Fuzz(func(t *testing.T, secret, before, behind string) {
		if NewSecret(secret).Problem() != "" || strings.TrimSpace(strings.ReplaceAll(secret, "+", " ")) == "" || len(secret) < 1 || len(secret) > 1000 || !utf8.ValidString(before+behind) {
			t.Skip()
		}
		r := &Redactor{}
		r.Add(NewSecret(secret))
		start := time.Now()
		short := utf8.RuneCountInString(secret)
		for name, form := range forms {
			echo := form(secret)
			if short < encoded && (strings.Contains(name, "hex") || strings.Contains(name, "bas")) && !strings.Contains(name, "entities") || strings.Contains(text.Redacted, echo) {
				continue
			}
			got := r.Redact(before + " " + echo + " " + behind)
			require.Contains(t, got, text.Redacted, "%s: %q", name, echo)
			if !strings.Contains(before+behind, echo) && !strings.Contains(text.Redacted+" "+text.Redacted, echo) {
				require.NotContains(t, got, " "+echo+" ", name)
			}
		}
		require.Less(t, time.Since(start), time.Minute, "%d forms of %d bytes, on a busy machine", len(forms), len(secret+before+behind))
	})
}
