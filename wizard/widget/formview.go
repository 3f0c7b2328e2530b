package widget

import (
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

// View adds the form to lines, as airy as h lines allow.
func (f *Form) View(lines []string, w, h int) Page {
	for _, text := range f.wrong {
		lines = Paragraph(lines, f.styles.Bad, "✗ "+text, w)
	}
	column := f.column(w)
	blocks := make([][]string, len(f.shown))
	for i, x := range f.shown {
		blocks[i] = f.block(x, w, column, x == f.current())
	}
	buttons := f.row(w)
	for level := roomy; level >= tight; level-- {
		if p := f.assemble(lines, blocks, buttons, w, level); len(p.Lines) <= h {
			return p
		}
	}
	if h >= 12 { // It scrolls in any case.
		return f.assemble(lines, blocks, buttons, w, spaced)
	}
	return f.assemble(lines, blocks, buttons, w, tight)
}

// assemble puts the blocks and the buttons below lines.
func (f *Form) assemble(lines []string, blocks [][]string, buttons []string, w int, level spacing) Page {
	p, current := Page{Lines: append([]string(nil), lines...)}, f.current()
	for i, x := range f.shown {
		if i > 0 && level > tight && !(f.beside(x, w) && f.beside(f.shown[i-1], w)) {
			p.Lines = append(p.Lines, "")
		}
		first := len(p.Lines)
		p.Lines = append(p.Lines, blocks[i]...)
		if x != current && level == roomy && !f.beside(x, w) && x.problem() == "" {
			p.Lines = Prefixed(p.Lines, "  ", f.styles.Faint, x.question.Help, w)
		}
		if x == current {
			p.Top, p.Bottom = first, len(p.Lines)-1
		}
		if level == roomy && f.beside(x, w) && (i+1 == len(f.shown) || !f.beside(f.shown[i+1], w)) {
			p.Lines = append(p.Lines, f.spare(f.shown[:i+1], w)...)
		}
	}
	if len(f.shown) > 0 && level > tight {
		p.Lines = append(p.Lines, "")
	}
	if current == nil {
		p.Top, p.Bottom = len(p.Lines), len(p.Lines)+len(buttons)-1
	}
	p.Lines = append(p.Lines, buttons...)
	return p
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
	return w >= inlineFrom && (!x.asked() || !x.letters())
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
	name := label.Render(x.question.Label)
	if f.beside(x, w) && (!focused || x.span() <= w-2-column) {
		line := Truncate(bar+Pad(name, column)+x.line(f.styles, w-2-column, focused), w)
		return f.remarks([]string{line}, x, bar, w, focused)
	}
	if x.asked() {
		for _, note := range x.notes() {
			name += f.styles.Faint.Render("  " + note)
		}
	}
	lines := []string{bar + Truncate(name, w-2)}
	for l := range strings.SplitSeq(x.line(f.styles, w-2, focused), "\n") {
		lines = append(lines, bar+l)
	}
	return f.remarks(lines, x, bar, w, focused)
}

// remarks adds what is to be said of a field below it.
func (f *Form) remarks(lines []string, x *field, bar string, w int, focused bool) []string {
	st, problem := f.styles, x.problem()
	switch {
	case problem != "":
		lines = Prefixed(lines, bar, st.Bad, "✗ "+problem, w)
	case focused:
		lines = Prefixed(lines, bar, st.Faint, x.question.Help, w)
	}
	if meant := x.question.Meant; focused && meant != "" {
		take := KeyTake
		if x.offered {
			take = KeyEnter
		}
		lines = append(lines, bar+st.Strong.Render(take.Help().Key)+st.Warn.Render(Truncate(" takes "+meant, w-8)))
	}
	if odd := x.question.Warning; odd != "" && problem == "" {
		lines = Prefixed(lines, bar, st.Warn, "! "+odd, w)
	}
	return lines
}

// row draws the buttons, on as many lines as they need. The one that sends stands
// out.
func (f *Form) row(w int) []string {
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
