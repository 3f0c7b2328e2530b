package steps

import (
	"context"
	"errors"
	"fmt"
	"time"

	"telegent-setup/api"
	"telegent-setup/state"
)

const (
	followFor    = 10 * time.Minute // In one run; the next goes on.
	followFirst  = 2 * time.Second  // Between the first two looks at an order.
	followSlow   = 15 * time.Second // Between the later ones.
	followErrors = 5                // Looks that fail one after the other.
)

// errStillPending means that an order is still under way after followFor.
var errStillPending = &api.Error{Kind: api.Timeout, Sent: true, Err: errors.New("the order is still under way")}

// errUnasked means that nobody has asked for an order in this run.
var errUnasked = errors.New("the order was not asked for yet")

// following says whether the step is an order under way: it is asked for, never
// sent again.
func (a attempt) following() bool { return a.form.Follow != nil && a.before.OrderID != "" }

// carryOutOrder orders a number, or goes on following the order that is under
// way.
func (r *Runner) carryOutOrder(ctx context.Context, a attempt) (Saved, error) {
	var o Order
	var err error
	if a.following() {
		o, err = r.follow(ctx, a, a.before.OrderID)
	} else {
		var answer api.Answer
		if answer, err = r.send(ctx, a, func() error { return r.writeAhead(a) }); err == nil {
			o, err = r.awaitOrder(ctx, a, answer)
		}
	}
	if err != nil {
		return nil, err
	}
	return o.Saved, r.finished(a, o.Saved, o.QRCode)
}

// awaitOrder reads the answer to an order, and follows it until it is settled.
func (r *Runner) awaitOrder(ctx context.Context, a attempt, answer api.Answer) (Order, error) {
	o, err := a.form.Order(answer)
	if err != nil {
		return Order{}, unreadable(answer, err)
	}
	if !o.Pending {
		return o, refusedOrder(o, answer)
	}
	if err := r.mark(a.step.ID, func(_ *state.File, s *state.Step) { s.OrderID = o.ID }); err != nil {
		return Order{}, fmt.Errorf("%s was ordered under OrderId %s, which could not be saved: note it, support can tell the number by it. %w", a.step.ID, o.ID, err)
	}
	return r.follow(ctx, a, o.ID)
}

// follow asks what became of an order until it is settled. Asking creates
// nothing, so that a look that fails is simply made again.
func (r *Runner) follow(ctx context.Context, a attempt, id string) (Order, error) {
	pause := followFirst
	call, failures := a.form.Follow(id), 0
	for until := time.Now().Add(followFor); ; {
		if err := r.rest(ctx, a.step.ID, pause); err != nil {
			return Order{}, &followError{err}
		}
		pause = min(pause*3/2, followSlow)
		answer, err := r.call(ctx, a.step.ID, call, func() error { return nil })
		o, unread := a.form.Order(answer) // Of a rejected order the answer refuses, and is read all the same.
		if err == nil {
			err = unread
		}
		switch {
		case unread == nil && o.Refused != "":
			return o, refusedOrder(o, answer)
		case err != nil && ctx.Err() != nil:
			return Order{}, &followError{&api.Error{Kind: api.Canceled, Sent: true, Err: ctx.Err()}}
		case err != nil:
			if failures++; failures == followErrors {
				return Order{}, &followError{err}
			}
		case !o.Pending:
			return o, nil
		default:
			failures = 0
		}
		if time.Now().After(until) {
			return Order{}, &followError{errStillPending}
		}
	}
}

// followError is an order that could not be followed to its end: whatever the
// reason, the order is not settled.
type followError struct{ cause error }

// Error implements error.
func (e *followError) Error() string { return "follow the order: " + e.cause.Error() }

// Unwrap gives the cause.
func (e *followError) Unwrap() error { return e.cause }

// refusedOrder is an order that the service rejected; nil when it did not.
func refusedOrder(o Order, answer api.Answer) error {
	if o.Refused == "" {
		return nil
	}
	return &api.Error{Kind: api.Refused, Status: answer.Status, Message: api.Cut(api.HideURLs(o.Refused), 500), Sent: true}
}

// rest waits between two looks at an order.
func (r *Runner) rest(ctx context.Context, step string, delay time.Duration) error {
	r.tell(Waiting{Step: step, Reason: "order", Until: time.Now().Add(delay)})
	timer := time.NewTimer(delay)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return &api.Error{Kind: api.Canceled, Sent: true, Err: ctx.Err()}
	}
}
