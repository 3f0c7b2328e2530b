package widget

import (
	"strings"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"charm.land/huh/v2"
	"github.com/charmbracelet/x/ansi"
)

const (
	textBoxHeight = 3
	lineBreak     = "\u2028" // Stands for a line break in an input of one line.
)

// textBox is a field for text of several lines. Editing is that of the library's
// input of one line; the rows are its own. The library's text area is 400 KB of
// program.
type textBox struct {
	huh.Field // The rest of a field, which a form never uses.
	input     textinput.Model
	value     *string
	styles    *Styles
	width     int
	top       int // The first row that is seen.
}

// row is a line as it is drawn. All three count runes of the text.
type row struct {
	from, to int
	last     int // The last place in it at which the cursor stands.
}

func newTextBox(styles *Styles, value *string, placeholder string) *textBox {
	b := &textBox{styles: styles, input: textinput.New()}
	b.input.SetVirtualCursor(false)
	b.input.Placeholder = placeholder
	b.set(value)
	return b
}

// set replaces the text.
func (b *textBox) set(value *string) {
	b.value = value
	b.input.SetValue(strings.ReplaceAll(*value, "\n", lineBreak))
	b.input.CursorEnd()
}

func (b *textBox) WithWidth(w int) huh.Field { b.width = w; return b }

func (b *textBox) Focus() tea.Cmd { return b.input.Focus() }

func (b *textBox) Blur() tea.Cmd { b.input.Blur(); return nil }

// Update handles a key or a paste.
func (b *textBox) Update(msg tea.Msg) (huh.Model, tea.Cmd) {
	switch m := msg.(type) {
	case tea.PasteMsg:
		msg = tea.PasteMsg{Content: strings.ReplaceAll(m.Content, "\n", lineBreak)}
	case tea.KeyPressMsg:
		if key.Matches(m, KeyNewLine) {
			msg = tea.PasteMsg{Content: lineBreak}
		} else if b.move(m) {
			return b, nil
		}
	}
	b.input, _ = b.input.Update(msg)
	*b.value = strings.ReplaceAll(b.input.Value(), lineBreak, "\n")
	return b, nil
}

// move handles the keys that go by rows, and says whether this was one.
func (b *textBox) move(k tea.KeyPressMsg) bool {
	rows, pos := b.rows(), b.input.Position()
	at := rowAt(rows, pos)
	column := pos - rows[at].from
	switch {
	case key.Matches(k, b.input.KeyMap.LineStart):
		column = 0
	case key.Matches(k, b.input.KeyMap.LineEnd):
		column = rows[at].last
	case key.Matches(k, KeyUp):
		at--
	case key.Matches(k, KeyDown):
		at++
	default:
		return false
	}
	if at >= 0 && at < len(rows) {
		b.input.SetCursor(min(rows[at].from+column, rows[at].last))
	}
	return true
}

// rows breaks the text at its line breaks, and at spaces where it is too wide.
func (b *textBox) rows() []row {
	var rows []row
	w := max(b.width-1, 1) // The cursor may stand behind the last character.
	from, at, cells := 0, 0, 0
	word, before := 0, 0 // Where the last word begins, and the cells before it.
	for rest := b.input.Value(); rest != ""; {
		character, n := ansi.FirstGraphemeCluster(rest, ansi.GraphemeWidth)
		rest = rest[len(character):]
		if character == lineBreak {
			rows = append(rows, row{from, at, at})
			at++
			from, word, cells, before = at, at, 0, 0
			continue
		}
		if cells+n > w && at > from && character != " " {
			if word == from {
				word, before = at, cells
			}
			rows = append(rows, row{from, word, word - 1})
			from, cells, before = word, cells-before, 0
		}
		cells += n
		at += len([]rune(character))
		if character == " " {
			word, before = at, cells
		}
	}
	return append(rows, row{from, at, at})
}

// rowAt is the row in which a place of the text stands.
func rowAt(rows []row, pos int) int {
	at := 0
	for i, r := range rows {
		if r.from <= pos {
			at = i
		}
	}
	return at
}

// View draws the rows about the cursor.
func (b *textBox) View() string {
	st := b.styles
	text, role, rows := []rune(b.input.Value()), st.Text, b.rows()
	if len(text) == 0 {
		text, role = []rune(Truncate(b.input.Placeholder, b.width)), st.Placeholder
		rows = []row{{0, len(text), len(text)}}
	}
	pos := b.input.Position()
	at := rowAt(rows, pos)
	b.top = max(min(b.top, at, len(rows)-textBoxHeight), at-textBoxHeight+1, 0)
	lines := make([]string, textBoxHeight)
	for i, r := range rows[b.top:min(b.top+textBoxHeight, len(rows))] {
		line := role.Render(string(text[r.from:r.to]))
		if b.input.Focused() && b.top+i == at {
			under, after := " ", ""
			if pos < r.to {
				under, _ = ansi.FirstGraphemeCluster(string(text[pos:r.to]), ansi.GraphemeWidth)
				after = string(text[pos+len([]rune(under)) : r.to])
			}
			line = role.Render(string(text[r.from:pos])) + st.Cursor.Render(under) + role.Render(after)
		}
		lines[i] = Truncate(line, b.width)
	}
	return strings.Join(lines, "\n")
}
