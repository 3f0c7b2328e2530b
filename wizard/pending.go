package wizard

import (
	"context"
	"fmt"
	"runtime/debug"
	"time"

	tea "charm.land/bubbletea/v2"
)

// pending is work that is under way beside the screen.
type pending struct {
	cancel   context.CancelFunc
	begun    time.Time
	shown    bool // It may take a while, and has a screen of its own: esc stops it.
	watching bool // Enter ends it, and goes on.
	leaving  bool // The program ends with it.
}

// endedMsg says that work is over, and what is to be done then.
type endedMsg struct {
	work *pending
	then func(*pending) tea.Cmd
}

// start starts work. What it returns is done when it is over; keys that arrive before
// wait in the queue. A panic ends the program, with its trace.
func (m *Model) start(work func(context.Context) (then func(*pending) tea.Cmd)) tea.Cmd {
	ctx, cancel := context.WithCancel(m.ctx)
	p := &pending{cancel: cancel, begun: time.Now()}
	m.pending = p
	return func() (msg tea.Msg) {
		m.running.Add(1)
		defer m.running.Done()
		defer cancel()
		defer func() {
			if v := recover(); v != nil {
				fault := fmt.Errorf("a fault of this program: %v\n%s", v, debug.Stack())
				msg = endedMsg{p, func(*pending) tea.Cmd { return m.broken(fault) }}
			}
		}()
		return endedMsg{p, work(ctx)}
	}
}

// startAside is start of work that the setup does not depend on: what it returns shows
// what became of it.
func (m *Model) startAside(work func(context.Context) (show func())) tea.Cmd {
	return m.start(func(ctx context.Context) func(*pending) tea.Cmd {
		show := work(ctx)
		return func(p *pending) tea.Cmd {
			if p.leaving {
				return m.leave()
			}
			show()
			return m.drainQueue()
		}
	})
}

// ended goes on after work, unless that was given up.
func (m *Model) ended(msg endedMsg) tea.Cmd {
	if m.pending == nil || m.pending != msg.work {
		return nil
	}
	m.pending = nil
	return msg.then(msg.work)
}

// wait waits for the work that is under way, and says whether it is over.
func (m *Model) wait(atMost time.Duration) bool {
	over := make(chan struct{})
	go func() {
		m.running.Wait()
		close(over)
	}()
	select {
	case <-over:
		return true
	case <-time.After(atMost):
		return false
	}
}
