// Package widget holds what screens are made of: text that is wrapped and cut,
// styles, keys, forms, lists and menus. It knows the questions and options of
// steps, and nothing of what comes next.
//
// It may import steps, state, api and api/text.
package widget

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"telegent-setup/steps"
)

// Page is what a screen shows, made from top to bottom: lines, of which Top to Bottom
// must be in sight. The first ones, as many as are Pinned, stay where they are when the
// others scroll: what a question is about is seen with its answers.
type Page struct {
	*Styles
	Lines       []string
	Top, Bottom int
	Pinned      int
	width       int // Of its lines.
}

// Blank is a page with nothing on it, w cells wide.
func (s *Styles) Blank(w int) *Page { return &Page{Styles: s, width: w} }

// Page begins a page with a title, and an empty line where h has room for it. A sign that
// the title begins with has the colour of what it means.
func (s *Styles) Page(title string, w, h int) *Page {
	p := s.Blank(w)
	for i, l := range Wrap(title, w) {
		mark, rest, _ := strings.Cut(l, " ")
		role, signed := s.ofSign(mark)
		if i == 0 && signed {
			p.Add(s.Strong.Render(role.Render(mark)) + s.Strong.Render(" "+rest))
			continue
		}
		p.Add(s.Strong.Render(l))
	}
	if h >= 10 {
		p.Add("")
	}
	return p
}

// Pin keeps what is on the page so far where it is.
func (p *Page) Pin() *Page {
	p.Pinned = len(p.Lines)
	return p
}

// Add adds lines as they are.
func (p *Page) Add(lines ...string) { p.Lines = append(p.Lines, lines...) }

// Apart adds an empty line, where there are lines that do not end with one.
func (p *Page) Apart() {
	if n := len(p.Lines); n > 0 && p.Lines[n-1] != "" {
		p.Add("")
	}
}

// Truncated adds a text that is cut to one line.
func (p *Page) Truncated(role Role, text string) { p.Add(role.Render(Truncate(text, p.width))) }

// Wrapped adds a text on as many lines as it takes.
func (p *Page) Wrapped(role Role, text string) { p.Prefixed("", role, text) }

// Paragraph adds a text, and an empty line below it.
func (p *Page) Paragraph(role Role, text string) {
	if text != "" {
		p.Wrapped(role, text)
		p.Add("")
	}
}

// Hanging adds a text whose first line begins with a sign.
func (p *Page) Hanging(lead string, role Role, text string) {
	n := ansi.StringWidth(lead)
	for i, l := range Wrap(text, p.width-n) {
		if i > 0 {
			lead = strings.Repeat(" ", n)
		}
		p.Add(lead + role.Render(l))
	}
}

// Prefixed adds a text with a prefix before every line.
func (p *Page) Prefixed(prefix string, role Role, text string) {
	for _, l := range Wrap(text, p.width-ansi.StringWidth(prefix)) {
		p.Add(prefix + role.Render(l))
	}
}

// Table adds names and values with the values in line; what does not fit beside its name
// goes below it. A value that is an address on the web is a link.
func (p *Page) Table(facts []steps.Detail) {
	left := 0
	for _, f := range facts {
		left = max(left, ansi.StringWidth(f.Name))
	}
	left = min(left, p.width/2)
	room := p.width - left - 2
	for _, f := range facts {
		role := p.Text
		if address(f.Value) {
			role = Role{ansi.SetHyperlink(f.Value), ansi.ResetHyperlink()}
		}
		if ansi.StringWidth(f.Value) <= room || room >= 30 && strings.Contains(f.Value, " ") {
			p.Hanging(p.Faint.Render(Pad(f.Name, left))+"  ", role, f.Value)
			continue
		}
		if f.Name != "" {
			p.Truncated(p.Faint, f.Name)
		}
		p.Prefixed("  ", role, f.Value)
	}
}

// address says whether a value is an address on the web.
func address(value string) bool {
	web := strings.HasPrefix(value, "https://") || strings.HasPrefix(value, "http://")
	return web && !strings.ContainsAny(value, " \n")
}
