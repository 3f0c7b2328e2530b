package steps

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"telegent-setup/api"
	"telegent-setup/state"
)

// authenticate is step 1: it asks for a token, and keeps the AccountKey.
func (r *Runner) authenticate(ctx context.Context, a attempt) error {
	token, endpoint, err := r.firstToken(ctx, a.full)
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
	r.tokens[endpoint] = token
	return nil
}

// firstToken gets the token that proves the credentials. A server that has no
// such call may speak the other edition: without a named one, that is tried
// once.
func (r *Runner) firstToken(ctx context.Context, full Answers) (api.Token, string, error) {
	endpoint := r.nextEndpoint()
	token, err := r.newToken(ctx, Authenticate, full, endpoint)
	var e *api.Error
	if !errors.As(err, &e) || !otherEdition(e) || !r.mayGoOver() {
		if err == nil && r.stays() {
			r.tell(Noticed{fmt.Sprintf("This server speaks edition %s of the API; the answers file is written for %s.", r.Edition(), r.Edition().Other())})
		}
		return token, endpoint, err
	}
	r.goOver()
	endpoint = r.nextEndpoint()
	token, other := r.newToken(ctx, Authenticate, full, endpoint)
	if other != nil && !tokenRefused(other, api.Edition2026) { // Else that edition is spoken there.
		r.goOver()
		if errors.As(other, &e) && !otherEdition(e) {
			err = other // It tells more than that there is no such call.
		}
		return token, endpoint, err
	}
	r.stays() // It does not.
	r.tell(Noticed{"This server speaks edition " + string(r.Edition()) + " of the API; going on in it."})
	return token, endpoint, other
}

// otherEdition says whether a token call failed because there is none there.
func otherEdition(e *api.Error) bool {
	return e.Kind == api.Refused && (e.Status == http.StatusNotFound || e.Status == http.StatusMethodNotAllowed)
}

// mayGoOver says whether the edition is still open: nobody named one, and
// nothing was done in it.
func (r *Runner) mayGoOver() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return !r.named && !r.signedIn && !Begun(r.file)
}

// stays says, once, that the edition is certain now and is not the one that the
// given answers are written for.
func (r *Runner) stays() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	misfit := r.misfit
	r.misfit = false
	return misfit
}

// Supposing does something that sends and saves nothing as if the server spoke
// the other edition.
func (r *Runner) Supposing(do func()) {
	r.goOver()
	defer r.goOver()
	do()
}

// goOver changes to the other edition, and back.
func (r *Runner) goOver() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.edition = r.edition.Other()
	if r.regive != nil {
		r.give(r.regive(r.edition))
	}
}

// nextEndpoint is the URL of the call that follows signing in, which the first
// token is for.
func (r *Runner) nextEndpoint() string {
	if r.Edition() == api.Edition2025 {
		return "" // One token is for all; nothing need be worked out.
	}
	for _, s := range r.All()[1:] {
		if s.Status == state.Done || s.Status == state.Skipped {
			continue
		}
		form := r.Form(s.Step.ID)
		if r.Following(s.Step.ID) {
			return r.endpoint(form.Follow("")) // The order is asked for, not placed.
		}
		call, err := form.Request(r.input(r.complete(r.snapshot(), form.Fields, r.Prefill(s.Step.ID)), ""))
		if err == nil {
			return r.endpoint(call)
		}
	}
	return r.endpoint(api.Call{Path: "/account/create"})
}

// endpoint is what a token for a call is kept under: its URL in edition 2026-04,
// where every endpoint needs its own, else "".
func (r *Runner) endpoint(call api.Call) string {
	if r.Edition() == api.Edition2025 {
		return ""
	}
	call.Query = nil
	return r.client.URL(call)
}

// token is the token for a call of a step: the one at hand, or a new one, got
// without asking the person.
func (r *Runner) token(ctx context.Context, step string, call api.Call) (api.Secret, error) {
	endpoint := r.endpoint(call)
	r.mu.Lock()
	token := r.tokens[endpoint]
	r.mu.Unlock()
	if token.Fresh() {
		return token.Value, nil
	}
	f := r.snapshot()
	form := r.Form(Authenticate)
	full := r.complete(f, form.Fields, r.Prefill(Authenticate))
	if len(r.check(Authenticate, form.Fields, full, f)) > 0 {
		return api.Secret{}, &tokenError{&api.Error{Kind: api.Refused, Status: http.StatusUnauthorized}}
	}
	token, err := r.newToken(ctx, step, full, endpoint)
	if err != nil {
		return api.Secret{}, beforeSending(err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.tokens[endpoint] = token
	return token.Value, nil
}

// newToken asks the service for a token.
func (r *Runner) newToken(ctx context.Context, step string, full Answers, endpoint string) (api.Token, error) {
	call, err := r.Form(Authenticate).Request(r.input(full, endpoint))
	if err != nil {
		return api.Token{}, err
	}
	token, err := r.client.Token(ctx, call, r.watch(step, call))
	if err == nil {
		r.mu.Lock()
		r.signedIn = true
		r.mu.Unlock()
	}
	return token, err
}

// beforeSending is a token call that failed ahead of another call: whatever
// became of it, that call did not leave.
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

// tokenRefused says whether a call failed for its token: 401, and where tokens
// are for one endpoint, 403 too.
func tokenRefused(err error, edition api.Edition) bool {
	var e *api.Error
	return errors.As(err, &e) && e.Kind == api.Refused &&
		(e.Status == http.StatusUnauthorized || e.Status == http.StatusForbidden && edition == api.Edition2026)
}
