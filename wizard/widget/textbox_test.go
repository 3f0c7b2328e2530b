package widget

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"
)

func TestTextBox(t *testing.T) {
	up, down := tea.KeyPressMsg{Code: tea.KeyUp}, tea.KeyPressMsg{Code: tea.KeyDown}
	home, end := tea.KeyPressMsg{Code: tea.KeyHome}, tea.KeyPressMsg{Code: tea.KeyEnd}
	erase, enter := tea.KeyPressMsg{Code: tea.KeyBackspace}, tea.KeyPressMsg{Code: tea.KeyEnter, Mod: tea.ModAlt}
	x := tea.KeyPressMsg{Code: 'x', Text: "x"}
	for _, c := range []struct {
		name, text  string
		keys        []tea.Msg
		value, view string
	}{
		{"what is typed goes to the end", "one", []tea.Msg{x}, "onex", "onex\n\n"},
		{"a new line", "one", []tea.Msg{enter, x}, "one\nx", "one\nx\n"},
		{"a line break is erased", "one\n", []tea.Msg{erase, x}, "onex", "onex\n\n"},
		{"a paste of two lines", "", []tea.Msg{tea.PasteMsg{Content: "a\nb"}}, "a\nb", "a\nb\n"},
		{"long text breaks at a space", "a text that is long", []tea.Msg{x}, "a text that is longx", "a text\nthat is\nlongx"},
		{"a long word breaks anywhere", "abcdefghijkl", nil, "abcdefghijkl", "abcdefghi\njkl\n"},
		{"up keeps the column", "ab\ncd", []tea.Msg{up, x}, "abx\ncd", "abx\ncd\n"},
		{"up to a shorter line", "a\nbcd", []tea.Msg{up, x}, "ax\nbcd", "ax\nbcd\n"},
		{"down from the last line stays", "a\nb", []tea.Msg{down, x}, "a\nbx", "a\nbx\n"},
		{"up within a long line", "abcdefghijkl", []tea.Msg{up, x}, "abcxdefghijkl", "abcxdefgh\nijkl\n"},
		{"home is that of the row", "ab\ncd", []tea.Msg{home, x}, "ab\nxcd", "ab\nxcd\n"},
		{"end is that of the row", "ab\ncd", []tea.Msg{up, home, end, x}, "abx\ncd", "abx\ncd\n"},
		{"the row of the cursor is seen", "1\n2\n3\n4", nil, "1\n2\n3\n4", "2\n3\n4"},
		{"and when it goes up", "1\n2\n3\n4", []tea.Msg{up, up, up}, "1\n2\n3\n4", "1\n2\n3"},
		{"wide characters", "漢字漢字漢字", nil, "漢字漢字漢字", "漢字漢字\n漢字\n"},
		{"an empty box shows its placeholder", "", nil, "", "e.g. hi\n\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			styles := NewStyles(true, colorprofile.ASCII)
			value := c.text
			b := newTextBox(styles, &value, "e.g. hi")
			b.WithWidth(10)
			b.Focus()
			for _, k := range c.keys {
				b.Update(k)
			}
			require.Equal(t, c.value, value)
			lines := strings.Split(ansi.Strip(b.View()), "\n")
			for i, l := range lines {
				require.LessOrEqual(t, ansi.StringWidth(l), 10)
				lines[i] = strings.TrimRight(l, " ")
			}
			require.Equal(t, c.view, strings.Join(lines, "\n"))
		})
	}
}
