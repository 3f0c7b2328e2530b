package plain

import (
	"cmp"
	"fmt"
	"io"
	"strings"
	"time"

	"telegent-setup/steps"
)

// Lines tells a run in lines for people. It implements steps.Observer.
type Lines struct {
	out, notes io.Writer
	command    string // How the program was called, to go on with.
	state      string
	sending    bool // Says what is sent, for a person who waits.
}

// NewLines writes the log of a run to out, and notes to notes. command is how
// the program was called.
func NewLines(out, notes io.Writer, command string) *Lines {
	return &Lines{out: out, notes: notes, command: command}
}

// Sending makes o say what is being sent too, and returns it.
func (o *Lines) Sending() *Lines {
	o.sending = true
	return o
}

// Observe implements steps.Observer.
func (o *Lines) Observe(e steps.Event) {
	switch e := e.(type) {
	case steps.Started:
		o.state = e.State
		fmt.Fprintf(o.out, "%s\n", heading(e.Edition, e.BaseURL, e.Sandbox))
		fmt.Fprintf(o.out, "Progress is kept in %s\n\n", e.State)
	case steps.Stepped:
		o.stepped(e)
	case steps.Calling:
		switch {
		case e.Try > 1:
			fmt.Fprintf(o.out, "Sending again, try %d: %s %s\n", e.Try, e.Method, e.URL)
		case o.sending:
			fmt.Fprintf(o.out, "Sending: %s %s\n", e.Method, e.URL)
		}
	case steps.Waiting:
		seconds := max(1, int(time.Until(e.Until).Round(time.Second).Seconds()))
		fmt.Fprintf(o.out, "Waiting %d s: %s.\n", seconds, reason(e.Reason))
	case steps.Noticed:
		note(o.notes, e.Text)
	case steps.Ended:
		o.ended(e)
	}
}

func (o *Lines) stepped(e steps.Stepped) {
	step := steps.All()[e.Number-1]
	line := fmt.Sprintf("%s  %-12s %s", label(step), outcome(e.Status), list(e.Saved))
	if e.Seconds > 0 && e.Status == steps.OutcomeDone {
		line = fmt.Sprintf("%s  (%.1f s)", strings.TrimRight(line, " "), e.Seconds)
	}
	fmt.Fprintln(o.out, strings.TrimRight(line, " "))
}

func (o *Lines) ended(e steps.Ended) {
	if e.Exit != steps.ExitDone {
		fmt.Fprintf(o.out, "\n%s Progress is saved.\nGo on with: %s\n", ending(e.Exit), o.command)
		return
	}
	fmt.Fprintf(o.out, "\nSetup complete.\n")
	for _, id := range steps.IDs() {
		if e.IDs[id] != "" {
			fmt.Fprintf(o.out, "  %-13s %s\n", id, e.IDs[id])
		}
	}
	fmt.Fprintf(o.out, "\nThe service accepted the test message. Look at the phone: did it arrive?\n"+
		"If not, check the number in To, and whether the message route's webhook answers.\n"+
		"The IDs for other programs: telegent-setup export\nSupport: %s, %s\n", steps.SupportURL, steps.SupportEmail)
}

// ending says for people how a run ended that did not get through.
func ending(exit int) string {
	switch exit {
	case steps.ExitStopped:
		return "Stopped."
	case steps.ExitRefused:
		return "The service refused a step."
	case steps.ExitUnsettled:
		return "The service was out of reach, or the outcome of a step is not known."
	case steps.ExitSignalled:
		return "Interrupted."
	}
	return "Stopped by an error."
}

func outcome(o steps.Outcome) string {
	if o == steps.OutcomeAlreadyDone {
		return "already done"
	}
	return string(o)
}

// reason says why a try waits.
func reason(r string) string {
	return cmp.Or(map[string]string{
		"rate limit": "the service asks for a pause (rate limit)",
		"connection": "the service was not reached",
		"pace":       "no more than 50 requests a minute",
		"order":      "the order is under way",
	}[r], r)
}
