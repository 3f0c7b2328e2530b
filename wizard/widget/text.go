package widget

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"telegent-setup/api/text"
)

// unbroken is the dash at which no line is broken (U+2011).
const unbroken = "\u2011"

// Wrap breaks text into lines of at most w cells, between words. Only a path or
// URL that is longer than a line is broken, at its slashes.
func Wrap(text string, w int) []string {
	if text == "" {
		return nil
	}
	if !strings.Contains(text, "\n") && ansi.StringWidth(text) <= w {
		return []string{text}
	}
	long := func(word string) bool { return len(word) > w && ansi.StringWidth(word) > w }
	at := ""
	if slices.ContainsFunc(strings.Fields(text), long) {
		at = "/"
	}
	whole := strings.ReplaceAll(text, "-", unbroken) // An ID, a flag or a URL is not cut at its dashes.
	return strings.Split(strings.ReplaceAll(ansi.Wrap(whole, max(w, 1), at), unbroken, "-"), "\n")
}

// Truncate cuts a line to w cells, with an ellipsis.
func Truncate(line string, w int) string {
	if len(line) <= w || ansi.StringWidth(line) <= w {
		return line
	}
	return ansi.Truncate(line, max(w, 0), "…")
}

// Pad cuts or fills a line to exactly w cells.
func Pad(line string, w int) string {
	n := ansi.StringWidth(line)
	if n > w {
		line = ansi.Truncate(line, max(w, 0), "…")
		n = ansi.StringWidth(line)
	}
	return line + strings.Repeat(" ", max(w-n, 0))
}

// CutMiddle cuts an ID in its middle, so that its prefix and its end stay.
func CutMiddle(id string, w int) string {
	n := ansi.StringWidth(id)
	if n <= w || w < 8 {
		return Truncate(id, w)
	}
	tail := (w - 1) / 3
	head := w - 1 - tail
	return ansi.Truncate(id, head, "") + "…" + ansi.TruncateLeft(id, n-tail, "")
}

// Count writes a number with thousands separated.
func Count(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// Seconds writes a duration as whole seconds: "4 s", "1 min 20 s".
func Seconds(d time.Duration) string {
	n := int(d.Round(time.Second) / time.Second)
	if n < 60 {
		return strconv.Itoa(max(n, 0)) + " s"
	}
	return strconv.Itoa(n/60) + " min " + strconv.Itoa(n%60) + " s"
}

// LowerFirst begins a label in lower case, for use within a line: each word of one
// that is written as a title. The pronoun I stays.
func LowerFirst(label string) string {
	words := strings.Fields(label)
	small := func(word string) bool { return strings.ToUpper(word[:1]) != word[:1] }
	switch {
	case strings.HasPrefix(label, "I "):
		return label
	case len(words) > 1 && !slices.ContainsFunc(words, small):
		return strings.ToLower(label)
	}
	_, n := utf8.DecodeRuneInString(label)
	return strings.ToLower(label[:n]) + label[n:]
}

// UpperFirst begins a sentence with a capital letter.
func UpperFirst(text string) string {
	_, n := utf8.DecodeRuneInString(text)
	return strings.ToUpper(text[:n]) + text[n:]
}

// Plural writes "1 character", "2 characters".
func Plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return Count(n) + " " + noun + "s"
}

// Pasted is what a paste becomes: without outer spaces and line breaks, with one kind of
// line break inside, and without characters that are not seen. Of an escape sequence the
// rest stays: it may be a part of a secret.
func Pasted(content string) string {
	oneBreak := strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x1b", "")
	return strings.TrimSpace(text.Clean(oneBreak.Replace(content)))
}

// TildePath writes a path below the home directory with a tilde.
func TildePath(path, home string) string {
	if home == "" || home == "/" {
		return path
	}
	if rest, ok := strings.CutPrefix(path, strings.TrimSuffix(home, "/")+"/"); ok {
		return "~/" + rest
	}
	return path
}
