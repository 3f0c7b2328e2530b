package frame

import "telegent-setup/wizard/widget"

// The smallest terminal that a screen fits on, and the width from which the
// rail stands beside it.
const (
	minWidth  = 24
	minHeight = 8
	railFrom  = 80
)

// How wide text may run before it is hard to read, how narrow it may become for
// the sake of what stands beside it, and how wide that must be to be worth it.
const (
	textWidth = 88
	minBody   = 58
	minAside  = 50
)

// Layout is where things go on a terminal of some size.
type Layout struct {
	BodyW int
	BodyH int
	Aside int // Width of what stands beside the body; 0 when there is none.

	rail  int  // Width of the rail; 0 when it is one line.
	strip bool // The rail is one line.
	left  int  // Of the body.
	roomy bool // A line of air above and below the body.
}

// LayoutFor lays out a terminal of w by h cells for a screen.
func LayoutFor(w, h int, s Screen) Layout {
	l := Layout{roomy: h >= 26, left: 1}
	top, bottom := 1, 1
	if w >= railFrom {
		l.rail = min(max(w/3, 30), 50)
		if w < 100 {
			l.rail = 30
		}
		l.left = l.rail + 2
	} else {
		top, l.strip = 2, true
	}
	if x, ok := s.(Wide); ok && x.Wide() && l.rail > 0 && w < 100 {
		l.rail, l.left = 0, 1
	}
	if l.roomy {
		top, bottom = top+1, bottom+1
	}
	l.BodyH = max(h-top-bottom, 1)
	l.BodyW = max(min(w-l.left-1, textWidth), 1)
	wanted := 0
	if x, ok := s.(Beside); ok {
		wanted = x.AsideWidth()
	}
	body := min(max(w-l.left-4-wanted, minBody), textWidth)
	if beside := w - l.left - 4 - body; wanted > 0 && beside >= minAside {
		l.BodyW, l.Aside = body, beside
	}
	return l
}

// Scroll is where a page stands.
type Scroll struct {
	Offset int
	Follow bool // What has the focus must be in sight.
}

// window cuts a page to h lines so that what has the focus is in sight; the offset
// is where the person scrolled to, and is corrected. More names the keys that bring
// the rest into sight; it is empty when there is none.
func (s *Scroll) window(p widget.Page, h int) (lines []string, more string) {
	if p.Pinned > h/2 {
		p.Pinned = 0
	}
	head := p.Lines[:p.Pinned:p.Pinned]
	p.Lines, p.Top, p.Bottom, h = p.Lines[p.Pinned:], p.Top-p.Pinned, p.Bottom-p.Pinned, h-p.Pinned
	if s.Follow {
		if p.Bottom >= s.Offset+h {
			s.Offset = p.Bottom - h + 1
		}
		if p.Top < s.Offset {
			s.Offset = p.Top
		}
		if p.Bottom < h && p.Bottom > 0 {
			s.Offset = 0
		}
	}
	s.Offset = max(min(s.Offset, len(p.Lines)-h), 0)
	end := min(s.Offset+h, len(p.Lines))
	switch above, below := s.Offset > 0, end < len(p.Lines); {
	case above && below:
		more = "pgup pgdn"
	case above:
		more = "pgup"
	case below:
		more = "pgdn"
	}
	lines = append(head, p.Lines[s.Offset:end]...)
	if s.Follow && s.Offset > 0 && s.Offset < p.Top {
		lines[len(head)] = "…" // What stands below it begins in the middle of something.
	}
	return lines, more
}
