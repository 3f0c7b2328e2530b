package steps

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"slices"
	"time"

	"telegent-setup/api"
	"telegent-setup/state"
)

// attempt is one carrying out of a step.
type attempt struct {
	step        *Step
	form        *Form
	answers     Answers // As they are sent.
	call        api.Call
	fingerprint string     // Of the body, without its secrets.
	before      state.Step // As the step stood.
	following   bool       // It is an order under way: it is asked for, never sent again.
	resent      bool       // An earlier call of it may have arrived.
	inbound     []string   // The messages from the recipient before this one was sent; nil when not asked.
	started     time.Time
}

func (a *attempt) seconds() float64 { return time.Since(a.started).Round(time.Millisecond).Seconds() }

// Submit carries out a step with the answers that are known: checks them, signs
// in if needed, writes ahead, sends, and saves. A step that was sent and has no
// answer is sent again only when resend is true; else it is a *Failure as it
// stands.
//
// The error is an *Invalid (nothing was sent), a *Failure, context.Canceled
// (cancelled before anything was sent: nothing changed), or something unexpected
// of this machine, as a full disk.
func (r *Runner) Submit(ctx context.Context, step string, resend bool) (Saved, error) {
	r.busy.Lock()
	defer r.busy.Unlock()
	a, err := r.prepare(step, nil)
	if err != nil {
		return nil, err
	}
	if a.before.Status == state.Sent && !resend && !a.following {
		f := r.Unsettled(step)
		r.emit(Stepped{Step: step, Number: a.step.Number, Status: StatusUnknown, Seconds: a.seconds(), Failure: f})
		return nil, f
	}
	ids, err := r.carryOut(ctx, a)
	if err != nil {
		return nil, r.recordOutcome(a, err)
	}
	r.emit(Stepped{Step: step, Number: a.step.Number, Status: StatusDone, Saved: ids, Seconds: a.seconds()})
	return ids, nil
}

// SignIn authenticates with the AccountKey and AccountSecret known so far. The
// errors are those of Submit.
func (r *Runner) SignIn(ctx context.Context) error {
	_, err := r.Submit(ctx, Authenticate, false)
	return err
}

// prepare completes and checks the answers of a step, with those of this call over
// them. Where what was done could not be told, nothing is begun any more.
func (r *Runner) prepare(step string, answers Answers) (attempt, error) {
	if err := r.Broken(); err != nil {
		return attempt{}, err
	}
	q := r.Questionnaire(step, false)
	a := attempt{step: find(step), form: r.Form(step), before: q.file.Steps[step], started: time.Now()}
	a.before.Status = cmp.Or(a.before.Status, state.Todo)
	a.following = a.form.underWay(a.before) // An order that was placed needs no answers any more.
	a.resent = a.before.Status == state.Sent && !a.following
	if problems := q.Problems(answers); len(problems) > 0 && !a.following {
		return a, &Invalid{problems}
	}
	a.answers, a.call = r.request(q, answers)
	for _, v := range a.answers {
		for _, secret := range api.UserInfo(v) {
			r.client.Redactor().Add(secret)
		}
	}
	body, err := a.call.SafeBody()
	if err != nil {
		return a, fmt.Errorf("make the request of %s: %w", step, err)
	}
	sum := sha256.Sum256(body)
	a.fingerprint = hex.EncodeToString(sum[:8])
	return a, nil
}

// request is the call of a step, and the answers that it is made from: what is known,
// with the edits of a person over it.
func (r *Runner) request(q *Questionnaire, edits Answers) (Answers, api.Call) {
	form, answers := r.Form(q.step), q.Answers(edits)
	r.giveOrderID(q.file, form, answers)
	return answers, form.call(r.env(q.file, answers), q.secrets)
}

// carryOut sends what a step sends, and saves what it gives.
func (r *Runner) carryOut(ctx context.Context, a attempt) (Saved, error) {
	switch {
	case a.step.ID == Authenticate:
		return nil, r.authenticate(ctx, a)
	case a.form.Order:
		return r.carryOutOrder(ctx, a)
	}
	if a.step.ID == TestMessage && r.watchReplies.Load() { // What is there before it is no answer.
		a.inbound, _ = r.inbound(ctx)
	}
	answer, err := r.send(ctx, a)
	if err != nil {
		return nil, err
	}
	ids, err := a.form.ids(answer)
	if err != nil {
		return nil, unreadable(answer, err)
	}
	return ids, r.finished(a, ids, "")
}

