package steps

import (
	"errors"
	"fmt"
	"maps"

	"telegent-setup/state"
)

// Adopt takes IDs that the customer has already, by the keys of Form.Adopt;
// nothing is sent. The error is an *Invalid, or one of this machine.
func (r *Runner) Adopt(step string, answers Answers) (Saved, error) {
	r.busy.Lock()
	defer r.busy.Unlock()
	s, fields := find(step), r.Form(step).Adopt
	f := r.snapshot()
	if len(fields) == 0 {
		return nil, fmt.Errorf("adopt %s: there is nothing to adopt in this step", step)
	}
	if problems := r.CheckAdopt(step, answers); len(problems) > 0 {
		return nil, &Invalid{problems}
	}
	full := r.complete(f, fields, answers)
	ids := Saved{}
	for _, fd := range fields {
		ids[fd.From] = full[fd.Key]
	}
	known := SavedIn(f)
	if ids[TNID] == unknownTNID {
		ids[TNID] = ""
		if known[PhoneNumber] == ids[PhoneNumber] {
			ids[TNID] = known[TNID]
		}
	}
	outcome := OutcomeAdopted
	if f.Steps[step].Status == state.Done && same(ids, known) {
		outcome = OutcomeAlreadyDone
	} else if err := r.finish(s, ids, f.Steps[step].Answers, ""); err != nil {
		return nil, fmt.Errorf("save %s: %w", step, err)
	}
	maps.DeleteFunc(ids, func(_ ID, v string) bool { return v == "" })
	r.tell(Stepped{Step: step, Number: s.Number, Status: outcome, Saved: ids})
	return ids, nil
}

// CheckAdopt names every ID that Adopt would want and that is missing or does
// not validate.
func (r *Runner) CheckAdopt(step string, answers Answers) []Problem {
	f, fields := r.snapshot(), r.Form(step).Adopt
	return r.check(step, fields, r.complete(f, fields, answers), f)
}

func same(ids, known Saved) bool {
	for id, v := range ids {
		if known[id] != v {
			return false
		}
	}
	return true
}

// ErrNotNow is the error of skipping or reopening a step that is past that.
var ErrNotNow = errors.New("this step cannot be skipped or reopened now")

// Skip leaves an optional step out. One that was sent or done stays.
func (r *Runner) Skip(step string) error {
	r.busy.Lock()
	defer r.busy.Unlock()
	s := r.Status(step)
	if !s.Step.Optional || s.Status == state.Done || s.Status == state.Sent {
		return ErrNotNow
	}
	if s.Status != state.Skipped {
		if err := r.mark(step, func(_ *state.File, k *state.Step) { k.Status, k.Error = state.Skipped, nil }); err != nil {
			return fmt.Errorf("skip %s: %w", step, err)
		}
	}
	r.tell(Stepped{Step: step, Number: s.Step.Number, Status: OutcomeSkipped, Saved: Saved{}})
	return nil
}

// Reopen takes skipping back, until a number is provisioned.
func (r *Runner) Reopen(step string) error {
	r.busy.Lock()
	defer r.busy.Unlock()
	number := r.Status(Provision).Status
	if r.Status(step).Status != state.Skipped || number == state.Done || number == state.Sent {
		return ErrNotNow
	}
	if err := r.mark(step, func(_ *state.File, k *state.Step) { k.Status = state.Todo }); err != nil {
		return fmt.Errorf("reopen %s: %w", step, err)
	}
	return nil
}

// Draft keeps what was typed so far, without secrets. A step that is done or
// whose outcome is unknown keeps the answers that were sent.
func (r *Runner) Draft(step string, answers Answers) error {
	f := r.snapshot()
	fields := r.Form(step).Fields
	typed := Answers{}
	for _, fd := range fields {
		typed[fd.Key] = tidy(fd, answers[fd.Key])
	}
	before := f.Steps[step]
	kept := keep(fields, typed, r.env(f, typed), before.Answers)
	if before.Status == state.Done || before.Status == state.Sent || maps.Equal(kept, before.Answers) {
		return nil
	}
	r.absorb(step, answers)
	err := r.mark(step, func(f *state.File, s *state.Step) {
		if s.Status == state.Done || s.Status == state.Sent {
			return // It went out meanwhile.
		}
		s.Answers = kept
		if key := typed[accountKey]; step == Authenticate && key != "" && !Begun(*f) {
			f.AccountKey = key
		}
		if s.Status == "" {
			s.Status = state.Todo
		}
	})
	if err != nil {
		return fmt.Errorf("keep what was typed in %s: %w", step, err)
	}
	return nil
}

// Preview is the request of a step as a cURL command, with its secrets as shell
// variables. Answers that are missing are shown empty.
func (r *Runner) Preview(step string, answers Answers) string {
	f := r.snapshot()
	form := r.Form(step)
	full := r.complete(f, form.Fields, answers)
	if _, ok := field(form.Fields, orderKey); ok && full[orderKey] == "" {
		full[orderKey] = r.orderID(f)
	}
	endpoint := ""
	if step == Authenticate { // No other request names the call that a token is for.
		endpoint = r.nextEndpoint()
	}
	call, err := form.Request(r.input(full, endpoint))
	if err != nil {
		return err.Error()
	}
	return r.client.Curl(call)
}
