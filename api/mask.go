package api

import "math/bits"

// mask marks bytes of a text. It takes no room before a byte is marked.
type mask struct {
	size  int // Bytes of the text.
	words []uint64
	count int // How often bytes were marked.
}

// set marks the bytes from one place up to another.
func (m *mask) set(from, to int) {
	from, to = max(from, 0), min(to, m.size)
	m.count++
	if from >= to {
		return
	}
	if m.words == nil {
		m.words = make([]uint64, (m.size+63)/64)
	}
	head, tail := ^uint64(0)<<(from%64), ^uint64(0)>>(63-(to-1)%64)
	for i, last := from/64, (to-1)/64; ; i++ {
		if i == last {
			m.words[i] |= head & tail
			return
		}
		m.words[i] |= head
		head = ^uint64(0)
	}
}

// run is the next marked stretch at or after i; false when there is none.
func (m *mask) run(i int) (from, to int, ok bool) {
	from = m.next(i, 0)
	if from >= m.size {
		return 0, 0, false
	}
	return from, min(m.next(from, ^uint64(0)), m.size), true
}

// next is the first byte at or after i that is marked, or with a flip of ones
// the first that is not.
func (m *mask) next(i int, flip uint64) int {
	if i >= m.size || m.words == nil {
		return m.size
	}
	word := (m.words[i/64] ^ flip) &^ (1<<(i%64) - 1)
	for w := i / 64; ; {
		if word != 0 {
			return w*64 + bits.TrailingZeros64(word)
		}
		if w++; w == len(m.words) {
			return m.size
		}
		word = m.words[w] ^ flip
	}
}
