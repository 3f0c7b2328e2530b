package plain

import (
	"fmt"
	"strings"

	"telegent-setup/state"
	"telegent-setup/steps"
)

// decide makes the plan. While an outcome is unknown and nothing settles it,
// nothing is sent.
func (a *answered) decide() {
	all := a.Runner.All()
	a.edition, a.plan, a.stuck = a.Runner.Edition(), map[string]move{}, ""
	sending := false
	for _, s := range all[1:] {
		m := a.decideStep(s)
		a.plan[s.Step.ID] = m
		if m.deed == leave {
			a.stuck = s.Step.ID
			break
		}
		sending = sending || m.deed == submit || m.deed == resend
	}
	m := move{deed: submit, answers: a.Runner.Prefill(steps.Authenticate)}
	if begun := all[0].Status == state.Done || a.Runner.Resumed(); a.stuck != "" || begun && !sending {
		m = move{deed: pass}
	}
	a.plan[steps.Authenticate] = m
}

func (a *answered) decideStep(s steps.Status) move {
	id := s.Step.ID
	if answers, ok := a.Given.Adopt[id]; ok {
		return move{deed: adopt, answers: answers}
	}
	answers := a.Runner.Prefill(id)
	switch {
	case s.Status == state.Done:
		return move{deed: pass}
	case s.Status == state.Sent && a.Runner.Following(id):
		return move{deed: submit, answers: answers}
	case s.Status == state.Sent && a.Resend:
		a.Resend = false // Once.
		return move{deed: resend, answers: answers}
	case s.Status == state.Sent:
		return move{deed: leave, exit: steps.ExitUnsettled}
	case s.Step.Optional && !a.wanted(s, answers):
		return move{deed: skip}
	}
	return move{deed: submit, answers: answers}
}

// wanted says whether an optional step is to be carried out: when something was
// given for it, or all that it needs is there.
func (a *answered) wanted(s steps.Status, answers steps.Answers) bool {
	switch id := s.Step.ID; {
	case a.Given.Skip[id]:
		return false
	case len(a.Given.Answers[id]) > 0:
		number := a.Runner.Status(steps.Provision).Status
		return s.Status != state.Skipped || number != state.Done && number != state.Sent
	default:
		return s.Status != state.Skipped && len(a.Runner.Check(id, answers)) == 0
	}
}

// problems are those of every answer that this run would use.
func (a *answered) problems() []steps.Problem {
	var all []steps.Problem
	for _, s := range a.Runner.All() {
		switch m := a.plan[s.Step.ID]; m.deed {
		case submit, resend:
			if a.stuck != "" {
				continue
			}
			all = append(all, a.Runner.Check(s.Step.ID, m.answers)...)
		case adopt:
			all = append(all, a.Runner.CheckAdopt(s.Step.ID, m.answers)...)
		}
	}
	return all
}

// notice says which answers are ignored because their step is done.
func (a *answered) notice() {
	var ids []string
	for _, s := range a.Runner.All() {
		given := len(a.Given.Answers[s.Step.ID]) > 0 || a.Given.Skip[s.Step.ID]
		if m := a.plan[s.Step.ID]; given && m.deed == pass && s.Status == state.Done && s.Step.ID != steps.Authenticate {
			ids = append(ids, s.Step.ID)
		}
	}
	if len(ids) > 0 {
		note(a.Err, fmt.Sprintf("the answers for %s are ignored: done already.", strings.Join(ids, ", ")))
	}
}
