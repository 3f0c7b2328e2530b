package api

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// Lengths of a secret in bytes. Below shortest it is redacted only where it is a
// whole value, below telling only where it is a word of its own: inside of other
// words and IDs it would be everywhere, and by chance.
const (
	shortest = 4
	telling  = 8
)

// Redactor knows the secrets of a run and takes them out of text, raw or as
// JSON, URL or base64 would write them. It is safe for concurrent use.
type Redactor struct {
	mu    sync.RWMutex
	whole map[string]bool
	parts []string // The longest first.
	words []string // Short ones, without what could be escaped.
	loose []*regexp.Regexp
}

// Add takes a secret; an empty one does not count.
func (r *Redactor) Add(s Secret) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if s.value == "" || r.whole[s.value] {
		return
	}
	if r.whole == nil {
		r.whole = map[string]bool{}
	}
	r.whole[s.value] = true
	if len(s.value) < shortest {
		return
	}
	word := len(s.value) < telling && loose(s.value) == nil
	if word {
		r.words = append(r.words, s.value)
	}
	for _, v := range encodings(s.value) {
		if word && v == s.value {
			continue
		}
		if !slices.Contains(r.parts, v) {
			r.parts = append(r.parts, v)
		}
	}
	if pattern := loose(s.value); pattern != nil {
		r.loose = append(r.loose, pattern)
	}
	slices.SortStableFunc(r.parts, func(a, b string) int { return len(b) - len(a) })
}

// Redact replaces every secret in s by Redacted.
func (r *Redactor) Redact(s string) string {
	r.mu.RLock()
	defer r.mu.RUnlock()
	if r.whole[strings.TrimSpace(s)] {
		return Redacted
	}
	for _, p := range r.parts {
		s = strings.ReplaceAll(s, p, Redacted)
	}
	for _, w := range r.words {
		s = replaceWord(s, w)
	}
	if strings.ContainsAny(s, escapes) {
		for _, p := range r.loose {
			s = p.ReplaceAllLiteralString(s, Redacted)
		}
	}
	return s
}

// replaceWord redacts a word where no letter or digit stands beside it.
func replaceWord(s, word string) string {
	var b strings.Builder
	done := 0
	for at := 0; ; {
		i := strings.Index(s[at:], word)
		if i < 0 {
			return b.String() + s[done:]
		}
		start, end := at+i, at+i+len(word)
		last, _ := utf8.DecodeLastRuneInString(s[:start])
		next, _ := utf8.DecodeRuneInString(s[end:])
		if !alphanumeric(last) && !alphanumeric(next) {
			b.WriteString(s[done:start] + Redacted)
			done = end
		}
		at = end
	}
}

func alphanumeric(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// found says whether body holds a secret, however it is written.
func (r *Redactor) found(body []byte) bool {
	r.mu.RLock()
	defer r.mu.RUnlock()
	for _, p := range r.parts {
		if bytes.Contains(body, []byte(p)) {
			return true
		}
	}
	if bytes.ContainsAny(body, escapes) && slices.ContainsFunc(r.loose, func(p *regexp.Regexp) bool { return p.Match(body) }) {
		return true
	}
	for w := range r.whole {
		if len(w) < telling && bytes.Contains(body, []byte(w)) {
			return true
		}
	}
	return false
}

// encodings lists the ways in which an answer may echo a secret.
func encodings(s string) []string {
	query, path := url.QueryEscape(s), url.PathEscape(s)
	all := []string{s, query, path, lowerHex(query), lowerHex(path), strings.ReplaceAll(query, "+", "%20")}
	for _, html := range []bool{false, true} {
		once := quoted(s, html)
		all = append(all, once, quoted(once, html)) // Twice: JSON within a string of JSON.
	}
	for _, enc := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		all = append(all, enc.EncodeToString([]byte(s)))
		for shift := range 3 {
			all = append(all, shifted(enc, s, shift))
		}
	}
	return slices.DeleteFunc(all, func(v string) bool { return len(v) < shortest })
}

// escapes are the characters without which nothing is escaped.
const escapes = `\%`

// loose matches a secret of which some characters are escaped, as JSON or a URL
// may: what writes them decides which ones, how, and how often over. It is nil
// for a secret that nobody escapes.
func loose(s string) *regexp.Regexp {
	var b strings.Builder
	special := false
	for _, c := range s {
		if c < utf8.RuneSelf && (unicode.IsLetter(c) || unicode.IsDigit(c)) {
			b.WriteRune(c)
			continue
		}
		special = true
		b.WriteString("(?:" + strings.Join(ways(c), "|") + ")")
	}
	if !special {
		return nil
	}
	return regexp.MustCompile(b.String())
}

// ways are the patterns of one character: as it is or behind backslashes, as
// JSON's code, and as percent signs.
func ways(c rune) []string {
	code, percent := "", ""
	for _, unit := range utf16.Encode([]rune{c}) {
		code += fmt.Sprintf(`\\+u(?i:%04x)`, unit)
	}
	for _, octet := range []byte(string(c)) {
		percent += fmt.Sprintf(`%%(?:25)*(?i:%02x)`, octet)
	}
	all := []string{percent, code, `\\*` + regexp.QuoteMeta(string(c))} // A percent sign may stand for itself, too: last.
	if c == ' ' {
		all = append(all, `\+`)
	}
	if letter, ok := map[rune]string{'\b': "b", '\f': "f", '\n': "n", '\r': "r", '\t': "t"}[c]; ok {
		all = append(all, `\\+`+letter)
	}
	return all
}

// quoted is s as JSON writes it, without the quotes around it.
func quoted(s string, escapeHTML bool) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(escapeHTML)
	_ = enc.Encode(s) // A string cannot fail to encode.
	text := strings.TrimSuffix(b.String(), "\n")
	return text[1 : len(text)-1]
}

// shifted is the part of a base64 text that s alone decides when shift bytes
// stand before it, as in the "user:password" of basic authentication.
func shifted(enc *base64.Encoding, s string, shift int) string {
	text := enc.EncodeToString(append(make([]byte, shift), s...))
	from := (shift*8 + 5) / 6
	to := (shift + len(s)) * 8 / 6
	return text[min(from, to):to]
}

func lowerHex(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		b.WriteByte(s[i])
		if s[i] == '%' && i+2 < len(s) {
			b.WriteString(strings.ToLower(s[i+1 : i+3]))
			i += 2
		}
	}
	return b.String()
}
