package plain

import (
	"fmt"
	"io"
)

// The exit statuses of the program.
const (
	Finished  = 0   // Every step is done, or what was asked worked.
	Broken    = 1   // An unexpected error of this program or machine.
	Misused   = 2   // Wrong usage or answers; nothing was sent.
	Stopped   = 3   // Stopped by the person before the end.
	Refused   = 4   // The service refused a step.
	Unsettled = 5   // The service was out of reach, or an outcome is unknown.
	Unusable  = 6   // The state file cannot be used.
	Signalled = 130 // Ended by a signal.
)

// Complain writes an error: one line that says what is wrong, then what to do
// about it. An empty remedy is left out.
func Complain(w io.Writer, problem, remedy string) {
	fmt.Fprintf(w, "telegent-setup: %s\n", problem)
	if remedy != "" {
		fmt.Fprintln(w, remedy)
	}
}
