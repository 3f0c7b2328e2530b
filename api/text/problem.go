package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

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
