package wizard

import (
	"cmp"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// The smallest terminal that a screen fits on, and the width from which the
// rail stands beside it.
const (
	minWidth  = 24
	minHeight = 8
	railFrom  = 80
)

// minAside is how wide a column beside the body must be to be worth it.
const minAside = 50

// textWidth is how wide text may run before it is hard to read.
const textWidth = 88

// frame is where things go on a terminal of some size.
type frame struct {
	w, h   int
	rail   int  // Width of the rail; 0 when it is one line.
	strip  bool // The rail is one line.
	aside  int  // Width of what stands beside the body; 0 when there is no room.
	left   int  // Of the body.
	top    int  // Of the body.
	bodyW  int
	bodyH  int
	roomy  bool // A line of air above and below the body.
	tooFew bool // Too small for anything.
}

func frameFor(w, h int) frame {
	f := frame{w: w, h: h, tooFew: w < minWidth || h < minHeight, roomy: h >= 26}
	f.top = 1
	f.left = 1
	if w >= railFrom {
		f.rail = min(max(w/3, 30), 50)
		if w < 100 {
			f.rail = 30
		}
		f.left = f.rail + 2
	} else {
		f.top, f.strip = 2, true
	}
	if f.roomy {
		f.top++
	}
	bottom := 1
	if f.roomy {
		bottom = 2
	}
	f.bodyH = max(h-f.top-bottom, 1)
	f.bodyW = max(min(w-f.left-1, textWidth), 1)
	if f.aside = w - f.left - f.bodyW - 4; f.aside < minAside {
		f.aside = 0
	}
	return f
}

// alone is the frame without a rail, for a screen that needs the width more.
func (f frame) alone() frame {
	if f.rail == 0 || f.w >= 100 {
		return f
	}
	f.rail, f.left = 0, 1
	f.bodyW = max(min(f.w-f.left-1, textWidth), 1)
	return f
}

// window cuts a page to h lines so that what has the focus is in sight; offset
// is where the person scrolled to, and is corrected. Scroll names the keys that
// bring the rest into sight; it is empty when there is none.
func window(p page, h int, offset *int, follow bool) (lines []string, scroll string) {
	if p.pinned > h/2 {
		p.pinned = 0
	}
	head := p.lines[:p.pinned:p.pinned]
	p.lines, p.top, p.bottom, h = p.lines[p.pinned:], p.top-p.pinned, p.bottom-p.pinned, h-p.pinned
	if follow {
		if p.bottom >= *offset+h {
			*offset = p.bottom - h + 1
		}
		if p.top < *offset {
			*offset = p.top
		}
		if p.bottom < h && p.bottom > 0 {
			*offset = 0
		}
	}
	*offset = max(min(*offset, len(p.lines)-h), 0)
	end := min(*offset+h, len(p.lines))
	switch above, below := *offset > 0, end < len(p.lines); {
	case above && below:
		scroll = "pgup pgdn"
	case above:
		scroll = "pgup"
	case below:
		scroll = "pgdn"
	}
	lines = append(head, p.lines[*offset:end]...)
	if follow && *offset > 0 && *offset < p.top {
		lines[len(head)] = "…" // What stands below it begins in the middle of something.
	}
	return lines, scroll
}

// header is the first line: program, badge, server, edition.
func (s *scene) header(w int) string {
	st := s.st
	left := " " + st.Brand.Render("telegent-setup")
	right := st.Faint.Render(s.host + " · " + s.edition)
	switch {
	case s.badge != "" && s.sandbox:
		right = st.Badge.Render(" "+s.badge+" ") + st.Faint.Render(" sandbox · "+s.edition)
	case s.badge != "":
		right = st.Badge.Render(" "+s.badge+" ") + " " + right
	case s.sandbox:
		right = st.Badge.Render(" SANDBOX ") + st.Faint.Render(" "+s.edition)
	}
	gap := w - ansi.StringWidth(left) - ansi.StringWidth(right) - 1
	if gap < 1 {
		return fit(left+" "+right, w)
	}
	return left + strings.Repeat(" ", gap) + right
}

// footer shows the keys that work now, as many as fit.
func footer(st *styles, hints []hint, scroll string, w int) string {
	keys := ample
	if w < 60 {
		keys = brief
	}
	var parts []string
	for _, h := range keys(hints, scroll, w-2) {
		parts = append(parts, h.render(st))
	}
	return fit(" "+strings.Join(parts, st.Faint.Render(" · ")), w)
}

// ample are the keys for a footer of w cells; help and the way out are always
// among them. Where not all fit, what acts and what goes back come first.
func ample(hints []hint, scroll string, w int) []hint {
	tail := []hint{{"F1", "help"}, {"ctrl+c", "quit"}}
	if scroll != "" {
		tail = append([]hint{{scroll, "more"}}, tail...)
	}
	room := w - total(tail)
	if total(hints) > room {
		hints = slices.SortedStableFunc(slices.Values(hints), func(a, b hint) int { return cmp.Compare(a.rank(), b.rank()) })
	}
	var keys []hint
	for _, h := range hints {
		if room -= h.width(); room < 0 {
			break
		}
		keys = append(keys, h)
	}
	return append(keys, tail...)
}

// brief are the keys for a narrow footer of w cells: what Enter does comes
// first, and is shortened rather than left out; then how to get back, to the
// rest and to help.
func brief(hints []hint, scroll string, w int) []hint {
	var enter, others, tail []hint
	for _, h := range hints {
		switch h.key {
		case "enter":
			enter = append(enter, h)
		case "esc":
			h.does, _, _ = strings.Cut(h.does, " ")
			tail = append(tail, h)
		default:
			others = append(others, h)
		}
	}
	if keys := strings.Fields(scroll); len(keys) > 0 {
		tail = append(tail, hint{keys[len(keys)-1], ""})
	}
	tail = append(tail, hint{"F1", ""})
	room := w + 2 - total(tail) // The first has no dot before it.
	for i, h := range enter {
		enter[i].does = fit(h.does, room-len(h.key)-4)
		room -= enter[i].width()
	}
	for _, h := range others {
		if h.width() <= room {
			enter, room = append(enter, h), room-h.width()
		}
	}
	return append(enter, tail...)
}

// rank orders keys by how much they are missed.
func (h hint) rank() int {
	switch h.key {
	case "enter":
		return 0
	case "esc":
		return 1
	}
	return 2
}

// width is the room that a key takes in the footer, with the dot before it.
func (h hint) width() int { return ansi.StringWidth(strings.TrimRight(h.key+" "+h.does, " ")) + 3 }

// total is the room that keys take together.
func total(hints []hint) int {
	n := 0
	for _, h := range hints {
		n += h.width()
	}
	return n
}

func (h hint) render(st *styles) string {
	if h.does == "" {
		return st.Key.Render(h.key)
	}
	return st.Key.Render(h.key) + " " + st.Faint.Render(h.does)
}
