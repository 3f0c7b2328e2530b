package api

import (
	"bytes"
	"encoding/json"
	"strings"

	"telegent-setup/api/text"
)

// safe cleans and redacts what an answer says.
func safe(body []byte, r *Redactor) []byte {
	return (&rewriter{redactor: r, hide: secretKey}).apply(body)
}

// ForRecord makes a body fit for a record: safe, without personal values, and
// without what URLs in it should hide. Doing it twice is doing it once.
func ForRecord(body []byte, r *Redactor) []byte {
	return (&rewriter{redactor: r, hide: recordKey, record: true}).apply(body)
}

// rewriter cleans and redacts a body. JSON keeps its shape and the order of its
// keys: only string literals are rewritten, and the values of keys for which
// hide is true are replaced whole.
type rewriter struct {
	redactor *Redactor
	hide     func(bare []byte) bool
	record   bool // Personal values and what URLs hide are redacted, too.
	most     int  // How much JSON is written, in bytes; 0 for all.
	left     int  // How much of it was not read then.
	out      bytes.Buffer
	said     []byte // Reused: what a literal says.
}

func (w *rewriter) apply(body []byte) []byte {
	if !w.mayChange(body) {
		return body
	}
	return w.rewrite(body)
}

// mayChange says whether there may be something to clean or to hide in a body. It
// looks for slashes and not for colons, which are everywhere in JSON.
func (w *rewriter) mayChange(body []byte) bool {
	names := []string{"token", "secret", "password"}
	if w.record {
		names = append(append(names, "//", "sip", "lpa"), personalNames...)
		if from, to := iccid(body, 0); from < to {
			return true
		}
	}
	return mayHold(body, names...) || len(w.redactor.find(body)) > 0
}

func (w *rewriter) clean(s string) string {
	s = hideNamed(w.redactor.Redact(text.Clean(s)), secretKey)
	if w.record {
		s = HideURLs(hidePersonal(s))
	}
	return s
}

// rewrite copies valid JSON, token by token, and stops once it has written most
// bytes. What is no JSON is a text.
func (w *rewriter) rewrite(body []byte) []byte {
	if !json.Valid(body) {
		return []byte(w.clean(string(body)))
	}
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
	if !w.hide(bareKey(nil, key)) {
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

// literals escapes what JSON escapes in a clean text.
var literals = strings.NewReplacer(`"`, `\"`, `\`, `\\`, "\n", `\n`, "\t", `\t`)

// quote writes text, which is clean, as a string literal.
func (w *rewriter) quote(s string) {
	w.out.WriteByte('"')
	_, _ = literals.WriteString(&w.out, s)
	w.out.WriteByte('"')
}

func (w *rewriter) number(literal []byte) {
	if s := string(literal); w.redactor.Redact(s) != s {
		w.quote(text.Redacted)
		return
	}
	w.out.Write(literal)
}

// token is where the token that starts at i ends: a string, a number, a word, or one
// other byte.
func token(body []byte, i int) int {
	if body[i] == '"' {
		for i++; body[i] != '"'; i++ {
			if body[i] == '\\' {
				i++
			}
		}
		return i + 1
	}
	for end := i; end < len(body); end++ {
		if c := body[end]; space(c) || strings.IndexByte(`{}[]:,`, c) >= 0 {
			return max(end, i+1)
		}
	}
	return len(body)
}

// value is where the JSON value that starts at i ends.
func value(body []byte, i int) int {
	for depth := 0; ; {
		switch body[i] {
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		}
		if i = token(body, i); depth == 0 {
			return i
		}
	}
}

func isKey(body []byte, end int) bool {
	for end < len(body) && space(body[end]) {
		end++
	}
	return end < len(body) && body[end] == ':'
}

func space(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }
