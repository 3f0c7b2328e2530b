package wizard

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"telegent-setup/state"
)

// draw makes the frame of this moment.
func (m *Model) draw() tea.View {
	v := tea.View{AltScreen: true, WindowTitle: m.windowTitle(), ProgressBar: m.progressBar()}
	if m.w == 0 || m.h == 0 || m.unlit || m.leaving && m.err == nil && m.flight == nil {
		v.ProgressBar = nil
		return v
	}
	f := frameFor(m.w, m.h)
	if s, ok := m.top().screen.(*sheet); ok && s.wide {
		f = f.alone()
	}
	if f.tooFew {
		v.Content = strings.Join(wrapped("Make the window larger: 24 by 8 at least.", m.w), "\n")
		return v
	}
	above, body, scroll := m.body(f)
	v.Content = m.compose(f, above, body, scroll)
	if m.ascii {
		v.Content, v.WindowTitle = spelled(v.Content), spelled(v.WindowTitle)
	}
	return v
}

// body draws the screen that is seen, with the notice above it, cut to its
// room; scroll names the keys to the rest. A notice of one line stands in the
// line of air above the body, where there is one: then it moves nothing.
func (m *Model) body(f frame) (above string, lines []string, scroll string) {
	top, h := m.top(), f.bodyH
	var head []string
	for _, text := range []string{m.notice, m.flash} {
		if text != "" {
			head = append(head, m.said(text, f.bodyW)...)
		}
	}
	switch {
	case len(head) == 1 && f.roomy:
		above, head = head[0], nil
	case len(head) > 0 && h >= 14:
		head = append(head, "")
	case len(head) > 1:
		head = m.oneLine(f.bodyW)
	}
	if h-len(head) < 4 {
		head = nil
	}
	h -= len(head)
	p := top.View(f.bodyW, h)
	lines, scroll = window(p, h, &top.offset, top.follow)
	return above, append(head, lines...), scroll
}

// oneLine is the notice on a low screen: one line, or two of what wants attention.
func (m *Model) oneLine(w int) []string {
	text, _, _ := strings.Cut(strings.TrimPrefix(m.notice+"\n"+m.flash, "\n"), "\n")
	for line := range strings.SplitSeq(m.notice+"\n"+m.flash, "\n") {
		if strings.HasPrefix(line, "!") {
			text = line
		}
	}
	lines := wrapped(text, w)
	if len(lines) > 2 && strings.HasPrefix(text, "!") {
		return styled(m.st.Warn, []string{lines[0], fit(lines[1], w-1) + "…"})
	}
	if strings.HasPrefix(text, "!") {
		return m.said(text, w)
	}
	return m.said(fit(text, w), w)
}

// said draws a notice: what wants attention begins with a sign.
func (m *Model) said(text string, w int) []string {
	var lines []string
	for line := range strings.SplitSeq(text, "\n") {
		style := m.st.Good
		if strings.HasPrefix(line, "!") {
			style = m.st.Warn
		}
		lines = append(lines, styled(style, wrapped(line, w))...)
	}
	return lines
}

// edge is what surrounds the body, as last drawn: it changes with a step, not
// with a key.
type edge struct {
	version int
	current string
	frame   frame
	header  string
	rail    []string // Every line of the body's height, with the line beside it.
	gutter  string   // The line between body and aside.
}

// around draws the edge anew when it has changed.
func (m *Model) around(f frame) *edge {
	current := m.top().Step()
	if e := &m.edge; e.version == m.version && e.current == current && e.frame == f {
		return e
	}
	e := edge{version: m.version, current: current, frame: f, header: m.header(f.w), gutter: m.st.Line.Render("│") + " "}
	if f.strip {
		e.header += "\n " + m.strip(current, f.w-2)
	}
	var rail []string
	if f.rail > 0 {
		rail = m.rail(current, f.rail, f.bodyH)
	}
	e.rail = make([]string, f.bodyH)
	for i := range e.rail {
		if f.rail == 0 {
			e.rail[i] = " "
			continue
		}
		line := ""
		if i < len(rail) {
			line = rail[i]
		}
		e.rail[i] = padded(line, f.rail) + e.gutter
	}
	m.edge = e
	return &m.edge
}

// compose puts header, rail, body and footer together.
func (m *Model) compose(f frame, above string, body []string, scroll string) string {
	var b strings.Builder
	e := m.around(f)
	var aside []string
	if s, ok := m.top().screen.(sided); ok && f.aside > 0 {
		aside = s.Aside(f.aside)
	}
	b.WriteString(e.header)
	if f.roomy {
		b.WriteString("\n" + strings.TrimRight(strings.Repeat(" ", f.left)+above, " "))
	}
	for i, rail := range e.rail {
		line := ""
		if i < len(body) {
			line = fit(body[i], f.w-f.left)
		}
		if len(aside) > 0 {
			beside := ""
			if i < len(aside) {
				beside = fit(aside[i], f.aside)
			}
			line = strings.TrimRight(padded(line, f.bodyW+2)+e.gutter+beside, " ")
		}
		b.WriteString("\n" + rail + line)
	}
	if f.roomy {
		b.WriteString("\n")
	}
	b.WriteString("\n" + footer(m.st, m.top().Hints(), scroll, f.w))
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
	value := m.doneSteps() * 100 / max(len(m.all), 1)
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
