package screen

import "telegent-setup/wizard/frame"

// Layout is where things go on a terminal for a screen.
func Layout(w, h int, s Screen) frame.Layout {
	aside, wide := 0, false
	if b, ok := s.(Beside); ok {
		aside = b.AsideWidth()
	}
	if x, ok := s.(Wide); ok {
		wide = x.Wide()
	}
	return frame.LayoutFor(w, h, aside, wide)
}

// Draw draws a screen in its frame, with notes on what has just happened.
func Draw(f *frame.Frame, w, h int, s Screen, notes []string, scroll *frame.Scroll) string {
	l := Layout(w, h, s)
	c := frame.Content{Place: s.Place(), Notes: notes, View: s.View, Keys: s.Keys()}
	if b, ok := s.(Beside); ok && l.Aside > 0 {
		c.Aside = b.Aside(l.Aside)
	}
	return f.Draw(l, c, scroll)
}