// call sends one call of a step with its token. A token that is refused is
// renewed once, unseen. ahead, which may be nil, is called when the token is in hand
// and the call is about to leave.
func (r *Runner) call(ctx context.Context, step string, call api.Call, ahead func() error) (api.Answer, error) {
	for renewed := false; ; renewed = true {
		token, err := r.token(ctx, step, call)
		if err == nil && ahead != nil && !renewed {
			err = ahead()
		}
		if err != nil {
			return api.Answer{}, err
		}
		answer, err := r.client.Do(ctx, call, token, r.watch(step, call))
		status := statusOf(err) // 403 is for the token where that is for one endpoint.
		if renewed || status != http.StatusUnauthorized && !(status == http.StatusForbidden && r.Edition() == api.Edition2026) {
			return answer, err
		}
		r.forgetToken(token)
	}
}

// send sends the creating call of a step. When it is about to leave, the state file
// says so.
func (r *Runner) send(ctx context.Context, a attempt) (api.Answer, error) {
	return r.call(ctx, a.step.ID, a.call, func() error {
		return r.mark(a.step.ID, func(f *state.File, s *state.Step) {
			s.Status, s.Error = state.Sent, nil
			s.Answers = stored(a.form, r.env(*f, a.answers), s.Answers)
			if !slices.Contains(s.Unsettled, a.fingerprint) {
				s.Unsettled = append(s.Unsettled, a.fingerprint)
			}
			s.OrderID, s.Pending = a.answers[orderKey], false
		})
	})
}

// finished saves what a call gave. Where that fails, the error has the IDs.
func (r *Runner) finished(a attempt, ids Saved, esim string) error {
	answers := stored(a.form, r.env(r.snapshot(), a.answers), a.before.Answers)
	err := r.finish(a.step, ids, state.Step{Answers: answers, ESIM: esim, Before: a.inbound})
	switch {
	case err == nil:
		return nil
	case len(ids) == 0:
		return fmt.Errorf("%s was carried out, and that could not be saved. %w", a.step.ID, err)
	}
	return fmt.Errorf("%s was carried out and gave %s, which could not be saved: note it. %w", a.step.ID, ids, err)
}

// finish saves a step that is done, with its IDs. An ID that takes the place of
// another keeps that in the history.
func (r *Runner) finish(step *Step, ids Saved, done state.Step) error {
	done.Status = state.Done
	err := r.mark(step.ID, func(f *state.File, s *state.Step) {
		*s = done
		replace(f, ids)
	})
	if err == nil {
		r.newOrderID()
	}
	return err
}

// replace puts IDs into the file, and what they replace into its history. Later
// steps that name an old one use the new one from then on.
func replace(f *state.File, ids Saved) {
	known := SavedIn(*f)
	for _, id := range IDs() {
		value, ok := ids[id]
		old := known[id]
		if !ok || value == old {
			continue
		}
		if old != "" {
			f.History = append(f.History, state.Replaced{ID: string(id), Value: old, Replaced: time.Now().UTC()})
			dropOverridden(f, id)
		}
		switch {
		case id == PhoneNumber:
			f.PhoneNumber = value
		case value == "":
			delete(f.IDs, string(id))
		default:
			f.IDs[string(id)] = value
		}
	}
}

// dropOverridden forgets answers that stand in for a saved ID.
func dropOverridden(f *state.File, id ID) {
	for _, step := range All() {
		for _, fd := range step.Forms[api.Edition(f.Edition)].Fields {
			if fd.SavedID == id {
				delete(f.Steps[step.ID].Answers, fd.Key)
			}
		}
	}
}

// giveOrderID gives the answers of an order their OrderId, where the form has one
// and the person gave none: that of the file while its outcome is unknown, else
// one that is made once and kept until it is refused.
func (r *Runner) giveOrderID(f state.File, form *Form, answers Answers) {
	if !form.has(orderKey) || answers[orderKey] != "" {
		return
	}
	kept := f.Steps[Provision]
	if asked := kept.Answers[numberKey]; asked != "" && asked != answers[numberKey] {
		kept.OrderID = "" // It is of another number.
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	answers[orderKey] = cmp.Or(kept.OrderID, r.nextOrder)
}

func (r *Runner) newOrderID() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.nextOrder = "SETUP-" + rand.Text()
}

// Preview is the request of a step as a cURL command, with its secrets as shell
// variables and the edits of a person over what is known. Answers that are missing
// are shown empty.
func (r *Runner) Preview(step string, edits Answers) string {
	return r.client.Curl(r.previewed(step, edits))
}

// PreviewWithToken is Preview with the command that gets the token for it first, so
// that the two run as they are where the AccountSecret is in the environment.
func (r *Runner) PreviewWithToken(step string, edits Answers) string {
	call := r.previewed(step, edits)
	if call.NoToken {
		return r.client.Curl(call)
	}
	return r.client.CurlWithToken(r.tokenCall(nil, r.endpoint(call)), call)
}

func (r *Runner) previewed(step string, edits Answers) api.Call {
	if step == Authenticate {
		return r.tokenCall(edits, r.nextEndpoint())
	}
	_, call := r.request(r.Questionnaire(step, false), edits)
	return call
}
