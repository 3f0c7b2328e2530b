package wizard

import (
	tea "charm.land/bubbletea/v2"

	"telegent-setup/wizard/frame"
	"telegent-setup/wizard/screen"
	"telegent-setup/wizard/terminal"
)

// layout is where things go for the screen that is seen.
func (m *Model) layout() frame.Layout { return layoutFor(m.w, m.h, m.top().Screen) }

// layoutFor lays out a terminal for a screen.
func layoutFor(w, h int, s screen.Screen) frame.Layout {
	aside, wide := 0, false
	if b, ok := s.(screen.Beside); ok {
		aside = b.AsideWidth()
	}
	if x, ok := s.(screen.Wide); ok {
		wide = x.Wide()
	}
	return frame.LayoutFor(w, h, aside, wide)
}

// draw makes the frame of this moment.
func (m *Model) draw() tea.View {
	top := m.top()
	_, busy := top.Screen.(interface{ Stop() })
	v := tea.View{AltScreen: true, WindowTitle: m.frame.WindowTitle(top.Title()), ProgressBar: m.frame.ProgressBar(busy)}
	if m.w == 0 || m.h == 0 || m.waiting || m.leaving && m.err == nil {
		v.ProgressBar = nil
		return v
	}
	v.Content = drawScreen(&m.frame, m.layout(), top.Screen, m.notes, &top.scroll)
	if m.ascii {
		v.Content, v.WindowTitle = terminal.ToASCII(v.Content), terminal.ToASCII(v.WindowTitle)
	}
	return v
}

// drawScreen draws a screen in its frame.
func drawScreen(f *frame.Frame, l frame.Layout, s screen.Screen, notes []string, scroll *frame.Scroll) string {
	c := frame.Content{Place: s.Place(), Notes: notes, View: s.View, Keys: s.Keys()}
	if b, ok := s.(screen.Beside); ok && l.Aside > 0 {
		c.Aside = b.Aside(l.Aside)
	}
	return f.Draw(l, c, scroll)
}
