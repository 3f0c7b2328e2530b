package widget

import (
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// spacing is how much room a form takes: with the help of every field, with empty
// lines between fields, or without either.
type spacing int

const (
	tight spacing = iota
	spaced
	roomy
)

// inlineFrom is the width from which a short control stands beside its label.
const inlineFrom = 44

// Draw adds the form to a page, as airy as h lines allow.
func (f *Form) Draw(p *Page, h int) {
	for _, text := range f.wrong {
		p.Paragraph(p.Bad, "✗ "+text)
	}
	above, column := slices.Clip(p.Lines), f.column(p.width)
	blocks := make([][]string, len(f.shown))
	for i, x := range f.shown {
		blocks[i] = f.block(x, p.width, column, x == f.current())
	}
	buttons := f.buttonLines(p.width)
	for level := roomy; level >= tight; level-- {
		p.Lines = above
		if f.assemble(p, blocks, buttons, level); len(p.Lines) <= h {
			return
		}
	}
	if h >= 12 { // It scrolls in any case.
		p.Lines = above
		f.assemble(p, blocks, buttons, spaced)
	}
}

// assemble puts the blocks and the buttons below the lines of a page.
func (f *Form) assemble(p *Page, blocks [][]string, buttons []string, level spacing) {
	w, current := p.width, f.current()
	for i, x := range f.shown {
		if i > 0 && level > tight && !(f.beside(x, w) && f.beside(f.shown[i-1], w)) {
			p.Add("")
		}
		first := len(p.Lines)
		p.Add(blocks[i]...)
		if x != current && level == roomy && !f.beside(x, w) && x.problem() == "" {
			p.Prefixed("  ", p.Faint, x.question.Help)
		}
		if x == current {
			p.Top, p.Bottom = first, len(p.Lines)-1
		}
		if level == roomy && f.beside(x, w) && (i+1 == len(f.shown) || !f.beside(f.shown[i+1], w)) {
			p.Add(f.spare(f.shown[:i+1], w)...)
		}
	}
	if len(f.shown) > 0 && level > tight {
		p.Add("")
	}
	if current == nil {
		p.Top, p.Bottom = len(p.Lines), len(p.Lines)+len(buttons)-1
	}
	p.Add(buttons...)
}

// spare keeps room below a group of short fields for the help of any of them,
// so that the focus moves nothing but itself.
func (f *Form) spare(shown []*field, w int) []string {
	most, now := 0, 0
	for i := len(shown) - 1; i >= 0 && f.beside(shown[i], w); i-- {
		n := len(Wrap(shown[i].question.Help, w-2))
		most = max(most, n)
		if shown[i] == f.current() {
			now = n
		}
	}
	return make([]string, most-now)
}

// beside says whether the control of a field stands beside its label.
func (f *Form) beside(x *field, w int) bool {
	return w >= inlineFrom && (!x.asked || !x.letters())
}

// column is where the controls begin that stand beside their labels.
func (f *Form) column(w int) int {
	n := 0
	for _, x := range f.shown {
		if f.beside(x, w) {
			n = max(n, ansi.StringWidth(x.question.Label))
		}
	}
	return min(n+2, w/2)
}

// block draws one field: label, control, and below them what is wrong, what
// looks odd, or what it is for.
func (f *Form) block(x *field, w, column int, focused bool) []string {
	bar, label := "  ", f.styles.Faint
	if focused {
		bar, label = f.styles.Accent.Render("┃")+" ", f.styles.Strong
	}
	p, name := f.styles.Blank(w), label.Render(x.question.Label)
	if f.beside(x, w) && (!focused || x.span() <= w-2-column) {
		p.Add(Truncate(bar+Pad(name, column)+x.line(p.Styles, w-2-column, focused), w))
	} else {
		if x.asked {
			name += p.Faint.Render(strings.Join(append([]string{""}, x.notes()...), "  "))
		}
		p.Add(bar + Truncate(name, w-2))
		for l := range strings.SplitSeq(x.line(p.Styles, w-2, focused), "\n") {
			p.Add(bar + l)
		}
	}
	f.remarks(p, x, bar, focused)
	return p.Lines
}

// remarks adds what is to be said of a field below it.
func (f *Form) remarks(p *Page, x *field, bar string, focused bool) {
	problem := x.problem()
	switch {
	case problem != "":
		p.Prefixed(bar, p.Bad, "✗ "+problem)
	case focused:
		p.Prefixed(bar, p.Faint, x.question.Help)
	}
	if meant := x.question.Meant; focused && meant != "" {
		take := KeyTake
		if x.offered {
			take = KeyEnter
		}
		p.Add(bar + p.Strong.Render(take.Help().Key) + p.Warn.Render(Truncate(" takes "+meant, p.width-8)))
	}
	if odd := x.question.Warning; odd != "" && problem == "" {
		p.Prefixed(bar, p.Warn, "! "+odd)
	}
}

// buttonLines draws the buttons, on as many lines as they need. The one that sends stands
// out.
func (f *Form) buttonLines(w int) []string {
	var lines []string
	line := ""
	for i, o := range f.buttons {
		label, style := o.Label, f.styles.Faint
		if i == f.send {
			label, style = "[ "+label+" ]", f.styles.Strong
		}
		text := "  " + label
		if f.button() == i {
			text, style = "▸ "+label, f.styles.Selected
		}
		if line != "" && ansi.StringWidth(line)+ansi.StringWidth(text)+2 > w {
			lines, line = append(lines, line), ""
		}
		if line != "" {
			line += "  "
		}
		line += style.Render(Truncate(text, w))
	}
	return append(lines, line)
}
