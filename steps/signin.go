package steps

import (
	"context"
	"errors"
	"net/http"

	"telegent-setup/api"
	"telegent-setup/state"
)

// authenticate is step 1: it asks for a token, and keeps the AccountKey.
func (r *Runner) authenticate(ctx context.Context, a attempt) error {
	call, err := a.form.Request(r.input(a.full))
	if err != nil {
		return err
	}
	token, err := r.client.Token(ctx, call, r.watch(a.step.ID, call))
	if err != nil {
		return err
	}
	if err := r.mark(Authenticate, func(f *state.File, s *state.Step) {
		f.AccountKey = a.full[accountKey]
		s.Status, s.Error, s.Answers = state.Done, nil, nil
	}); err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	clear(r.tokens)
	r.tokens[""] = token
	return nil
}

// token is the token for a step: the one at hand, or a new one, got without
// asking the person.
func (r *Runner) token(ctx context.Context, step string) (api.Secret, error) {
	r.mu.Lock()
	token := r.tokens[""]
	r.mu.Unlock()
	if token.Fresh() {
		return token.Value, nil
	}
	f := r.snapshot()
	form := r.Form(Authenticate)
	full := r.complete(f, form.Fields, r.Prefill(Authenticate))
	if len(r.check(Authenticate, form.Fields, full, f)) > 0 {
		return api.Secret{}, &api.Error{Kind: api.Refused, Status: http.StatusUnauthorized}
	}
	call, err := form.Request(r.input(full))
	if err != nil {
		return api.Secret{}, err
	}
	token, err = r.client.Token(ctx, call, r.watch(step, call))
	if err != nil {
		return api.Secret{}, beforeSending(err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.tokens[""] = token
	return token.Value, nil
}

// beforeSending is a token call that failed ahead of a creating call: whatever
// became of it, the creating call did not leave.
func beforeSending(err error) error {
	var e *api.Error
	if !errors.As(err, &e) {
		return err
	}
	unsent := *e
	unsent.Sent = false
	return &tokenError{&unsent}
}

// tokenError is an error of a token call made for a step.
type tokenError struct{ cause *api.Error }

// Error implements error.
func (e *tokenError) Error() string { return "sign in: " + e.cause.Error() }

// Unwrap gives the error of the call.
func (e *tokenError) Unwrap() error { return e.cause }

// forget drops a token that the service refused.
func (r *Runner) forget(token api.Secret) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for endpoint, t := range r.tokens {
		if t.Value.Equal(token) {
			delete(r.tokens, endpoint)
		}
	}
}

// tokenRefused says whether a call failed for its token.
func tokenRefused(err error) bool {
	var e *api.Error
	return errors.As(err, &e) && e.Kind == api.Refused && e.Status == http.StatusUnauthorized
}
