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
	Styles  *Styles
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

// View draws the menu at the end of lines and returns the page with the chosen
// line in sight.
func (m *Menu) View(lines []string, w int) Page {
	p, above := Page{}, len(lines)
	for i, o := range m.Options {
		mark, style := "  ", m.Styles.Text
		switch {
		case i == m.At && m.Resting:
			mark, style = "· ", m.Styles.Faint
		case i == m.At:
			mark, style = "▸ ", m.Styles.Selected
		}
		first := len(lines)
		for j, l := range Wrap(o.Label, w-5) {
			lead := "     "
			if j == 0 {
				lead = mark + strconv.Itoa(i+1) + "  "
			}
			lines = append(lines, style.Render(lead+l))
		}
		for _, l := range Wrap(o.Help, w-5) {
			lines = append(lines, m.Styles.Faint.Render("     "+l))
		}
		if i == m.At {
			p.Top, p.Bottom = first, len(lines)-1
		}
	}
	if n := len(lines) - above; n > 0 && n <= shortMenu {
		p.Top, p.Bottom = above, len(lines)-1
	}
	p.Lines = lines
	return p
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
