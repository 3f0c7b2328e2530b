package api

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"strings"
)

// ParseBaseURL checks a base URL: https, or http to a loopback host; no user
// info, no query. A trailing slash does not matter.
func ParseBaseURL(s string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(s))
	switch {
	case err != nil || u.Host == "" || u.Opaque != "":
		return nil, errors.New("the base URL is not a URL: give one like https://api.telegent.com/v1.0")
	case u.User != nil:
		return nil, errors.New("the base URL holds a user name or password: leave them out, the program signs in with the AccountKey and AccountSecret")
	case u.RawQuery != "" || u.Fragment != "":
		return nil, errors.New("the base URL holds a query or fragment: give only scheme, host and path")
	case u.Scheme == "http" && !Loopback(u):
		return nil, fmt.Errorf("the base URL uses http: secrets would travel unprotected to %s; use https://", u.Host)
	case u.Scheme != "https" && u.Scheme != "http":
		return nil, fmt.Errorf("the base URL begins with %s: use https://", u.Scheme)
	}
	u.Path, u.RawPath = strings.TrimRight(u.Path, "/"), ""
	return u, nil
}

// Loopback says whether u points at this machine: localhost, 127.0.0.0/8 or ::1,
// however they are written. Calls to it need no https, and go through no proxy.
func Loopback(u *url.URL) bool {
	host := strings.TrimSuffix(u.Hostname(), ".")
	ip, err := netip.ParseAddr(host)
	return strings.EqualFold(host, "localhost") || err == nil && ip.Unmap().IsLoopback()
}

// HasUserInfo says whether a text holds a URL with a user name or password, or
// a SIP URI with a password. A URL that cannot be read may hold one at any @.
func HasUserInfo(s string) bool {
	if !strings.Contains(s, ":") {
		return false
	}
	if scheme, _, ok := strings.Cut(s, "://"); ok && !strings.ContainsAny(scheme, " \n") && strings.Contains(s, "@") {
		if u, err := url.Parse(s); err != nil || u.User != nil {
			return true
		}
	}
	_, userInfo := hideURLs(s)
	return userInfo
}

// UserInfo gives what is secret in the user info of a URL or a SIP URI: the
// password, or the name where it stands alone in a URL and is no mere word.
func UserInfo(s string) []Secret {
	if !HasUserInfo(s) {
		return nil
	}
	_, rest, _ := strings.Cut(s, ":")
	info, _, found := strings.Cut(strings.TrimPrefix(rest, "//"), "@")
	if !found {
		return nil
	}
	name, password, both := strings.Cut(info, ":")
	switch {
	case !both && len(name) < wholeWords:
		return nil
	case !both:
		password = name
	}
	secrets := []Secret{NewSecret(password)}
	if plain, err := url.PathUnescape(password); err == nil && plain != password {
		secrets = append(secrets, NewSecret(plain))
	}
	return secrets
}
