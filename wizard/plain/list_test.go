package plain

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"telegent-setup/steps"
)

// numbers are 10,000 rows.
func numbers() []steps.Row {
	rows := make([]steps.Row, 10_000)
	for i := range rows {
		rows[i].Number = fmt.Sprintf("+1801555%04d", i)
	}
	return rows
}

// browser is prompts over piped lines and rows.
func browser(rows []steps.Row, lines string) (*prompts, *listing, *bytes.Buffer) {
	var out bytes.Buffer
	l := newListing(steps.Results{Total: len(rows), Page: 1, Kind: steps.Numbers, Rows: rows})
	p := &prompts{Dialog: Dialog{Out: &out}, in: newLineReader(strings.NewReader(lines), io.Discard)}
	return p, &l, &out
}

// Rule: a row is chosen by its number in the list as it is shown, over pages and
// filters; nothing else chooses one.
func TestChoosingARow(t *testing.T) {
	rows := numbers()
	for name, c := range map[string]struct{ lines, want string }{
		"the first by default":      {"\n", "+18015550000"},
		"by number":                 {"3\n", "+18015550002"},
		"beyond the page":           {"11\n", "+18015550010"},
		"on the next page":          {"n\nn\n21\n", "+18015550020"},
		"in a filter":               {"/9999\n1\n", "+18015559999"},
		"back to all":               {"/9999\n/\n2\n", "+18015550001"},
		"after a filter too narrow": {"/nothing\n1\n/\n1\n", "+18015550000"},
		"after nonsense":            {"10001\n-1\nx\n4\n", "+18015550003"},
		"none":                      {"0\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			p, l, _ := browser(rows, c.lines)
			reply, err := p.browse(t.Context(), l)
			require.NoError(t, err)
			if c.want == "" {
				require.Nil(t, reply.Row)
				return
			}
			require.Equal(t, c.want, reply.Row.Number)
		})
	}
}

// Rule: a page is short however long the list is, and says where it is.
func TestAPageIsShort(t *testing.T) {
	p, l, out := browser(numbers(), "n\np\n")
	_, err := p.browse(t.Context(), l)
	require.ErrorIs(t, err, errEnd)
	require.Equal(t, 3*(pageRows+1), strings.Count(out.String(), "\n"))
	require.Contains(t, out.String(), "11 to 20 of 10000")
}

// Rule: commands are commands there too.
func TestCommandsAmongResults(t *testing.T) {
	p, l, _ := browser(numbers(), ":back\n")
	_, err := p.browse(t.Context(), l)
	require.ErrorIs(t, err, back)
	p, l, _ = browser(numbers(), ":quit\n")
	_, err = p.browse(t.Context(), l)
	require.ErrorIs(t, err, errQuit)
}
