package wizard

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"telegent-setup/state"
)

// draw makes the frame of this moment.
func (m *Model) draw() tea.View {
	v := tea.View{AltScreen: true, WindowTitle: m.windowTitle(), ProgressBar: m.progressBar()}
	if m.w == 0 || m.h == 0 || m.leaving && m.err == nil && m.flight == nil {
		v.ProgressBar = nil
		return v
	}
	f := frameFor(m.w, m.h)
	if f.tooFew {
		v.Content = strings.Join(wrapped("Make the window larger: 24 by 8 at least.", m.w), "\n")
		return v
	}
	body, more := m.body(f)
	v.Content = m.compose(f, body, more)
	return v
}

// body draws the screen that is seen, with the notice above it, cut to its
// room; more says that there is text below.
func (m *Model) body(f frame) (lines []string, more bool) {
	top, h := m.top(), f.bodyH
	var head []string
	for _, text := range []string{m.notice, m.flash} {
		if text != "" {
			head = append(head, styled(m.st.Good, wrapped(text, f.bodyW))...)
		}
	}
	if len(head) > 0 && h >= 14 {
		head = append(head, "")
	}
	if h-len(head) < 4 {
		head = nil
	}
	h -= len(head)
	p := top.View(f.bodyW, h)
	lines = window(p, h, &top.offset, top.follow)
	return append(head, lines...), top.offset+h < len(p.lines)
}

// compose puts header, rail, body and footer together.
func (m *Model) compose(f frame, body []string, more bool) string {
	var b strings.Builder
	b.WriteString(m.header(f.w))
	current := m.top().Step()
	if f.rail == 0 {
		b.WriteString("\n " + m.strip(current, f.w-2))
	}
	if f.roomy {
		b.WriteString("\n")
	}
	var rail []string
	if f.rail > 0 {
		rail = m.rail(current, f.rail-1, f.bodyH)
	}
	for i := range f.bodyH {
		b.WriteString("\n ")
		if f.rail > 0 {
			line := ""
			if i < len(rail) {
				line = rail[i]
			}
			b.WriteString(padded(line, f.rail-1) + m.st.Line.Render("│") + " ")
		}
		if i < len(body) {
			b.WriteString(fit(body[i], f.w-f.left))
		}
	}
	if f.roomy {
		b.WriteString("\n")
	}
	b.WriteString("\n" + footer(m.st, m.top().Hints(), more, f.w))
	return b.String()
}

// windowTitle follows along in the terminal's title bar.
func (m *Model) windowTitle() string {
	title := m.top().Title()
	if step := m.top().Step(); step != "" {
		title = m.place(m.step(step)) + " · " + m.step(step).Title
	}
	return "telegent-setup · " + strings.TrimLeft(title, "✓✗?– ")
}

// progressBar is the terminal's own indicator (OSC 9;4).
func (m *Model) progressBar() *tea.ProgressBar {
	value := m.settled() * 100 / max(len(m.all), 1)
	if _, ok := m.top().screen.(*work); ok {
		return tea.NewProgressBar(tea.ProgressBarIndeterminate, 0)
	}
	switch m.status(m.top().Step()).Status {
	case state.Failed:
		return tea.NewProgressBar(tea.ProgressBarError, value)
	case state.Sent:
		return tea.NewProgressBar(tea.ProgressBarWarning, value)
	}
	if value == 0 {
		return nil
	}
	return tea.NewProgressBar(tea.ProgressBarDefault, value)
}
