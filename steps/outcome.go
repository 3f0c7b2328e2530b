package steps

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"time"

	"telegent-setup/api"
	"telegent-setup/state"
)

// OutcomeKind is what became of a step that brought nothing.
type OutcomeKind string

// The kinds of outcome. The first two say that the step was not carried out; the
// others that nobody knows.
const (
	Refused      OutcomeKind = "refused"       // By a complete answer.
	Unreached    OutcomeKind = "unreached"     // The service was out of reach; nothing was created.
	NoAnswer     OutcomeKind = "no-answer"     // A creating call left, and no usable answer came.
	ResendFailed OutcomeKind = "resend-failed" // It was sent again, which tells nothing of the first call.
	Arrived      OutcomeKind = "arrived"       // It was sent again, and the answer suggests that the first call did arrive.
	OrderOpen    OutcomeKind = "order-open"    // An order was accepted and is under way.
)

// Unknown says whether nobody knows what became of the step.
func (k OutcomeKind) Unknown() bool { return k != Refused && k != Unreached }

// Known says whether k is one of the kinds above.
func (k OutcomeKind) Known() bool {
	return slices.Contains([]OutcomeKind{Refused, Unreached, NoAnswer, ResendFailed, Arrived, OrderOpen}, k)
}

// Outcome is what is stored of a step that brought nothing. A Failure explains it.
type Outcome struct {
	Kind       OutcomeKind `json:"-"`
	Issue      Code        `json:"issue,omitempty"`
	HTTPStatus int         `json:"http_status,omitempty"` // 0 when there was no answer.
	Message    string      `json:"message,omitempty"`     // The service's own words, cleaned; may be empty.
}

// Exit is the exit status of a run that ends with this outcome.
func (o Outcome) Exit() int {
	if o.Kind == Refused {
		return ExitRefused
	}
	return ExitUnsettled
}

// part is what of a step an error is of, where it is not of the step's own call.
type part string

const (
	signingIn part = "sign in"          // For a token, ahead of the call.
	ordering  part = "order"            // The service did not carry the order out.
	following part = "follow the order" // Whatever the reason, the order is not settled.
)

// partError is an error of a part of a step.
type partError struct {
	part  part
	cause error
}

func (e *partError) Error() string { return string(e.part) + ": " + e.cause.Error() }

func (e *partError) Unwrap() error { return e.cause }

// partOf is the outermost part that an error is of; empty when it is of none.
func partOf(err error) part {
	if e, ok := errors.AsType[*partError](err); ok {
		return e.part
	}
	return ""
}

// recordOutcome writes down what became of a step that brought no IDs, and explains
// it. What is neither an answer nor a connection is returned as it is, and a call
// that was sent stays sent.
func (r *Runner) recordOutcome(a attempt, err error) error {
	e, answered := errors.AsType[*api.Error](err)
	switch {
	case !answered:
		return err
	case e.Kind == api.Canceled && (!e.Sent || !a.step.Creates):
		if err := r.rollBack(a); err != nil {
			return err
		}
		return context.Canceled
	}
	issue := issueOf(r.Edition(), a.step, err)
	return r.fail(a, failureOf(err, a.kind(err, e, issue), issue, e.Status))
}

// kind decides what an error says of the step.
func (a *attempt) kind(err error, e *api.Error, issue Code) OutcomeKind {
	ahead := partOf(err) == signingIn
	decides := e.Kind == api.Refused && !denied(e.Status) // Not for want of a token, a connection or patience.
	refused := Refused
	switch e.Kind {
	case api.ServerError, api.Network, api.Timeout, api.Canceled, api.NotConnected:
		refused = Unreached
	}
	switch {
	case partOf(err) == following:
		return OrderOpen
	case !a.step.Creates, ahead && !a.resent:
		return refused
	case a.resent && a.likelyDuplicate(issue):
		return Arrived
	case a.resent && (ahead || !e.Uncertain() && !decides):
		return ResendFailed
	case e.Uncertain():
		return NoAnswer
	case a.resent && !a.settles():
		return ResendFailed // Only a refusal of the same body tells of the first call.
	}
	return refused
}

// settles says whether a refusal of this attempt leaves no other call of the step
// without an answer. In a state file without fingerprints, the answers are compared.
func (a *attempt) settles() bool {
	if len(a.before.Unsettled) == 0 {
		for key, value := range a.before.Answers {
			if a.answers[key] != value {
				return false
			}
		}
	}
	return !slices.ContainsFunc(a.before.Unsettled, func(body string) bool { return body != a.fingerprint })
}

// likelyDuplicate says whether the answer to a call sent again suggests that the
// first did arrive: what is taken is what that one asked for.
func (a *attempt) likelyDuplicate(issue Code) bool {
	key := map[Code]string{numberInUse.Code: numberKey, emailExists.Code: "Email"}[issue]
	return key != "" && (a.before.Answers[key] == "" || a.before.Answers[key] == a.answers[key])
}

// failureOf is a failure with the cause that this run knows; err may be nil.
func failureOf(err error, kind OutcomeKind, issue Code, status int) *Failure {
	f := &Failure{Outcome: Outcome{Kind: kind, Issue: issue, HTTPStatus: status}, cause: err}
	if e, ok := errors.AsType[*api.Error](err); ok {
		f.Message, f.TransactionLogID, f.TraceID, f.Exchange = e.Message, e.TransactionLogID, e.TraceID, e.Exchange
	}
	return f
}

