package steps

import (
	"errors"
	"fmt"

	"telegent-setup/state"
)

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
