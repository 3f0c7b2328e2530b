package api

import (
	"cmp"
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
	f := finder{needles: n}
	return f.find(text, readings, 0)
}

// mostMatches is how often secrets may stand in a text. One that repeats them more
// often is a secret as a whole: nothing is left of it to be read.
const mostMatches = 1 << 16

// finder looks for needles in a text and in its readings.
type finder struct {
	needles *needles
	read    [4][]byte // Reused: one for each depth of reading.
}

// find gives where in text there are secrets, as it stands or as readings have it.
func (f *finder) find(text []byte, readings []reading, depth int) spans {
	found := f.needles.find(text)
	for i := range readings {
		if len(found) > mostMatches {
			break
		}
		r := &readings[i]
		said, differs := r.read(f.read[depth][:0], text)
		f.read[depth] = said
		if differs {
			found = append(found, r.source(text, f.find(said, r.within, depth+1))...)
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
