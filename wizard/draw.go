package wizard

import (
	tea "charm.land/bubbletea/v2"

	"telegent-setup/wizard/terminal"
)

// draw makes the frame of this moment.
func (m *Model) draw() tea.View {
	top := m.top()
	_, busy := top.Screen.(interface{ Stop() })
	v := tea.View{AltScreen: true, WindowTitle: m.frame.WindowTitle(top.Title()), ProgressBar: m.frame.ProgressBar(busy)}
	if m.w == 0 || m.h == 0 || m.waiting || m.leaving && m.err == nil {
		v.ProgressBar = nil
		return v
	}
	v.Content = m.frame.Draw(m.w, m.h, top.Screen, m.notes, &top.scroll)
	if m.ascii {
		v.Content, v.WindowTitle = terminal.ToASCII(v.Content), terminal.ToASCII(v.WindowTitle)
	}
	return v
}
