package steps

import (
	"context"
	"errors"
	"maps"

	"telegent-setup/api"
	"telegent-setup/state"
)

// call sends one call of a step with its token. A token that is refused is
// renewed once, unseen. ahead is called when the token is in hand and the call
// is about to leave.
func (r *Runner) call(ctx context.Context, step string, call api.Call, ahead func() error) (api.Answer, error) {
	token, err := r.token(ctx, step, call)
	if err != nil {
		return api.Answer{}, err
	}
	if err := ahead(); err != nil {
		return api.Answer{}, err
	}
	answer, err := r.client.Do(ctx, call, token, r.watch(step, call))
	if !tokenRefused(err, r.Edition()) {
		return answer, err
	}
	r.forget(token)
	if token, err = r.token(ctx, step, call); err != nil {
		return api.Answer{}, err
	}
	return r.client.Do(ctx, call, token, r.watch(step, call))
}

// send sends the call of a step.
func (r *Runner) send(ctx context.Context, a attempt, ahead func() error) (api.Answer, error) {
	call, err := a.form.Request(r.input(a.full, ""))
	if err != nil {
		return api.Answer{}, err
	}
	return r.call(ctx, a.step.ID, call, ahead)
}

func (r *Runner) input(full Answers, endpoint string) Input {
	ids := r.Saved()
	r.mu.Lock()
	defer r.mu.Unlock()
	return Input{Answers: full, Secrets: maps.Clone(r.secrets), IDs: ids, Edition: r.edition, Endpoint: endpoint}
}

// writeAhead says on disk that a creating call is about to leave.
func (r *Runner) writeAhead(a attempt) error {
	return r.mark(a.step.ID, func(f *state.File, s *state.Step) {
		s.Status, s.Error = state.Sent, nil
		s.Answers = keep(a.form.Fields, r.env(*f, a.full), s.Answers)
		s.OrderID = a.full[orderKey]
	})
}

// unreadable is an answer of success that does not say what it should.
func unreadable(answer api.Answer, err error) error {
	if _, ok := errors.AsType[*api.Error](err); ok {
		return err
	}
	kind := api.Unexpected
	if errors.Is(err, errMissingID) {
		kind = api.MissingID
	}
	return &api.Error{Kind: kind, Status: answer.Status, HTML: answer.HTML, Sent: true, Err: err}
}
