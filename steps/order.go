package steps

import (
	"cmp"
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

// readOrder reads an answer that may be an order, or its error. assigned says that the
// service chooses the number, so that an order without one is under way. One that
// was refused is an error too, also where its answer is an *api.Error of success.
func readOrder(answer api.Answer, err error, assigned bool) (order, error) {
	var v object
	unread := answer.Decode(&v)
	word := v.text("OrderStatus", "Status")
	status := strings.ToLower(strings.NewReplacer(" ", "", "_", "", "-", "").Replace(word))
	switch {
	case answer.Status/100 == 2 && unread == nil && slices.Contains(orderRefused, status):
		why := cmp.Or(v.text("OrderStatusMessage", "ErrorMessage"), fmt.Sprintf("The order has the status %s.", word))
		return order{}, &partError{ordering, &api.Error{Kind: api.Refused, Status: answer.Status, Message: text.Cut(api.HideURLs(why), 500), Sent: true}}
	case err != nil:
		return order{}, err
	case unread != nil:
		return order{}, unread
	}
	o := order{id: v.text(orderKey), esim: activationCode(v.text("QRCode", "QrActivationLink"))}
	if len(o.id) > longestID {
		o.id = ""
	}
	n, id := v.ordered()
	complete, open := slices.Contains(orderComplete, status), slices.Contains(orderPending, status)
	noOrder := status == "" && !assigned && len(v.list("PhoneNumbersRequested")) == 0
	named := n != "" && (complete || !open && id != "")
	asked := id != "" && (complete && !assigned || noOrder) // The ID is of the number that was asked for.
	switch {
	case named, asked:
		o.saved = Saved{PhoneNumber: n, TNID: id}
		err = plausible(TNID, id)
	case complete && o.id == "", noOrder:
		err = errMissingID
	default: // It is asked for until it names its number.
		o.pending = true
	}
	if err != nil {
		return order{}, unreadable(answer, err)
	}
	return o, nil
}

// ordered is the number of an order, E.164, and its ID; each may be empty.
func (o object) ordered() (n, id string) {
	for _, entry := range append([]object{o}, o.list("PhoneNumbersOrdered")...) {
		found := e164(entry.text("PhoneNumberAssigned", "PhoneNumber", "Number"))
		if n == "" || found == n {
			n, id = cmp.Or(n, found), cmp.Or(id, entry.text("PhoneNumberId", "TNID", "NumberId"))
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

// orderPrefix begins the order IDs that the service makes.
const orderPrefix = "JNUOID-"

// underWay says whether a step as it stands is an order under way. An order ID that is
// not of this program's making came with the service's answer.
func (f *Form) underWay(kept state.Step) bool {
	if !f.Order || kept.OrderID == "" {
		return false
	}
	return kept.Pending || kept.Status == state.Sent && (!f.has(orderKey) || strings.HasPrefix(kept.OrderID, orderPrefix))
}

// carryOutOrder orders a number, or goes on following the order that is under
// way.
func (r *Runner) carryOutOrder(ctx context.Context, a attempt) (Saved, error) {
	o, err := r.placeOrder(ctx, a)
	if err == nil && o.pending {
		o, err = r.follow(ctx, a, o.id)
	}
	if err != nil {
		return nil, err
	}
	asked := a.answers[numberKey]
	o.saved[PhoneNumber] = cmp.Or(o.saved[PhoneNumber], asked)
	r.completeNumber(ctx, a, &o)
	if asked != "" && asked != o.saved[PhoneNumber] {
		r.emit(Noticed{fmt.Sprintf("Telegent assigned %s instead of %s: that is the number of this setup from now on.", o.saved[PhoneNumber], asked)})
	}
	return o.saved, r.finished(a, o.saved, o.esim)
}

// placeOrder places the order, unless it is under way already. The ID of one that is
// under way from now on is saved before it is asked for.
func (r *Runner) placeOrder(ctx context.Context, a attempt) (order, error) {
	if a.following {
		return order{id: a.before.OrderID, pending: true}, nil
	}
	answer, err := r.send(ctx, a)
	o, err := readOrder(answer, err, !a.form.has(numberKey))
	if err != nil || !o.pending {
		return o, err
	}
	if o.id = cmp.Or(o.id, a.answers[orderKey]); o.id == "" {
		return o, unreadable(answer, errMissingID)
	}
	if err := r.mark(a.step.ID, func(_ *state.File, s *state.Step) { s.OrderID, s.Pending = o.id, true }); err != nil {
		return o, fmt.Errorf("%s was ordered under OrderId %s, which could not be saved: note it, support can tell the number by it. %w", a.step.ID, o.id, err)
	}
	return o, nil
}

// follow asks what became of an order until it is settled. Asking creates
// nothing, so that a failure is simply asked again.
func (r *Runner) follow(ctx context.Context, a attempt, id string) (order, error) {
	pause, until, failures := followFirst, time.Now().Add(followFor), 0
	for {
		if err := r.rest(ctx, a.step.ID, "order", pause); err != nil {
			return order{}, &partError{following, err}
		}
		pause = min(pause*3/2, followSlow)
		answer, err := r.call(ctx, a.step.ID, orderCall(id), nil)
		o, err := readOrder(answer, err, true)
		failures++
		switch {
		case err == nil && !o.pending, partOf(err) == ordering:
			return o, err
		case err == nil:
			failures = 0
		case ctx.Err() != nil:
			err = &api.Error{Kind: api.Canceled, Sent: true, Err: ctx.Err()}
			return order{}, &partError{following, err}
		case failures == followErrors:
			return order{}, &partError{following, err}
		}
		if time.Now().After(until) {
			return order{}, &partError{following, errStillPending}
		}
	}
}

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
	answer, err := r.call(ctx, a.step.ID, a.form.Lookup.ByID.call(o.saved[PhoneNumber]), nil)
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
