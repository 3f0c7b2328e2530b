package api

import (
	"bytes"
	"slices"
	"strings"
	"sync"
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
	found := r.find([]byte(s))
	from, to, ok := found.run(0)
	if !ok {
		return s
	}
	var b strings.Builder
	done := 0
	for ; ok; from, to, ok = found.run(to) {
		if !inMark(s, from, to) {
			b.WriteString(s[done:from])
			b.WriteString(text.Redacted)
			done = to
		}
	}
	b.WriteString(s[done:])
	return b.String()
}

// inMark says whether a stretch of s is a part of text.Redacted: of a secret that is
// one, too, no more can be hidden.
func inMark(s string, from, to int) bool {
	if to-from > len(text.Redacted) {
		return false
	}
	start := max(0, to-len(text.Redacted))
	i := strings.Index(s[start:min(len(s), from+len(text.Redacted))], text.Redacted)
	return i >= 0 && start+i <= from && to <= start+i+len(text.Redacted)
}

// found says whether text holds a secret, however it is written.
func (r *Redactor) found(text []byte) bool { return r.find(text).words != nil }

// find marks the secrets in text.
func (r *Redactor) find(text []byte) *mask {
	r.mu.RLock()
	n := r.needles
	r.mu.RUnlock()
	m := &mask{size: len(text)}
	if n != nil {
		f := finder{needles: n}
		f.find(text, readings, 0, m)
	}
	return m
}

// mostMatches is how often secrets may stand in a text. One that repeats them more
// often is a secret as a whole: nothing is left of it to be read.
const mostMatches = 1 << 16

// Of a text of few bytes it is quicker to look for all marks at once.
const fewBytes = 64

// finder looks for needles in a text and in its readings.
type finder struct {
	*needles
	read [4][]byte // Reused: one for each depth of reading.
}

// find marks in m what is secret in text as it stands, and as readings have it.
func (f *finder) find(text []byte, readings []reading, depth int, m *mask) {
	f.mark(text, m)
	if len(text) < fewBytes && !bytes.ContainsAny(text, marks) {
		return
	}
	for i := range readings {
		if m.count > mostMatches {
			break
		}
		r := &readings[i]
		said, differs := r.read(f.read[depth][:0], text)
		f.read[depth] = said
		if !differs {
			continue
		}
		inner := &mask{size: len(said)}
		if f.find(said, r.within, depth+1, inner); inner.words != nil {
			r.source(text, inner, m)
			m.count = max(m.count, inner.count)
		}
	}
	if m.count > mostMatches {
		m.set(0, len(text))
	}
}

// mark marks what is secret in text as it stands.
func (n *needles) mark(text []byte, m *mask) {
	n.markLong(text, m)
	for _, w := range n.words {
		w.mark(text, m)
	}
	if len(n.words) > 0 {
		n.markBase64(text, m)
	}
}
