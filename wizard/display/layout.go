package display

import (
	"telegent-setup/wizard/screen"
	"telegent-setup/wizard/widget"
)

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

// layout is where things go on a terminal of some size.
type layout struct {
	bodyW int
	bodyH int
	aside int  // Width of what stands beside the body; 0 when there is none.
	rail  int  // Width of the rail; 0 when it is one line.
	strip bool // The rail is one line.
	left  int  // Of the body.
	roomy bool // A line of air above and below the body.
}

// layoutFor lays out a terminal of w by h cells for a screen.
func layoutFor(w, h int, s screen.Screen) layout {
	l := layout{roomy: h >= 26, left: 1}
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
	if s.Wide() && l.rail > 0 && w < 100 {
		l.rail, l.left = 0, 1
	}
	if l.roomy {
		top, bottom = top+1, bottom+1
	}
	l.bodyH = max(h-top-bottom, 1)
	l.bodyW = max(min(w-l.left-1, textWidth), 1)
	wanted := s.AsideWidth()
	body := min(max(w-l.left-4-wanted, minBody), textWidth)
	if beside := w - l.left - 4 - body; wanted > 0 && beside >= minAside {
		l.bodyW, l.aside = body, beside
	}
	return l
}

// scroll is where a page stands.
type scroll struct {
	offset int
	follow bool // What has the focus must be in sight.
}

// window cuts a page to h lines so that what has the focus is in sight; the offset
// is where the person scrolled to, and is corrected. More names the keys that bring
// the rest into sight; it is empty when there is none.
func (s *scroll) window(p widget.Page, h int) (lines []string, more string) {
	if p.Pinned > h/2 {
		p.Pinned = 0
	}
	head := p.Lines[:p.Pinned:p.Pinned]
	p.Lines, p.Top, p.Bottom, h = p.Lines[p.Pinned:], p.Top-p.Pinned, p.Bottom-p.Pinned, h-p.Pinned
	if s.follow {
		if p.Bottom >= s.offset+h {
			s.offset = p.Bottom - h + 1
		}
		if p.Top < s.offset {
			s.offset = p.Top
		}
		if p.Bottom < h && p.Bottom > 0 {
			s.offset = 0
		}
	}
	s.offset = max(min(s.offset, len(p.Lines)-h), 0)
	end := min(s.offset+h, len(p.Lines))
	switch above, below := s.offset > 0, end < len(p.Lines); {
	case above && below:
		more = "pgup pgdn"
	case above:
		more = "pgup"
	case below:
		more = "pgdn"
	}
	lines = append(head, p.Lines[s.offset:end]...)
	if s.follow && s.offset > 0 && s.offset < p.Top {
		lines[len(head)] = "…" // What stands below it begins in the middle of something.
	}
	return lines, more
}
