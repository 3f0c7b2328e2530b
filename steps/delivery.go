package steps

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"telegent-setup/api"
	"telegent-setup/state"
)

// DeliveryFor is how long the delivery of the test message is asked for, unless
// another time is named.
const DeliveryFor = 2 * time.Minute

// Delivery is what became of the test message, as far as the service tells.
type Delivery struct {
	Status   string  // In the service's word; empty when it was never told.
	Seconds  float64 // Until that status was told.
	Answered bool    // An answer came.
	CanAsk   bool    // The service lets itself be asked.
	Err      error   // Why asking failed last; nil when it did not.
}

// Arrived says whether the message reached the phone, or the phone answered.
func (d Delivery) Arrived() bool { return d.Answered || MessageArrived(d.Status) }

// Failed says whether the message will not arrive.
func (d Delivery) Failed() bool { return !d.Answered && MessageFailed(d.Status) }

// MessageArrived says whether a status of a message is its last good one (API.md,
// What becomes of a message).
func MessageArrived(status string) bool {
	return slices.Contains([]string{"delivered", "received"}, strings.ToLower(status))
}

// MessageFailed says whether a status of a message is its last bad one. What is
// neither, as Queued, Sent or a word that is not documented, may yet change.
func MessageFailed(status string) bool {
	return slices.Contains([]string{"failed", "undelivered"}, strings.ToLower(status))
}

// ErrNoMessage means that there is no test message to ask about.
var ErrNoMessage = errors.New("there is no test message to ask about: none was sent, or its MessageId is not known")

// WatchDelivery asks what became of the test message until it is delivered or has
// failed, and then for an answer to it. All takes atMost at the most, and waiting for
// the answer no longer than reply. It tells the observer of every status, and saves
// it. The error is ErrNoMessage, or of this machine.
func (r *Runner) WatchDelivery(ctx context.Context, atMost, reply time.Duration) (Delivery, error) {
	r.busy.Lock()
	defer r.busy.Unlock()
	ask := r.Form(TestMessage).Lookup.ByID
	id := r.Saved()[ask.ID]
	if id == "" {
		return Delivery{}, ErrNoMessage
	}
	w := watcher{r: r, begun: time.Now(), until: time.Now().Add(atMost)}
	if reply > 0 {
		if err := w.baseline(ctx); err != nil {
			return w.d, err
		}
	}
	if err := w.delivery(ctx, ask.call(id)); err != nil || reply == 0 || w.d.Failed() || !w.d.CanAsk {
		return w.d, err
	}
	if until := time.Now().Add(reply); until.Before(w.until) {
		w.until = until
	}
	return w.d, w.reply(ctx)
}

// watcher watches one message.
type watcher struct {
	r            *Runner
	begun, until time.Time
	pauses       int
	d            Delivery
}

// pause waits 2, 4, 8 and then always 15 seconds, the last time only as long as
// there is time; false when there is none left.
func (w *watcher) pause(ctx context.Context) bool {
	left := time.Until(w.until)
	if left <= 0 {
		return false
	}
	delay := min(2*time.Second<<min(w.pauses, 3), 15*time.Second, left)
	w.pauses++
	return w.r.rest(ctx, TestMessage, "delivery", delay) == nil
}

// delivery asks for the status of the message until it is the last one.
func (w *watcher) delivery(ctx context.Context, call api.Call) error {
	for w.pause(ctx) {
		answer, err := w.r.ask(ctx, TestMessage, call)
		w.d.Err = err
		switch {
		case errors.Is(err, errCannotAsk), errors.Is(err, errGone):
			return nil
		case err != nil:
			continue
		}
		var o object
		if answer.Decode(&o) != nil || o.text("Status") == "" {
			return nil
		}
		w.d.CanAsk = true
		if err := w.saveStatus(o.text("Status")); err != nil {
			return err
		}
		if MessageArrived(w.d.Status) || MessageFailed(w.d.Status) {
			return nil
		}
	}
	w.d.CanAsk = w.d.CanAsk || w.d.Err != nil
	return nil
}

// saveStatus saves a status that is new, and tells the observer.
func (w *watcher) saveStatus(status string) error {
	if status == w.d.Status {
		return nil
	}
	w.d.Status = status
	w.d.Seconds = time.Since(w.begun).Round(100 * time.Millisecond).Seconds()
	w.r.emit(Delivered{Status: status, Seconds: w.d.Seconds})
	return w.r.mark(TestMessage, func(_ *state.File, s *state.Step) {
		s.Delivery = state.Delivery{Status: status, Updated: time.Now().UTC()}
	})
}

// baseline remembers the inbound messages of now where nobody looked before the
// message was sent: they are no answers, and later ones are, in a later run too.
func (w *watcher) baseline(ctx context.Context) error {
	if w.r.watchReplies.Load() || w.r.snapshot().Steps[TestMessage].Before != nil {
		return nil // This run has looked before it sent, or another.
	}
	ids, err := w.r.inbound(ctx)
	if err != nil {
		return nil
	}
	return w.r.mark(TestMessage, func(_ *state.File, s *state.Step) { s.Before = ids })
}

// reply looks for an answer to the message: an inbound one from its recipient that
// was not there before it was sent.
func (w *watcher) reply(ctx context.Context) error {
	before := w.r.snapshot().Steps[TestMessage].Before
	w.pauses = 0
	for {
		ids, err := w.r.inbound(ctx)
		switch {
		case err != nil:
		case before == nil: // Nobody could look before: what is there now is no answer.
			before = ids
		case slices.ContainsFunc(ids, func(id string) bool { return !slices.Contains(before, id) }):
			w.d.Answered = true
			w.r.emit(Replied{})
			return w.r.mark(TestMessage, func(_ *state.File, s *state.Step) { s.Answered = true })
		}
		if errors.Is(err, errCannotAsk) || !w.pause(ctx) {
			return nil
		}
	}
}

// inbound are the IDs of the messages from the texted phone to the number.
func (r *Runner) inbound(ctx context.Context) ([]string, error) {
	answers := r.Questionnaire(TestMessage, false).Answers(nil)
	find := r.Form(TestMessage).Lookup.Find
	answer, err := r.ask(ctx, TestMessage, find.call(answers[find.Key]))
	if err != nil {
		return nil, err
	}
	ids := []string{}
	for _, o := range objects(answer) {
		inbound := strings.EqualFold(o.text("Direction"), "Inbound") || strings.EqualFold(o.text("Status"), "Received")
		from := e164(o.text("From"))
		recipient := slices.ContainsFunc(split(answers["To"]), func(to string) bool { return e164(to) == from })
		if id := o.text("MessageId"); inbound && from != "" && recipient && id != "" && len(ids) < 200 {
			ids = append(ids, id)
		}
	}
	return ids, nil
}

// WatchReplies says that an answer to the test message will be looked for, so that
// what is there before it is sent has to be known.
func (r *Runner) WatchReplies() { r.watchReplies.Store(true) }

// Message names the test message of a setup.
type Message struct {
	ID   string   // Empty when the service gave none.
	From string   // E.164.
	To   []string // E.164.
}

// MessageIn is the test message of a state file; empty while none was sent.
func MessageIn(f state.File) Message {
	ids, answers := SavedIn(f), f.Steps[TestMessage].Answers
	return Message{ID: ids[MessageID], From: cmp.Or(answers["From"], ids[PhoneNumber]), To: split(answers["To"])}
}
