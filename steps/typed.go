package steps

import (
	"fmt"
	"maps"

	"telegent-setup/api"
	"telegent-setup/state"
)

// SetTyped takes answers that a person typed or chose in this run; they stand over
// all others. An empty one takes an answer away.
func (r *Runner) SetTyped(step string, answers Answers) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.typed[step] == nil {
		r.typed[step] = Answers{}
	}
	maps.Copy(r.typed[step], answers)
}

func (r *Runner) hasTyped(step string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.typed[step]) > 0
}

// SetSecret takes a secret that a person typed for the field with this key. It is
// redacted from now on wherever an answer echoes it, and never written.
func (r *Runner) SetSecret(key string, s api.Secret) { r.setSecret(key, s, Typed) }

// setSecret takes a secret, unless one is held whose origin counts more.
func (r *Runner) setSecret(key string, s api.Secret, origin Origin) {
	r.client.Redactor().Add(s)
	r.mu.Lock()
	defer r.mu.Unlock()
	if before := r.secretOrigins[key]; before != NoOrigin && before < origin {
		return
	}
	if key == secretKey && !s.Equal(r.secrets[key]) {
		clear(r.tokens)
	}
	if s.Empty() {
		origin = NoOrigin
	}
	r.secrets[key], r.secretOrigins[key] = s, origin
}

// Draft keeps what was typed so far in the state file, without secrets. A step
// that is done or whose outcome is unknown keeps the answers that were sent.
func (r *Runner) Draft(step string) error {
	if !r.hasTyped(step) {
		return nil
	}
	q := r.Questionnaire(step, true)
	env, before := q.env, q.file.Steps[step]
	env.Answers = Answers{}
	for _, k := range q.known {
		if k.Value != "" {
			env.Answers[k.Key] = k.tidy(k.Value)
		}
	}
	kept := stored(r.Form(step), env, before.Answers)
	if before.Status == state.Done || before.Status == state.Sent || maps.Equal(kept, before.Answers) {
		return nil
	}
	err := r.mark(step, func(f *state.File, s *state.Step) {
		if s.Status == state.Done || s.Status == state.Sent {
			return // It went out meanwhile.
		}
		s.Answers = kept
		if key := env.Answers[accountKey]; step == Authenticate && key != "" && !HasProgress(*f) {
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

// stored is what of the answers may stand in the state file: what was typed or
// sent, without what the program fills in by itself or derives, and without URLs
// that hold a password. What another program kept beside it stays.
func stored(form *Form, env Env, before map[string]string) map[string]string {
	kept := map[string]string{}
	for key, v := range before {
		if !form.has(key) {
			kept[key] = v
		}
	}
	for _, fd := range form.Fields {
		v := env.Answers[fd.Key]
		switch {
		case v == "", fd.Kind == Secret, fd.Auto, v == env.IDs[fd.SavedID], api.HasUserInfo(v):
		case !fd.Applies(env), fd.Derived.Value != "" && v == fd.proposal(env): // It follows from the others.
		default:
			kept[fd.Key] = v
		}
	}
	return kept
}
