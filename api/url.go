package api

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"regexp"
	"strings"
	"sync"
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

// In a text a URL ends at a blank, a quote or a backslash; an apostrophe ends it
// unless an ordinary character follows. A SIP URI has user info to hide when a
// password is in it: without one it is an address, as that of a mail.
type hiding struct{ userInfo, sipUser, query, wholeURL, wholeUser, wholeQuery *regexp.Regexp }

// hides is compiled when a call is first recorded: --version needs none of it.
var hides = sync.OnceValue(func() hiding {
	return hiding{
		userInfo:   regexp.MustCompile(`([A-Za-z][A-Za-z0-9+.-]*://)[^/?#\s"\\]*@`),
		sipUser:    regexp.MustCompile(`(?i)\b(sips?:)[^\s"\\@:/?;]*:[^\s"\\@/]*@`),
		query:      regexp.MustCompile(`(://[^\s"\\?#]*\?)((?:[^\s"'\\#]|'[^\s"'\\#])*)`),
		wholeURL:   regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*://\S+$`),
		wholeUser:  regexp.MustCompile(`^([^/]*//)[^/?#]*@`),
		wholeQuery: regexp.MustCompile(`^([^?#]*\?)([^#]*)`),
	}
})

// HideURLs redacts user info and query values of the URLs in a text.
func HideURLs(s string) string {
	if !strings.Contains(s, ":") {
		return s
	}
	re := hides()
	if re.wholeURL.MatchString(s) { // Quotes in it are its own.
		s = hideQuery(re.wholeQuery, re.wholeUser.ReplaceAllString(s, "${1}"+Redacted+"@"))
	}
	s = re.sipUser.ReplaceAllString(s, "${1}"+Redacted+"@")
	return hideQuery(re.query, re.userInfo.ReplaceAllString(s, "${1}"+Redacted+"@"))
}

// hideQuery redacts what stands in the second group of re, names left out.
func hideQuery(re *regexp.Regexp, s string) string {
	return re.ReplaceAllStringFunc(s, func(match string) string {
		groups := re.FindStringSubmatch(match)
		pairs := strings.Split(groups[2], "&")
		for i, pair := range pairs {
			name, value, named := strings.Cut(pair, "=")
			switch {
			case named && value != "":
				pairs[i] = name + "=" + Redacted
			case !named && name != "":
				pairs[i] = Redacted
			}
		}
		return groups[1] + strings.Join(pairs, "&")
	})
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
	re := hides()
	return re.userInfo.MatchString(s) || re.sipUser.MatchString(s)
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
	case !both && len(name) < telling:
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
