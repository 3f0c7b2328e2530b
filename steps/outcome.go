package steps

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"telegent-setup/api"
	"telegent-setup/state"
)

// recordOutcome writes down what became of a step that brought no IDs, and explains
// it. What is neither an answer nor a connection is returned as it is, and a
// call that was sent stays sent.
func (r *Runner) recordOutcome(a attempt, err error) error {
	var e *api.Error
	var explained *Failure
	switch {
	case errors.As(err, &explained):
		return r.fail(a, explained)
	case !errors.As(err, &e):
		return err
	case e.Kind == api.Canceled && (!e.Sent || !a.step.Creates):
		if restored := r.restore(a); restored != nil {
			return restored
		}
		return context.Canceled
	}
	f := failure(r.Edition(), a.step, err)
	if f.Exchange == nil {
		f.Exchange = r.exchange(a)
	}
	var ahead *tokenError
	var following *followError
	switch {
	case errors.As(err, &following):
		return r.unknown(a, underWay(a.step, f))
	case !a.step.Creates, errors.As(err, &ahead) && !a.resent:
		return r.fail(a, f)
	case a.resent && impliesArrival(f.Issue):
		return r.unknown(a, arrived(a.step, f))
	case a.resent && (ahead != nil || !e.Uncertain() && !decides(e)):
		return r.unknown(a, stillUnknown(a.step, f))
	case e.Uncertain():
		return r.unknown(a, uncertain(a.step, f))
	}
	return r.fail(a, f)
}

// decides says whether a refusal tells that the same call was refused before.
// One for want of a token, a connection or patience tells nothing.
func decides(e *api.Error) bool {
	return e.Kind == api.Refused && e.Status != http.StatusUnauthorized && e.Status != http.StatusForbidden
}

// fail writes a step that was not carried out. One that was done before is
// still done.
func (r *Runner) fail(a attempt, f *Failure) error {
	err := r.mark(a.step.ID, func(_ *state.File, s *state.Step) {
		if a.before.Status == state.Done && a.step.Creates {
			*s = a.before
			return
		}
		s.Status = state.Failed
		if f.Exit == ExitRefused || a.form.Follow != nil {
			s.OrderID = "" // The next order is a new one.
		}
		s.Error = &state.StepError{Issue: f.Issue, Message: f.Said()}
	})
	if err != nil {
		return fmt.Errorf("save %s: %w", a.step.ID, err)
	}
	if f.Exit == ExitRefused {
		r.mu.Lock()
		r.nextOrder = ""
		r.mu.Unlock()
	}
	r.report(a, f)
	return f
}

// unknown writes why nobody knows; the step stays sent.
func (r *Runner) unknown(a attempt, u *Unknown) error {
	err := r.mark(a.step.ID, func(_ *state.File, s *state.Step) {
		s.Status = state.Sent
		s.Error = &state.StepError{Issue: u.Issue, Message: u.Said()}
	})
	if err != nil {
		return fmt.Errorf("save %s: %w", a.step.ID, err)
	}
	r.report(a, u)
	return u
}

// restore puts a step back to how it stood, when the write-ahead had changed it.
func (r *Runner) restore(a attempt) error {
	if r.Status(a.step.ID).Status != state.Sent || a.resent {
		return nil
	}
	return r.mark(a.step.ID, func(_ *state.File, s *state.Step) {
		order := s.OrderID
		*s = a.before
		s.OrderID = order
	})
}

// Said is what is kept of a failure: the service's words, else the title.
func (f *Failure) Said() string {
	if f.Message != "" {
		return f.Message
	}
	return f.Title
}

// Pending is the outcome of a step that was found sent; nil when it was not.
func (r *Runner) Pending(step string) *Unknown {
	kept := r.snapshot().Steps[step]
	if kept.Status != state.Sent {
		return nil
	}
	if r.Following(step) {
		f := &Failure{Step: step, Issue: codeTimeout, cause: errUnasked}
		return underWay(find(step), f)
	}
	return pending(find(step), kept)
}

// LastFailure is why a step was found failed, as it was told then; nil when it
// was not.
func (r *Runner) LastFailure(step string) *Failure {
	kept := r.snapshot().Steps[step]
	if kept.Status != state.Failed || kept.Error == nil {
		return nil
	}
	f := &Failure{Step: step, Issue: kept.Error.Issue, FixStep: step, FixLabel: "Try again", Exit: ExitRefused}
	for _, issue := range find(step).issues(r.Edition()) {
		if issue.Code == f.Issue {
			f.documented(issue)
			f.Message = kept.Error.Message
			return f
		}
	}
	f.Title = kept.Error.Message
	return f
}

