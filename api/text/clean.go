// Package text is what the other packages need to know of text: how it is
// cleaned and cut, which name was meant, what a phone number is, and how JSON is
// read strictly.
//
// It imports nothing else of this program.
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
	i := strings.IndexFunc(s, func(r rune) bool { return hidden(r) || r == utf8.RuneError })
	if i < 0 {
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
		case !hidden(r):
			b.WriteRune(r)
		}
		i += size
	}
	return b.String()
}

var lineBreaks = strings.NewReplacer("\n", " ", "\t", " ")

// OneLine is Clean for what must stay on one line: line breaks and tabs become
// blanks.
func OneLine(s string) string { return lineBreaks.Replace(Clean(s)) }

// Collapse is OneLine without outer blanks, and with one for several.
func Collapse(s string) string {
	if strings.IndexFunc(s, func(r rune) bool { return r <= ' ' || r >= 0x7f }) < 0 { // One word, as an ID is.
		return s
	}
	return strings.Join(strings.Fields(Clean(s)), " ")
}

// Join joins the parts that are not empty.
func Join(separator string, parts ...string) string {
	var filled []string
	for _, part := range parts {
		if part != "" {
			filled = append(filled, part)
		}
	}
	return strings.Join(filled, separator)
}

// hidden characters change how text is shown without being seen.
func hidden(r rune) bool {
	switch {
	case r == '\n', r == '\t':
		return false
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

// Problem says why s cannot be sent as it is, in words that follow its name; empty
// when it can. Written as JSON, what is not UTF-8 would become something else.
func Problem(s string) string {
	switch {
	case !utf8.ValidString(s):
		return "is not UTF-8 text: set it anew in a terminal or file that uses UTF-8"
	case strings.ContainsFunc(s, unicode.IsControl):
		return "holds a control character, such as a line break: take it out"
	}
	return ""
}

// Redacted stands wherever a secret would.
const Redacted = "[redacted]"

// Cut shortens s to at most n characters, with an ellipsis for what is gone. It
// cuts no Redacted in two: that is left out whole.
func Cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for i := range s {
		if n--; n < 0 {
			return s[:beforeRedacted(s, i)] + "…"
		}
	}
	return s
}

// beforeRedacted is where to cut s instead of at i, when Redacted stands there.
func beforeRedacted(s string, i int) int {
	for start := max(0, i-len(Redacted)+1); start < i; start++ {
		if strings.HasPrefix(s[start:], Redacted) {
			return start
		}
	}
	return i
}
