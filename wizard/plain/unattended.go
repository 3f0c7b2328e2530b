package plain

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"strings"

	"telegent-setup/state"
	"telegent-setup/steps"
)

// Answers is what an unattended run has instead of a person.
type Answers struct {
	Runner *steps.Runner
	Given  steps.Given
	Resend bool      // Send again, once, the step that was found sent.
	Err    io.Writer // Errors and notes.
}

// Unattended carries out what is left of a setup without asking, and returns
// the exit status. Answers that are missing or not right are all named before
// anything is sent.
func Unattended(ctx context.Context, o Answers) int {
	a := &answered{Answers: o, plan: map[string]move{}}
	a.decide()
	if problems := a.problems(); len(problems) > 0 {
		Name(o.Err, problems)
		return steps.ExitMisused
	}
	a.notice()
	return walk(ctx, o.Runner, a, o.Err)
}

// answered is the asker that only looks at what was given.
type answered struct {
	Answers
	plan  map[string]move // By step.
	stuck string          // A step whose outcome is unknown and stays so.
}

// decide makes the plan. While an outcome is unknown and nothing settles it,
// nothing is sent.
func (a *answered) decide() {
	all := a.Runner.All()
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
	if a.stuck != "" {
		return nil
	}
	var all []steps.Problem
	for _, s := range a.Runner.All() {
		switch m := a.plan[s.Step.ID]; m.deed {
		case submit, resend:
			all = append(all, a.Runner.Check(s.Step.ID, m.answers)...)
		case adopt:
			all = append(all, a.adopting(s.Step.ID, m.answers)...)
		}
	}
	return all
}

// adopting are the problems of IDs that are to be taken over.
func (a *answered) adopting(id string, answers steps.Answers) []steps.Problem {
	var all []steps.Problem
	env := a.Runner.Env(answers)
	for _, f := range a.Runner.Form(id).Adopt {
		message := ""
		if value := cmp.Or(answers[f.Key], env.IDs[f.From], f.Default); value != "" {
			message = f.Invalid(value, env)
		} else if !f.Optional {
			message = "an answer is needed"
		}
		if message != "" {
			all = append(all, steps.Problem{Step: id, Key: f.Key, Message: message, Field: f})
		}
	}
	return all
}

// notice says which answers are of no account because their step is done.
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

// turn implements asker.
func (a *answered) turn(_ context.Context, s steps.Status, _ bool) (move, error) {
	m := a.plan[s.Step.ID]
	switch {
	case m.deed == submit || m.deed == resend:
		m.answers = a.Runner.Prefill(s.Step.ID) // Earlier steps of this run have added to it.
	case m.deed == leave:
		a.Runner.Pass(s.Step.ID)
		explain(a.Err, &a.Runner.Pending(s.Step.ID).Failure)
		a.settling(s.Step.ID)
	}
	if m.deed == submit && a.stuck != "" {
		return move{deed: visit, to: a.stuck}, nil
	}
	if m.deed == submit && s.Status == state.Skipped {
		return m, a.Runner.Reopen(s.Step.ID)
	}
	return m, nil
}

// mend implements asker: there is nobody to ask.
func (a *answered) mend(_ context.Context, f *steps.Failure, unknown *steps.Unknown) (move, error) {
	explain(a.Err, f)
	switch {
	case unknown != nil:
		a.settling(f.Step)
	case f.FixStep != "" && f.FixStep != f.Step || f.FixField != "":
		fmt.Fprintf(a.Err, "%s: change the answers of %s", f.FixLabel, cmp.Or(f.FixStep, f.Step))
		if f.FixField != "" {
			fmt.Fprintf(a.Err, " (%s)", f.FixField)
		}
		fmt.Fprintln(a.Err, ", then start again.")
	}
	return move{deed: leave, exit: f.Exit}, nil
}

// settling says how to go on after an unknown outcome.
func (a *answered) settling(id string) {
	var keys []string
	for _, f := range a.Runner.Form(id).Adopt {
		keys = append(keys, f.Key+": ...")
	}
	fmt.Fprintf(a.Err, "If it exists, take it over in the answers file: `%s: {%s}`. If you are sure that it does not: --resend sends it once more.\n",
		id, strings.Join(keys, ", "))
}

// invalid implements asker.
func (a *answered) invalid(problems []steps.Problem) (move, error) {
	return move{}, &steps.Invalid{Problems: problems}
}

// interrupted implements asker.
func (a *answered) interrupted(context.Context) int { return steps.ExitSignalled }
