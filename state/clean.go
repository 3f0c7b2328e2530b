package state

import (
	"net/url"
	"strings"
	"unicode"
)

// clean makes s one line without control and bidi control characters.
func clean(s string) string {
	return cleanLines(strings.ReplaceAll(s, "\n", " "))
}

// cleanLines is clean for text that may have several lines, as a message has.
func cleanLines(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t':
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r):
			return -1
		}
		return r
	}, s)
}

// withoutUser returns a URL without its user info. What cannot be read as a URL
// loses everything between its scheme and its last @: a password may stand there.
func withoutUser(raw string) string {
	at := strings.LastIndex(raw, "@")
	if at < 0 {
		return raw
	}
	if u, err := url.Parse(raw); err == nil && u.Host != "" {
		if u.User == nil {
			return raw
		}
		u.User = nil
		return u.String()
	}
	scheme, _, found := strings.Cut(raw[:at], "://")
	if !found || strings.Contains(scheme, "@") {
		return raw[at+1:]
	}
	return scheme + "://" + raw[at+1:]
}
