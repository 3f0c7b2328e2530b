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
}

func (w *rewriter) apply(body []byte) []byte {
	begin := body
	if w.most > 0 { // A name or a number that is cut in two begins in it.
		begin = body[:min(len(body), w.most+longestName)]
	}
	if !w.mayChange(begin) {
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
		case c == '"' && bytes.HasPrefix(body[skipSpace(body, end):], []byte(":")):
			i = w.member(body, end, w.text(body[i:end]))
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
	behind := skipSpace(body, end) + len(":")
	w.out.Write(body[end:behind])
	start := skipSpace(body, behind)
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
	said, _ := inJSON.read(literal[1 : len(literal)-1])
	return w.clean(string(said))
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
	if len(w.redactor.find(literal)) > 0 {
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
	n := bytes.IndexAny(body[i:], "{}[]:,"+blanks)
	if n < 0 {
		return len(body)
	}
	return i + max(n, 1)
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

// skipSpace is where the next token begins at or after i.
func skipSpace(body []byte, i int) int { return len(body) - len(bytes.TrimLeft(body[i:], blanks)) }
