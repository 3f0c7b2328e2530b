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

// hideURLs is HideURLs, and says whether there was user info.
func hideURLs(s string) (hidden string, userInfo bool) {
	if !strings.Contains(s, ":") {
		return s, false
	}
	h := urlHider{hider: hider{text: s}, question: -1}
	h.whole = schemeLength(s) > 0 && strings.HasPrefix(s[schemeLength(s):], "://") && !strings.ContainsAny(s, blanks)
	for {
		colon := h.next + len(upTo(s[h.next:], ":"))
		switch {
		case h.question >= 0 && colon > h.question:
			h.query()
		case colon == len(s):
			return h.String(), h.userInfo
		case strings.HasPrefix(s[colon:], "://"):
			h.url(colon)
		default:
			h.sip(colon)
		}
	}
}

// What ends the parts of a URL in a text: a blank, a quote or a backslash ends it
// all. A URL that is the whole text has quotes of its own.
const (
	blanks         = " \t\n\f\r"
	endOfAll       = blanks + "\"\\"
	endOfAuthority = endOfAll + "/?#"
	endOfPath      = endOfAll + "?#"
	endOfName      = endOfAll + "@:/?;"
	endOfPassword  = endOfAll + "@/"
)

// urlHider goes over a text once.
type urlHider struct {
	hider
	whole    bool // It is a URL from end to end.
	next     int  // Where to look on.
	question int  // Where a query begins that is still to be hidden, else -1.
	userInfo bool
	ends     map[string]int // Where the last search for each kind of end ended.
}

// end is where the first of some bytes stands at or after i, else the end of the
// text. What was found once is not looked for again.
func (h *urlHider) end(i int, of string) int {
	if at, known := h.ends[of]; known && at >= i {
		return at
	}
	if h.ends == nil {
		h.ends = map[string]int{}
	}
	h.ends[of] = i + len(upTo(h.text[i:], of))
	return h.ends[of]
}

// url hides the user info behind the :// at a place. The query is hidden later:
// there may be more in the path.
func (h *urlHider) url(colon int) {
	from := colon + len("://")
	authority, path := endOfAuthority, endOfPath
	if h.whole {
		authority, path = "/?#", "?#"
	}
	h.next = h.end(from, authority)
	if at := strings.LastIndexByte(h.text[from:h.next], '@'); at >= 0 && colon > 0 && schemeByte(h.text[colon-1]) {
		h.redact(from, from+at)
		h.userInfo = true
	}
	if question := h.end(from, path); question < len(h.text) && h.text[question] == '?' {
		h.question = question
	}
}

// query hides the values of a query, and what has no name.
func (h *urlHider) query() {
	from := max(h.question+1, h.next)
	to := h.queryEnd(from)
	h.question, h.next = -1, to
	for from < to {
		end := from + len(upTo(h.text[from:to], "&"))
		name, value, named := strings.Cut(h.text[from:end], "=")
		switch {
		case named && value != "":
			h.redact(from+len(name)+1, end)
		case !named && name != "":
			h.redact(from, end)
		}
		from = end + 1
	}
}

// queryEnd is where the query ends that begins at i. An apostrophe ends it unless
// an ordinary character follows.
func (h *urlHider) queryEnd(i int) int {
	if h.whole {
		return h.end(i, "#")
	}
	for ; i < len(h.text); i++ {
		switch c := h.text[i]; {
		case c == '#' || strings.IndexByte(endOfAll, c) >= 0:
			return i
		case c == '\'' && (i+1 == len(h.text) || strings.IndexByte(endOfAll+"#'", h.text[i+1]) >= 0):
			return i
		}
	}
	return i
}

// sip hides the user info of a SIP URI when a password is in it: without one it is
// an address, as that of a mail.
func (h *urlHider) sip(colon int) {
	h.next = colon + 1
	from := colon
	for from > 0 && colon-from < len("sips:") && wordByte(h.text[from-1]) {
		from--
	}
	if scheme := strings.ToLower(h.text[from:colon]); scheme != "sip" && scheme != "sips" {
		return
	}
	name := h.end(colon+1, endOfName)
	if name == len(h.text) || h.text[name] != ':' {
		return
	}
	at := h.end(name+1, endOfPassword)
	if at == len(h.text) || h.text[at] != '@' {
		return
	}
	h.redact(colon+1, at)
	h.next, h.userInfo = at, true
}

// schemeLength is how long the scheme is that a text begins with.
func schemeLength(s string) int {
	if s == "" || s[0]|0x20 < 'a' || s[0]|0x20 > 'z' {
		return 0
	}
	i := 1
	for i < len(s) && schemeByte(s[i]) {
		i++
	}
	return i
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
