package terminal

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// letters of ASCII, as wide as what they stand for.
var inASCII = map[rune]rune{
	'✓': '+', '✗': 'x', '●': '*', '○': 'o', '▸': '>', '◂': '<', '│': '|', '┃': '#', '·': '-', '•': '*', '–': '-', '—': '-', '─': '-', '\u2011': '-',
	'…': '~', '’': '\'', '‘': '\'', '“': '"', '”': '"', '←': '<', '→': '>', '↑': '^', '↓': 'v', '\u00a0': ' ',
}

// ToASCII writes text in ASCII, cell for cell. What has no letter there is a
// question mark.
func ToASCII(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	for _, r := range text {
		switch letter, known := inASCII[r]; {
		case r < 0x80:
			b.WriteRune(r)
		case known:
			b.WriteRune(letter)
		case r >= 0x2800 && r < 0x2900: // The spinner.
			b.WriteByte("|/-\\"[r%4])
		default:
			b.WriteString(strings.Repeat("?", ansi.StringWidth(string(r))))
		}
	}
	return b.String()
}
