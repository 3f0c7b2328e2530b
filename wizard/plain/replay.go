package plain

import (
	"fmt"
	"io"

	"telegent-setup/steps"
	"telegent-setup/steps/report"
)

// Replay tells a recorded run to o as it was told when it was made, and its
// failures to notes. Nothing is sent.
func Replay(run report.Run, o steps.Observer, notes io.Writer) {
	for _, event := range run.Events {
		o.Observe(event)
		if e, ok := event.(steps.Stepped); ok && e.Failure != nil {
			explain(notes, e.Failure)
		}
	}
	if _, ended := run.Ended(); !ended {
		note(notes, "the record ends here: the run was killed, or was still going on.")
	}
}

// Replaying says which run of a report is replayed, from 1.
func Replaying(w io.Writer, r report.Report, run int) {
	note(w, fmt.Sprintf("run %d of %d in a report of %s; nothing is sent.", run, len(r.Runs), r.Created.Format("2006-01-02 15:04 UTC")))
}

// Summary says what is in a report, before it is written.
func Summary(w io.Writer, r report.Report) {
	for _, line := range r.Summary() {
		fmt.Fprintln(w, line)
	}
}
