package wizard

import (
	"context"
	"runtime"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
)

// drowsy is how long nothing has to happen before the program rests.
const drowsy = 400 * time.Millisecond

// rest keeps the scheduler to one core while nothing happens. The library looks
// for a new frame at every tick of its clock, changed or not, and with more
// cores several are woken each time. While keys come it may have them all: with
// one, a key would wait for it.
type rest struct {
	mu    sync.Mutex
	cores int // Outside of rest.
	on    bool
	over  bool
	timer *time.Timer
}

func newRest() *rest {
	r := &rest{cores: runtime.GOMAXPROCS(0)}
	r.timer = time.AfterFunc(drowsy, r.begin)
	return r
}

func (r *rest) begin() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.on && !r.over {
		r.on = true
		runtime.GOMAXPROCS(1)
	}
}

// wake ends the rest, until nothing happens again.
func (r *rest) wake() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.on {
		r.on = false
		runtime.GOMAXPROCS(r.cores)
	}
	r.timer.Reset(drowsy)
}

// end leaves the scheduler as it was.
func (r *rest) end() {
	r.wake()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.over = true
	r.timer.Stop()
}

// show runs a model on the terminal until it quits.
func show(ctx context.Context, m tea.Model, o Options) error {
	r := newRest()
	defer r.end()
	awake := tea.WithFilter(func(_ tea.Model, msg tea.Msg) tea.Msg {
		r.wake()
		return msg
	})
	_, err := tea.NewProgram(m, append(options(ctx, o), awake)...).Run()
	return err
}
