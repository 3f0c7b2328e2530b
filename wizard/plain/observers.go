package plain

import (
	"cmp"
	"fmt"
	"io"
	"strings"
	"time"

	"telegent-setup/api/text"
	"telegent-setup/steps"
	"telegent-setup/steps/report"
)

// Lines tells a run in lines for people. It implements steps.Observer.
type Lines struct {
	Out, Notes io.Writer
	Again      string // The command that goes on.
	Export     string // The command that prints the IDs.
	Dialog     bool   // A person answers: the steps have headings, and failures are told by who asks.

	failed error // Of writing.
}

// Observe implements steps.Observer. The error is that of writing a line.
func (o *Lines) Observe(e steps.Event) error {
	switch e := e.(type) {
	case steps.Started:
		o.say("%s\n", Heading(e.Edition, e.BaseURL, e.Sandbox))
		if !o.Dialog {
			o.say("Progress is kept in %s\n\n", text.OneLine(e.State))
		}
	case steps.EditionFound:
		Note(o.Notes, editionFound(e))
	case steps.Stepped:
		o.stepped(e)
	case steps.Calling:
		if e.Try > 1 {
			o.say("Sending again, try %d: %s %s\n", e.Try, e.Method, e.URL)
		}
	case steps.Waiting:
		o.waiting(e)
	case steps.Delivered:
		o.say("%s\n", delivered(e))
	case steps.Replied:
		o.say("Answered: a message came back from that phone.\n")
	case steps.Noticed:
		Note(o.Notes, e.Text)
	case steps.Ended:
		o.ended(e)
	}
	return o.failed
}

func (o *Lines) say(format string, a ...any) {
	_, err := fmt.Fprintf(o.Out, format, a...)
	o.failed = cmp.Or(o.failed, err)
}

func (o *Lines) stepped(e steps.Stepped) {
	step, _ := steps.Find(e.Step)
	switch {
	case o.Dialog && e.Failure != nil: // The dialog says it, and asks.
	case o.Dialog && e.Status == steps.StatusAlreadyDone:
		o.say("%s\n", strings.TrimSpace(fmt.Sprintf("Step %d of %d: %s is done already. %s", e.Number, len(steps.All()), step.Title, e.Saved)))
	case o.Dialog:
		word := string(e.Status)
		o.say("%s\n", strings.TrimSpace(strings.ToUpper(word[:1])+word[1:]+". "+e.Saved.String()))
	default:
		line := fmt.Sprintf("%s  %-12s %s", Label(step), strings.ReplaceAll(string(e.Status), "-", " "), e.Saved)
		if e.Seconds >= 0.1 {
			line += fmt.Sprintf("  (%.1f s)", e.Seconds)
		}
		o.say("%s\n", strings.TrimRight(line, " "))
	}
}

// waiting says why the next call waits. The rhythm of asking for a delivery is not
// worth a line.
func (o *Lines) waiting(e steps.Waiting) {
	if e.Reason == "delivery" {
		return
	}
	seconds := max(1, int(time.Until(e.Until).Round(time.Second).Seconds()))
	o.say("Waiting %d s: %s.\n", seconds, reason(e.Reason))
}

func (o *Lines) ended(e steps.Ended) {
	if e.Exit != steps.ExitDone {
		o.say("\n%s Progress is saved.\nGo on with: %s\n", ending(e.Exit), o.Again)
		return
	}
	o.say("\nSetup complete.\n")
	for _, id := range steps.IDFacts(e.IDs) {
		o.say("  %-13s %s\n", id.Name, id.Value)
	}
	o.say("\nThe IDs for other programs: %s\n", o.Export)
}

// delivered is what a status of the test message means.
func delivered(e steps.Delivered) string {
	switch {
	case steps.MessageArrived(e.Status):
		return fmt.Sprintf("The message was delivered in %.1f s.", e.Seconds)
	case steps.MessageFailed(e.Status):
		return fmt.Sprintf("The message was not delivered: the service says %s.", e.Status)
	}
	return fmt.Sprintf("The message is on its way: the service says %s.", e.Status)
}

// sayFinished says what there is to know and to do at the end, but the IDs, which
// the end of the run tells.
func sayFinished(w io.Writer, prompt steps.Prompt) {
	for _, paragraph := range prompt.Text {
		if paragraph.Role != steps.Ticked {
			fmt.Fprintln(w, paragraph.Text)
		}
	}
}

// ending says for people how a run ended that did not get through.
func ending(exit int) string {
	return cmp.Or(map[int]string{
		steps.ExitStopped:   "Stopped.",
		steps.ExitMisused:   "Answers are missing or not right.",
		steps.ExitRefused:   "The service refused a step.",
		steps.ExitUnsettled: "The service was out of reach, or the outcome of a step is not known.",
		steps.ExitSignalled: "Interrupted.",
	}[exit], "Stopped by an error.")
}

func reason(r string) string {
	return cmp.Or(map[string]string{
		"rate limit": "the service asks for a pause (rate limit)",
		"connection": "the service was not reached",
		"pace":       "no more than 50 requests a minute",
		"order":      "the order is under way",
		"look-up":    "it is not there yet, and is looked for once more",
	}[r], r)
}

// Heading says what a setup talks to.
func Heading(edition, baseURL string, sandbox bool) string {
	if sandbox {
		baseURL = "the sandbox: nothing real happens"
	}
	return fmt.Sprintf("Telegent setup, edition %s, %s", edition, baseURL)
}

// Label is a step's place and title, padded so that what follows lines up.
func Label(s *steps.Step) string {
	return fmt.Sprintf("Step %d of %d  %-23s", s.Number, len(steps.All()), s.Title)
}

// Events tells a run as JSON Lines, one object an event (CONTRACT.md, Output), and
// sentences for the person on Notes. It implements steps.Observer.
type Events struct{ Out, Notes io.Writer }

// Observe implements steps.Observer. The error is that of writing an event.
func (o *Events) Observe(e steps.Event) error {
	switch e := e.(type) {
	case steps.Noticed:
		Note(o.Notes, e.Text)
	case steps.EditionFound:
		Note(o.Notes, editionFound(e))
	}
	line, ok := report.Encode(e)
	if !ok {
		return nil
	}
	if _, err := fmt.Fprintf(o.Out, "%s\n", line); err != nil {
		return fmt.Errorf("write an event to standard output: %w", err)
	}
	return nil
}

func editionFound(e steps.EditionFound) string {
	return fmt.Sprintf("This server speaks edition %s of the API; the run goes on in it.", e.Edition)
}
