package state

import (
	"net/url"
	"strings"
	"unicode"
)

// clean makes s one line without control characters, and without those that
// change how text is shown without being seen, such as bidi overrides.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t':
			return ' '
		case hidden(r):
			return -1
		}
		return r
	}, s)
}

// cleanLines is clean for text that may have several lines, as a message has.
func cleanLines(s string) string {
	return strings.Map(func(r rune) rune {
		if hidden(r) {
			return -1
		}
		return r
	}, s)
}

func hidden(r rune) bool {
	switch {
	case r == '\n', r == '\t':
		return false
	case r == 0x200c, r == 0x200d: // Joiners belong to the letters of some scripts.
		return false
	case r == 0x061c, r == 0x2028, r == 0x2029, r == 0xfeff:
		return true
	case r >= 0x200b && r <= 0x200f, r >= 0x202a && r <= 0x202e, r >= 0x2060 && r <= 0x206f:
		return true
	case r >= 0xfff9 && r <= 0xfffb, r >= 0xe0000 && r <= 0xe007f:
		return true
	}
	return unicode.IsControl(r)
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
