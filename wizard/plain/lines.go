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
	Out, Notes io.Writer
	Again      string // The command that goes on.
	Export     string // The command that prints the IDs.
	Dialog     bool   // A person answers: the steps have headings, and what is sent is said.

	sandbox bool
}

// Observe implements steps.Observer.
func (o *Lines) Observe(e steps.Event) {
	switch e := e.(type) {
	case steps.Started:
		o.sandbox = e.Sandbox
		fmt.Fprintf(o.Out, "%s\nProgress is kept in %s\n", heading(e.Edition, e.BaseURL, e.Sandbox), e.State)
		if !o.Dialog {
			fmt.Fprintln(o.Out)
		}
	case steps.Stepped:
		o.stepped(e)
	case steps.Calling:
		switch {
		case e.Try > 1:
			fmt.Fprintf(o.Out, "Sending again, try %d: %s %s\n", e.Try, e.Method, e.URL)
		case o.Dialog:
			fmt.Fprintf(o.Out, "Sending: %s %s\n", e.Method, e.URL)
		}
	case steps.Waiting:
		seconds := max(1, int(time.Until(e.Until).Round(time.Second).Seconds()))
		fmt.Fprintf(o.Out, "Waiting %d s: %s.\n", seconds, reason(e.Reason))
	case steps.Noticed:
		note(o.Notes, e.Text)
	case steps.Ended:
		o.ended(e)
	}
}

func (o *Lines) stepped(e steps.Stepped) {
	step := steps.All()[e.Number-1]
	switch {
	case o.Dialog && e.Failure != nil: // The dialog says it, and asks.
	case o.Dialog && e.Status == steps.OutcomeAlreadyDone:
		fmt.Fprintln(o.Out, strings.TrimRight(fmt.Sprintf("Step %d of %d: %s is done already. %s", e.Number, len(steps.All()), step.Title, list(e.Saved)), " "))
	case o.Dialog:
		word := outcome(e.Status)
		fmt.Fprintln(o.Out, strings.TrimRight(strings.ToUpper(word[:1])+word[1:]+". "+list(e.Saved), " "))
	default:
		line := fmt.Sprintf("%s  %-12s %s", label(step), outcome(e.Status), list(e.Saved))
		if e.Seconds >= 0.1 {
			line += fmt.Sprintf("  (%.1f s)", e.Seconds)
		}
		fmt.Fprintln(o.Out, strings.TrimRight(line, " "))
	}
}

func (o *Lines) ended(e steps.Ended) {
	if e.Exit != steps.ExitDone {
		fmt.Fprintf(o.Out, "\n%s Progress is saved.\nGo on with: %s\n", ending(e.Exit), o.Again)
		return
	}
	fmt.Fprintf(o.Out, "\nSetup complete.\n")
	for _, id := range steps.IDs() {
		if e.IDs[id] != "" {
			fmt.Fprintf(o.Out, "  %-13s %s\n", id, e.IDs[id])
		}
	}
	fmt.Fprintf(o.Out, "\nThe IDs for other programs: %s\n", o.Export)
	if o.sandbox {
		fmt.Fprintf(o.Out, "This was the sandbox: nothing real was created or sent. The real setup: telegent-setup\n")
		return
	}
	fmt.Fprintf(o.Out, "The service accepted the test message. Look at the phone: did it arrive?\n"+
		"If not, check the number in To, and whether the webhook of the message route answers.\n"+
		"Support: %s, %s\n", steps.SupportURL, steps.SupportEmail)
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
