package wizard

import (
	"io"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/stretchr/testify/require"
)

// finder looks for the clock of its program, where Model does, and leaves.
type finder struct {
	program *tea.Program
	found   *time.Ticker
}

func (f *finder) Init() tea.Cmd                       { return tea.Quit }
func (f *finder) Update(tea.Msg) (tea.Model, tea.Cmd) { return f, nil }
func (f *finder) View() tea.View {
	f.found = tickerOf(f.program)
	return tea.View{}
}

func TestTheClockIsFound(t *testing.T) {
	f := &finder{}
	f.program = tea.NewProgram(f, tea.WithInput(nil), tea.WithOutput(io.Discard), tea.WithoutSignalHandler())
	require.Nil(t, tickerOf(f.program), "before the program runs")
	_, err := f.program.Run()
	require.NoError(t, err)
	require.NotNil(t, f.found, "the library keeps its clock elsewhere: see tickerOf")
}

// A frame is drawn within a millisecond; the clock rests when none is made, and
// never stands still.
func TestTheClockRests(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := &clock{program: &tea.Program{}, ticker: time.NewTicker(time.Hour)}
		c.sleep = time.AfterFunc(time.Hour, c.rest)
		defer c.sleep.Stop()
		defer c.ticker.Stop()
		ticks := 0
		within := func(d time.Duration) int {
			ticks = 0
			end := time.After(d)
			for {
				select {
				case <-c.ticker.C:
					ticks++
				case <-end:
					return ticks
				}
			}
		}
		for range 3 {
			c.made()
			require.NotZero(t, within(atOnce+1), "a frame was made")
			require.LessOrEqual(t, within(time.Second), int(2*drowsy/atOnce), "going to rest")
			require.Equal(t, int(time.Minute/atRest), within(time.Minute), "at rest")
		}
		for range 100 { // Frames in a row put no tick off.
			c.made()
			require.NotZero(t, within(atOnce+1))
		}
	})
}
