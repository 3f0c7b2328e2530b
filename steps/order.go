package steps

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"telegent-setup/api"
	"telegent-setup/api/text"
	"telegent-setup/state"
)

// order is a number order as an answer tells of it, in either edition and at
// either call (API.md, Orders): what an answer holds decides how it is read.
type order struct {
	id      string
	pending bool
	refused string // Why it was refused, in the service's words; empty when it was not.
	saved   Saved  // When it is complete. The TNID may be missing.
	esim    string // The activation code of an eSIM; personal.
}

// The words of an order's status. Any other word is one of an order under way,
// unless the answer has a number with an ID.
var (
	orderPending  = []string{"submitted", "pending", "pendingcarrierapproval", "processing", "inprogress", "scheduled", "resolutionrequired"}
	orderComplete = []string{"complete", "completed"}
	orderRefused  = []string{"rejected", "cancelled", "canceled", "failed", "error"}
)

// readOrder reads an answer that may be an order. assigned says that the service
// chooses the number, so that an order without one is under way.
func readOrder(answer api.Answer, assigned bool) (order, error) {
	var v object
	if err := answer.Decode(&v); err != nil {
		return order{}, err
	}
	o := order{id: v.text(orderKey), esim: activationCode(v.text("QRCode", "QrActivationLink"))}
	if len(o.id) > longestID {
		o.id = ""
	}
	word := v.text("OrderStatus", "Status")
	status := strings.ToLower(strings.NewReplacer(" ", "", "_", "", "-", "").Replace(word))
	n, id := v.ordered()
	settled := slices.Contains(orderComplete, status)
	switch {
	case slices.Contains(orderRefused, status):
		o.refused = v.text("OrderStatusMessage", "ErrorMessage")
		if o.refused == "" {
			o.refused = fmt.Sprintf("The order has the status %s.", word)
		}
		return o, nil
	case settled && n == "" && id != "" && !assigned:
		return o, o.without(n, id)
	case settled && n == "" && o.id == "":
		return o, errMissingID
	case settled && n == "": // It is asked for until it names its number.
		o.pending = true
		return o, nil
	case settled:
	case slices.Contains(orderPending, status), n == "" || id == "":
		o.pending = status != "" || assigned || len(v.list("PhoneNumbersRequested")) > 0
		if !o.pending {
			return o, o.without(n, id)
		}
		return o, nil
	}
	o.saved = Saved{PhoneNumber: n, TNID: id}
	return o, plausible(TNID, id)
}

// without is an answer that is no order, and lacks something. An ID without a
// number is of the number that was asked for.
func (o *order) without(n, id string) error {
	if id == "" {
		return errMissingID
	}
	o.saved = Saved{TNID: id}
	if n != "" {
		o.saved[PhoneNumber] = n
	}
	return plausible(TNID, id)
}

// ordered is the number of an order, E.164, and its ID; each may be empty.
func (o object) ordered() (n, id string) {
	ids := []string{"PhoneNumberId", "TNID", "NumberId"}
	n, id = number(o.text("PhoneNumberAssigned", "PhoneNumber", "Number")), o.text(ids...)
	for _, entry := range o.list("PhoneNumbersOrdered") {
		if found := number(entry.text("Number", "PhoneNumber")); n == "" || found == n {
			if n == "" {
				n = found
			}
			if id == "" {
				id = entry.text(ids...)
			}
		}
	}
	return n, id
}

// activationCode is the activation code of an eSIM in a link to its QR code, or
// in a text that is one; empty when there is none. The link itself is not kept:
// whoever opens it gives the code to a third party.
func activationCode(link string) string {
	code := link
	if u, err := url.Parse(link); err == nil && u.Scheme != "" && !strings.EqualFold(u.Scheme, "lpa") {
		for _, key := range []string{"text", "carddata", "data"} {
			if v := u.Query().Get(key); v != "" {
				code = v
				break
			}
		}
	}
	if !strings.HasPrefix(strings.ToUpper(code), "LPA:") || len(code) > 2*longestID {
		return ""
	}
	return code
}

const (
	followFor    = 10 * time.Minute // In one run; the next goes on.
	followFirst  = 2 * time.Second  // Between the first two times that an order is asked for.
	followSlow   = 15 * time.Second // Between the later ones.
	followErrors = 5                // Answers that fail one after the other.
)

// errStillPending means that an order is still under way after followFor.
var errStillPending = &api.Error{Kind: api.Timeout, Sent: true, Err: errors.New("the order is still under way")}

// following says whether the step is an order under way: it is asked for, never
// sent again.
func (a *attempt) following() bool { return a.form.orders(a.before) }

// orderPrefix begins the order IDs that the service makes.
const orderPrefix = "JNUOID-"

// orders says whether a step as it stands is an order under way. An order ID that is
// not of this program's making came with the service's answer.
func (f *Form) orders(kept state.Step) bool {
	if f == nil || !f.Order || kept.OrderID == "" {
		return false
	}
	_, own := field(f.Fields, orderKey)
	return kept.Pending || kept.Status == state.Sent && (!own || strings.HasPrefix(kept.OrderID, orderPrefix))
}

