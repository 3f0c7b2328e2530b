package plain

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"telegent-setup/state"
	"telegent-setup/steps"
	"telegent-setup/steps/answers"
)

// deed is what becomes of a step.
type deed int

const (
	pass   deed = iota // Leave a settled step as it is.
	submit             // Carry it out.
	resend             // Carry it out although it may have been carried out.
	adopt              // Take IDs that are there already.
	skip               // Leave it out.
	choose             // End the search with a row.
	visit              // Go to another step.
	leave              // End the run.
)

// move is what an asker decided.
type move struct {
	deed    deed
	answers steps.Answers
	row     *steps.Row // Of choose.
	to      string     // Of visit: the step.
	exit    int        // Of leave.
}

// asker decides where a person would: prompts ask one, answers were given.
type asker interface {
	// turn says what to do with a step whose turn has come. again means that
	// it was visited on purpose, even if it is done.
	turn(ctx context.Context, s steps.Status, again bool) (move, error)
	// mend says what to do after a failure; unknown is nil unless the outcome
	// of the step is not known.
	mend(ctx context.Context, f *steps.Failure, unknown *steps.Unknown) (move, error)
	// invalid says what to do about answers that the runner did not accept;
	// nothing was sent. The error ends the run.
	invalid(problems []steps.Problem) (move, error)
	// interrupted is the exit status after a signal.
	interrupted(ctx context.Context) int
}

// walker takes the steps in order.
type walker struct {
	r      *steps.Runner
	a      asker
	err    io.Writer
	passed map[string]bool // Told of in this run.
	again  string          // The step that is visited on purpose.
}

// walk takes the steps in order, doing what a decides, and returns the exit
// status. It tells the observer of the run's start and end.
func walk(ctx context.Context, r *steps.Runner, a asker, err io.Writer) int {
	w := &walker{r: r, a: a, err: err, passed: map[string]bool{}}
	r.Begin()
	exit := w.run(ctx)
	r.End(exit)
	return exit
}

func (w *walker) run(ctx context.Context) int {
	all := w.r.All()
	for i := 0; i < len(all); {
		id := all[i].Step.ID
		again := w.again == id
		if w.passed[id] && !again {
			i++
			continue
		}
		m, err := w.a.turn(ctx, w.r.Status(id), again)
		if err == nil {
			err = w.do(ctx, id, m)
		}
		if err != nil {
			m, err = w.recover(ctx, err)
		}
		if err != nil {
			return w.broken(ctx, err)
		}
		switch m.deed {
		case leave:
			return m.exit
		case visit:
			w.again = m.to
			i = slices.IndexFunc(all, func(s steps.Status) bool { return s.Step.ID == m.to })
		default:
			w.passed[id], w.again = true, ""
			i++
		}
	}
	return steps.ExitDone
}

// do carries a decision out. What ends in a failure is not done.
func (w *walker) do(ctx context.Context, id string, m move) (err error) {
	switch m.deed {
	case pass:
		if !w.passed[id] {
			w.r.Pass(id)
		}
	case submit, resend:
		_, err = w.r.Submit(ctx, id, m.answers, m.deed == resend)
		if link := w.r.QRCode(); err == nil && id == steps.Provision && link != "" {
			note(w.err, "the QR code of the eSIM is at "+link)
		}
	case adopt:
		_, err = w.r.Adopt(id, m.answers)
	case skip:
		err = w.r.Skip(id)
	case choose:
		err = w.r.Choose(m.answers, m.row)
	}
	return err
}

// recover lets the asker decide after a failure, until a decision is carried
// out. An error that no decision helps is returned.
func (w *walker) recover(ctx context.Context, err error) (move, error) {
	for {
		var failure *steps.Failure
		var unknown *steps.Unknown
		var invalid *steps.Invalid
		switch {
		case ctx.Err() != nil:
			return move{}, err
		case errors.As(err, &invalid):
			return w.a.invalid(invalid.Problems)
		case errors.As(err, &unknown):
			failure = &unknown.Failure
		case !errors.As(err, &failure):
			return move{}, err
		}
		var m move
		if m, err = w.a.mend(ctx, failure, unknown); err == nil {
			err = w.do(ctx, failure.Step, m)
		}
		if err == nil {
			return m, nil
		}
	}
}

// broken is the exit status of a run that an error ended, after saying so.
func (w *walker) broken(ctx context.Context, err error) int {
	var unknown *steps.Unknown
	var failure *steps.Failure
	var invalid *steps.Invalid
	var unread *answers.Error
	switch {
	case errors.As(err, &unknown):
		explain(w.err, &unknown.Failure)
	case errors.As(err, &failure):
		explain(w.err, failure)
	case ctx.Err() != nil, errors.Is(err, errQuit):
	case errors.Is(err, errEnd):
		Complain(w.err, "the input ended before the setup did", "Progress is saved; start again to go on.")
	case errors.As(err, &invalid):
		PrintProblems(w.err, invalid.Problems)
	case errors.As(err, &unread):
		Complain(w.err, unread.Error(), unread.Remedy)
	default:
		Complain(w.err, err.Error(), "Fix that, then start again: progress is saved up to here.")
	}
	switch {
	case ctx.Err() != nil:
		return w.a.interrupted(ctx)
	case errors.Is(err, errQuit), errors.Is(err, errEnd):
		return steps.ExitStopped
	case invalid != nil, unread != nil:
		return steps.ExitMisused
	}
	return steps.ExitBroken
}

// explain writes a failure: what happened, in the service's words too, and what
// to do.
func explain(w io.Writer, f *steps.Failure) {
	step, _ := steps.Find(f.Step)
	Complain(w, fmt.Sprintf("step %d, %s: %s%s", step.Number, step.ID, f.Title, quoted(f)), f.Solution)
	if f.TransactionLogID != "" {
		fmt.Fprintf(w, "For support: TransactionLogId %s\n", f.TransactionLogID)
	}
}

// quoted is the service's own words, and the status they came with. Without one
// they are what an earlier run wrote down.
func quoted(f *steps.Failure) string {
	switch {
	case f.HTTPStatus == 0 && f.Message == "":
		return ""
	case f.HTTPStatus == 0:
		return fmt.Sprintf(" What was noted then: %s", f.Message)
	case f.Message == "":
		return fmt.Sprintf(" (HTTP %d)", f.HTTPStatus)
	}
	return fmt.Sprintf(" The service says: %q (HTTP %d)", f.Message, f.HTTPStatus)
}

// settled says whether a step needs nothing any more.
func settled(s steps.Status) bool { return s.Status == state.Done || s.Status == state.Skipped }
