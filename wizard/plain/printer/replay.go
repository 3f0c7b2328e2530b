package printer

import (
	"fmt"
	"io"
	"strings"

	"telegent-setup/api/text"
	"telegent-setup/steps"
	"telegent-setup/steps/report"
)

// Replay tells a recorded run to o as it was told when it was made, and its
// failures to notes. Nothing is sent. The error is that of o.
func Replay(run report.Run, o steps.Observer, notes io.Writer) error {
	for _, event := range run.Events {
		if err := o.Observe(event); err != nil {
			return err
		}
		if e, ok := event.(steps.Stepped); ok && e.Failure != nil {
			Failure(notes, e.Failure)
		}
	}
	if _, ended := run.Ended(); !ended {
		Note(notes, "the record ends here: the run was killed, or was still going on.")
	}
	return nil
}

// Replaying says which run of a report is replayed, from 1.
func Replaying(w io.Writer, r report.Report, run int) {
	Note(w, fmt.Sprintf("run %d of %d in a report of %s; nothing is sent.", run, len(r.Runs), r.Created.Format("2006-01-02 15:04 UTC")))
}

// Summary says what is in a report, before it is written.
func Summary(w io.Writer, r report.Report) {
	for _, line := range r.Summary() {
		fmt.Fprintln(w, line)
	}
}

// Kept says what became of the files of a setup that was started over.
func Kept(w io.Writer, path string, kept []string) error {
	var lines strings.Builder
	if len(kept) == 0 {
		fmt.Fprintf(&lines, "There is no setup in %s.\n", text.OneLine(path))
	}
	for _, old := range kept {
		fmt.Fprintf(&lines, "Kept: %s\n", text.OneLine(old))
	}
	_, err := io.WriteString(w, lines.String())
	return err
}
