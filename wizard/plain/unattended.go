package plain

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"telegent-setup/api"
	"telegent-setup/state"
	"telegent-setup/steps"
	"telegent-setup/steps/answers"
)

// Answers is what an unattended run has instead of a person.
type Answers struct {
	Runner *steps.Runner
	Given  answers.Given
	Regive func(api.Edition) (answers.Given, error) // Given, in the words of another edition.
	Misfit error                                    // Given fits only the other edition, which the server may yet speak; else nil.
	Resend bool                                     // Send again, once, the step that was found sent.
	Err    io.Writer                                // Errors and notes.
}

// Unattended carries out what is left of a setup without asking, and returns
// the exit status. Answers that are missing or not right are all named before
// anything is sent.
func Unattended(ctx context.Context, o Answers) int {
	a := &answered{Answers: o}
	if o.Misfit != nil && !a.fitsElsewhere() {
		return (&walker{a: a, err: o.Err}).broken(ctx, o.Misfit)
	}
	a.decide()
	if problems := a.problems(); o.Misfit == nil && len(problems) > 0 {
		PrintProblems(o.Err, problems)
		return steps.ExitMisused
	}
	a.notice()
	return walk(ctx, o.Runner, a, o.Err)
}

// answered is the asker that only looks at what was given.
type answered struct {
	Answers
	edition api.Edition
	plan    map[string]move // By step.
	stuck   string          // A step whose outcome is unknown and stays so.
}

// fitsElsewhere says whether nothing is missing or wrong for a server of the
// other edition.
func (a *answered) fitsElsewhere() (fits bool) {
	a.Runner.Supposing(func() {
		a.decide()
		fits = len(a.problems()) == 0
	})
	return fits
}

// rethink makes the plan again when signing in has gone over to the other
// edition, whose answers have other keys. Only a token was asked for so far.
func (a *answered) rethink() error {
	if a.Runner.Edition() == a.edition {
		if a.Runner.SignedIn() {
			return a.Misfit // Now the edition is certain.
		}
		return nil
	}
	a.Misfit = nil
	var err error
	if a.Given, err = a.Regive(a.Runner.Edition()); err != nil {
		return err
	}
	for key, secret := range a.Given.Secrets {
		a.Runner.Keep(key, secret)
	}
	a.decide()
	if problems := a.problems(); len(problems) > 0 {
		return &steps.Invalid{Problems: problems}
	}
	return nil
}

// turn implements asker.
func (a *answered) turn(_ context.Context, s steps.Status, _ bool) (move, error) {
	if err := a.rethink(); err != nil {
		return move{}, err
	}
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
	if unknown != nil {
		a.settling(f.Step)
	} else if where := a.remedy(f); where != "" {
		fmt.Fprintf(a.Err, "To mend it, give the answer %s, then start again.\n", where)
	}
	return move{deed: leave, exit: f.Exit}, nil
}

// remedy is where an unattended run is given what mends a failure; empty when
// starting again is all there is to it.
func (a *answered) remedy(f *steps.Failure) string {
	fix := cmp.Or(f.FixStep, f.Step)
	fields, step := a.Runner.Form(fix).Fields, fix
	switch {
	case f.FixField != "":
		fields = slices.DeleteFunc(slices.Clone(fields), func(fd steps.Field) bool { return fd.Key != f.FixField })
	case fix == f.Step:
		return ""
	case fix == steps.Availability: // What is chosen there is an answer here.
		fields, step = a.Runner.Form(f.Step).Fields, f.Step
	default: // It was done once: another one is taken over.
		fields = a.Runner.Form(fix).Adopt
	}
	if len(fields) == 0 {
		return ""
	}
	return place(steps.Problem{Step: step, Key: fields[0].Key, Field: fields[0]})
}

// settling says how to go on after an unknown outcome.
func (a *answered) settling(id string) {
	if a.Runner.Following(id) {
		fmt.Fprintln(a.Err, "Start again to go on asking what became of the order: it is not placed again.")
		return
	}
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
