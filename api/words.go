package api

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

// word is a short secret: it counts only where it is a word of its own.
type word []byte

// mark marks the word in text.
func (w word) mark(text []byte, m *mask) {
	for at := 0; m.count <= mostMatches; {
		i := bytes.Index(text[at:], w)
		if i < 0 {
			return
		}
		from, to := at+i, at+i+len(w)
		at = from + 1
		if !endsInWord(text[:from]) && !beginsInWord(text[to:]) {
			m.set(from, to)
			at = to
		}
	}
}

// endsInWord says whether what follows text goes on with its last word. A hyphen
// behind a letter or digit is a part of the word: IDs are written so.
func endsInWord(text []byte) bool {
	last, size := utf8.DecodeLastRune(text)
	if last == '-' || last == '_' {
		last, _ = utf8.DecodeLastRune(text[:len(text)-size])
	}
	return alphanumeric(last)
}

// beginsInWord is endsInWord for what stands before text.
func beginsInWord(text []byte) bool {
	first, size := utf8.DecodeRune(text)
	if first == '-' || first == '_' {
		first, _ = utf8.DecodeRune(text[size:])
	}
	return alphanumeric(first)
}

func alphanumeric(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// base64Value is what each digit of base64 stands for, in either alphabet; -1 of
// what is none.
var base64Value = func() (values [256]int8) {
	for i := range values {
		values[i] = -1
	}
	for _, digits := range []string{
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_",
	} {
		for i, c := range []byte(digits) {
			values[c] = int8(i)
		}
	}
	return values
}()

// shortestBase64 is the number of digits in a row from which they may be base64
// that was made of a text.
const shortestBase64 = 6

// markBase64 marks all of the base64 of texts in which a short secret stands, as
// in the "user:password" of basic authentication.
func (n *needles) markBase64(text []byte, m *mask) {
	var decoded []byte
	for from := 0; from < len(text) && m.count <= mostMatches; from++ {
		to := from
		for to < len(text) && base64Value[text[to]] >= 0 {
			to++
		}
		if to-from >= shortestBase64 {
			if decoded = appendBase64(decoded[:0], text[from:to]); utf8.Valid(decoded) && n.hasWord(decoded) {
				m.set(from, to)
			}
		}
		from = to
	}
}

func (n *needles) hasWord(text []byte) bool {
	found := mask{size: len(text)}
	for _, w := range n.words {
		w.mark(text, &found)
	}
	return found.words != nil
}

// appendBase64 appends what base64 digits stand for, up to what is no text.
func appendBase64(b, digits []byte) []byte {
	bits, value := 0, 0
	for _, c := range digits {
		value, bits = value<<6|int(base64Value[c]), bits+6
		if bits < 8 {
			continue
		}
		bits -= 8
		octet := byte(value >> bits)
		if octet < ' ' && octet != '\n' && octet != '\t' && octet != '\r' || octet == 0x7f {
			return nil
		}
		b, value = append(b, octet), value&(1<<bits-1)
	}
	return b
}
