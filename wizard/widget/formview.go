package wizard

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"telegent-setup/steps"
)

// air is how much room a form takes: with the help of every field, with empty
// lines between fields, or without either.
type air int

const (
	tight air = iota
	spaced
	roomy
)

// inlineFrom is the width from which a short control stands beside its label.
const inlineFrom = 44

// view adds the form to lines, as airy as h lines allow.
func (f *form) view(lines []string, w, h int) page {
	shown, current := f.shown(), f.current()
	blocks := make([][]string, len(shown))
	for i, x := range shown {
		blocks[i] = f.block(x, w, f.column(shown, w), x == current)
	}
	buttons := f.row(w)
	for level := roomy; ; level-- {
		p := f.assemble(lines, shown, blocks, buttons, w, level)
		if len(p.lines) <= h || level == tight || level == spaced && h >= 12 {
			return p
		}
	}
}

// assemble puts the blocks and the buttons below lines.
func (f *form) assemble(lines []string, shown []*field, blocks [][]string, buttons []string, w int, level air) page {
	p, current := page{lines: append([]string(nil), lines...)}, f.current()
	for i, x := range shown {
		if i > 0 && level > tight && !(f.beside(x, w) && f.beside(shown[i-1], w)) {
			p.lines = append(p.lines, "")
		}
		first := len(p.lines)
		p.lines = append(p.lines, blocks[i]...)
		if x != current && level == roomy && !f.beside(x, w) && x.problem == "" {
			p.lines = append(p.lines, f.help(x, "  ", w)...)
		}
		if x == current {
			p.top, p.bottom = first, len(p.lines)-1
		}
		if level == roomy && f.beside(x, w) && (i+1 == len(shown) || !f.beside(shown[i+1], w)) {
			p.lines = append(p.lines, f.spare(shown[:i+1], w)...)
		}
	}
	if len(shown) > 0 && level > tight {
		p.lines = append(p.lines, "")
	}
	if current == nil {
		p.top, p.bottom = len(p.lines), len(p.lines)+len(buttons)-1
	}
	p.lines = append(p.lines, buttons...)
	return p
}

// spare keeps room below a group of short fields for the help of any of them,
// so that the focus moves nothing but itself.
func (f *form) spare(shown []*field, w int) []string {
	most, now := 0, 0
	for i := len(shown) - 1; i >= 0 && f.beside(shown[i], w); i-- {
		n := len(f.help(shown[i], "", w))
		most = max(most, n)
		if shown[i] == f.current() {
			now = n
		}
	}
	return make([]string, most-now)
}

// beside says whether the control of a field stands beside its label.
func (f *form) beside(x *field, w int) bool {
	return w >= inlineFrom && (!x.asked() || !x.letters())
}

// column is where the controls begin that stand beside their labels.
func (f *form) column(shown []*field, w int) int {
	n := 0
	for _, x := range shown {
		if f.beside(x, w) {
			n = max(n, ansi.StringWidth(x.spec.Label))
		}
	}
	return min(n+2, w/2)
}

// block draws one field: label, control, and below them what is wrong, what
// looks odd, or what it is for.
func (f *form) block(x *field, w, column int, focused bool) []string {
	bar, label := "  ", f.st.Text
	if focused {
		bar, label = f.st.Accent.Render("┃")+" ", f.st.Strong
	}
	var lines []string
	switch {
	case !x.asked() && f.beside(x, w):
		lines = []string{fit(bar+padded(label.Render(x.spec.Label), column)+f.fixedAnswer(x, w-2-column), w)}
	case !x.asked():
		lines = []string{fit(bar+label.Render(x.spec.Label), w), fit(bar+f.fixedAnswer(x, w-2), w)}
	case f.beside(x, w) && (!focused || x.span() <= w-2-column):
		lines = []string{fit(bar+padded(label.Render(x.spec.Label), column)+x.line(f.st, w-2-column), w)}
	default:
		lines = []string{bar + fit(f.head(x, focused), w-2)}
		for l := range strings.SplitSeq(x.line(f.st, w-2), "\n") {
			lines = append(lines, bar+l)
		}
	}
	switch {
	case x.problem != "":
		for _, l := range wrapped("✗ "+x.problem, w-2) {
			lines = append(lines, bar+f.st.Bad.Render(l))
		}
	case focused:
		lines = append(lines, f.help(x, bar, w)...)
	}
	if offer := x.offer(); focused && offer != "" {
		lines = append(lines, bar+f.st.Key.Render("ctrl+e")+f.st.Warn.Render(fit(" takes "+offer, w-8)))
	}
	if odd := x.odd(); odd != "" && x.problem == "" {
		for _, l := range wrapped("! "+odd, w-2) {
			lines = append(lines, bar+f.st.Warn.Render(l))
		}
	}
	return lines
}

// head is the line above a control: its label, and what is known of its answer.
func (f *form) head(x *field, focused bool) string {
	label := f.st.Text
	if focused {
		label = f.st.Strong
	}
	head := label.Render(x.spec.Label)
	if x.spec.Optional {
		head += f.st.Faint.Render("  optional")
	}
	for _, note := range []string{x.length(), x.origin} {
		if note != "" {
			head += f.st.Faint.Render("  " + note)
		}
	}
	return head
}

// help says what a field is for.
func (f *form) help(x *field, bar string, w int) []string {
	var lines []string
	for _, l := range wrapped(x.spec.Help, w-2) {
		lines = append(lines, bar+f.st.Faint.Render(l))
	}
	return lines
}

// fixedAnswer is the answer of a field that is shown and not asked, in w cells: of
// a long ID both ends stay.
func (f *form) fixedAnswer(x *field, w int) string {
	value := readable(x.spec, x.value)
	if x.spec.Kind == steps.Secret {
		value = plural(x.kept, "character")
	}
	if x.origin == "" {
		return middle(value, w)
	}
	return middle(value, w-ansi.StringWidth(x.origin)-2) + f.st.Faint.Render("  "+x.origin)
}

// row draws the buttons, on as many lines as they need. The first is the one
// that goes on.
func (f *form) row(w int) []string {
	var lines []string
	line, n := "", len(f.asked())
	for i, b := range f.buttons {
		label := b.label
		if i == 0 {
			label = "[ " + label + " ]"
		}
		text, style := "  "+label, f.st.Faint
		if i == 0 {
			style = f.st.Strong
		}
		if f.at == n+i {
			text, style = "▸ "+label, f.st.Selected
		}
		if line != "" && ansi.StringWidth(line)+ansi.StringWidth(text)+2 > w {
			lines, line = append(lines, line), ""
		}
		if line != "" {
			line += "  "
		}
		line += style.Render(fit(text, w))
	}
	return append(lines, line)
}
