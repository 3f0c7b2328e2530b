package plain

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"telegent-setup/api"
	"telegent-setup/steps"
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
	p := &prompts{Dialog: d, in: newLineReader(d.In, d.Out), flow: steps.NewFlow(d.Runner, true)}
	exit := p.run(ctx)
	p.flow.End(exit)
	return finalStatus(d.Runner, d.Err, exit)
}

type prompts struct {
	Dialog
	flow       *steps.Flow
	in         *lineReader
	before, at steps.Prompt          // What was asked last, and what is asked now.
	edits      steps.Answers         // What was typed in the form of that prompt.
	secrets    map[string]api.Secret // The secrets among it.
	greeted    bool                  // The welcome was said.
	finds      bool                  // :find was typed, and leads to the list of what the service has.
}

func (p *prompts) run(ctx context.Context) int {
	for {
		if exit, left := p.flow.Left(); left {
			return exit
		}
		reply, err := p.ask(ctx)
		reply.Edits, reply.Secrets = p.edits, p.secrets
		if err == nil {
			err = p.reply(ctx, reply)
		}
		if err != nil || ctx.Err() != nil {
			return p.stopped(ctx, err)
		}
	}
}

// ask puts the next prompt before the person, and returns the option that was taken.
// Where there is nothing to decide line by line, it goes on by itself.
func (p *prompts) ask(ctx context.Context) (steps.Reply, error) {
	p.before, p.at, p.edits, p.secrets = p.at, p.flow.Prompt(), nil, nil
	p.tell()
	switch p.at.Kind {
	case steps.WelcomePrompt:
		return take(p.at, steps.Start), nil
	case steps.PlanPrompt:
		return take(p.at, steps.Continue), nil
	case steps.DeliveryPrompt:
		return take(p.at, steps.Watch), nil
	case steps.FormPrompt:
		return p.form(ctx, steps.Submit)
	case steps.AdoptPrompt:
		return p.adopt(ctx)
	case steps.ListPrompt:
		return p.list(ctx)
	case steps.FinishedPrompt:
		return p.finish(ctx)
	}
	return p.menu(ctx)
}

// adopt asks for the IDs of what the customer has already, unless it is to be chosen
// from what the service has.
func (p *prompts) adopt(ctx context.Context) (steps.Reply, error) {
	list, can := p.at.Option(steps.OpenList)
	finds := p.finds
	p.finds = false
	switch {
	case finds && can:
		return steps.Reply{Option: list}, nil
	case finds:
		p.say("What the service has cannot be listed here.")
	case can:
		p.say(":find lists what the service has.")
	}
	return p.form(ctx, steps.Adopt)
}

func take(prompt steps.Prompt, do steps.Action) steps.Reply {
	o, _ := prompt.Option(do)
	return steps.Reply{Option: o}
}

// finish asks at the end only whether the message arrived, and only in the run
// that sent it. The end of the input ends the run here.
func (p *prompts) finish(ctx context.Context) (steps.Reply, error) {
	if _, open := p.at.Option(steps.OpenArrival); !open || !p.greeted {
		return take(p.at, steps.Leave), nil
	}
	reply, err := p.menu(ctx)
	if errors.Is(err, errEnd) {
		return take(p.at, steps.Leave), nil
	}
	return reply, err
}

// reply carries on with what the person did.
func (p *prompts) reply(ctx context.Context, reply steps.Reply) error {
	switch {
	case reply.Do == steps.Watch:
		return p.watch(ctx, reply)
	case reply.Do == steps.Back && p.at.Kind == steps.ConfirmPrompt:
		p.say("Nothing was sent. Here are the questions again; :quit leaves.")
	case reply.Sends && reply.Doing != "":
		p.say("%s.", reply.Doing)
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
func (p *prompts) stopped(ctx context.Context, err error) int {
	kept := p.flow.Reply(context.WithoutCancel(ctx), steps.Reply{Edits: p.edits})
	switch {
	case ctx.Err() != nil && (p.in.terminal == nil || Interrupted(ctx) == steps.ExitSignalled):
		return steps.ExitSignalled
	case ctx.Err() != nil, errors.Is(err, errQuit):
		return p.quit(kept)
	case errors.Is(err, errEnd):
		Complain(p.Err, "the input ended before the setup did", "Progress is saved; start again to go on.")
		return p.quit(kept)
	}
	return failed(nil, p.Err, err)
}

func (p *prompts) quit(kept error) int {
	if kept != nil {
		return failed(nil, p.Err, kept)
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

// tell says what the prompt has to say before anything is asked.
func (p *prompts) tell() {
	for _, note := range p.at.Notes {
		p.say("%s", note)
	}
	switch kind := p.at.Kind; {
	case kind == steps.WelcomePrompt && !p.greeted:
		p.paragraphs()
		p.say("At any question :help lists what else can be typed.")
		p.greeted = true
		return
	case kind == steps.WelcomePrompt, kind == steps.PlanPrompt:
		return
	case kind == steps.FinishedPrompt:
		sayFinished(p.Out, p.at)
		return
	case kind == steps.FormPrompt && len(p.at.Problems) > 0:
		for _, problem := range p.at.Problems {
			p.say("%s is not accepted: %s", problem.Field.Label, sentence(problem.Message))
		}
		return
	}
	p.heading()
	if p.at.Failure != nil && p.at.Guarded {
		if answer := answered(p.at.Failure); answer != "" {
			p.say("%s", answer)
		}
	}
	p.paragraphs()
	if p.at.Kind == steps.StepPrompt {
		p.say("This step is %s.", p.Runner.Status(p.at.Step.ID).Status)
	}
	for _, d := range p.at.Facts {
		p.say("%s: %s", d.Name, d.Value)
	}
}

// heading says which step comes, and what is about to happen there. A title that
// asks is said with the question.
func (p *prompts) heading() {
	known := p.at.Step.ID == p.before.Step.ID
	switch {
	case known && p.before.Kind == steps.OfferPrompt:
		return
	case known && p.at.Kind != steps.FormPrompt:
		p.say("")
	default:
		p.say("\nStep %d of %d: %s", p.at.Step.Number, len(steps.All()), p.at.Step.Title)
	}
	if p.at.Title != p.at.Step.Title && !strings.HasSuffix(p.at.Title, "?") {
		p.say("%s", p.at.Title)
	}
}

// paragraphs says the texts of the prompt, but those that were just said, as a failure
// was, and the service's words, which are said with their status.
func (p *prompts) paragraphs() {
	failed := p.before.Kind == steps.FailedPrompt && p.before.Step.ID == p.at.Step.ID
	for _, text := range p.at.Text {
		said := slices.Contains(p.before.Text, text) || failed && text.Role == steps.Caution
		if text.Role != steps.Words && !said {
			p.say("%s", text.Text)
		}
	}
}
