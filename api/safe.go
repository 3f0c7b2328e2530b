package api

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
)

// secretKeys name values that are secret wherever they stand in an answer;
// personalKeys name those that concern a person and stay out of records.
var (
	secretKeys   = []string{"token", "accesstoken", "refreshtoken", "idtoken", "accountsecret", "password", "clientsecret"}
	personalKeys = []string{"qrcode", "iccid"}
)

// secretKey says whether the value of a JSON key is a secret, in any letter
// case and with or without underscores.
func secretKey(key string) bool {
	key = strings.ToLower(strings.ReplaceAll(key, "_", ""))
	return slices.Contains(secretKeys, key) || strings.HasSuffix(key, "passwordtoken")
}

// recordKey says whether the value of a JSON key stays out of records.
func recordKey(key string) bool {
	return secretKey(key) || personalKey(key)
}

// personalKey says whether the value of a JSON key concerns a person.
func personalKey(key string) bool {
	return slices.Contains(personalKeys, strings.ToLower(strings.ReplaceAll(key, "_", "")))
}

// safe cleans and redacts what an answer says. Lower is the body as
// lowerCase has it.
func safe(body, lower []byte, r *Redactor) []byte {
	return rewriter{redactor: r, hide: secretKey}.apply(body, lower)
}

// ForRecord makes a body fit for a record: safe, without personal values, and
// without what URLs in it should hide. Doing it twice is doing it once.
func ForRecord(body []byte, r *Redactor) []byte {
	return rewriter{redactor: r, hide: recordKey, urls: true}.apply(body, lowerCase(body))
}

// rewriter cleans and redacts a body. JSON keeps its shape and the order of its
// keys: only string literals are rewritten, and the values of keys for which
// hide is true are replaced whole.
type rewriter struct {
	redactor *Redactor
	hide     func(key string) bool
	urls     bool // Hides what URLs should.
	out      bytes.Buffer
}

func (w rewriter) apply(body, lower []byte) []byte {
	switch {
	case unremarkable(lower) && !(w.urls && mayHoldURL(body)) && !w.redactor.found(body):
		return body
	case !json.Valid(body):
		return []byte(w.clean(string(body)))
	}
	return w.rewrite(body)
}

func (w *rewriter) clean(s string) string {
	s = w.redactor.Redact(Clean(s))
	if w.urls {
		s = HideURLs(s)
	}
	return s
}

// unremarkable bodies hold no escape, nothing but printable ASCII, and no key
// that might be hidden: they need no rewriting unless they hold a secret.
func unremarkable(lower []byte) bool {
	return !mayHold(lower, "token", "secret", "password", "qrcode", "iccid", "sip")
}

// mayHoldURL looks for slashes: colons are everywhere in JSON.
func mayHoldURL(body []byte) bool { return bytes.Contains(body, []byte("//")) }

// rewrite copies valid JSON, token by token.
func (w *rewriter) rewrite(body []byte) []byte {
	for i := 0; i < len(body); {
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
		w.quote(Redacted)
	}
	return next
}

func (w *rewriter) text(literal []byte) string {
	var s string
	_ = json.Unmarshal(literal, &s) // The body is valid, so is its literal.
	return w.clean(s)
}

func (w *rewriter) quote(s string) {
	enc := json.NewEncoder(&w.out)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(s)
	w.out.Truncate(w.out.Len() - 1) // The encoder ends with a line break.
}

func (w *rewriter) number(literal []byte) {
	if s := string(literal); w.redactor.Redact(s) != s {
		w.quote(Redacted)
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
