package wizard

import (
	"context"
	"runtime/debug"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"telegent-setup/api/webhook"
	"telegent-setup/steps"
	"telegent-setup/steps/report"
	"telegent-setup/wizard/screen"
)

// serial runs the commands that use the flow one after the other, in the order in
// which they were made.
type serial struct {
	tail    chan struct{} // Closed when the last one made has run.
	running sync.WaitGroup
}

func newSerial() *serial {
	tail := make(chan struct{})
	close(tail)
	return &serial{tail: tail}
}

// command makes a command of f, which runs when those made before it have run.
// A panic in it arrives as a message, with its trace.
func (s *serial) command(f func() tea.Msg) tea.Cmd {
	before, done := s.tail, make(chan struct{})
	s.tail = done
	return func() (msg tea.Msg) {
		s.running.Add(1)
		defer s.running.Done()
		defer close(done)
		defer func() {
			if v := recover(); v != nil {
				msg = panicMsg{v, debug.Stack()}
			}
		}()
		<-before
		return f()
	}
}

// wait waits for the commands that are under way, and says whether they are over.
func (s *serial) wait(atMost time.Duration) bool {
	done := make(chan struct{})
	go func() {
		s.running.Wait()
		close(done)
	}()
	select {
	case <-done:
		return true
	case <-time.After(atMost):
		return false
	}
}

// pending is a command that is under way.
type pending struct {
	attempt  int
	reply    steps.Reply // Of a reply to the flow.
	cancel   context.CancelFunc
	begun    time.Time
	shown    bool // It may take a while, and has a screen of its own: esc stops it.
	watching bool // Enter ends it, and goes on.
	stopped  bool // The person stopped it.
	leaving  bool // The program ends with it.
}

// panicMsg is a fault of this program inside a command.
type panicMsg struct {
	value any
	stack []byte
}

// repliedMsg says that the flow has carried on. Attempt tells it from one that was
// given up, as in the messages below.
type repliedMsg struct {
	attempt int
	err     error
}

// reportedMsg is a report that was made, or written to a path.
type reportedMsg struct {
	attempt int
	report  report.Report
	path    string
	err     error
}

// checkedMsg says that a look at the webhook has ended.
type checkedMsg struct {
	attempt int
	over    *screen.Webhook
	verdict webhook.Verdict
	err     error
}

// clipboardMsg is what the clipboard of this machine held, for ctrl+v.
type clipboardMsg struct{ text string }

// start starts a command. Keys that arrive before its result wait in the queue.
func (m *Model) start(f func(ctx context.Context, attempt int) tea.Msg) tea.Cmd {
	ctx, cancel := context.WithCancel(m.ctx)
	m.attempt++
	attempt := m.attempt
	m.pending = &pending{attempt: attempt, cancel: cancel, begun: time.Now()}
	return m.serial.command(func() tea.Msg {
		defer cancel()
		return f(ctx, attempt)
	})
}

// ended takes what was under way off, if the result is its own.
func (m *Model) ended(attempt int) *pending {
	p := m.pending
	if p == nil || p.attempt != attempt {
		return nil
	}
	m.pending = nil
	return p
}

// readClipboard is ctrl+v where the terminal leaves that key to programs. A
// machine without a clipboard, or with one that does not answer, has nothing to
// paste.
func readClipboard(read func() (string, error)) tea.Cmd {
	return func() tea.Msg {
		got := make(chan string, 1)
		go func() {
			text, err := read()
			if err != nil {
				text = ""
			}
			got <- text
		}()
		select {
		case text := <-got:
			return clipboardMsg{text}
		case <-time.After(time.Second):
			return clipboardMsg{}
		}
	}
}
