package state

import (
	"net/url"
	"strings"
)

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
