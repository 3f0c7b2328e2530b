package steps

import (
	"context"
	"errors"
	"maps"
	"net/http"

	"telegent-setup/api"
	"telegent-setup/state"
)

// SignInProblems names what is missing or wrong in the credentials.
func (r *Runner) SignInProblems() []Problem {
	return r.Questionnaire(Authenticate, false).Problems(nil)
}

// authenticate is step 1: it asks for a token, and keeps the AccountKey.
func (r *Runner) authenticate(ctx context.Context, a attempt) error {
	if err := r.firstToken(ctx); err != nil {
		return err
	}
	return r.mark(Authenticate, func(f *state.File, s *state.Step) {
		f.AccountKey = a.answers[accountKey]
		s.Status, s.Error, s.Answers = state.Done, nil, nil
	})
}

// firstToken gets the token that proves the credentials. A server that does not
// take the call of one edition may speak the other: unless an edition was named,
// that is tried once (CONTRACT.md, --edition).
func (r *Runner) firstToken(ctx context.Context) error {
	_, err := r.newToken(ctx, Authenticate, r.nextEndpoint())
	if err == nil {
		r.settleEdition(false)
		return nil
	}
	first := statusOf(err)
	if !r.editionOpen() || !denied(first) && !noSuchCall(first) {
		return err
	}
	r.switchEdition()
	_, other := r.newToken(ctx, Authenticate, r.nextEndpoint())
	if other == nil || noSuchCall(first) && denied(statusOf(other)) { // That edition is spoken there.
		r.settleEdition(true)
		return other
	}
	r.switchEdition() // The first answer stands.
	return err
}

// statusOf is the HTTP status of a refusal; 0 for every other error.
func statusOf(err error) int {
	if e, ok := errors.AsType[*api.Error](err); ok && e.Kind == api.Refused {
		return e.Status
	}
	return 0
}

// denied says whether a status means that the credentials or the token will not do.
func denied(status int) bool {
	return status == http.StatusUnauthorized || status == http.StatusForbidden
}

// noSuchCall says whether a status means that there is no such call.
func noSuchCall(status int) bool {
	return status == http.StatusNotFound || status == http.StatusMethodNotAllowed
}

// nextEndpoint is the URL of the call that follows signing in, which the first
// token is for.
func (r *Runner) nextEndpoint() string {
	next, more := r.Next()
	if !more || next.ID == Authenticate {
		next = find(Account)
	}
	if r.Status(next.ID).Following {
		return r.endpoint(orderCall("")) // The order is asked for, not placed.
	}
	return r.endpoint(api.Call{Path: r.Form(next.ID).Path})
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
	if len(r.SignInProblems()) > 0 {
		return api.Secret{}, errSignedOut
	}
	token, err := r.newToken(ctx, step, endpoint)
	if e, ok := errors.AsType[*api.Error](err); ok { // Whatever became of it, the call that it is for did not leave.
		unsent := *e
		unsent.Sent = false
		err = &partError{signingIn, &unsent}
	}
	return token.Value, err
}

// errSignedOut means that a call needs a token, and the credentials are not there
// to get one.
var errSignedOut = errors.New("sign in first: the AccountSecret is not known in this run")

// newToken asks the service for a token, and keeps it. Those of an earlier sign-in go
// with a new one.
func (r *Runner) newToken(ctx context.Context, step, endpoint string) (api.Token, error) {
	call := r.tokenCall(nil, endpoint)
	token, err := r.client.Token(ctx, call, r.watch(step, call))
	if err != nil {
		return api.Token{}, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if step == Authenticate {
		clear(r.tokens)
	}
	r.tokens[endpoint] = token
	return token, nil
}

// tokenCall makes the call for a token for an endpoint, with the edits of a person over
// the credentials that are known.
func (r *Runner) tokenCall(edits Answers, endpoint string) api.Call {
	_, call := r.request(r.Questionnaire(Authenticate, false), edits)
	call.NoToken = true
	if endpoint != "" {
		call.Body = append(call.Body, api.Member{Path: "ApiEndpoint", Value: endpoint})
	}
	return call
}

func (r *Runner) forgetToken(token api.Secret) {
	r.mu.Lock()
	defer r.mu.Unlock()
	maps.DeleteFunc(r.tokens, func(_ string, t api.Token) bool { return t.Value.Equal(token) })
}
