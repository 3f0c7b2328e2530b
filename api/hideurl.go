package api

import (
	"net/url"
	"strings"
)

// HideURLs redacts user info and query values of the URLs in a text.
func HideURLs(s string) string {
	s, _ = hideURLs(s)
	return s
}

// Bytes that end a word, and a URL in it. A URL that is the whole text has quotes of
// its own.
const (
	blanks    = " \t\n\f\r"
	endOfWord = blanks + "\"\\"
)

// hideURLs is HideURLs, and says whether there was user info.
func hideURLs(s string) (hidden string, userInfo bool) {
	h := hider{text: s}
	scheme, _, found := strings.Cut(s, "://")
	whole := found && isScheme(scheme) && !strings.ContainsAny(s, blanks)
	for at := 0; at < len(s); {
		word := s
		if !whole {
			word = upTo(s[at:], endOfWord)
		}
		if strings.Contains(word, ":") {
			queries := urlQueries(word, whole)
			found := users(word, queries)
			userInfo = userInfo || len(found) > 0
			for _, query := range queries {
				found = append(found, values(word, query)...)
			}
			for _, part := range found.merged() {
				h.redact(at+part.from, at+part.to)
			}
		}
		at += len(word) + 1
	}
	return h.String(), userInfo
}

// users gives the user info of the URLs in a word, and of the SIP URIs that hold a
// password: without one it is an address, as that of a mail. What stands in a query
// is hidden with it.
func users(word string, queries spans) (found spans) {
	end := 0 // Of the last password of SIP that was looked for: it is not looked for again.
	for at := 0; ; {
		n := strings.IndexByte(word[at:], ':')
		if n < 0 {
			return found
		}
		colon := at + n
		at = colon + 1
		switch {
		case len(queries) > 0 && colon >= queries[0].from:
			at = max(colon, queries[0].to)
			queries = queries[1:]
		case strings.HasPrefix(word[at:], "//"):
			at += len("//")
			authority := upTo(word[at:], "/?#")
			if n = strings.LastIndexByte(authority, '@'); n >= 0 && colon > 0 && schemeByte(word[colon-1]) {
				found = append(found, span{at, at + n})
			}
			at += len(authority)
		case endsInSIP(word[:colon]):
			password := at + len(upTo(word[at:], "@:/?;")) + 1
			if password > len(word) || word[password-1] != ':' {
				continue
			}
			if end < password {
				end = password + len(upTo(word[password:], "@/"))
			}
			if end < len(word) && word[end] == '@' {
				found = append(found, span{at, end})
				at = end
			}
		}
	}
}

// endsInSIP says whether the last name in s is the scheme of SIP.
func endsInSIP(s string) bool {
	from := len(s)
	for from > 0 && len(s)-from < len("sips:") && wordByte(s[from-1]) {
		from--
	}
	return strings.EqualFold(s[from:], "sip") || strings.EqualFold(s[from:], "sips")
}

// urlQueries gives the queries of the URLs in a word.
func urlQueries(word string, whole bool) (found spans) {
	for at := 0; at < len(word); {
		path := upTo(word[at:], "?#")
		at += len(path) + 1
		if at > len(word) || word[at-1] != '?' || !strings.Contains(path, "://") {
			continue
		}
		query := upTo(word[at:], "#")
		if !whole { // In the quotes of a shell, which no apostrophe within a word ends.
			query, _, _ = strings.Cut(query, "''")
			query = strings.TrimSuffix(query, "'")
		}
		found = append(found, span{at, at + len(query)})
		at += len(query)
	}
	return found
}

// values gives those of a query, and what has no name there.
func values(word string, query span) (found spans) {
	at := query.from
	for part := range strings.SplitSeq(word[query.from:query.to], "&") {
		name, value, named := strings.Cut(part, "=")
		switch end := at + len(part); {
		case named && value != "":
			found = append(found, span{at + len(name) + 1, end})
		case !named && name != "":
			found = append(found, span{at, end})
		}
		at += len(part) + 1
	}
	return found
}

// isScheme says whether s is the scheme of a URL.
func isScheme(s string) bool {
	return s != "" && s[0]|0x20 >= 'a' && !strings.ContainsFunc(s, func(r rune) bool { return r > 0x7f || !schemeByte(byte(r)) })
}

func wordByte(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || c == '_'
}

// schemeByte says whether a byte can stand in the scheme of a URL.
func schemeByte(c byte) bool {
	return wordByte(c) && c != '_' || c == '+' || c == '.' || c == '-'
}

// place is a URL without what may be secret in it.
func place(s string) string {
	u, err := url.Parse(s)
	if err != nil {
		return ""
	}
	return (&url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}).String()
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
