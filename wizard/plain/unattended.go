package plain

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"telegent-setup/api"
	"telegent-setup/steps"
)

// Policy is what an unattended run has instead of a person.
type Policy struct {
	Runner        *steps.Runner
	Resend        bool          // Send again, once, the step that was found sent.
	Find          bool          // Ask the service first for what that step may have created.
	WaitDelivered time.Duration // How long the delivery of the test message is waited for; 0 is not at all.
	Events        io.Writer     // Takes the problems of the answers as an event; nil when no events are told.
	Out           io.Writer     // What is said at the end; nil when events are told.
	Err           io.Writer     // Errors and notes.
}

// Unattended carries out what is left of a setup without asking, and returns the
// exit status. Answers that are missing or not right are all named before
// anything is sent.
func Unattended(ctx context.Context, o Policy) int {
	u := &unattended{Policy: o, edition: o.Runner.Edition()}
	stuck := o.Runner.Unanswered()
	if o.Resend || o.Find {
		stuck = ""
	}
	if problems := o.Runner.ProblemsAhead(); stuck == "" && len(problems) > 0 {
		if err := o.Runner.GivenElsewhere(); err != nil { // Its words are wrong here, and it would not do elsewhere.
			return u.broken(ctx, err)
		}
		return u.problems(problems)
	}
	if ignored := o.Runner.Ignored(); len(ignored) > 0 {
		Note(o.Err, fmt.Sprintf("the answers for %s are ignored: done already.", strings.Join(ignored, ", ")))
	}
	if _, u.sends = o.Runner.Next(); o.WaitDelivered > 0 {
		o.Runner.WatchReplies()
	}
	u.flow = steps.NewFlow(o.Runner, false)
	exit := u.run(ctx, stuck)
	u.flow.End(exit)
	if exit = finalStatus(o.Runner, o.Err, exit); exit == steps.ExitDone && o.Out != nil {
		sayFinished(o.Out, u.flow.Prompt())
	}
	return exit
}

// unattended answers the prompts of a flow by what was given.
type unattended struct {
	Policy
	flow    *steps.Flow
	edition api.Edition // That the answers were checked for.
	sends   bool        // Something was left to do when the run began.
	looked  bool        // The service was asked for what a step may have created.
}

// run goes on until the setup is complete, or nothing but a person could go on. A
// step without an answer that nothing settles, stuck, is all that is told then:
// nothing is sent.
func (u *unattended) run(ctx context.Context, stuck string) int {
	reply := steps.Reply{Option: steps.Option{Do: steps.Start}}
	if stuck != "" {
		reply.Option = steps.Option{Do: steps.Visit, Step: stuck}
	}
	if prompt := u.flow.Prompt(); prompt.Kind != steps.WelcomePrompt {
		return steps.ExitDone
	}
	for {
		if err := u.flow.Reply(ctx, reply); err != nil || ctx.Err() != nil {
			return u.broken(ctx, err)
		}
		if edition := u.Runner.Edition(); edition != u.edition { // Only a token was asked for so far.
			u.edition = edition
			if problems := u.Runner.ProblemsAhead(); len(problems) > 0 {
				return u.problems(problems)
			}
		}
		prompt := u.flow.Prompt()
		if prompt.Kind == steps.FinishedPrompt {
			return u.delivery(ctx)
		}
		answered := false
		if reply, answered = u.answer(prompt); !answered {
			return u.stopped(prompt)
		}
	}
}

// answer is the reply to a prompt; false when nothing but a person could give one.
func (u *unattended) answer(prompt steps.Prompt) (steps.Reply, bool) {
	switch {
	case len(prompt.Problems) > 0, prompt.Kind == steps.FailedPrompt:
		return steps.Reply{}, false
	case prompt.Kind == steps.FormPrompt:
		return take(prompt, steps.Submit), true
	case prompt.Kind == steps.ListPrompt:
		return u.choose(prompt), true
	case prompt.Kind == steps.UnknownPrompt:
		return u.unknown(prompt)
	case prompt.Kind == steps.ResendPrompt:
		return take(prompt, steps.Resend), true
	}
	return steps.Reply{Option: prompt.Options[0]}, true // The way on.
}

