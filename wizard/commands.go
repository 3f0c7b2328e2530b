package wizard

import (
	"context"
	"runtime/debug"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"telegent-setup/steps"
)

// lane runs the commands of the runner one after the other, in the order in
// which they were made: a draft never overtakes the call behind it.
type lane struct {
	tail    chan struct{} // Closed when the last one made has run.
	running sync.WaitGroup
}

func newLane() *lane {
	tail := make(chan struct{})
	close(tail)
	return &lane{tail: tail}
}

// command makes a command of f, which runs when those made before it have run.
// A panic in it arrives as a message, with its trace.
func (l *lane) command(f func() tea.Msg) tea.Cmd {
	before, done := l.tail, make(chan struct{})
	l.tail = done
	return func() (msg tea.Msg) {
		l.running.Add(1)
		defer l.running.Done()
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

// flight is a command of the runner that is under way.
type flight struct {
	kind    kind
	step    string
	attempt int
	answers steps.Answers
	cancel  context.CancelFunc
	begun   time.Time
	stopped bool // The person stopped it: a failure is no news.
	leaving bool // The program ends with it.
}

// launch starts a command that carries a step on.
func (m *Model) launch(k kind, step string, answers steps.Answers, f func(ctx context.Context, r *resultMsg)) tea.Cmd {
	m.sent[step] = true
	return m.fly(k, step, answers, f)
}

// fly starts a command of the runner. Keys that arrive before its result wait
// in the queue.
func (m *Model) fly(k kind, step string, answers steps.Answers, f func(ctx context.Context, r *resultMsg)) tea.Cmd {
	ctx, cancel := context.WithCancel(m.ctx)
	m.attempt++
	attempt := m.attempt
	m.flight = &flight{kind: k, step: step, attempt: attempt, answers: answers, cancel: cancel, begun: time.Now()}
	return m.lane.command(func() tea.Msg {
		defer cancel()
		r := resultMsg{kind: k, step: step, attempt: attempt, answers: answers}
		f(ctx, &r)
		return r
	})
}

// signIn authenticates with the credentials that are known.
func (m *Model) signIn() tea.Cmd {
	runner := m.runner
	return m.launch(signedIn, steps.Authenticate, nil, func(ctx context.Context, r *resultMsg) {
		r.err = runner.SignIn(ctx)
	})
}

func (m *Model) submit(a submitAction) tea.Cmd {
	runner := m.runner
	return m.launch(submitted, a.step, a.answers, func(ctx context.Context, r *resultMsg) {
		r.saved, r.err = runner.Submit(ctx, a.step, a.answers, a.resend)
	})
}

func (m *Model) search(a searchAction) tea.Cmd {
	runner := m.runner
	return m.launch(searched, steps.Availability, a.answers, func(ctx context.Context, r *resultMsg) {
		page, err := runner.Search(ctx, a.answers)
		if r.err = err; err == nil {
			r.found = makeFound(page)
		}
	})
}

func (m *Model) choose(a chooseAction) tea.Cmd {
	runner := m.runner
	return m.launch(chosen, steps.Availability, a.answers, func(_ context.Context, r *resultMsg) {
		r.row, r.err = a.row, runner.Choose(a.answers, a.row)
	})
}

// adopt keeps an ID, and looks once whether the service knows it when that is
// wanted and there is a way.
func (m *Model) adopt(a adoptAction) tea.Cmd {
	runner := m.runner
	look := a.look && m.looksUp(a.step)
	cmd := m.launch(adopted, a.step, a.answers, func(ctx context.Context, r *resultMsg) {
		if r.saved, r.err = runner.Adopt(a.step, a.answers); r.err == nil && look {
			r.seen = lookUp(ctx, runner, a.step)
		}
	})
	if !look {
		return cmd
	}
	return m.work(m.step(a.step), lookingUp, cmd)
}

func (m *Model) skip(step string) tea.Cmd {
	runner := m.runner
	return m.launch(skipped, step, nil, func(_ context.Context, r *resultMsg) { r.err = runner.Skip(step) })
}

func (m *Model) reopen(step string) tea.Cmd {
	runner := m.runner
	return m.launch(reopened, step, nil, func(_ context.Context, r *resultMsg) { r.err = runner.Reopen(step) })
}

// draft keeps what was typed.
func (m *Model) draft(step string, answers steps.Answers) tea.Cmd {
	runner := m.runner
	return m.lane.command(func() tea.Msg { return draftedMsg{runner.Draft(step, answers)} })
}

// leave keeps what was typed, and then ends the program.
func (m *Model) leave(step string, answers steps.Answers) tea.Cmd {
	runner := m.runner
	return m.lane.command(func() tea.Msg {
		if step == "" {
			return leaveMsg{}
		}
		return leaveMsg{runner.Draft(step, answers)}
	})
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

// warmUp has the table of widths made, which the first character beyond ASCII
// asks for, while the renderer still waits for the time of its first frame.
func warmUp() tea.Msg {
	ansi.StringWidthWc("│")
	return nil
}
