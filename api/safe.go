package api

import (
	"bytes"
	"encoding/json"

	"telegent-setup/api/text"
)

// safe cleans and redacts what an answer says. Lower is the body as
// lowerCase has it.
func safe(body, lower []byte, r *Redactor) []byte {
	return (&rewriter{redactor: r, hide: secretKey}).apply(body, lower)
}

// ForRecord makes a body fit for a record: safe, without personal values, and
// without what URLs in it should hide. Doing it twice is doing it once.
func ForRecord(body []byte, r *Redactor) []byte {
	return (&rewriter{redactor: r, hide: recordKey, record: true}).apply(body, lowerCase(body))
}

// rewriter cleans and redacts a body. JSON keeps its shape and the order of its
// keys: only string literals are rewritten, and the values of keys for which
// hide is true are replaced whole.
type rewriter struct {
	redactor *Redactor
	hide     func(key string) bool
	record   bool // Personal values and what URLs hide are redacted, too.
	most     int  // How much JSON is written, in bytes; 0 for all.
	left     int  // How much of it was not read then.
	out      bytes.Buffer
	said     []byte // Reused: what a literal says.
}

func (w *rewriter) apply(body, lower []byte) []byte {
	switch {
	case unremarkable(lower) && !(w.record && mayHoldPersonal(body, lower)) && !w.redactor.found(body):
		return body
	case !json.Valid(body):
		return []byte(w.clean(string(body)))
	}
	return w.rewrite(body)
}

func (w *rewriter) clean(s string) string {
	s = hideNamed(w.redactor.Redact(text.Clean(s)), secretKey)
	if w.record {
		s = HideURLs(hidePersonal(s))
	}
	return s
}

// unremarkable bodies hold no escape, nothing but printable ASCII, and no key
// that might be hidden: they need no rewriting unless they hold a secret.
func unremarkable(lower []byte) bool {
	return !mayHold(lower, "token", "secret", "password")
}

// mayHoldPersonal says whether there may be something in an unremarkable body that
// only records hide. It looks for slashes and not for colons, which are everywhere
// in JSON.
func mayHoldPersonal(body, lower []byte) bool {
	if mayHold(lower, append([]string{"//", "sip", "lpa"}, personalNames...)...) {
		return true
	}
	from, to := iccid(body, 0)
	return from < to
}

// rewrite copies valid JSON, token by token, and stops once it has written most
// bytes.
func (w *rewriter) rewrite(body []byte) []byte {
	i := 0
	for i < len(body) && (w.most == 0 || w.out.Len() < w.most) {
		end := token(body, i)
		switch c := body[i]; {
		case c == '"' && isKey(body, end):
			key := w.text(body[i:end])
			i = w.member(body, end, key)
			continue
		case c == '"':
			w.quote(w.text(body[i:end]))
		case c == '-' || c >= '0' && c <= '9':
			w.number(body[i:end])
		default:
			w.out.Write(body[i:end])
		}
		i = end
	}
	w.left = len(body) - i
	return w.out.Bytes()
}

// member writes a key, and its value too when that is hidden. It returns where
// to go on.
func (w *rewriter) member(body []byte, end int, key string) int {
	w.quote(key)
	if !w.hide(key) {
		return end
	}
	colon := end + bytes.IndexByte(body[end:], ':') + 1
	w.out.Write(body[end:colon])
	start := colon
	for start < len(body) && space(body[start]) {
		start++
	}
	next := value(body, start)
	switch v := body[start:next]; string(v) {
	case "null", `""`, "{}", "[]": // An empty one says that there is none.
		w.out.Write(v)
	default:
		w.quote(text.Redacted)
	}
	return next
}

// text is what a string literal says, made safe.
func (w *rewriter) text(literal []byte) string {
	inner := literal[1 : len(literal)-1]
	if said, differs := inJSON.read(w.said[:0], inner); differs {
		w.said, inner = said, said
	}
	return w.clean(string(inner))
}

// quote writes text, which is clean, as a string literal.
func (w *rewriter) quote(s string) {
	w.out.WriteByte('"')
	done := 0
	for i := range len(s) {
		c := s[i]
		switch c {
		case '"', '\\':
		case '\n':
			c = 'n'
		case '\t':
			c = 't'
		default:
			continue
		}
		w.out.WriteString(s[done:i])
		w.out.WriteByte('\\')
		w.out.WriteByte(c)
		done = i + 1
	}
	w.out.WriteString(s[done:])
	w.out.WriteByte('"')
}

func (w *rewriter) number(literal []byte) {
	if s := string(literal); w.redactor.Redact(s) != s {
		w.quote(text.Redacted)
		return
	}
	w.out.Write(literal)
}

// token is where the token that starts at i ends: a string, a number, or one
// other byte.
func token(body []byte, i int) int {
	switch c := body[i]; {
	case c == '"':
		for i++; body[i] != '"'; i++ {
			if body[i] == '\\' {
				i++
			}
		}
		return i + 1
	case c == '-' || c >= '0' && c <= '9':
		for i < len(body) && bytes.IndexByte([]byte("+-.eE0123456789"), body[i]) >= 0 {
			i++
		}
		return i
	}
	return i + 1
}

// value is where the JSON value that starts at i ends.
func value(body []byte, i int) int {
	depth := 0
	for i < len(body) {
		switch body[i] {
		case '{', '[':
			depth++
		case '}', ']':
			if depth == 0 {
				return i
			}
			depth--
		case ',':
			if depth == 0 {
				return i
			}
		}
		i = token(body, i)
		if depth == 0 && i < len(body) && (body[i] == ',' || body[i] == '}' || body[i] == ']' || space(body[i])) {
			return i
		}
	}
	return i
}

func isKey(body []byte, end int) bool {
	for end < len(body) && space(body[end]) {
		end++
	}
	return end < len(body) && body[end] == ':'
}

func space(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }
