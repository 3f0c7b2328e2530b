package wizard

import (
	"maps"
	"time"

	tea "charm.land/bubbletea/v2"

	"telegent-setup/state"
	"telegent-setup/steps"
)

// apply carries out what a screen wants.
func (m *Model) apply(act action) tea.Cmd {
	switch a := act.(type) {
	case backAction:
		return m.back()
	case quitAction:
		return m.quit()
	case deafAction:
		return m.guard.start(hushed)
	case sayAction:
		m.flash = a.text
		return nil
	case startAction:
		return m.start()
	case onwardAction:
		return m.onward()
	case openAction:
		return m.push(a.screen)
	case visitAction:
		return m.visit(a.step)
	case formAction:
		return m.show(newAsk(m.scene, a.step, a.focus, a.resend))
	case redoAction:
		return m.push(newRedo(m.scene, a.step, a.reason))
	case copyAction:
		m.flash = a.what + " went to the clipboard, if this terminal allows it."
		return tea.SetClipboard(a.text)
	}
	return m.applyToStep(act)
}

// applyToStep carries out what goes to the runner.
func (m *Model) applyToStep(act action) tea.Cmd {
	switch a := act.(type) {
	case submitAction:
		step := m.step(a.step)
		if step.Confirm != nil && !a.confirmed {
			return m.push(newConfirm(m.scene, step, a))
		}
		m.drafts[a.step] = a.answers
		return m.work(step, doing(step.ID), m.submit(a))
	case searchAction:
		m.drafts[steps.Availability] = maps.Clone(a.answers)
		delete(m.drafts[steps.Availability], "PageNumber") // The next search begins with the first page.
		return m.work(m.step(steps.Availability), doing(steps.Availability), m.search(a))
	case chooseAction:
		return m.choose(a)
	case adoptAction:
		return m.adopt(a)
	case skipAction:
		return m.skip(a.step)
	case reopenAction:
		return m.reopen(a.step)
	case reportAction:
		return m.makeReport()
	case writeAction:
		return m.saveReport(a.report)
	case lookAction:
		return m.look()
	}
	return nil
}

// work shows that a command of the runner is under way.
func (m *Model) work(step steps.Step, doing string, cmd tea.Cmd) tea.Cmd {
	m.progress.restart()
	m.guard.stop()
	m.notice = ""
	m.stack = append(m.stack, &layer{screen: newWork(m.scene, step, doing, time.Now())})
	return tea.Batch(cmd, nextBeat(m.attempt))
}

// push puts a screen on top of the one that is seen.
func (m *Model) push(s screen) tea.Cmd {
	m.notice = ""
	m.stack = append(m.stack, &layer{screen: s, follow: true})
	return m.meet()
}

// show replaces every screen; what was typed in them is kept.
func (m *Model) show(s screen) tea.Cmd {
	keep := m.remember()
	m.notice = ""
	m.stack = []*layer{{screen: s, follow: true}}
	return tea.Batch(keep, m.meet())
}

// meet guards the screen that has just come up, if it must be.
func (m *Model) meet() tea.Cmd {
	if g, ok := m.top().screen.(guarded); ok && g.Guarded() {
		cmd := m.guard.start(quiet)
		m.rest()
		return cmd
	}
	m.guard.stop()
	return nil
}

// unsaved is what was typed and would be lost with the screens.
func (m *Model) unsaved() (step string, answers steps.Answers) {
	for _, l := range m.stack {
		if d, ok := l.screen.(drafting); ok {
			if step, answers = d.Draft(); step != "" {
				return step, answers
			}
		}
	}
	return "", nil
}

// remember keeps what was typed, here and in the state file.
func (m *Model) remember() tea.Cmd {
	for _, l := range m.stack {
		if a, ok := l.screen.(*ask); ok {
			a.form.surrender()
		}
	}
	step, answers := m.unsaved()
	if step == "" {
		return nil
	}
	m.drafts[step] = answers
	return m.draft(step, answers)
}

