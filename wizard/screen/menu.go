package wizard

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
)

// sheet is a screen of text with a menu below it.
type sheet struct {
	sc      *scene
	step    string
	eyebrow string
	title   string
	text    func(w int) []string
	menu    menu
	after   func(w int) []string // Below the menu; may be nil.
	aside   func(w int) []string // Beside it; may be nil.
	wide    bool                 // The width is worth more than the rail.
	guard   bool                 // Starts with an empty queue: see guard.
	esc     action               // What esc does; nil is nothing.
	keys    map[string]func() action
	extra   []hint
	dropped bool
}

// Update implements screen.
func (s *sheet) Update(msg tea.Msg) (action, tea.Cmd) {
	k, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil, nil
	}
	if k.String() == "esc" {
		return s.esc, nil
	}
	if act, ok := s.keys[k.String()]; ok {
		return act(), nil
	}
	return s.menu.update(msg), nil
}

// View implements screen.
func (s *sheet) View(w, h int) page {
	lines := heading(s.sc.st, s.eyebrow, s.title, w, h)
	pinned := len(lines)
	if s.text != nil {
		lines = append(lines, s.text(w)...)
	}
	if len(s.menu.choices) > 0 {
		lines = apart(lines)
	}
	if s.guard && s.dropped {
		lines = append(lines, styled(s.sc.st.Faint, wrapped("Keys pressed before this appeared were ignored.", w))...)
	}
	p := s.menu.view(lines, w)
	p.pinned = pinned
	if s.after != nil {
		if after := s.after(w); len(after) > 0 {
			p.lines = append(apart(p.lines), after...)
		}
	}
	return p
}

// Aside implements sided.
func (s *sheet) Aside(w int) []string {
	if s.aside == nil {
		return nil
	}
	return s.aside(w)
}

// Hints implements screen.
func (s *sheet) Hints() []hint {
	var hints []hint
	if len(s.menu.choices) > 0 {
		hints = s.menu.hints()
	}
	hints = append(hints, s.extra...)
	if s.esc != nil {
		hints = append(hints, hint{"esc", "back"})
	}
	return hints
}

// Title implements screen.
func (s *sheet) Title() string { return s.title }

// Step implements screen.
func (s *sheet) Step() string { return s.step }

// Guarded implements guarded.
func (s *sheet) Guarded() bool { return s.guard }

// Rest implements guarded.
func (s *sheet) Rest(resting, dropped bool) {
	s.menu.resting = resting
	s.dropped = dropped
}

// heading is the small line and the title that every screen begins with; a low
// screen does without the small line and the empty one.
func heading(st *styles, eyebrow, title string, w, h int) []string {
	var lines []string
	if eyebrow != "" && h >= 14 {
		lines = append(lines, st.Eyebrow.Render(fit(eyebrow, w)))
	}
	titles := wrapped(title, w)
	for i, l := range titles {
		titles[i] = st.Title.Render(l)
		mark, rest, _ := strings.Cut(l, " ")
		if role, ok := map[string]lipgloss.Style{"✓": st.Good, "✗": st.Bad, "?": st.Warn}[mark]; ok && i == 0 {
			titles[i] = role.Bold(true).Render(mark) + st.Title.Render(" "+rest)
		}
	}
	lines = append(lines, titles...)
	if h >= 10 {
		lines = append(lines, "")
	}
	return lines
}

// apart ends lines with an empty one, where there are any.
func apart(lines []string) []string {
	if n := len(lines); n > 0 && lines[n-1] != "" {
		return append(lines, "")
	}
	return lines
}

// paragraph adds wrapped text and an empty line.
func paragraph(lines []string, style interface{ Render(...string) string }, text string, w int) []string {
	if text == "" {
		return lines
	}
	for _, l := range wrapped(text, w) {
		lines = append(lines, style.Render(l))
	}
	return append(lines, "")
}
