package wizard

import (
	"errors"

	tea "charm.land/bubbletea/v2"

	"telegent-setup/steps"
)

// land takes the result of what was under way. A result of anything else is
// stale, and dropped.
func (m *Model) land(r resultMsg) tea.Cmd {
	f := m.flight
	if f == nil || r.attempt != f.attempt || r.step != f.step {
		return nil
	}
	m.flight = nil
	if _, ok := m.top().screen.(*work); ok {
		m.stack = m.stack[:len(m.stack)-1]
	}
	m.refresh()
	switch {
	case f.leaving && (steps.Explained(r.err) || r.kind == reported || r.kind == wrote):
		return m.quit()
	case f.leaving:
		return m.broken(r.err) // It may name an ID that could not be saved.
	}
	said := m.progress.take()
	cmd := m.outcome(f, r)
	for _, text := range said {
		m.tell(text)
	}
	return tea.Batch(cmd, m.drainQueue())
}

// outcome goes where the result leads.
func (m *Model) outcome(f *flight, r resultMsg) tea.Cmd {
	var unknown *steps.Unknown
	var failure *steps.Failure
	var invalid *steps.Invalid
	switch {
	case r.kind == reported, r.kind == wrote:
		return m.reportDone(r)
	case r.kind == looked:
		return m.lookedUp(f, r)
	case r.err == nil:
		return m.succeeded(r)
	case errors.As(r.err, &unknown):
		m.clear(r.step)
		return m.show(newUnknown(m.scene, unknown, m.resend(r.step)))
	case errors.As(r.err, &failure) && !f.stopped:
		m.failed = r.step
		m.clear(r.step)
		return m.show(newFail(m.scene, failure, m.again(r)))
	case errors.As(r.err, &invalid):
		return m.invalid(r.step, invalid.Problems)
	case errors.Is(r.err, steps.ErrNotNow):
		m.flash = "That is not possible any more."
		return nil
	case f.stopped && steps.Explained(r.err):
		m.clear(r.step)
		cmd := m.show(newAsk(m.scene, r.step, "", false))
		m.notice = "Stopped. Nothing was created."
		return cmd
	}
	return m.broken(r.err)
}

// clear drops the screens without keeping what was typed in them, since it was
// sent. Something has to stand there until the next one comes.
func (m *Model) clear(step string) {
	m.stack = []*layer{{screen: &sheet{sc: m.scene, step: step, title: m.step(step).Title}}}
}

// again is what sends the same once more.
func (m *Model) again(r resultMsg) action {
	switch r.kind {
	case searched:
		return searchAction{r.answers}
	case signedIn:
		return startAction{}
	}
	return submitAction{step: r.step, answers: r.answers, confirmed: true}
}

// invalid shows problems in the form of the step.
func (m *Model) invalid(step string, problems []steps.Problem) tea.Cmd {
	a, ok := m.top().screen.(*ask)
	if !ok || a.step.ID != step {
		a = newAsk(m.scene, step, "", false)
		m.stack = []*layer{{screen: a, follow: true}}
	}
	a.flag(problems)
	m.top().follow = true
	return m.guard.start(hushed)
}

// succeeded goes on after a result that is one.
func (m *Model) succeeded(r resultMsg) tea.Cmd {
	if r.kind == searched {
		return m.listed(r)
	}
	m.clear(r.step)
	delete(m.looks, r.step)
	var cmd tea.Cmd
	switch r.kind {
	case chosen:
		m.carry(r.row)
		cmd = m.onward()
	case reopened:
		return m.show(newAsk(m.scene, r.step, "", false))
	default:
		delete(m.drafts, r.step)
		cmd = m.comeBack(r.step)
	}
	if m.next != "" {
		m.tell(m.achieved(r))
	}
	if note := lookNote(r.seen[r.step]); note != "" {
		m.tell(note)
	}
	return cmd
}

// comeBack goes from the step that mended a failure to the one that failed,
// even if that one had been done before; else onward.
func (m *Model) comeBack(from string) tea.Cmd {
	failed := m.failed
	m.failed = ""
	if failed != "" && failed != from && m.drafts[failed] != nil && m.signedIn && m.done(failed) {
		return m.show(newAsk(m.scene, failed, "", false))
	}
	return m.onward()
}

// carry forgets what was typed in later steps where the chosen row now says
// something else.
func (m *Model) carry(row *steps.Row) {
	search := m.runner.Form(steps.Availability).Search
	if row == nil || search == nil {
		return
	}
	for step, answers := range search.Choose(*row) {
		for key := range answers {
			delete(m.drafts[step], key)
		}
	}
}

// listed shows a page of results; a page turned replaces the one before.
func (m *Model) listed(r resultMsg) tea.Cmd {
	if _, ok := m.top().screen.(*results); ok {
		m.stack = m.stack[:len(m.stack)-1]
	}
	if _, ok := m.top().screen.(*ask); !ok {
		m.stack = []*layer{{screen: newAsk(m.scene, steps.Availability, "", false), follow: true}}
	}
	m.areasOnly = !r.found.Numbers
	return m.push(newResults(m.scene, r.answers, r.found))
}

// achieved says in one line what was done.
func (m *Model) achieved(r resultMsg) string {
	title := m.step(r.step).Title
	switch r.kind {
	case signedIn:
		return "✓ Signed in"
	case skipped:
		return "– " + title + ": skipped"
	}
	if r.step == steps.Authenticate {
		return "✓ Signed in"
	}
	text := "✓ " + title
	for _, id := range m.step(r.step).Saves {
		if v := r.saved[id]; v != "" {
			text += " · " + middle(v, 28)
		}
	}
	return text
}

// tell adds a sentence to the notice above the screen.
func (m *Model) tell(text string) {
	if m.notice != "" {
		text = m.notice + "\n" + text
	}
	m.notice = text
}
