package text

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"plain":                 "plain",
		"two\nlines\tand a tab": "two\nlines\tand a tab",
		"\x1b[31;1mred\x1b[0m":  "red",
		"\x1b]8;;https://evil\x1b\\link\x1b]8;;\x07": "link",
		"\u009b31mc1":             "c1",
		"a\u202eb\u2066c\u200bd":  "abcd",
		"bell\a null\x00 del\x7f": "bell null del",
		"unfinished \x1b]0;title": "unfinished 0;title",
		"ends \x1b":               "ends ",
		"Jürgen 李 👩‍👩‍👧":          "Jürgen 李 👩‍👩‍👧",
		"bad \xff utf8":           "bad \uFFFD utf8",
	} {
		require.Equal(t, want, Clean(in), "%q", in)
	}
}

// Rule: what must stay on one line does, and says what it said.
func TestLines(t *testing.T) {
	for in, want := range map[string]struct{ oneLine, collapsed string }{
		"AID-1":                   {"AID-1", "AID-1"},
		" two\n lines ":           {" two  lines ", "two lines"},
		"tab\tand \x1b[1mbold":    {"tab and bold", "tab and bold"},
		"separators\u2028 gone\r": {"separators gone", "separators gone"},
	} {
		require.Equal(t, want.oneLine, OneLine(in), "%q", in)
		require.Equal(t, want.collapsed, Collapse(in), "%q", in)
	}
}

func FuzzClean(f *testing.F) {
	for _, s := range []string{"\x1b[31m", "\x1b]0;x\x07", "\u009d0;x", "\u202eabc", "\xff", "\x1bPq\x1b\\"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := Clean(s)
		require.Equal(t, got, Clean(got), "cleaning twice is cleaning once")
		for _, r := range got {
			require.False(t, r != '\n' && r != '\t' && hidden(r), "%q keeps %U", s, r)
		}
	})
}

// Rule: cleaning takes time in proportion to the text, whatever is in it.
func TestCleanIsLinear(t *testing.T) {
	require.Empty(t, Clean(strings.Repeat("\x1b]", 1<<20)), "strings that are never finished")
}
