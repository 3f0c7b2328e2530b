package steps

import (
	"context"

	"telegent-setup/state"
)

// Flow decides what comes next. It is one machine behind every face: Prompt says
// what to put before the person, Reply carries on with what the person did. It is
// for one goroutine at a time.
type Flow struct {
	r     *Runner
	watch bool // The delivery of the message is waited for, by a person who can see it.

	at       position
	plan     bool            // Steps that need nobody are carried out without asking.
	planSeen bool            // It was put before the person, which is done once.
	pending  *pending        // What goes on by itself once the person has signed in.
	failed   string          // The step that was refused last, to come back to.
	taken    string          // The number that another customer took.
	emitted  map[string]bool // The steps that the observer has been told of.
	adopted  map[string]bool // The steps whose given IDs were taken over.
	checked  map[string]Presence
	delivery *Delivery // Of the message that this run sent; nil while none is known.
	notes    []string
	exit     int
	left     bool
}

// position is where the person stands.
type position struct {
	kind     PromptKind
	step     string
	focus    string
	problems []Problem
	failure  *Failure
	results  *Results
	edits    Answers   // Of the form of IDs.
	resend   bool      // The form is of a call that is sent again.
	unasked  bool      // The service cannot be asked for it.
	found    bool      // It was so when the run began.
	back     *position // Where Back leads; nil is the step before.
}

// pending is an action that waits for the person to sign in, and where it was taken.
type pending struct {
	at position
	do Action
}

// NewFlow makes the flow of a run, and tells the observer that it begins. watch
// means that a person sees what becomes of the test message.
func NewFlow(r *Runner, watch bool) *Flow {
	f := &Flow{r: r, watch: watch, emitted: map[string]bool{}, adopted: map[string]bool{}, checked: map[string]Presence{}}
	if watch {
		r.WatchReplies()
	}
	r.Begin()
	f.at = position{kind: WelcomePrompt}
	if _, more := r.Next(); !more && f.adoptable() == "" {
		f.finish(true)
	}
	return f
}

// End tells the observer that the run ends, and of steps that it found without an
// outcome and left so.
func (f *Flow) End(exit int) {
	for _, s := range f.r.All() {
		if s.Status == state.Sent && !f.emitted[s.Step.ID] {
			f.r.ReportUnchanged(s.Step.ID)
		}
	}
	f.r.End(exit)
}

// Left says whether the person has left, and the exit status.
func (f *Flow) Left() (exit int, left bool) { return f.exit, f.left }

// Runner carries out the steps of this flow.
func (f *Flow) Runner() *Runner { return f.r }

// Reply carries on with what the person did. The error is of this machine, as a
// full disk, or of answers in the words of another edition; everything else is
// what the next prompt is about.
func (f *Flow) Reply(ctx context.Context, r Reply) error {
	f.notes = nil
	for key, s := range r.Secrets {
		f.r.SetSecret(key, s)
	}
	if f.at.kind == AdoptPrompt && r.Edits != nil {
		f.at.edits = r.Edits
	}
	if f.at.kind == FormPrompt && len(r.Edits) > 0 {
		f.r.SetTyped(f.at.step, r.Edits)
		if r.Do != Submit { // Which keeps them when the call leaves.
			if err := f.r.Draft(f.at.step); err != nil {
				return err
			}
		}
	}
	return f.act(ctx, r)
}

// act carries out an action.
func (f *Flow) act(ctx context.Context, r Reply) error {
	here := f.at
	target := r.Step
	if target == "" {
		target = here.step
	}
	switch r.Do {
	case Start:
		return f.start(ctx)
	case RunPlan:
		f.plan = true
		return f.onward(ctx)
	case Continue:
		return f.onward(ctx)
	case Fill:
		f.at = position{kind: FormPrompt, step: target, focus: r.Focus}
	case Visit:
		if err := f.visit(ctx, target); err != nil {
			return err
		}
		if f.at.back == nil {
			f.at.back = &here
		}
	case Back:
		f.back()
	case OpenAdopt:
		f.at = position{kind: AdoptPrompt, step: target, back: &here}
	case OpenResend:
		f.at = position{kind: ResendPrompt, step: target, failure: here.failure, back: &here}
	case OpenRedo:
		f.at = position{kind: RedoPrompt, step: target, failure: here.failure, back: &here}
	case OpenNoNumber:
		f.at = position{kind: NoNumberPrompt, step: target, back: &here}
	case OpenArrival:
		f.at = position{kind: ArrivalPrompt, step: target, back: &here}
	case Leave:
		f.leave()
	default:
		return f.send(ctx, r, here, target)
	}
	return nil
}

// send carries out an action that goes to the runner.
func (f *Flow) send(ctx context.Context, r Reply, here position, target string) error {
	switch r.Do {
	case Submit:
		return f.submit(ctx, here)
	case Send:
		return f.carryOut(ctx, target, here.resend)
	case Resend:
		return f.sendAgain(ctx, here)
	case TurnPage:
		return f.search(ctx, target, r.Page)
	case Choose:
		return f.choose(ctx, here, r.Row)
	case Skip:
		f.emitted[target] = true
		return f.after(ctx, target, f.r.Skip(target))
	case Reopen:
		if err := f.r.Reopen(target); err != nil {
			return f.after(ctx, target, err)
		}
		f.at = position{kind: FormPrompt, step: target}
	case Adopt:
		return f.adopt(ctx, here, false)
	case AdoptAnyway:
		return f.adopt(ctx, here, true)
	case OpenList, LookFor:
		return f.lookUp(ctx, here, target, r.Do)
	case CheckIDs:
		return f.checkIDs(ctx)
	case Watch:
		return f.watchDelivery(ctx)
	case SwitchEdition:
		f.r.UseOtherEdition()
		f.at = position{kind: FormPrompt, step: Authenticate}
		return f.r.GivenError()
	}
	return nil
}

// finish goes to the end.
func (f *Flow) finish(found bool) {
	f.emitSettled("")
	f.at = position{kind: FinishedPrompt, found: found}
}

// back goes to where the person came from: else to the step before.
func (f *Flow) back() {
	f.pending = nil
	if f.at.back != nil {
		f.at = *f.at.back
		f.at.problems = nil
		return
	}
	before := ""
	for _, s := range All() {
		if s.ID == f.at.step {
			break
		}
		before = s.ID
	}
	_, more := f.r.Next()
	switch {
	case f.at.step == "", !more:
		f.finish(true)
	case before == "" || !f.r.SignedIn():
		f.at = position{kind: WelcomePrompt}
	case f.r.Status(before).Settled() || before == Authenticate:
		f.at = position{kind: StepPrompt, step: before}
	default:
		f.at = position{kind: FormPrompt, step: before}
	}
}

// leave ends the run.
func (f *Flow) leave() {
	f.left = true
	if _, more := f.r.Next(); more {
		f.exit = ExitStopped
	}
}

func (f *Flow) note(text string) { f.notes = append(f.notes, text) }