// carryOutOrder orders a number, or goes on following the order that is under
// way.
func (r *Runner) carryOutOrder(ctx context.Context, a attempt) (Saved, error) {
	var o order
	var err error
	if a.following() {
		o, err = r.follow(ctx, a, a.before.OrderID)
	} else {
		var answer api.Answer
		answer, err = r.send(ctx, a, func() error { return r.writeAhead(a) })
		if refused := refusedOrder(answer); refused != nil {
			err = refused
		}
		if err == nil {
			o, err = r.awaitOrder(ctx, a, answer)
		}
	}
	if err != nil {
		return nil, err
	}
	if o.saved[PhoneNumber] == "" {
		o.saved[PhoneNumber] = a.full[string(PhoneNumber)]
	}
	r.completeNumber(ctx, a, &o)
	if asked := a.full[string(PhoneNumber)]; asked != "" && asked != o.saved[PhoneNumber] {
		r.emit(Noticed{fmt.Sprintf("Telegent assigned %s instead of %s: that is the number of this setup from now on.", o.saved[PhoneNumber], asked)})
	}
	return o.saved, r.finished(a, o.saved, o.esim)
}

// awaitOrder reads the answer to an order, and follows it until it is settled.
func (r *Runner) awaitOrder(ctx context.Context, a attempt, answer api.Answer) (order, error) {
	o, err := readOrder(answer, a.assigned())
	if err != nil {
		return order{}, unreadable(answer, err)
	}
	if !o.pending {
		return o, nil
	}
	if o.id == "" {
		o.id = a.full[orderKey]
	}
	if o.id == "" {
		return order{}, unreadable(answer, errMissingID)
	}
	if err := r.mark(a.step.ID, func(_ *state.File, s *state.Step) { s.OrderID, s.Pending = o.id, true }); err != nil {
		return order{}, fmt.Errorf("%s was ordered under OrderId %s, which could not be saved: note it, support can tell the number by it. %w", a.step.ID, o.id, err)
	}
	return r.follow(ctx, a, o.id)
}

// assigned says whether the service chooses the number.
func (a *attempt) assigned() bool {
	_, named := field(a.form.Fields, string(PhoneNumber))
	return !named
}

// follow asks what became of an order until it is settled. Asking creates
// nothing, so that a failure is simply asked again.
func (r *Runner) follow(ctx context.Context, a attempt, id string) (order, error) {
	pause := followFirst
	call, failures := orderCall(id), 0
	for until := time.Now().Add(followFor); ; {
		if err := r.rest(ctx, a.step.ID, "order", pause); err != nil {
			return order{}, &followError{err}
		}
		pause = min(pause*3/2, followSlow)
		answer, err := r.call(ctx, a.step.ID, call, func() error { return nil })
		if refused := refusedOrder(answer); refused != nil {
			return order{}, refused
		}
		var o order
		if err == nil {
			o, err = readOrder(answer, true)
		}
		switch {
		case err != nil && ctx.Err() != nil:
			return order{}, &followError{&api.Error{Kind: api.Canceled, Sent: true, Err: ctx.Err()}}
		case err != nil:
			if failures++; failures == followErrors {
				return order{}, &followError{err}
			}
		case !o.pending:
			return o, nil
		default:
			failures = 0
		}
		if time.Now().After(until) {
			return order{}, &followError{errStillPending}
		}
	}
}

// orderCall asks what became of an order.
func orderCall(id string) api.Call {
	return api.Call{Method: "GET", Path: "/numbers/order", Query: url.Values{orderKey: {id}}}
}

// completeNumber asks once for what an order does not tell of its number: the
// TNID, and the code of its eSIM. When that fails too, they stay unknown: no later
// call needs them.
func (r *Runner) completeNumber(ctx context.Context, a attempt, o *order) {
	if o.saved[TNID] != "" {
		return
	}
	delete(o.saved, TNID)
	var v object
	answer, err := r.call(ctx, a.step.ID, a.form.Lookup.ByID.call(o.saved[PhoneNumber]), func() error { return nil })
	if err != nil || answer.Decode(&v) != nil {
		return
	}
	if _, id := v.ordered(); id != "" && plausible(TNID, id) == nil {
		o.saved[TNID] = id
	}
	if code := activationCode(v.text("QrActivationLink", "QRCode")); o.esim == "" {
		o.esim = code
	}
}

// followError is an order that could not be followed to its end: whatever the
// reason, the order is not settled.
type followError struct{ cause error }

// Error implements error.
func (e *followError) Error() string { return "follow the order: " + e.cause.Error() }

// Unwrap gives the cause.
func (e *followError) Unwrap() error { return e.cause }

// orderError is an order that the service did not carry out.
type orderError struct{ refusal *api.Error }

// Error implements error.
func (e *orderError) Error() string { return "order: " + e.refusal.Error() }

// Unwrap gives the refusal.
func (e *orderError) Unwrap() error { return e.refusal }

// refusedOrder is the error of an order that was refused; nil when it was not. Its
// answer may be one that refuses with a status of success, and is read all the same.
func refusedOrder(answer api.Answer) error {
	if answer.Status < 200 || answer.Status >= 300 {
		return nil
	}
	o, err := readOrder(answer, true)
	if err != nil || o.refused == "" {
		return nil
	}
	return &orderError{&api.Error{Kind: api.Refused, Status: answer.Status, Message: text.Cut(api.HideURLs(o.refused), 500), Sent: true}}
}

// rest waits between two calls.
func (r *Runner) rest(ctx context.Context, step, reason string, delay time.Duration) error {
	r.emit(Waiting{Step: step, Reason: reason, Until: time.Now().Add(delay)})
	timer := time.NewTimer(delay)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return &api.Error{Kind: api.Canceled, Sent: true, Err: ctx.Err()}
	}
}
