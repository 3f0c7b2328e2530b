package api

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"strings"
	"unicode/utf8"

	"telegent-setup/api/text"
)

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
	long  []needle
	table [tableSize]uint16 // The first of long with these last bytes, counted from 1.
	words []word            // The short ones.
}

// needle is a text of eight bytes or more.
type needle struct {
	text          []byte
	last          uint64 // Its last eight bytes.
	before, after bool   // The base64 digit beside it holds a part of the secret, too.
	next          uint16 // The next in the same place of the table, counted from 1.
}

const (
	tableBits = 12
	tableSize = 1 << tableBits
)

// bucket is where in the table eight bytes stand.
func bucket(last uint64) uint64 { return last * 0x9e3779b97f4a7c15 >> (64 - tableBits) }

// newNeedles makes what finds some secrets.
func newNeedles(secrets []string) *needles {
	n := &needles{}
	for _, s := range secrets {
		forms := spellings(s)
		if utf8.RuneCountInString(s) < wholeWords {
			n.addWords(forms)
			continue
		}
		for _, form := range forms {
			n.addLong(needle{text: []byte(form)})
			n.addLong(needle{text: []byte(hex.EncodeToString([]byte(form)))})
			n.addLong(needle{text: []byte(strings.ToUpper(hex.EncodeToString([]byte(form))))})
			for shift := range 3 {
				n.addLong(within(base64.RawStdEncoding, form, shift))
				n.addLong(within(base64.RawURLEncoding, form, shift))
			}
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

func (n *needles) addWords(forms []string) {
	for _, form := range forms {
		n.words = append(n.words, word(form))
		if utf8.RuneCountInString(form) < encoded {
			continue
		}
		inHex := hex.EncodeToString([]byte(form))
		n.words = append(n.words, word(inHex), word(strings.ToUpper(inHex)))
	}
}

func (n *needles) addLong(one needle) {
	if len(one.text) < 8 {
		return
	}
	one.last = lastEight(one.text)
	at := bucket(one.last)
	for i := n.table[at]; i != 0; i = n.long[i-1].next {
		if bytes.Equal(n.long[i-1].text, one.text) {
			return
		}
	}
	one.next = n.table[at]
	n.long = append(n.long, one)
	n.table[at] = uint16(len(n.long))
}

// within is what s alone decides of a base64 text in which shift bytes stand
// before it, as in the "user:password" of basic authentication.
func within(enc *base64.Encoding, s string, shift int) needle {
	whole := enc.EncodeToString(append(make([]byte, shift), s...))
	from := (shift*8 + 5) / 6
	to := (shift + len(s)) * 8 / 6
	return needle{text: []byte(whole[from:to]), before: shift > 0, after: to < len(whole)}
}

func (n *needles) markLong(text []byte, m *mask) {
	if len(n.long) == 0 || len(text) < 8 {
		return
	}
	last := lastEight(text[:8])
	for end := 8; ; end++ {
		for i := n.table[bucket(last)]; i != 0; {
			one := &n.long[i-1]
			if one.last == last && bytes.HasSuffix(text[:end], one.text) {
				from, to := end-len(one.text), end
				if one.before && from > 0 && base64Value[text[from-1]] >= 0 {
					from--
				}
				if one.after && to < len(text) && base64Value[text[to]] >= 0 {
					to++
				}
				m.set(from, to)
			}
			i = one.next
		}
		if end == len(text) || m.count > mostMatches {
			return
		}
		last = last>>8 | uint64(text[end])<<56
	}
}

func lastEight(text []byte) (last uint64) {
	for i, c := range text[len(text)-8:] {
		last |= uint64(c) << (8 * i)
	}
	return last
}
