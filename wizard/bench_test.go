package wizard

import (
	"fmt"
	"path/filepath"
	"testing"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/state"
	"telegent-setup/steps"
	"telegent-setup/wizard/display"
	"telegent-setup/wizard/screen"
	"telegent-setup/wizard/terminal"
)

// bare is what the others are measured against: a program with one input.
type bare struct{ input textinput.Model }

func (b bare) Init() tea.Cmd { return nil }

func (b bare) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	var cmd tea.Cmd
	b.input, cmd = b.input.Update(msg)
	return b, cmd
}

func (b bare) View() tea.View { return tea.NewView("Name\n\n" + b.input.View() + "\n\nenter: next") }

// benched is a wizard in a terminal of 100x30, over nothing.
func benched(b *testing.B) *Model {
	b.Helper()
	path := filepath.Join(b.TempDir(), "state.json")
	store, err := state.Open(path)
	require.NoError(b, err)
	b.Cleanup(func() { _ = store.Close() })
	u, err := api.ParseBaseURL(base)
	require.NoError(b, err)
	file, err := steps.Resolve(path, store.File(), steps.Wanted{BaseURL: base})
	require.NoError(b, err)
	runner := steps.New(steps.Config{Client: api.New(api.Options{BaseURL: u}), Store: store, File: file})
	m := New(b.Context(), Options{Runner: runner, Terminal: terminal.Terminal{Environ: []string{}}})
	m.Update(tea.WindowSizeMsg{Width: 100, Height: 30})
	return m
}

// put puts a prompt on the screen.
func (m *Model) put(p steps.Prompt) {
	m.prompt = p
	m.Stack = []*display.Entry{{Screen: screen.New(&m.Context, p)}}
}

func areas(n int) *steps.Results {
	r := &steps.Results{Total: n, Page: 1}
	for i := range n {
		r.Rows = append(r.Rows, steps.Row{NGP: fmt.Sprintf("NGP-%d", i%3), AreaCode: fmt.Sprint(201 + i%799), ZipCode: fmt.Sprintf("%05d", i*7%99999)})
	}
	return r
}

// A key in the longest forms, against the same key in a bare program.
func BenchmarkKey(b *testing.B) {
	keys := []tea.Msg{press("a"), press("backspace")}
	b.Run("bare", func(b *testing.B) {
		in := textinput.New()
		in.Focus()
		var m tea.Model = bare{in}
		for i := 0; b.Loop(); i++ {
			m, _ = m.Update(keys[i%2])
			_ = m.View()
		}
	})
	for _, step := range []string{steps.Account, steps.MessageRoute, steps.Provision} {
		b.Run(step, func(b *testing.B) {
			m := benched(b)
			require.NoError(b, m.flow.Reply(b.Context(), steps.Reply{Option: steps.Option{Do: steps.Fill, Step: step}}))
			m.show()
			for i := 0; b.Loop(); i++ {
				m.Update(keys[i%2])
				_ = m.View()
			}
		})
	}
}

// A key that filters, and one that moves, in lists of ten and ten thousand.
func BenchmarkList(b *testing.B) {
	for _, n := range []int{10, 10_000} {
		p := steps.Prompt{Kind: steps.ListPrompt, Step: &steps.Step{}, Title: "Choose an area", Results: areas(n)}
		for name, keys := range map[string][]tea.Msg{
			"filter": {press("8"), press("0"), press("backspace"), press("backspace")},
			"move":   {press("down"), press("pgdown"), press("end"), press("home")},
		} {
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				m := benched(b)
				m.put(p)
				for i := 0; b.Loop(); i++ {
					m.Update(keys[i%len(keys)])
					_ = m.View()
				}
			})
		}
	}
}

// The first frame of a page of ten thousand rows.
func BenchmarkFirstPaint(b *testing.B) {
	m := benched(b)
	p := steps.Prompt{Kind: steps.ListPrompt, Step: &steps.Step{}, Title: "Choose an area", Results: areas(10_000)}
	for b.Loop() {
		m.put(p)
		m.Draw(true)
	}
}
