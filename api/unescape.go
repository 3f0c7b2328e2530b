package api

import (
	"bytes"
	"strings"
	"sync"
	"unicode/utf16"
	"unicode/utf8"
)

// notation is a way to write characters by others: each of its escapes begins
// with one mark. What is no escape stands for itself.
type notation struct {
	mark   byte
	escape func(text []byte) escape // Of a text that begins with the mark.
	blank  bool                     // A plus sign stands for a blank, too.
}

// escape is what some bytes of a text stand for. Its width is 0 when they are
// none.
type escape struct {
	width int
	value [utf8.UTFMax]byte
	size  int
}

// reading is a notation that a text may be in, and those that what it says may
// be in again.
type reading struct {
	notation
	within []reading
}

// The notations in which services write.
var (
	inJSON    = notation{mark: '\\', escape: jsonEscape}
	inURL     = notation{mark: '%', escape: urlEscape, blank: true}
	inHTML    = notation{mark: '&', escape: htmlEscape}
	printable = notation{mark: '=', escape: printableEscape}
)

// readings are the ways in which a secret is looked for: as JSON writes it, up to
// four times over, in a URL, in HTML and as quoted-printable, and in those pairs
// of them that services make.
var readings = []reading{
	{inJSON, []reading{
		{inJSON, []reading{{inJSON, []reading{{inJSON, nil}}}}},
		{inURL, nil}, {inHTML, nil},
	}},
	{inURL, []reading{{inURL, nil}, {inJSON, nil}}},
	{inHTML, []reading{{inHTML, nil}, {inJSON, nil}}},
	{printable, nil},
}

// marks are the bytes without which a text reads as it stands.
const marks = `\%&=+`

// next finds the next escape in text at or after i; false when there is none.
func (n *notation) next(text []byte, i int) (at int, e escape, ok bool) {
	for {
		j := bytes.IndexByte(text[i:], n.mark)
		if j < 0 {
			return 0, escape{}, false
		}
		if e = n.escape(text[i+j:]); e.width > 0 {
			return i + j, e, true
		}
		i += j + 1
	}
}

// read appends what text says to b, which is never longer; false when that is
// text itself.
func (n *notation) read(b, text []byte) ([]byte, bool) {
	at, e, ok := n.next(text, 0)
	if !ok && !(n.blank && bytes.IndexByte(text, '+') >= 0) {
		return b, false
	}
	done := 0
	for ok {
		b = append(n.plain(b, text[done:at]), e.value[:e.size]...)
		done = at + e.width
		at, e, ok = n.next(text, done)
	}
	return n.plain(b, text[done:]), true
}

// plain appends what holds no escape.
func (n *notation) plain(b, text []byte) []byte {
	from := len(b)
	b = append(b, text...)
	if n.blank {
		for i := from; ; i++ {
			j := bytes.IndexByte(b[i:], '+')
			if j < 0 {
				break
			}
			i += j
			b[i] = ' '
		}
	}
	return b
}

// source marks in text what the marked bytes of its reading were read from.
func (n *notation) source(text []byte, marked, into *mask) {
	from, to, ok := marked.run(0)
	done, read := 0, 0 // How much of text and of its reading is behind us.
	for ok {
		at, e, more := n.next(text, done)
		if !more {
			at = len(text)
		}
		end := read + at - done // Of what holds no escape.
		for ok && from < end {
			into.set(done+max(from, read)-read, done+min(to, end)-read)
			if to >= end {
				break
			}
			from, to, ok = marked.run(to)
		}
		if !more {
			return
		}
		if ok && from < end+e.size && to > end {
			into.set(at, at+e.width)
		}
		read, done = end+e.size, at+e.width
		for ok && to <= read {
			from, to, ok = marked.run(to)
		}
	}
}

func jsonEscape(text []byte) (e escape) {
	if len(text) < 2 {
		return e
	}
	switch c := text[1]; c {
	case '"', '\\', '/', '\'':
		return byteEscape(2, c)
	case 'b', 'f', 'n', 'r', 't':
		return byteEscape(2, "\b\f\n\r\t"[strings.IndexByte("bfnrt", c)])
	case 'u':
		r, ok := codeUnit(text)
		if !ok {
			return e
		}
		e.width = 6
		if utf16.IsSurrogate(r) {
			low, _ := codeUnit(text[6:])
			if r = utf16.DecodeRune(r, low); r != utf8.RuneError {
				e.width = 12
			}
		}
		e.size = utf8.EncodeRune(e.value[:], r)
	}
	return e
}

// codeUnit reads \u005a.
func codeUnit(text []byte) (r rune, ok bool) {
	if len(text) < 6 || text[0] != '\\' || text[1] != 'u' {
		return 0, false
	}
	for _, c := range text[2:6] {
		digit, ok := hexDigit(c)
		if !ok {
			return 0, false
		}
		r = r<<4 | rune(digit)
	}
	return r, true
}

