package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Clean makes text from outside safe to show and to keep: escape sequences,
// control characters and bidi overrides are taken out, line breaks and tabs
// stay, and what is not UTF-8 becomes U+FFFD.
func Clean(s string) string {
	i := shown(s)
	if i == len(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	b.WriteString(s[:i])
	last := max(strings.LastIndexByte(s, 0x07), strings.LastIndex(s, "\x1b\\"))
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == 0x1b || r == 0x9b || r == 0x9d || r == 0x90:
			i += sequence(s[i:], last-i)
			continue
		case r == '\n' || r == '\t' || !hidden(r):
			b.WriteRune(r)
		}
		i += size
	}
	return b.String()
}

// OneLine is Clean for what must stay on one line: line breaks and tabs become
// blanks.
func OneLine(s string) string {
	if plain(s) && !strings.ContainsAny(s, "\n\t") {
		return s
	}
	return strings.NewReplacer("\n", " ", "\t", " ").Replace(Clean(s))
}

// Collapse is OneLine without outer blanks, and with one for several.
func Collapse(s string) string {
	if plain(s) && !strings.ContainsAny(s, " \n\t") { // One word, as an ID is.
		return s
	}
	return strings.Join(strings.Fields(Clean(s)), " ")
}

// plain says whether s is printable ASCII, line breaks and tabs.
func plain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c >= 0x7f || c < 0x20 && c != '\n' && c != '\t' {
			return false
		}
	}
	return true
}

// shown is how much at the beginning of s there is nothing to clean in.
func shown(s string) int {
	for i, r := range s {
		switch {
		case r >= 0x20 && r < 0x7f, r == '\n', r == '\t':
		case hidden(r), r == utf8.RuneError:
			return i
		}
	}
	return len(s)
}

// hidden characters change how text is shown without being seen.
func hidden(r rune) bool {
	switch {
	case unicode.IsControl(r):
	case r == 0x061c, r == 0xfeff, r == 0x2028, r == 0x2029:
	case r >= 0x200b && r <= 0x200f && r != 0x200c && r != 0x200d: // Joiners are letters' own.
	case r >= 0x202a && r <= 0x202e, r >= 0x2060 && r <= 0x206f:
	case r >= 0xfff9 && r <= 0xfffb, r >= 0xe0000 && r <= 0xe007f:
	default:
		return false
	}
	return true
}

// sequence is the length of the escape sequence that s begins with: CSI up to
// its final byte, OSC and the other strings up to their terminator, else the
// introducer and one byte. An unfinished one is only its introducer, so that
// no text is swallowed with it. Last is where the last terminator of a string
// stands: nothing is looked for beyond it.
func sequence(s string, last int) int {
	intro, kind := 2, byte(0)
	switch r, size := utf8.DecodeRuneInString(s); {
	case r == 0x1b && len(s) > 1:
		kind = s[1]
	case r == 0x1b:
		return size
	default:
		kind = byte(r) - 0x40 // The C1 form stands for ESC and this byte.
	}
	switch kind {
	case '[':
		for i := intro; i < len(s); i++ {
			if s[i] >= 0x40 && s[i] <= 0x7e {
				return i + 1
			}
			if s[i] < 0x20 || s[i] > 0x7e {
				return i
			}
		}
	case ']', 'P', 'X', '^', '_':
		for i := intro; i <= last; i++ {
			if s[i] == 0x07 {
				return i + 1
			}
			if s[i] == 0x1b && s[i+1] == '\\' {
				return i + 2
			}
		}
	default:
		if kind >= 0x20 && kind <= 0x7e {
			return intro
		}
		return 1
	}
	return intro
}
