package report

import (
	"fmt"
	"slices"
	"strings"

	"telegent-setup/steps"
)

const (
	mailSize    = 1 << 20 // The bytes of a report, so that it fits into a mail.
	shortAnswer = 1 << 10 // What of a long answer is left where room is wanted.
)

// shorten makes a report fit into most bytes: without its oldest runs, then with
// short answers, then without the oldest calls. It counts what it cuts.
func (r *Report) shorten(most int) {
	sizes := make([]int, len(r.Runs))
	total := 16 << 10 // Of what is around the runs: a guess that is too large.
	for i, run := range r.Runs {
		sizes[i] = run.size()
		total += sizes[i]
	}
	for len(r.Runs) > 1 && total > most {
		total -= sizes[0]
		r.Runs, sizes = r.Runs[1:], sizes[1:]
		r.Cut.Runs++
	}
	if len(r.Runs) == 0 || total <= most {
		return
	}
	run := &r.Runs[0]
	for i, event := range run.Events {
		x, ok := event.(steps.Exchanged)
		if !ok || len(x.Exchange.Answer) <= shortAnswer {
			continue
		}
		answer := x.Exchange.Answer
		kept := strings.ToValidUTF8(answer[:shortAnswer], "")
		x.Exchange.Answer = fmt.Sprintf("%s… (%d bytes more)", kept, len(answer)-len(kept))
		run.Events[i] = x
		r.Cut.Answers++
	}
	excess := total + run.size() - sizes[0] - most
	run.Events = slices.DeleteFunc(run.Events, func(e steps.Event) bool {
		_, call := e.(steps.Exchanged)
		if !call || excess <= 0 {
			return false
		}
		excess -= recordSize(e)
		r.Cut.Calls++
		return true
	})
}

func (r Run) size() int {
	size := 0
	for _, event := range r.Events {
		size += recordSize(event)
	}
	return size
}

// recordSize is about how many bytes an event has in a report, indented.
func recordSize(e steps.Event) int {
	const indentation = 400
	line, _ := Record(e)
	return len(line) + indentation
}

// Summary says for people what is in a report and what is not, a sentence a
// line.
func (r Report) Summary() []string {
	calls := 0
	for _, run := range r.Runs {
		for _, event := range run.Events {
			if _, ok := event.(steps.Exchanged); ok {
				calls++
			}
		}
	}
	ids := steps.SavedIn(r.State)
	in := fmt.Sprintf("In the report: version %s on %s, edition %s, %s", r.Program.Version, r.Program.Platform, r.Edition, r.BaseURL)
	if r.State.AccountKey != "" {
		in += ", AccountKey " + r.State.AccountKey
	}
	lines := []string{
		in + ".",
		fmt.Sprintf("Also: %s, %s with %s and their answers, and the names, email addresses, phone numbers and messages in them.",
			steps.CountOf(len(ids), "saved ID"), steps.CountOf(len(r.Runs), "run"), steps.CountOf(calls, "call")),
		"Left out: tokens, AccountSecret, passwords, ICCID, QR codes, and the user info and query values of URLs.",
	}
	var cut []string
	for _, c := range []struct {
		n    int
		what string
	}{{r.Cut.Runs, "old run"}, {r.Cut.Calls, "old call"}, {r.Cut.Answers, "end of a long answer"}, {r.Cut.Records, "record that cannot be read"}} {
		if c.n > 0 {
			cut = append(cut, fmt.Sprintf("%d x %s", c.n, c.what))
		}
	}
	if len(cut) > 0 {
		lines = append(lines, "Cut: "+strings.Join(cut, ", ")+".")
	}
	return lines
}
