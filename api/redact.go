package api

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"encoding/hex"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"telegent-setup/api/text"
)

// Redactor knows the secrets of a run and takes them out of text: as they are, as
// base64 or hex, and as JSON, URLs, HTML or quoted-printable write them, whichever
// of their characters that escapes. It is safe for concurrent use.
type Redactor struct {
	mu      sync.RWMutex
	secrets []string
	needles *needles // Nil before the first secret.
}

// Add takes a secret; an empty one does not count.
func (r *Redactor) Add(s Secret) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if s.value == "" || slices.Contains(r.secrets, s.value) {
		return
	}
	r.secrets = append(r.secrets, s.value)
	r.needles = newNeedles(r.secrets)
}

// Redact replaces every secret in s by text.Redacted.
func (r *Redactor) Redact(s string) string {
	h := hider{text: s}
	for _, found := range r.find([]byte(s)) {
		if !inMark(s, found) {
			h.redact(found.from, found.to)
		}
	}
	return h.String()
}

// inMark says whether a stretch of s is a part of text.Redacted: of a secret that is
// one, too, no more can be hidden.
func inMark(s string, in span) bool {
	if in.to-in.from > len(text.Redacted) {
		return false
	}
	start := max(0, in.to-len(text.Redacted))
	i := strings.Index(s[start:min(len(s), in.from+len(text.Redacted))], text.Redacted)
	return i >= 0 && start+i <= in.from && in.to <= start+i+len(text.Redacted)
}

// find gives where in text there are secrets, in order.
func (r *Redactor) find(text []byte) spans {
	r.mu.RLock()
	n := r.needles
	r.mu.RUnlock()
	if n == nil {
		return nil
	}
	return n.search(text, readings)
}

// mostMatches is how often secrets may stand in a text. One that repeats them more
// often is a secret as a whole: nothing is left of it to be read.
const mostMatches = 1 << 16

// search gives where in text there are needles, as it stands or as readings have it.
func (n *needles) search(text []byte, readings []reading) spans {
	found := n.find(text)
	for i := range readings {
		if len(found) > mostMatches {
			break
		}
		r := &readings[i]
		if said, differs := r.read(text); differs {
			found = append(found, r.source(text, n.search(said, r.within))...)
		}
	}
	if len(found) > mostMatches {
		return spans{{0, len(text)}}
	}
	return found.merged()
}

// span is a stretch of a text, from one byte up to another.
type span struct{ from, to int }

type spans []span

