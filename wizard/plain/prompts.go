package plain

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"

	"telegent-setup/state"
	"telegent-setup/steps"
	"telegent-setup/steps/answers"
)

// Dialog is what plain prompts need.
type Dialog struct {
	Runner *steps.Runner
	Given  answers.Given // What fills in the questions ahead.
	Getenv func(string) string
	In     io.Reader
	Out    io.Writer
	Err    io.Writer
}

// Prompts walks a person through the setup line by line, and returns the exit
// status.
func Prompts(ctx context.Context, d Dialog) int {
	p := &prompts{Dialog: d, in: newLineReader(d.In, d.Out), typed: map[string]steps.Answers{}, mended: map[string]bool{}}
	return walk(ctx, d.Runner, p, d.Err)
}

// prompts is the asker that asks a person.
type prompts struct {
	Dialog
	in    *lineReader
	typed map[string]steps.Answers // What was typed in this run, by step.
	now   string                   // The step that is asked.
	focus string                   // The field to begin with, after a failure.
	lead  command                  // What the next step begins with: :have.

	mended  map[string]bool // The steps whose failure was told in this run.
	greeted bool
}

// turn implements asker.
func (p *prompts) turn(ctx context.Context, s steps.Status, again bool) (move, error) {
	id := s.Step.ID
	p.now = id
	if answers, ok := p.Given.Adopt[id]; ok {
		delete(p.Given.Adopt, id) // Once: the person may think better of it.
		return move{deed: adopt, answers: answers}, nil
	}
	if s.Status == state.Sent && p.Runner.Following(id) {
		p.heading(s.Step)
		p.say("The order is under way. Asking what became of it.")
		return move{deed: submit, answers: p.answers(id)}, nil
	}
	if s.Status == state.Sent {
		p.heading(s.Step)
		m, err := p.unknown(ctx, p.Runner.Pending(id))
		if !again && (err != nil || m.deed == leave) {
			p.Runner.Pass(id) // As it was found: nobody decided.
		}
		return m, err
	}
	_, more := p.Runner.Next()
	signIn := id == steps.Authenticate && more && !p.Runner.SignedIn()
	if settled(s) && !again && !signIn {
		return move{deed: pass}, nil
	}
	if !p.greeted {
		p.say("At any question :help lists what else can be typed.")
		p.greeted = true
	}
	p.heading(s.Step)
	p.say("%s", p.Runner.Why(id))
	if f := p.Runner.LastFailure(id); f != nil && !p.mended[id] {
		p.tell("Last time: "+f.Title, f)
	}
	if s.Step.Creates && settled(s) {
		return p.reopen(ctx, s)
	}
	return p.begin(ctx, s)
}

// heading says which step comes.
func (p *prompts) heading(s steps.Step) {
	p.say("\nStep %d of %d: %s", s.Number, len(steps.All()), s.Title)
}

// begin asks a step from its start: whether it is wanted, then its form.
func (p *prompts) begin(ctx context.Context, s steps.Status) (move, error) {
	answers := p.answers(s.Step.ID)
	if s.Step.Optional && s.Status != state.Failed && p.lead == "" {
		m, err := p.offer(ctx, s.Step, answers)
		if err != nil || m.deed == skip || m.deed == visit || m.deed == adopt {
			return m, err
		}
	}
	return p.fill(ctx, s.Step, answers, submit)
}

// answers is what a form begins with: what was typed before, else what the
// runner knows.
func (p *prompts) answers(id string) steps.Answers {
	answers := p.Runner.Prefill(id)
	for _, f := range p.Runner.Form(id).Fields {
		if value, ok := p.typed[id][f.Key]; ok && f.From == "" {
			answers[f.Key] = value
		}
	}
	p.typed[id] = answers
	return answers
}

// offer asks whether an optional step is wanted.
func (p *prompts) offer(ctx context.Context, s steps.Step, answers steps.Answers) (move, error) {
	preset := !p.Given.Skip[s.ID] && (p.Runner.Sandbox() || len(p.Given.Answers[s.ID]) > 0)
	yes, err := p.sure(ctx, s.Offer, &preset)
	if err != nil {
		return p.turnAside(ctx, s, answers, err)
	}
	if !yes {
		return move{deed: skip}, nil
	}
	return move{deed: submit}, nil
}

// fill asks the form, and the last question before something is bought or
// sent.
func (p *prompts) fill(ctx context.Context, s steps.Step, answers steps.Answers, then deed) (move, error) {
	if p.lead == have {
		p.lead = ""
		return p.adopting(ctx, s)
	}
	for {
		focus := p.focus
		p.focus = ""
		err := p.form(ctx, p.Runner.Form(s.ID).Fields, answers, focus)
		if err != nil {
			return p.turnAside(ctx, s, answers, err)
		}
		if p.Runner.Form(s.ID).Search != nil {
			return p.search(ctx, s, answers)
		}
		yes, err := p.confirm(ctx, s, answers)
		if err != nil {
			return p.turnAside(ctx, s, answers, err)
		}
		if yes {
			return move{deed: then, answers: maps.Clone(answers)}, nil
		}
		p.say("Nothing was sent. Here are the questions again; :quit leaves.")
	}
}

// confirm asks before something is bought or sent: with the real service, only
// an explicit yes will do.
func (p *prompts) confirm(ctx context.Context, s steps.Step, answers steps.Answers) (bool, error) {
	if s.Confirm == nil {
		return true, nil
	}
	var preset *bool
	if sandbox := p.Runner.Sandbox(); sandbox {
		preset = &sandbox
	}
	p.say("%s", s.Confirm(answers))
	return p.sure(ctx, "Go on?", preset)
}

// turnAside does what a command asks for, and keeps what was typed whatever
// else ends a form.
func (p *prompts) turnAside(ctx context.Context, s steps.Step, answers steps.Answers, err error) (move, error) {
	var c command
	if !errors.As(err, &c) {
		if unsaved := p.Runner.Draft(s.ID, answers); unsaved != nil {
			return move{}, unsaved
		}
		return move{}, err
	}
	switch {
	case c == skipping && s.Optional:
		return move{deed: skip}, nil
	case c == have && p.means(c):
		return p.adopting(ctx, s)
	case c == back && s.Number == 1:
		p.say("This is the first question.")
	case c == back:
		if err := p.Runner.Draft(s.ID, answers); err != nil {
			return move{}, err
		}
		return move{deed: visit, to: steps.All()[s.Number-2].ID}, nil
	}
	return move{deed: visit, to: s.ID}, nil
}

// means says whether a command means something in the step that is asked, and
// tells the person when it does not.
func (p *prompts) means(c command) bool {
	step, _ := steps.Find(p.now)
	switch {
	case c == skipping && !step.Optional:
		p.say("Neither this step nor this answer can be left out.")
	case c == have && len(p.Runner.Form(p.now).Adopt) == 0:
		p.say("There is no ID to enter in this step.")
	default:
		return true
	}
	return false
}

// show is the request of the step that is asked.
func (p *prompts) show() string { return p.Runner.Preview(p.now, p.typed[p.now]) }

// interrupted implements asker.
func (p *prompts) interrupted(ctx context.Context) int {
	if p.in.terminal != nil {
		return Interrupted(ctx)
	}
	return steps.ExitSignalled
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
