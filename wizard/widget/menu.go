package wizard

import (
	"strconv"

	tea "charm.land/bubbletea/v2"
)

// choice is one line of a menu. Key, when set, is a letter that takes it.
type choice struct {
	label, help string
	key         string
	act         action
}

// menu is a short list of choices; the first is the one to take.
type menu struct {
	st      *styles
	choices []choice
	at      int
	resting bool // Keys are not heard yet: nothing looks chosen.
}

// shortMenu is how many lines a menu may have to be in sight as a whole.
const shortMenu = 3

// update moves in the menu; it returns the action of a choice that was taken.
func (m *menu) update(msg tea.Msg) action {
	k, ok := msg.(tea.KeyPressMsg)
	if !ok || len(m.choices) == 0 {
		return nil
	}
	switch s := k.String(); s {
	case "up", "shift+tab", "ctrl+p":
		m.at = (m.at + len(m.choices) - 1) % len(m.choices)
	case "down", "tab", "ctrl+n":
		m.at = (m.at + 1) % len(m.choices)
	case "home":
		m.at = 0
	case "end":
		m.at = len(m.choices) - 1
	case "enter":
		return m.choices[m.at].act
	default:
		for i, c := range m.choices {
			if s == strconv.Itoa(i+1) || c.key != "" && s == c.key {
				return c.act
			}
		}
	}
	return nil
}

// view draws the menu at the end of lines and returns the page with the
// chosen line in sight.
func (m *menu) view(lines []string, w int) page {
	p, above := page{}, len(lines)
	for i, c := range m.choices {
		mark, style := "  ", m.st.Text
		if i == m.at {
			mark, style = "▸ ", m.st.Selected
		}
		if i == m.at && m.resting {
			mark, style = "· ", m.st.Resting
		}
		first := len(lines)
		for j, l := range wrapped(c.label, w-5) {
			lead := "     "
			if j == 0 {
				lead = mark + strconv.Itoa(i+1) + "  "
			}
			lines = append(lines, style.Render(lead+l))
		}
		if c.help != "" {
			for _, l := range wrapped(c.help, w-5) {
				lines = append(lines, m.st.Faint.Render("     "+l))
			}
		}
		if i == m.at {
			p.top, p.bottom = first, len(lines)-1
		}
	}
	if n := len(lines) - above; n > 0 && n <= shortMenu {
		p.top, p.bottom = above, len(lines)-1
	}
	p.lines = lines
	return p
}

func (m *menu) hints() []hint {
	if len(m.choices) == 1 {
		return []hint{{"enter", small(m.choices[0].label)}}
	}
	return []hint{{"enter", "choose"}, {"↑↓", "move"}}
}
