package plain

import (
	"fmt"
	"io"

	"telegent-setup/steps"
	"telegent-setup/steps/report"
	"telegent-setup/wizard/plain/printer"
)

// Events tells a run as JSON Lines, one object an event (CONTRACT.md, Output).
// It implements steps.Observer.
type Events struct{ out, notes io.Writer }

// NewEvents writes events to out, and sentences for the person to notes.
func NewEvents(out, notes io.Writer) *Events { return &Events{out, notes} }

// Observe implements steps.Observer. The error is that of writing an event.
func (o *Events) Observe(e steps.Event) error {
	switch e := e.(type) {
	case steps.Noticed:
		printer.Note(o.notes, e.Text)
	case steps.EditionFound:
		printer.Note(o.notes, editionFound(e))
	}
	line, ok := report.Encode(e)
	if !ok {
		return nil
	}
	if _, err := fmt.Fprintf(o.out, "%s\n", line); err != nil {
		return fmt.Errorf("write an event to standard output: %w", err)
	}
	return nil
}

func editionFound(e steps.EditionFound) string {
	return fmt.Sprintf("This server speaks edition %s of the API; the run goes on in it.", e.Edition)
}
