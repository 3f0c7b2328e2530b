package steps

import (
	"errors"

	"telegent-setup/state"
)

// The exit statuses of the program (CONTRACT.md, Exit status).
const (
	ExitDone      = 0   // Every step is done, or what was asked worked.
	ExitBroken    = 1   // An unexpected error of this program or machine.
	ExitMisused   = 2   // Wrong usage or answers; nothing was sent.
	ExitStopped   = 3   // Stopped by the person before the end.
	ExitRefused   = 4   // The service refused a step.
	ExitUnsettled = 5   // The service was out of reach, or an outcome is unknown.
	ExitUnusable  = 6   // The state file cannot be used.
	ExitSignalled = 130 // Ended by a signal.
)

// ExitOf is the exit status of an error of this machine that ends a run.
func ExitOf(err error) int {
	if errors.Is(err, state.ErrInUse) {
		return ExitUnusable
	}
	return ExitBroken
}

// IsExit says whether the program ends with this status.
func IsExit(status int) bool {
	return status >= ExitDone && status <= ExitUnusable || status == ExitSignalled
}