// fail writes down what became of an attempt, and explains it.
func (r *Runner) fail(a attempt, f *Failure) error {
	if x := r.exchangeOf(a.step.ID); f.Exchange == nil && x != nil && !x.Time.Before(a.started.UTC().Truncate(time.Millisecond)) {
		f.Exchange = x // And not that of an attempt before.
	}
	f.Step, f.sent = a.step.ID, a.named(f.HTTPStatus)
	r.explain(f)
	if err := r.mark(a.step.ID, func(_ *state.File, s *state.Step) { a.failed(f, s) }); err != nil {
		return err
	}
	if f.Kind == Refused {
		r.newOrderID()
	}
	status := StatusFailed
	if f.Kind.Unknown() {
		status = StatusUnknown
	}
	r.emit(Stepped{Step: a.step.ID, Number: a.step.Number, Status: status, Seconds: a.seconds(), Failure: f})
	return f
}

// failed is what a failure makes of a step.
func (a *attempt) failed(f *Failure, s *state.Step) {
	switch {
	case f.Kind.Unknown():
		s.Status, s.Error = state.Sent, f.stepError()
		if a.resent {
			s.Answers, s.OrderID = a.before.Answers, a.before.OrderID // Those of the call that nobody knows of.
		}
		e, _ := errors.AsType[*api.Error](f.cause)
		if f.Kind == OrderOpen || f.Kind == ResendFailed && e != nil && !e.Uncertain() { // This call is known to be settled.
			s.Unsettled = slices.DeleteFunc(s.Unsettled, func(body string) bool { return body == a.fingerprint })
		}
	case a.before.Status == state.Done && a.step.Creates: // It still is, when another try was refused.
		*s = a.before
	default:
		s.Status, s.Error, s.Unsettled = state.Failed, f.stepError(), nil
		if f.Kind == Refused || a.following {
			s.OrderID, s.Pending = "", false // The next order is a new one.
		}
	}
}

// stepError is what the state file keeps of an outcome: its message is the service's
// words, else the title for people.
func (f *Failure) stepError() *state.StepError {
	return &state.StepError{
		Issue: string(f.Issue), Kind: string(f.Kind), Message: f.Said(),
		Quoted: f.Message != "", HTTPStatus: f.HTTPStatus,
	}
}

// outcomeIn is the outcome of a step as a state file keeps it.
func outcomeIn(kept state.Step) Outcome {
	e := kept.Error
	if e == nil {
		return Outcome{Kind: NoAnswer}
	}
	o := Outcome{Kind: OutcomeKind(e.Kind), Issue: Code(e.Issue), HTTPStatus: e.HTTPStatus}
	if e.Quoted || e.Kind == "" { // A file that another program wrote has words and no kind.
		o.Message = e.Message
	}
	switch {
	case o.Kind == "" && kept.Status == state.Failed:
		o.Kind = Refused
	case o.Kind == "", kept.Status == state.Sent && !o.Kind.Unknown():
		o.Kind = NoAnswer
	}
	return o
}

// rollBack puts a step back to how it stood, when the write-ahead had changed it.
func (r *Runner) rollBack(a attempt) error {
	if r.Status(a.step.ID).Status != state.Sent || a.resent {
		return nil
	}
	return r.mark(a.step.ID, func(_ *state.File, s *state.Step) {
		order := s.OrderID
		*s = a.before
		s.OrderID = order
	})
}

// Unsettled is the outcome of a step that was found sent; nil when it was not.
func (r *Runner) Unsettled(step string) *Failure { return r.foundFailure(step, state.Sent) }

// LastFailure is why a step was found failed; nil when it was not.
func (r *Runner) LastFailure(step string) *Failure { return r.foundFailure(step, state.Failed) }

// foundFailure is what the state file keeps of a step that stands so, in words.
func (r *Runner) foundFailure(step string, status state.Status) *Failure {
	kept := r.snapshot().Steps[step]
	if kept.Status != status || status == state.Failed && kept.Error == nil {
		return nil
	}
	f := &Failure{Outcome: outcomeIn(kept), Step: step, Found: true}
	if status == state.Sent && r.Status(step).Following {
		f.Kind, f.Issue = OrderOpen, IssueTimeout
	}
	r.explain(f)
	return f
}

// named are the IDs that a call sent, where the service says that it does not
// know one and not which. One that this program has made is not among them.
func (a *attempt) named(status int) []Detail {
	if status != http.StatusNotFound {
		return nil
	}
	var all []Detail
	for _, fd := range a.form.Fields {
		if v := a.answers[fd.Key]; v != "" && !fd.Auto && (fd.SavedID != "" || fd.Format == Identifier && fd.Kind == Text && !fd.Personal) {
			all = append(all, Detail{fd.Key, v})
		}
	}
	return all
}

// The exit statuses of the program (CONTRACT.md, Exit status).
const (
	ExitDone      = 0   // Every step is done, or what was asked worked.
	ExitBroken    = 1   // An unexpected error of this program or machine.
	ExitMisused   = 2   // Wrong usage or answers; nothing was sent.
	ExitStopped   = 3   // Stopped by the person before the end.
	ExitRefused   = 4   // The service refused a step.
	ExitUnsettled = 5   // The service was out of reach, or an outcome is unknown.
	ExitUnusable  = 6   // The state file cannot be used.
	ExitSignalled = 130 // Ended by a signal.
)

// ExitOf is the exit status of an error of this machine that ends a run.
func ExitOf(err error) int {
	if errors.Is(err, state.ErrInUse) {
		return ExitUnusable
	}
	return ExitBroken
}

// IsExit says whether the program ends with this status.
func IsExit(status int) bool {
	return status >= ExitDone && status <= ExitUnusable || status == ExitSignalled
}
