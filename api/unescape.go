package api

import (
	"bytes"
	"slices"
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
	value string
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

// next finds the next escape in text at or after i; one without width at the end of
// text when there is none.
func (n *notation) next(text []byte, i int) (at int, e escape) {
	for {
		j := bytes.IndexByte(text[i:], n.mark)
		if j < 0 {
			return len(text), escape{}
		}
		if e = n.escape(text[i+j:]); e.width > 0 {
			return i + j, e
		}
		i += j + 1
	}
}

// read gives what text says, which is never longer; false when that is text itself.
func (n *notation) read(text []byte) (b []byte, differs bool) {
	at, e := n.next(text, 0)
	if e.width == 0 && !(n.blank && bytes.IndexByte(text, '+') >= 0) {
		return text, false
	}
	b = make([]byte, 0, len(text))
	for done := 0; ; at, e = n.next(text, done) {
		from := len(b)
		b = append(b, text[done:at]...)
		for i := from; n.blank && i < len(b); i++ {
			if b[i] == '+' {
				b[i] = ' '
			}
		}
		if e.width == 0 {
			return b, true
		}
		b = append(b, e.value...)
		done = at + e.width
	}
}

// source gives where in text that stands which was read from it, each escape as a
// whole. The stretches of the reading are in order, and are changed.
func (n *notation) source(text []byte, reading spans) spans {
	at, e := n.next(text, 0)
	done, read := 0, 0 // How much of text and of its reading is behind us.
	origin := func(i int) span {
		for i >= read+at-done+len(e.value) {
			read += at - done + len(e.value)
			done = at + e.width
			at, e = n.next(text, done)
		}
		if plain := done + i - read; plain < at {
			return span{plain, plain + 1}
		}
		return span{at, at + e.width}
	}
	for i, s := range reading {
		reading[i] = span{origin(s.from).from, origin(s.to - 1).to}
	}
	return reading
}

func jsonEscape(text []byte) (e escape) {
	if len(text) < 2 {
		return e
	}
	if i := strings.IndexByte(`"\/'bfnrt`, text[1]); i >= 0 {
		return escape{2, "\"\\/'\b\f\n\r\t"[i : i+1]}
	}
	r, ok := codeUnit(text)
	if !ok {
		return e
	}
	if utf16.IsSurrogate(r) {
		low, _ := codeUnit(text[6:])
		if r = utf16.DecodeRune(r, low); r != utf8.RuneError {
			return escape{12, string(r)}
		}
	}
	return escape{6, string(r)}
}

// codeUnit reads \u005a.
func codeUnit(text []byte) (r rune, ok bool) {
	if len(text) < 6 || text[0] != '\\' || text[1] != 'u' {
		return 0, false
	}
	return number(text[2:6], 16)
}

func urlEscape(text []byte) (e escape) {
	if len(text) < 3 {
		return e
	}
	c, ok := number(text[1:3], 16)
	if !ok {
		return e
	}
	return escape{3, string([]byte{byte(c)})}
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
		r, _ = number(name[2:], 16)
	default:
		r, _ = number(name[1:], 10)
	}
	if r <= 0 || !utf8.ValidRune(r) {
		return e
	}
	return escape{end + 1, string(r)}
}

// number reads digits to a base; false when some are none, or when they are many.
func number(digits []byte, base rune) (n rune, ok bool) {
	for _, c := range digits {
		digit := base
		switch {
		case c >= '0' && c <= '9':
			digit = rune(c - '0')
		case c|0x20 >= 'a' && c|0x20 <= 'f':
			digit = rune(c|0x20-'a') + 10
		}
		if digit >= base || n > utf8.MaxRune {
			return 0, false
		}
		n = n*base + digit
	}
	return n, true
}

// The names that HTML has for the characters of ASCII, each with its character as a
// hexadecimal number, and for those from U+00A0 on, in their order. Others are
// written by their number, or as they are. The table of the standard library has
// some 2,000 more, and adds a third of a megabyte to the program.
const (
	asciiEntities = `
	Tab 9 NewLine a excl 21 quot 22 QUOT 22 num 23 dollar 24 percnt 25 amp 26 AMP 26 apos 27 lpar 28 rpar 29
	ast 2a midast 2a plus 2b comma 2c period 2e sol 2f colon 3a semi 3b lt 3c LT 3c equals 3d gt 3e GT 3e
	quest 3f commat 40 lsqb 5b lbrack 5b bsol 5c rsqb 5d rbrack 5d Hat 5e lowbar 5f UnderBar 5f grave 60
	DiacriticalGrave 60 lcub 7b lbrace 7b verbar 7c vert 7c VerticalLine 7c rcub 7d rbrace 7d euro 20ac`
	latinEntities = `
	nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3
	acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml
	Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde
	Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig
	ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide
	oslash ugrave uacute ucirc uuml yacute thorn yuml`
)

// entities gives the character of each name.
var entities = sync.OnceValue(func() map[string]rune {
	all := map[string]rune{}
	for pair := range slices.Chunk(strings.Fields(asciiEntities), 2) {
		all[pair[0]], _ = number([]byte(pair[1]), 16)
	}
	for i, name := range strings.Fields(latinEntities) {
		all[name] = 0xa0 + rune(i)
	}
	return all
})
