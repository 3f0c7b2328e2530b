package wizard

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"telegent-setup/state"
	"telegent-setup/steps"
	"telegent-setup/wizard/screen"
)

// overviewName is that of the list of the steps, which is always at hand.
const overviewName = "overview"

// tick is how often the screen of a call looks at what the runner does.
const tick = 100 * time.Millisecond

// tickMsg is one tick of the screen of work.
type tickMsg struct{ work *pending }

func nextTick(work *pending) tea.Cmd {
	return tea.Tick(tick, func(time.Time) tea.Msg { return tickMsg{work} })
}

// longWait is how long a call may take before what was typed meanwhile counts as
// typed before the next screen could be seen.
const longWait = time.Second

// take carries out an option: by itself what changes nothing, else by replying to
// the flow.
func (m *Model) take(r steps.Reply) tea.Cmd {
	if r.Do >= steps.ShowRequest {
		return m.carryOut(r.Option)
	}
	if r.Sends && m.unseen {
		m.queue, m.unseen = nil, false
		if f, ok := m.Top().Screen.(*screen.Form); ok {
			f.FocusSend()
		}
		m.Notes = []string{"Press enter to send."}
		return nil
	}
	return m.reply(r)
}

// reply gives a reply to the flow, with all that was typed.
func (m *Model) reply(r steps.Reply) tea.Cmd {
	r.Edits, r.Secrets = m.edits()
	cmd := m.start(func(ctx context.Context) func(*pending) tea.Cmd {
		err := m.flow.Reply(ctx, r)
		return func(p *pending) tea.Cmd { return m.replied(p, r, err) }
	})
	m.Notes = nil
	m.guard.stop()
	if !r.Sends {
		return cmd
	}
	m.pending.shown = true
	m.progress.restart()
	m.lay(screen.NewWork(&m.Context, m.prompt, r.Doing, time.Now()))
	return tea.Batch(cmd, nextTick(m.pending))
}

// watch asks what becomes of the message, as long as the person looks on.
func (m *Model) watch(o steps.Option) tea.Cmd {
	cmd := m.reply(steps.Reply{Option: o})
	m.pending.watching = true
	m.Top().Screen = screen.NewDelivery(&m.Context, m.prompt, time.Now())
	return cmd
}

// replied goes where the flow has led.
func (m *Model) replied(p *pending, r steps.Reply, err error) tea.Cmd {
	m.unseen = m.unseen && len(m.queue) > 0 || time.Since(p.begun) >= longWait
	exit, left := m.flow.Left()
	switch {
	case err != nil:
		return m.broken(err)
	case m.runner.Broken() != nil:
		return m.broken(m.runner.Broken())
	case left:
		return m.quit(exit, nil)
	case p.leaving:
		return m.leave()
	}
	m.Notes = m.progress.takeNotices()
	if r.Do == steps.CheckIDs {
		m.showAgain()
		return m.drainQueue()
	}
	cmd := m.show()
	if o, ok := m.prompt.Option(steps.Watch); ok {
		return m.watch(o)
	}
	return tea.Batch(cmd, m.drainQueue())
}

// showAgain shows the list of the steps anew, over the screen that it lies over.
func (m *Model) showAgain() {
	m.Context.Facts = m.flow.Facts()
	notes := m.Notes
	m.Stack = m.Stack[:1]
	overview := m.flow.Overview()
	m.lay(screen.NewOverview(&m.Context, overview)).Name = overviewName
	m.Notes = append(notes, overview.Notes...)
}

// ticked moves the clock of the screen of a call, as long as it runs, and
// fills in the rail.
func (m *Model) ticked(msg tickMsg) tea.Cmd {
	if m.pending == nil || m.pending != msg.work {
		return nil
	}
	now, stepped := m.progress.snapshot()
	if at := now.Calling.Step; stepped || at != "" && at != m.Context.Facts.Current {
		m.Context.Facts = underWay(m.runner.Facts(), at)
	}
	if busy, ok := m.Top().Screen.(screen.Busy); ok {
		busy.Tick(time.Now(), now)
	}
	return nextTick(msg.work)
}

// underWay are the facts while a step is carried out: what became of its call is not
// unknown as long as the answer is waited for.
func underWay(facts steps.Facts, step string) steps.Facts {
	facts.Current = step
	for i, s := range facts.Steps {
		if s.Step.ID == step && s.Status == state.Sent && !s.Following {
			facts.Steps[i].Status = state.Todo
		}
	}
	return facts
}

func (m *Model) stop() {
	m.queue = nil
	m.pending.cancel()
	if busy, ok := m.Top().Screen.(screen.Busy); ok {
		busy.Stop()
	}
}

// interrupt is ctrl+c: it cancels the call first, and leaves when that is over; a
// second one leaves at once.
func (m *Model) interrupt() tea.Cmd {
	switch {
	case m.pending == nil:
		return m.leave()
	case m.pending.leaving:
		return m.quit(steps.ExitStopped, nil)
	}
	m.pending.leaving = true
	m.stop()
	return nil
}

// leave ends the run, with everything that was typed kept.
func (m *Model) leave() tea.Cmd { return m.reply(steps.Reply{Option: steps.Option{Do: steps.Leave}}) }

// broken ends the program when this machine does not let it do what it must.
func (m *Model) broken(err error) tea.Cmd { return m.quit(steps.ExitOf(err), err) }

func (m *Model) quit(exit int, err error) tea.Cmd {
	m.leaving, m.exit, m.err = true, exit, err
	return tea.Quit
}
