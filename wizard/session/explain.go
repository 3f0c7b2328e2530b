package session

import (
	"errors"

	"telegent-setup/api/sandbox"
	"telegent-setup/state"
	"telegent-setup/steps"
	"telegent-setup/steps/answers"
)

// UsageError is a flag or a variable that cannot be used; nothing was sent.
type UsageError struct{ Problem, Remedy string }

func (e *UsageError) Error() string { return e.Problem }

// Explain gives the exit status of an error of this package or of those below
// it, what is wrong and what to do about it. ok is false for all others.
func Explain(err error) (status int, problem, remedy string, ok bool) {
	var usage *UsageError
	var unread *answers.Error
	var foreign *steps.ForeignError
	var unusable *state.UnusableError
	var lost *state.LostLockError
	switch {
	case errors.As(err, &usage):
		return steps.ExitMisused, usage.Problem, usage.Remedy, true
	case errors.As(err, &unread):
		return steps.ExitMisused, unread.Error(), unread.Remedy(), true
	case errors.As(err, &foreign):
		return steps.ExitUnusable, foreign.Error(), foreign.Remedy(), true
	case errors.As(err, &unusable):
		return steps.ExitUnusable, "the state file cannot be used: " + unusable.Error(),
			"It was left as it is. Name another one with --state FILE, or start over with telegent-setup reset, which keeps it under a dated name.", true
	case errors.As(err, &lost):
		return steps.ExitUnusable, err.Error(), lost.Remedy(), true
	case errors.Is(err, state.ErrInUse):
		return steps.ExitUnusable, "the state file is " + state.ErrInUse.Error(),
			"Wait for that run to end, or start a second setup with --state FILE.", true
	case errors.Is(err, sandbox.ErrDamaged):
		return steps.ExitUnusable, err.Error(),
			"Start over with telegent-setup reset --sandbox, and the --state FILE that you gave, which keeps the old data under a dated name.", true
	}
	return 0, "", "", false
}
