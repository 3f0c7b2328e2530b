package terminal

import (
	"bytes"
	"io"
	"strings"
	"sync"
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
		c := &Clock{program: &tea.Program{}, ticker: time.NewTicker(time.Hour)}
		c.sleep = time.AfterFunc(time.Hour, c.slow)
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
			c.Made()
			require.NotZero(t, within(atOnce+1), "a frame was made")
			require.LessOrEqual(t, within(time.Second), 2*idleAfter+4, "going to rest")
			require.Equal(t, int(time.Minute/atRest), within(time.Minute), "at rest")
		}
		for range 100 { // Frames in a row put no tick off.
			c.Made()
			require.NotZero(t, within(atOnce+1))
		}
	})
}

// gate is a terminal that takes nothing while it is shut.
type gate struct {
	mu     sync.Mutex
	shut   sync.Mutex // Held while it is.
	stuck  chan struct{}
	screen bytes.Buffer
}

func (g *gate) Write(p []byte) (int, error) {
	if !g.shut.TryLock() {
		select {
		case g.stuck <- struct{}{}:
		default:
		}
		g.shut.Lock()
	}
	defer g.shut.Unlock()
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.screen.Write(p)
}

func (g *gate) has(text string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return strings.Contains(g.screen.String(), text)
}

// saying shows the last text that it was sent.
type saying struct {
	clock *Clock
	text  string
}

func (s saying) Init() tea.Cmd { return nil }
func (s saying) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if text, ok := msg.(string); ok {
		s.text = text
	}
	return s, nil
}
func (s saying) View() tea.View {
	s.clock.Made()
	return tea.View{Content: s.text, AltScreen: true}
}

// patience is how long a busy machine may take.
const patience = 3 * time.Minute

// A frame made while the terminal took nothing is seen once it does, though the
// clock has gone to rest meanwhile.
func TestASlowTerminalSeesTheLastFrame(t *testing.T) {
	c, out := &Clock{}, &gate{stuck: make(chan struct{}, 1)}
	c.program = tea.NewProgram(saying{clock: c}, tea.WithInput(nil), tea.WithOutput(out), tea.WithoutSignalHandler(), tea.WithWindowSize(40, 5))
	ended := make(chan error, 1)
	go func() {
		_, err := c.program.Run()
		ended <- err
	}()
	c.program.Send("alpha")
	require.Eventually(t, func() bool { return out.has("alpha") }, patience, time.Millisecond)

	out.shut.Lock()
	c.program.Send("beta")
	<-out.stuck
	go c.program.Send("gamma")
	asleep := func() bool {
		c.mu.Lock()
		defer c.mu.Unlock()
		return c.pace == atRest
	}
	require.Eventually(t, asleep, patience, time.Millisecond)
	require.False(t, out.has("gamma"))
	out.shut.Unlock()

	require.Eventually(t, func() bool { return out.has("gamma") }, patience, time.Millisecond)
	c.program.Quit()
	require.NoError(t, <-ended)
}
