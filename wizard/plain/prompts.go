package plain

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"telegent-setup/steps"
	"telegent-setup/wizard/plain/printer"
)

// Dialog is what plain prompts need.
type Dialog struct {
	Runner *steps.Runner
	In     io.Reader
	Out    io.Writer
	Err    io.Writer
}

// Prompts walks a person through the setup line by line, and returns the exit
// status.
func Prompts(ctx context.Context, d Dialog) int {
	p := &prompts{Dialog: d, in: newLineReader(d.In, d.Out)}
	p.flow = steps.NewFlow(d.Runner, true)
	exit := p.run(ctx)
	p.flow.End(exit)
	return finalStatus(d.Runner, d.Err, exit)
}

// prompts asks what a flow puts before the person.
type prompts struct {
	Dialog
	flow    *steps.Flow
	in      *lineReader
	greeted bool
	before  steps.Prompt // What was asked last.
	listing bool         // :find leads to the list of what the service has.
}

func (p *prompts) run(ctx context.Context) int {
	for {
		if exit, left := p.flow.Left(); left {
			return exit
		}
		reply, err := p.ask(ctx, p.flow.Prompt())
		if err == nil {
			err = p.reply(ctx, reply)
		}
		if err != nil || ctx.Err() != nil {
			return p.stopped(ctx, reply, err)
		}
	}
}

// ask puts a prompt before the person, and returns what the person did. Where
// there is nothing to decide line by line, it goes on by itself. With an error the
// reply has what was typed.
func (p *prompts) ask(ctx context.Context, prompt steps.Prompt) (steps.Reply, error) {
	p.tell(prompt)
	p.before = prompt
	switch prompt.Kind {
	case steps.WelcomePrompt:
		return take(prompt, steps.Start), nil
	case steps.PlanPrompt:
		return take(prompt, steps.Continue), nil
	case steps.DeliveryPrompt:
		return take(prompt, steps.Watch), nil
	case steps.FormPrompt:
		return p.form(ctx, prompt, steps.Submit)
	case steps.AdoptPrompt:
		return p.adopt(ctx, prompt)
	case steps.ListPrompt:
		return p.list(ctx, prompt)
	case steps.FinishedPrompt:
		return p.finish(ctx, prompt)
	}
	return p.menu(ctx, prompt)
}

// adopt asks for the IDs of what the customer has already, unless it is to be chosen
// from what the service has.
func (p *prompts) adopt(ctx context.Context, prompt steps.Prompt) (steps.Reply, error) {
	list, can := prompt.Option(steps.OpenList)
	if listing := p.listing; listing {
		p.listing = false
		if can {
			return steps.Reply{Option: list}, nil
		}
		p.say("What the service has cannot be listed here.")
	} else if can {
		p.say(":find lists what the service has.")
	}
	return p.form(ctx, prompt, steps.Adopt)
}

// take takes the first option with an action.
func take(prompt steps.Prompt, do steps.Action) steps.Reply {
	o, _ := prompt.Option(do)
	return steps.Reply{Option: o}
}

// finish asks at the end only whether the message arrived, and only in the run
// that sent it. The end of the input ends the run here.
func (p *prompts) finish(ctx context.Context, prompt steps.Prompt) (steps.Reply, error) {
	if _, open := prompt.Option(steps.OpenArrival); !open || !p.greeted {
		return take(prompt, steps.Leave), nil
	}
	reply, err := p.menu(ctx, prompt)
	if errors.Is(err, errEnd) {
		return take(prompt, steps.Leave), nil
	}
	return reply, err
}

// reply carries on with what the person did.
func (p *prompts) reply(ctx context.Context, reply steps.Reply) error {
	if reply.Sends && reply.Doing != "" && reply.Do != steps.Watch {
		p.say("%s.", reply.Doing)
	}
	switch {
	case reply.Do == steps.Watch:
		return p.watch(ctx, reply)
	case reply.Do == steps.Back && p.before.Kind == steps.ConfirmPrompt:
		p.say("Nothing was sent. Here are the questions again; :quit leaves.")
	}
	return p.flow.Reply(ctx, reply)
}

// watch waits for the delivery of the message. At a terminal, Enter goes on
// without it.
func (p *prompts) watch(ctx context.Context, reply steps.Reply) error {
	if p.in.terminal == nil {
		return p.flow.Reply(ctx, reply)
	}
	p.say("Enter goes on without waiting.")
	waiting, stop := context.WithCancel(ctx)
	typed := p.in.waitForLine(waiting, stop)
	err := p.flow.Reply(waiting, reply)
	stop()
	<-typed
	return err
}