// Following says whether the step is an order under way: Submit asks what
// became of it, and orders nothing again.
func (r *Runner) Following(step string) bool {
	return r.Form(step).Follow != nil && r.snapshot().Steps[step].OrderID != ""
}

func pending(step Step, kept state.Step) *Unknown {
	f := &Failure{
		Step: step.ID, FixStep: step.ID, Exit: ExitUnsettled,
		Title: fmt.Sprintf("“%s” was sent, and its answer never came.", step.Title),
	}
	if kept.Error == nil {
		return uncertain(step, f)
	}
	f.Issue = kept.Error.Issue
	if impliesArrival(f.Issue) {
		return arrived(step, f)
	}
	f.recall(step, kept.Error.Message)
	u := uncertain(step, f)
	u.Found = true
	return u
}

// recall words an outcome as it was worded when it came about. What was kept of
// it is the service's words or, where it had none, the title.
func (f *Failure) recall(step Step, kept string) {
	kind, known := map[string]api.Kind{
		codeNetwork: api.Network, codeTimeout: api.Timeout, codeServerError: api.ServerError,
		codeUnexpected: api.Unexpected, codeMissingID: api.MissingID,
	}[f.Issue]
	if known {
		explain(f, &api.Error{Kind: kind})
	}
	for _, sentence := range []string{doubt(step), noMoreIsKnown} {
		if title, ours := strings.CutSuffix(kept, " "+sentence); ours {
			f.Title, kept = title, ""
		}
	}
	f.Message = kept
}

// arrived is the answer to a call sent again that gives the first away.
func arrived(step Step, f *Failure) *Unknown {
	f.Exit, f.FixStep, f.FixField = ExitUnsettled, step.ID, ""
	what := "number is taken"
	if f.Issue == emailExists.Code {
		what = "email address is in use"
	}
	f.Title = fmt.Sprintf("The service says that this %s: the first call probably did arrive.", what)
	f.Solution = fmt.Sprintf("Enter the ID: your Telegent representative or %s can tell it. Only if it is not yours, change the answers and send again.", SupportEmail)
	f.FixLabel = OfferAdopt
	return &Unknown{Failure: *f, Arrived: true}
}

// askAgain is the way on of an order that is under way, and of nothing else.
const askAgain = "Ask again"

// AsUnknown is a failure that was recorded, as it was shown when the outcome of
// its step was unknown.
func AsUnknown(recorded Failure) *Unknown {
	return &Unknown{Failure: recorded, Order: recorded.FixLabel == askAgain, Arrived: impliesArrival(recorded.Issue)}
}

// underWay is an order that could not be followed to its end.
func underWay(step Step, f *Failure) *Unknown {
	f.Exit, f.FixStep, f.FixField, f.FixLabel = ExitUnsettled, step.ID, "", askAgain
	switch {
	case errors.Is(f.cause, errUnasked):
		f.Title = "The order was accepted, and was still under way when it was last asked for."
	case errors.Is(f.cause, errStillPending):
		f.Title = "The order was accepted, and is still under way after 10 minutes."
	case errors.Is(f.cause, context.Canceled):
		f.Title = "The order was accepted, and is still under way: nobody waits for it now."
	default:
		f.Title = "The order was accepted, and what became of it could not be asked. " + f.Title
	}
	f.Solution = "Start again later: the order is saved, and is asked for, not placed again. If it takes hours, ask " + SupportEmail + "."
	return &Unknown{Failure: *f, Order: true}
}

const noMoreIsKnown = "Of the first call nothing more is known."

// stillUnknown is a call sent again that did not get through: of the first one
// nothing more is known.
func stillUnknown(step Step, f *Failure) *Unknown {
	f.Title += " " + noMoreIsKnown
	f.Exit = ExitUnsettled
	f.Solution += " " + doubt(step)
	return &Unknown{Failure: *f}
}

// exchange is the last call that was made for an attempt; nil when none was.
func (r *Runner) exchange(a attempt) *api.Exchange {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.latest == nil || r.latest.Time.Before(a.started.UTC().Truncate(time.Millisecond)) {
		return nil
	}
	return r.latest
}
