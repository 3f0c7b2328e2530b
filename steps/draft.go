package steps

import (
	"fmt"
	"maps"

	"telegent-setup/state"
)

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
	kept := keep(fields, r.env(f, typed), before.Answers)
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
	r.numberOrder(f, form, full)
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
