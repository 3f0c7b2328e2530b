package widget

import (
	"slices"
	"strconv"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"telegent-setup/steps"
)

// Menu is a short list of options; the first is the one to take.
type Menu struct {
	Options []steps.Option
	At      int  // The chosen one; -1 is none.
	Resting bool // Keys are not heard yet: nothing looks chosen.
}

// shortMenu is how many lines a menu may have to be in sight as a whole.
const shortMenu = 3

// Update moves in the menu; it returns the option that was taken, or -1.
func (m *Menu) Update(k tea.KeyPressMsg) int {
	n := len(m.Options)
	if n == 0 {
		return -1
	}
	switch {
	case key.Matches(k, KeyUp, KeyPrevious):
		m.At = (m.At + n - 1) % n
	case key.Matches(k, KeyDown, KeyNext):
		m.At = (m.At + 1) % n
	case key.Matches(k, KeyFirst):
		m.At = 0
	case key.Matches(k, KeyLast):
		m.At = n - 1
	case key.Matches(k, KeyEnter):
		return m.At
	default:
		return m.named(k.String())
	}
	return -1
}

// named is the option that a digit or its own letter takes, or -1.
func (m *Menu) named(name string) int {
	if i, err := strconv.Atoi(name); err == nil && i >= 1 && i <= len(m.Options) {
		return i - 1
	}
	return slices.IndexFunc(m.Options, func(o steps.Option) bool { return o.Key != "" && o.Key == name })
}

// Draw adds the menu to a page, and has the chosen line in sight.
func (m *Menu) Draw(p *Page) {
	above := len(p.Lines)
	for i, o := range m.Options {
		mark, role := "  ", p.Text
		switch {
		case i == m.At && m.Resting:
			mark, role = "· ", p.Faint
		case i == m.At:
			mark, role = "▸ ", p.Selected
		}
		first := len(p.Lines)
		p.Hanging(role.Render(mark+strconv.Itoa(i+1)+"  "), role, o.Label)
		p.Prefixed("     ", p.Faint, o.Help)
		if i == m.At {
			p.Top, p.Bottom = first, len(p.Lines)-1
		}
	}
	if n := len(p.Lines) - above; n > 0 && n <= shortMenu {
		p.Top, p.Bottom = above, len(p.Lines)-1
	}
}

// Keys are the keys that work in the menu.
func (m *Menu) Keys() []key.Binding {
	switch len(m.Options) {
	case 0:
		return nil
	case 1:
		return []key.Binding{Does(KeyEnter, LowerFirst(m.Options[0].Label))}
	}
	return []key.Binding{KeyEnter, Does(KeyMove, "move")}
}
