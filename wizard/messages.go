package wizard

import (
	"telegent-setup/steps"
	"telegent-setup/steps/report"
)

// kind is what a command of the runner was for.
type kind int

const (
	signedIn kind = iota
	submitted
	searched
	chosen
	adopted
	skipped
	reopened
	reported // A report was made.
	wrote    // A report was written.
	looked   // The saved IDs were looked up.
)

// resultMsg is what became of a command of the runner. Attempt tells it from
// one that was given up; results of an attempt that is not under way any more
// are dropped.
type resultMsg struct {
	kind    kind
	step    string
	attempt int
	saved   steps.Saved
	found   *found
	row     *steps.Row // That was chosen.
	answers steps.Answers
	report  report.Report
	path    string                    // Of a report.
	seen    map[string]steps.Presence // By step.
	err     error
}

// draftedMsg says that a draft was kept, or why not.
type draftedMsg struct{ err error }

// leaveMsg ends the program, when everything that was typed has been kept.
type leaveMsg struct{ err error }

// panicMsg is a fault of this program inside a command.
type panicMsg struct {
	value any
	stack []byte
}

// litMsg says that the terminal has had its time to tell its background.
type litMsg struct{}

// clipboardMsg is what the clipboard of this machine held, for ctrl+v.
type clipboardMsg struct{ text string }