// stopped is the exit status of a run that was left in the middle, after saying
// why. What was typed so far is kept.
func (p *prompts) stopped(ctx context.Context, reply steps.Reply, err error) int {
	kept := p.flow.Reply(context.WithoutCancel(ctx), steps.Reply{Edits: reply.Edits})
	switch {
	case ctx.Err() != nil && (p.in.terminal == nil || Interrupted(ctx) == steps.ExitSignalled):
		return steps.ExitSignalled
	case ctx.Err() != nil, errors.Is(err, errQuit):
		return p.quit(kept)
	case errors.Is(err, errEnd):
		printer.Complain(p.Err, "the input ended before the setup did", "Progress is saved; start again to go on.")
		return p.quit(kept)
	}
	if invalid, ok := errors.AsType[*steps.Invalid](err); ok {
		_ = Problems(nil, p.Err, invalid.Problems) // There are no events that could fail.
		return steps.ExitMisused
	}
	if unread, _ := Unread(nil, p.Err, err); unread {
		return steps.ExitMisused
	}
	return failed(p.Err, err)
}

// quit is the exit status of a person who left.
func (p *prompts) quit(kept error) int {
	if kept != nil {
		return failed(p.Err, kept)
	}
	if _, more := p.Runner.Next(); !more {
		return steps.ExitDone
	}
	return steps.ExitStopped
}

// Interrupted is the exit status after a signal at a terminal: ctrl+c is a
// person who leaves.
func Interrupted(ctx context.Context) int {
	// The cause that signal.NotifyContext gives has no type to ask for.
	if cause := context.Cause(ctx); cause != nil && cause.Error() == fmt.Sprintf("%s signal received", os.Interrupt) {
		return steps.ExitStopped
	}
	return steps.ExitSignalled
}

func (p *prompts) say(format string, a ...any) { fmt.Fprintf(p.Out, format+"\n", a...) }

// tell says what a prompt has to say before anything is asked.
func (p *prompts) tell(prompt steps.Prompt) {
	for _, note := range prompt.Notes {
		p.say("%s", note)
	}
	if !p.greeted && prompt.Kind == steps.WelcomePrompt {
		p.paragraphs(prompt)
		p.say("At any question :help lists what else can be typed.")
		p.greeted = true
	}
	switch prompt.Kind {
	case steps.WelcomePrompt, steps.PlanPrompt:
		return
	case steps.FinishedPrompt:
		sayFinished(p.Out, prompt)
		return
	case steps.FormPrompt:
		if len(prompt.Problems) > 0 {
			p.problems(prompt.Problems)
			return
		}
	}
	p.heading(prompt)
	if f := prompt.Failure; f != nil && prompt.Guarded {
		p.failure(f)
	}
	p.paragraphs(prompt)
	if prompt.Kind == steps.StepPrompt {
		p.say("This step is %s.", p.Runner.Status(prompt.Step.ID).Status)
	}
	for _, d := range prompt.Facts {
		p.say("%s: %s", d.Name, d.Value)
	}
}

// heading says which step comes, and what is about to happen there. A title that
// asks is said with the question.
func (p *prompts) heading(prompt steps.Prompt) {
	known := prompt.Step.ID == p.before.Step.ID
	switch {
	case known && p.before.Kind == steps.OfferPrompt:
		return
	case known && prompt.Kind != steps.FormPrompt:
		p.say("")
	default:
		p.say("\nStep %d of %d: %s", prompt.Step.Number, len(steps.All()), prompt.Step.Title)
	}
	if prompt.Title != prompt.Step.Title && !strings.HasSuffix(prompt.Title, "?") {
		p.say("%s", prompt.Title)
	}
}

// failure says what the service answered.
func (p *prompts) failure(f *steps.Failure) {
	if answer := printer.Answered(f); answer != "" {
		p.say("%s", answer)
	}
}

// paragraphs says the texts of a prompt, but those that were just said, as a failure
// was, and the service's words, which are said with their status.
func (p *prompts) paragraphs(prompt steps.Prompt) {
	failed := p.before.Kind == steps.FailedPrompt && p.before.Step.ID == prompt.Step.ID
	for _, text := range prompt.Text {
		said := slices.Contains(p.before.Text, text) || failed && text.Role == steps.Caution
		if text.Role != steps.Words && !said {
			p.say("%s", text.Text)
		}
	}
}

func (p *prompts) problems(problems []steps.Problem) {
	for _, problem := range problems {
		p.say("%s is not accepted: %s", problem.Field.Label, sentence(problem.Message))
	}
}