// choose takes the one match of what was looked for. Of a search nothing is chosen
// that was not given.
func (u *unattended) choose(prompt steps.Prompt) steps.Reply {
	reply, rows := take(prompt, steps.Choose), prompt.Results.Rows
	switch {
	case prompt.Results.Kind != steps.Existing:
	case len(rows) == 1:
		reply.Row = &rows[0]
	default:
		Note(u.Err, fmt.Sprintf("the service has %d that match: nothing is taken over.", len(rows)))
		return take(prompt, steps.Back)
	}
	return reply
}

// unknown goes on from a step whose outcome nobody knows, where a flag says how:
// once each, and only for a step that was found so.
func (u *unattended) unknown(prompt steps.Prompt) (steps.Reply, bool) {
	for _, note := range prompt.Notes {
		Note(u.Err, note)
	}
	_, asks := prompt.Option(steps.LookFor)
	_, sends := prompt.Option(steps.OpenResend)
	switch found := prompt.Failure.Found; {
	case found && u.Find && !u.looked && asks:
		u.looked = true
		return take(prompt, steps.LookFor), true
	case found && u.Resend && sends:
		u.Resend = false
		return take(prompt, steps.OpenResend), true
	}
	return steps.Reply{}, false
}

// stopped is the exit status of a run that only a person could go on with, after
// telling why, and how.
func (u *unattended) stopped(prompt steps.Prompt) int {
	if len(prompt.Problems) > 0 {
		return u.problems(prompt.Problems)
	}
	Failure(u.Err, prompt.Failure)
	remedy := u.remedy
	if prompt.Kind == steps.UnknownPrompt {
		remedy = u.settling
	}
	if text := remedy(prompt.Failure); text != "" {
		fmt.Fprintln(u.Err, text)
	}
	return prompt.Failure.Exit()
}

// settling says how to go on after an unknown outcome.
func (u *unattended) settling(f *steps.Failure) string {
	if f.Kind == steps.OrderOpen {
		return "Start again to go on asking what became of the order: it is not placed again."
	}
	return fmt.Sprintf("--find looks for it at the service. If it exists, take it over in the answers file: %s. If you are sure that it does not: --resend sends it once more.",
		place(f.Step, u.Runner.Form(f.Step).Adopt...))
}

// remedy says which answer mends a failure; empty when starting again is all there
// is to it.
func (u *unattended) remedy(f *steps.Failure) string {
	step := cmp.Or(f.FixStep, f.Step)
	form := u.Runner.Form(step)
	fields := form.Fields
	switch {
	case f.FixField != "":
	case step == f.Step:
		return ""
	case form.Search != nil: // What is chosen there is an answer here.
		fields, step = u.Runner.Form(f.Step).Fields, f.Step
	default: // It was done once: another one is taken over.
		fields = form.Adopt
	}
	i := slices.IndexFunc(fields, func(fd steps.Field) bool { return f.FixField == "" || fd.Key == f.FixField })
	if i < 0 {
		return ""
	}
	return fmt.Sprintf("To go on, give the answer %s, then start again.", place(step, fields[i]))
}

// replyFor is how long an answer is waited for once the message is delivered: one
// that comes at once is told, and a script does not wait for people.
const replyFor = 5 * time.Second

// delivery waits for the delivery of a message that this run sent.
func (u *unattended) delivery(ctx context.Context) int {
	if u.WaitDelivered == 0 || !u.sends || !u.Runner.SignedIn() {
		return steps.ExitDone
	}
	_, err := u.Runner.WatchDelivery(ctx, u.WaitDelivered, replyFor)
	if err != nil && !errors.Is(err, steps.ErrNoMessage) || ctx.Err() != nil {
		return u.broken(ctx, err)
	}
	return steps.ExitDone
}

// broken is the exit status of a run that an error or a signal ended.
func (u *unattended) broken(ctx context.Context, err error) int {
	switch {
	case ctx.Err() != nil:
		return steps.ExitSignalled
	case u.Runner.SignedIn() && u.Runner.GivenError() != nil:
		Note(u.Err, fmt.Sprintf("This server speaks edition %s of the API; the answers file is written for %s.", u.Runner.Edition(), u.Runner.Edition().Other()))
	}
	return failed(u.Events, u.Err, err)
}

// problems is the exit status of a run whose answers will not do, after telling them.
func (u *unattended) problems(all []steps.Problem) int {
	return failed(u.Events, u.Err, &steps.Invalid{Problems: all})
}
