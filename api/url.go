package api

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"regexp"
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

// Loopback says whether u points at this machine.
func Loopback(u *url.URL) bool {
	host := strings.TrimSuffix(u.Hostname(), ".")
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}

// place is a URL without what may be secret in it.
func place(s string) string {
	u, err := url.Parse(s)
	if err != nil {
		return ""
	}
	return Cut(CleanLine((&url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}).String()), 200)
}

var (
	userInfo   = regexp.MustCompile(`([A-Za-z][A-Za-z0-9+.-]*://)[^/?#\s"'\\@]*(?:@[^/?#\s"'\\@]*)*@`)
	queryValue = regexp.MustCompile(`(://[^\s"'\\?]*\?|&)([^=&\s"'\\#]+)=[^&\s"'\\#]*`)
)

// HideURLs redacts user info and query values of the URLs in a text.
func HideURLs(s string) string {
	if !strings.Contains(s, "://") {
		return s
	}
	s = userInfo.ReplaceAllString(s, "${1}"+Redacted+"@")
	return queryValue.ReplaceAllString(s, "${1}${2}="+Redacted)
}

// HasUserInfo says whether a text holds a URL with a user name or password.
func HasUserInfo(s string) bool { return strings.Contains(s, "://") && userInfo.MatchString(s) }