func urlEscape(text []byte) escape {
	if len(text) < 3 {
		return escape{}
	}
	high, ok1 := hexDigit(text[1])
	low, ok2 := hexDigit(text[2])
	if !ok1 || !ok2 {
		return escape{}
	}
	return byteEscape(3, high<<4|low)
}

// printableEscape reads =5A, and a line break behind = as nothing.
func printableEscape(text []byte) escape {
	switch {
	case bytes.HasPrefix(text[1:], []byte("\r\n")):
		return escape{width: 3}
	case bytes.HasPrefix(text[1:], []byte("\n")):
		return escape{width: 2}
	}
	return urlEscape(text)
}

// longestEntity is the most bytes between & and ; that are looked at.
const longestEntity = 32

func htmlEscape(text []byte) (e escape) {
	end := bytes.IndexByte(text[:min(len(text), longestEntity+2)], ';')
	if end < 2 {
		return e
	}
	r, name := rune(0), text[1:end]
	switch {
	case name[0] != '#':
		r = entities()[string(name)]
	case len(name) > 2 && name[1]|0x20 == 'x':
		r = number(name[2:], 16)
	default:
		r = number(name[1:], 10)
	}
	if r <= 0 || !utf8.ValidRune(r) {
		return e
	}
	e.width = end + 1
	e.size = utf8.EncodeRune(e.value[:], r)
	return e
}

// number reads digits to a base; 0 when they are none, or too many.
func number(digits []byte, base rune) (n rune) {
	for _, c := range digits {
		digit, ok := hexDigit(c)
		if !ok || rune(digit) >= base || n > utf8.MaxRune {
			return 0
		}
		n = n*base + rune(digit)
	}
	return n
}

// entityTable are the names that HTML has for the characters of ASCII and Latin-1,
// each with its character as a hexadecimal number. Others are written by their
// number, or as they are. The table of the standard library has some 2,000 more, and
// adds a third of a megabyte to the program.
const entityTable = `
	Tab 9 NewLine a excl 21 quot 22 QUOT 22 num 23 dollar 24 percnt 25 amp 26 AMP 26 apos 27 lpar 28 rpar 29
	ast 2a midast 2a plus 2b comma 2c period 2e sol 2f colon 3a semi 3b lt 3c LT 3c equals 3d gt 3e GT 3e
	quest 3f commat 40 lsqb 5b lbrack 5b bsol 5c rsqb 5d rbrack 5d Hat 5e lowbar 5f UnderBar 5f grave 60
	DiacriticalGrave 60 lcub 7b lbrace 7b verbar 7c vert 7c VerticalLine 7c rcub 7d rbrace 7d nbsp a0 iexcl a1
	cent a2 pound a3 curren a4 yen a5 brvbar a6 sect a7 uml a8 copy a9 ordf aa laquo ab not ac shy ad reg ae
	macr af deg b0 plusmn b1 sup2 b2 sup3 b3 acute b4 micro b5 para b6 middot b7 cedil b8 sup1 b9 ordm ba
	raquo bb frac14 bc frac12 bd frac34 be iquest bf Agrave c0 Aacute c1 Acirc c2 Atilde c3 Auml c4 Aring c5
	AElig c6 Ccedil c7 Egrave c8 Eacute c9 Ecirc ca Euml cb Igrave cc Iacute cd Icirc ce Iuml cf ETH d0 Ntilde
	d1 Ograve d2 Oacute d3 Ocirc d4 Otilde d5 Ouml d6 times d7 Oslash d8 Ugrave d9 Uacute da Ucirc db Uuml dc
	Yacute dd THORN de szlig df agrave e0 aacute e1 acirc e2 atilde e3 auml e4 aring e5 aelig e6 ccedil e7
	egrave e8 eacute e9 ecirc ea euml eb igrave ec iacute ed icirc ee iuml ef eth f0 ntilde f1 ograve f2 oacute
	f3 ocirc f4 otilde f5 ouml f6 divide f7 oslash f8 ugrave f9 uacute fa ucirc fb uuml fc yacute fd thorn fe
	yuml ff euro 20ac`

// entities gives the character of each name.
var entities = sync.OnceValue(func() map[string]rune {
	all := map[string]rune{}
	words := strings.Fields(entityTable)
	for i := 0; i+1 < len(words); i += 2 {
		all[words[i]] = number([]byte(words[i+1]), 16)
	}
	return all
})

func byteEscape(width int, c byte) escape {
	return escape{width: width, value: [utf8.UTFMax]byte{c}, size: 1}
}

func hexDigit(c byte) (byte, bool) {
	switch {
	case c >= '0' && c <= '9':
		return c - '0', true
	case c|0x20 >= 'a' && c|0x20 <= 'f':
		return c | 0x20 - 'a' + 10, true
	}
	return 0, false
}
