package plain

import (
	"fmt"
	"io"
)

// Complain writes an error: one line that says what is wrong, then what to do
// about it. An empty remedy is left out.
func Complain(w io.Writer, problem, remedy string) {
	fmt.Fprintf(w, "telegent-setup: %s\n", problem)
	if remedy != "" {
		fmt.Fprintln(w, remedy)
	}
}
