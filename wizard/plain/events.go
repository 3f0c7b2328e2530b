package plain

import (
	"fmt"
	"io"

	"telegent-setup/steps"
	"telegent-setup/steps/report"
)

// Events tells a run as JSON Lines, one object an event (CONTRACT.md, Output).
// It implements steps.Observer.
type Events struct{ out, notes io.Writer }

// NewEvents writes events to out, and sentences for the person to notes.
func NewEvents(out, notes io.Writer) *Events { return &Events{out, notes} }

// Observe implements steps.Observer.
func (o *Events) Observe(e steps.Event) {
	if n, ok := e.(steps.Noticed); ok {
		note(o.notes, n.Text)
	}
	if line, ok := report.Encode(e); ok {
		fmt.Fprintf(o.out, "%s\n", line)
	}
}

// note writes a sentence for the person, nothing wrong.
func note(w io.Writer, text string) { fmt.Fprintf(w, "Note: %s\n", text) }
