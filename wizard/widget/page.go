// Package widget holds what screens are made of: text that is wrapped and cut,
// styles, keys, forms, lists and menus. It knows the questions and options of
// steps, and nothing of what comes next.
//
// It may import steps, state and api/text.
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
	var lines []string
	for i, l := range Wrap(title, w) {
		mark, rest, _ := strings.Cut(l, " ")
		role, signed := map[string]Role{"✓": s.Good, "✗": s.Bad, "?": s.Warn}[mark]
		if i == 0 && signed {
			lines = append(lines, s.Strong.Render(role.Render(mark))+s.Strong.Render(" "+rest))
			continue
		}
		lines = append(lines, s.Strong.Render(l))
	}
	if h >= 10 {
		lines = append(lines, "")
	}
	return lines
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

// Prefixed adds wrapped text with a prefix of two cells before every line.
func Prefixed(lines []string, prefix string, role Role, text string, w int) []string {
	for _, l := range Wrap(text, w-2) {
		lines = append(lines, prefix+role.Render(l))
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
		role, long := s.Text, ansi.StringWidth(f.Value) > w-left-2
		if address(f.Value) {
			role = Role{ansi.SetHyperlink(f.Value), ansi.ResetHyperlink()}
		}
		if !long || w-left-2 >= 30 && strings.Contains(f.Value, " ") {
			lines = Hanging(lines, s.Faint.Render(Pad(f.Name, left))+"  ", role, f.Value, w)
			continue
		}
		if f.Name != "" {
			lines = append(lines, s.Faint.Render(Truncate(f.Name, w)))
		}
		lines = Prefixed(lines, "  ", role, f.Value, w)
	}
	return lines
}

// address says whether a value is an address on the web.
func address(value string) bool {
	return !strings.ContainsAny(value, " \n") && (strings.HasPrefix(value, "https://") || strings.HasPrefix(value, "http://"))
}