// merged puts them in order, and makes one of those that overlap or touch.
func (s spans) merged() spans {
	slices.SortFunc(s, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	apart := s[:0]
	for _, one := range s {
		if last := len(apart) - 1; last >= 0 && one.from <= apart[last].to {
			apart[last].to = max(apart[last].to, one.to)
			continue
		}
		apart = append(apart, one)
	}
	return apart
}

// hider writes a text with text.Redacted in the place of some stretches of it.
type hider struct {
	text string
	out  strings.Builder
	done int // How much of text is in out.
}

// redact hides a stretch behind those that were hidden before.
func (h *hider) redact(from, to int) {
	h.out.WriteString(h.text[h.done:from])
	h.out.WriteString(text.Redacted)
	h.done = to
}

// String is the whole text.
func (h *hider) String() string { return h.out.String() + h.text[h.done:] }

// Lengths of a secret in characters. Below wholeWords it is looked for only as a
// word of its own: inside of other words and IDs it would be everywhere, and by
// chance. Below encoded it is not looked for in hex either, which would be as short.
const (
	wholeWords = 8
	encoded    = 4
)

// needles are the texts that are looked for: the secrets of a run, and what base64
// and hex make of them. They are not changed once they are made.
//
// A long one is found by its last eight bytes, so that a text is gone over once
// for all of them, in time that hardly depends on what is in it.
type needles struct {
	long   map[uint64][]needle // By their last eight bytes.
	likely [1 << likelyBits]bool
	words  [][]byte // The short ones.
}

// needle is a text of eight bytes or more.
type needle struct {
	text          []byte
	before, after bool // The base64 digit beside it holds a part of the secret, too.
}

const likelyBits = 13

// likelyAt is where likely says that a needle may have these last eight bytes: most
// places in a text are passed without a look into the map.
func likelyAt(last uint64) uint64 { return last * 0x9e3779b97f4a7c15 >> (64 - likelyBits) }

// newNeedles makes what finds some secrets.
func newNeedles(secrets []string) *needles {
	n := &needles{long: map[uint64][]needle{}}
	for _, s := range secrets {
		for _, form := range spellings(s) {
			n.add(form, utf8.RuneCountInString(s) < wholeWords)
		}
	}
	return n
}

// spellings are a secret as it is, as cleaning leaves it, and as it is read where
// a plus sign stands for a blank.
func spellings(s string) []string {
	all := []string{s}
	for _, other := range []string{text.Clean(s), strings.ReplaceAll(s, "+", " ")} {
		if other != s && strings.TrimSpace(other) != "" {
			all = append(all, other)
		}
	}
	return all
}

func (n *needles) add(form string, short bool) {
	lower := hex.EncodeToString([]byte(form))
	upper := strings.ToUpper(lower)
	switch {
	case short && utf8.RuneCountInString(form) < encoded:
		n.words = append(n.words, []byte(form))
	case short:
		n.words = append(n.words, []byte(form), []byte(lower), []byte(upper))
	default:
		for _, text := range []string{form, lower, upper} {
			n.addLong(needle{text: []byte(text)})
		}
		for shift := range 3 {
			n.addLong(within(base64.RawStdEncoding, form, shift))
			n.addLong(within(base64.RawURLEncoding, form, shift))
		}
	}
}

func (n *needles) addLong(one needle) {
	if len(one.text) < 8 {
		return
	}
	last := lastEight(one.text)
	if slices.ContainsFunc(n.long[last], func(other needle) bool { return bytes.Equal(other.text, one.text) }) {
		return
	}
	n.long[last] = append(n.long[last], one)
	n.likely[likelyAt(last)] = true
}

// within is what s alone decides of a base64 text in which shift bytes stand
// before it, as in the "user:password" of basic authentication.
func within(enc *base64.Encoding, s string, shift int) needle {
	whole := enc.EncodeToString(append(make([]byte, shift), s...))
	from := (shift*8 + 5) / 6
	to := (shift + len(s)) * 8 / 6
	return needle{text: []byte(whole[from:to]), before: shift > 0, after: to < len(whole)}
}

// find gives where in text there are needles, in any order.
func (n *needles) find(text []byte) spans {
	found := n.findWords(n.findLong(nil, text), text)
	if len(n.words) > 0 {
		found = n.findBase64(found, text)
	}
	return found
}

func (n *needles) findLong(found spans, text []byte) spans {
	if len(n.long) == 0 || len(text) < 8 {
		return found
	}
	last := lastEight(text[:8])
	for end := 8; ; end++ {
		if n.likely[likelyAt(last)] {
			for _, one := range n.long[last] {
				if bytes.HasSuffix(text[:end], one.text) {
					found = append(found, one.span(text, end))
				}
			}
		}
		if end == len(text) || len(found) > mostMatches {
			return found
		}
		last = last>>8 | uint64(text[end])<<56
	}
}

// span is where the needle stands that ends at a place in text.
func (n *needle) span(text []byte, end int) span {
	s := span{end - len(n.text), end}
	if n.before && s.from > 0 && base64Digit(text[s.from-1]) {
		s.from--
	}
	if n.after && s.to < len(text) && base64Digit(text[s.to]) {
		s.to++
	}
	return s
}

func lastEight(text []byte) (last uint64) {
	for i, c := range text[len(text)-8:] {
		last |= uint64(c) << (8 * i)
	}
	return last
}

func (n *needles) findWords(found spans, text []byte) spans {
	for _, word := range n.words {
		for at := 0; len(found) <= mostMatches; {
			i := bytes.Index(text[at:], word)
			if i < 0 {
				break
			}
			from, to := at+i, at+i+len(word)
			at = from + 1
			if !endsInWord(text[:from]) && !beginsInWord(text[to:]) {
				found = append(found, span{from, to})
				at = to
			}
		}
	}
	return found
}

// endsInWord says whether what follows text goes on with its last word. A hyphen
// behind a letter or digit is a part of the word: IDs are written so.
func endsInWord(text []byte) bool {
	last, size := utf8.DecodeLastRune(text)
	if last == '-' || last == '_' {
		last, _ = utf8.DecodeLastRune(text[:len(text)-size])
	}
	return unicode.IsLetter(last) || unicode.IsDigit(last)
}

// beginsInWord is endsInWord for what stands before text.
func beginsInWord(text []byte) bool {
	first, size := utf8.DecodeRune(text)
	if first == '-' || first == '_' {
		first, _ = utf8.DecodeRune(text[size:])
	}
	return unicode.IsLetter(first) || unicode.IsDigit(first)
}

// shortestBase64 is the number of digits in a row from which they may be base64
// that was made of a text.
const shortestBase64 = 6

// findBase64 finds all of the base64 of texts in which a short secret stands, as
// in the "user:password" of basic authentication.
func (n *needles) findBase64(found spans, text []byte) spans {
	var digits, decoded []byte
	for from := 0; from < len(text) && len(found) <= mostMatches; from++ {
		to := from
		for to < len(text) && base64Digit(text[to]) {
			to++
		}
		if to-from >= shortestBase64 {
			digits = standardBase64(digits[:0], text[from:to])
			decoded, _ = base64.RawStdEncoding.AppendDecode(decoded[:0], digits) // A digit too many says nothing.
			if utf8.Valid(decoded) && !bytes.ContainsFunc(decoded, noText) && len(n.findWords(nil, decoded)) > 0 {
				found = append(found, span{from, to})
			}
		}
		from = to
	}
	return found
}

// base64Digit says whether a byte is a digit of base64 in either alphabet.
func base64Digit(c byte) bool { return wordByte(c) || c == '+' || c == '/' || c == '-' }

// standardBase64 appends digits in the standard alphabet.
func standardBase64(b, digits []byte) []byte {
	for _, c := range digits {
		switch c {
		case '-':
			c = '+'
		case '_':
			c = '/'
		}
		b = append(b, c)
	}
	return b
}

// noText says whether a character does not stand in texts.
func noText(r rune) bool { return r < ' ' && !strings.ContainsRune("\n\t\r", r) || r == 0x7f }
