package widget

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"telegent-setup/steps"
)

// Page is what a screen shows: lines, of which Top to Bottom must be in sight.
// The first ones, as many as are Pinned, stay where they are when the others
// scroll: what a question is about is seen with its answers.
type Page struct {
	Lines       []string
	Top, Bottom int
	Pinned      int
}

// TitleLines are the title of a screen, and an empty line where h has room for it. A
// sign that it begins with has the colour of what it means.
func (s *Styles) TitleLines(title string, w, h int) []string {
	lines := Wrap(title, w)
	for i, l := range lines {
		mark, rest, _ := strings.Cut(l, " ")
		lines[i] = s.Strong.Render(l)
		if role, ok := s.sign(mark); ok && i == 0 {
			lines[i] = s.Strong.Render(role.Render(mark)) + s.Strong.Render(" "+rest)
		}
	}
	if h >= 10 {
		lines = append(lines, "")
	}
	return lines
}

func (s *Styles) sign(mark string) (Role, bool) {
	switch mark {
	case "✓":
		return s.Good, true
	case "✗":
		return s.Bad, true
	case "?":
		return s.Warn, true
	}
	return s.Text, false
}

// Apart ends lines with an empty one, where there are any.
func Apart(lines []string) []string {
	if n := len(lines); n > 0 && lines[n-1] != "" {
		return append(lines, "")
	}
	return lines
}

// Paragraph adds wrapped text and an empty line.
func Paragraph(lines []string, role Role, text string, w int) []string {
	if text == "" {
		return lines
	}
	return append(append(lines, role.Lines(Wrap(text, w))...), "")
}

// Hanging adds wrapped text whose first line begins with a sign.
func Hanging(lines []string, lead string, role Role, text string, w int) []string {
	n := ansi.StringWidth(lead)
	for i, l := range Wrap(text, w-n) {
		if i > 0 {
			lead = strings.Repeat(" ", n)
		}
		lines = append(lines, lead+role.Render(l))
	}
	return lines
}

// Quote adds wrapped text with a line beside it.
func Quote(s *Styles, lines []string, text string, w int) []string {
	for _, l := range Wrap(text, w-2) {
		lines = append(lines, s.Line.Render("│ ")+s.Quote.Render(l))
	}
	return lines
}

// Table draws names and values with the values in line; what does not fit beside
// its name goes below it. A value that is an address on the web is a link.
func Table(s *Styles, facts []steps.Detail, w int) []string {
	left := 0
	for _, f := range facts {
		left = max(left, ansi.StringWidth(f.Name))
	}
	left = min(left, w/2)
	var lines []string
	for _, f := range facts {
		name := Pad(f.Name, left)
		long := ansi.StringWidth(f.Value) > w-left-2
		if long && (w-left-2 < 30 || !strings.Contains(f.Value, " ")) {
			if f.Name != "" {
				lines = append(lines, s.Faint.Render(Truncate(f.Name, w)))
			}
			for _, l := range Wrap(f.Value, w-2) {
				lines = append(lines, "  "+linked(l, f.Value))
			}
			continue
		}
		for i, l := range Wrap(f.Value, w-left-2) {
			if i > 0 {
				name = strings.Repeat(" ", left)
			}
			lines = append(lines, s.Faint.Render(name)+"  "+linked(l, f.Value))
		}
	}
	return lines
}

// linked makes a line of a value that is an address a link to it.
func linked(line, value string) string {
	if strings.ContainsAny(value, " \n") || !strings.HasPrefix(value, "https://") && !strings.HasPrefix(value, "http://") {
		return line
	}
	return Link(line, value)
}