// back closes the screen, or goes to the step before.
func (m *Model) back() tea.Cmd {
	if len(m.stack) > 1 {
		m.stack = m.stack[:len(m.stack)-1]
		m.notice = ""
		return m.meet()
	}
	before := steps.Step{}
	for _, x := range m.all {
		if x.Step.ID == m.top().Step() {
			break
		}
		before = x.Step
	}
	if m.top().Step() == "" {
		return nil
	}
	if before.ID == "" || !m.signedIn {
		return m.show(newWelcome(m.scene))
	}
	return m.visit(before.ID)
}

// start leaves the welcome screen: a resumed run signs in first, without
// asking if it can.
func (m *Model) start() tea.Cmd {
	key := m.runner.Prefill(steps.Authenticate)["AccountKey"]
	switch {
	case m.signedIn:
		return m.onward()
	case m.begun() && key != "" && !m.runner.Kept("AccountSecret").Empty():
		return m.work(m.step(steps.Authenticate), signingIn, m.signIn())
	}
	return m.show(newAsk(m.scene, steps.Authenticate, "", false))
}

// onward goes to the first step that is not done, or to the end.
func (m *Model) onward() tea.Cmd {
	if id := m.adoptable(); id != "" {
		answers := m.adopts[id]
		delete(m.adopts, id)
		return m.adopt(adoptAction{step: id, answers: answers})
	}
	if m.next == "" {
		return m.show(newDone(m.scene, false))
	}
	if !m.signedIn {
		return m.start()
	}
	return m.visit(m.next)
}

// adoptable is the first step, up to the next one, whose ID the answers file
// names.
func (m *Model) adoptable() string {
	for _, x := range m.all {
		if _, ok := m.adopts[x.Step.ID]; ok {
			return x.Step.ID
		}
		if x.Step.ID == m.next {
			break
		}
	}
	return ""
}

// visit goes to a step, wherever it stands.
func (m *Model) visit(id string) tea.Cmd {
	x := m.status(id)
	switch {
	case id == steps.Authenticate && m.signedIn:
		return m.show(newDetail(m.scene, id))
	case id == steps.Authenticate:
		return m.show(newAsk(m.scene, id, "", false))
	case x.Status == state.Sent && m.runner.Following(id): // Asking orders nothing.
		m.clear(id)
		return m.apply(m.resend(id))
	case x.Status == state.Sent:
		return m.show(newUnknown(m.scene, m.runner.Pending(id), m.resend(id)))
	case x.Status == state.Done, x.Status == state.Skipped:
		return m.show(newDetail(m.scene, id))
	case x.Step.Optional && x.Status != state.Failed && m.drafts[id] == nil:
		return m.show(newOffer(m.scene, x.Step))
	}
	return m.show(newAsk(m.scene, id, "", false))
}

// resend is what sends a step again whose outcome is unknown: as it was, if all
// its answers are known, else from its form.
func (m *Model) resend(id string) action {
	answers := m.prefill(id)
	if len(m.runner.Check(id, answers)) > 0 {
		return formAction{step: id, resend: true}
	}
	return submitAction{step: id, answers: answers, confirmed: true, resend: true}
}

// quit leaves, with everything that was typed kept.
func (m *Model) quit() tea.Cmd {
	m.leaving = true
	if m.exit == 0 && m.next != "" {
		m.exit = steps.ExitStopped
	}
	return m.leave(m.unsaved())
}

// left ends the program.
func (m *Model) left(err error) tea.Cmd {
	if err != nil {
		m.exit, m.err = steps.ExitBroken, err
	}
	return tea.Quit
}

// broken ends the program when this machine does not let it keep what it must.
func (m *Model) broken(err error) tea.Cmd {
	if err == nil {
		return nil
	}
	m.leaving = true
	m.exit, m.err = steps.ExitBroken, err
	return tea.Quit
}
