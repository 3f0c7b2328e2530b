package steps

import (
	"cmp"
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
	delivery Delivery // Of the message that this run sent.
	notes    []string
	left     bool // The person has.
}

// position is where the person stands.
type position struct {
	kind      PromptKind
	step      string
	focus     string
	problems  []Problem
	failure   *Failure
	results   *Results
	edits     Answers   // Of the form of IDs.
	resend    bool      // The form is of a call that is sent again.
	cannotAsk bool      // The service cannot be asked for it.
	found     bool      // The setup was complete when the run began, or was come back to.
	back      *position // Where Back leads; nil is the step before.
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
			f.r.reportUnchanged(s.Step.ID)
		}
	}
	f.r.End(exit)
}

// Left says whether the person has left, and the exit status.
func (f *Flow) Left() (exit int, left bool) {
	if _, more := f.r.Next(); more && f.left {
		exit = ExitStopped
	}
	return exit, f.left
}

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

// opens are the actions that only put another prompt before the person.
var opens = map[Action]PromptKind{
	OpenAdopt: AdoptPrompt, OpenResend: ResendPrompt, OpenRedo: RedoPrompt, OpenNoNumber: NoNumberPrompt, OpenArrival: ArrivalPrompt,
}

func (f *Flow) act(ctx context.Context, r Reply) error {
	here, target := f.at, cmp.Or(r.Step, f.at.step)
	if kind, ok := opens[r.Do]; ok {
		f.at = position{kind: kind, step: target, failure: here.failure, back: &here}
		return nil
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
		err := f.visit(ctx, target)
		f.at.back = cmp.Or(f.at.back, &here)
		return err
	case Back:
		f.back()
	case Leave:
		f.left = true
	default:
		return f.send(ctx, r, target)
	}
	return nil
}

// send carries out an action that goes to the runner.
func (f *Flow) send(ctx context.Context, r Reply, target string) error {
	switch r.Do {
	case Submit:
		return f.submit(ctx)
	case Send:
		return f.carryOut(ctx, target)
	case Resend:
		return f.sendAgain(ctx)
	case TurnPage:
		return f.search(ctx, target, r.Page)
	case Choose:
		return f.choose(ctx, r.Row)
	case Skip:
		return f.after(ctx, target, f.r.Skip(target))
	case Reopen:
		if err := f.r.Reopen(target); err != nil {
			return f.after(ctx, target, err)
		}
		f.at = position{kind: FormPrompt, step: target}
	case Adopt:
		return f.adopt(ctx, false)
	case AdoptAnyway:
		return f.adopt(ctx, true)
	case OpenList, LookFor:
		return f.lookUp(ctx, target, r.Do)
	case CheckIDs:
		return f.checkIDs(ctx)
	case Watch:
		return f.watchDelivery(ctx)
	case SwitchEdition: // As a person may decide where the server does not tell.
		f.r.switchEdition()
		f.r.settleEdition(true)
		f.at = position{kind: FormPrompt, step: Authenticate}
		return f.r.GivenError()
	}
	return nil
}

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
	if _, more := f.r.Next(); f.at.step == "" || !more {
		f.finish(true)
		return
	}
	number := find(f.at.step).Number
	if number == 1 || !f.r.SignedIn() {
		f.at = position{kind: WelcomePrompt}
		return
	}
	before := f.r.All()[number-2]
	f.at = position{kind: FormPrompt, step: before.Step.ID}
	if before.Settled() || before.Step.ID == Authenticate {
		f.at.kind = StepPrompt
	}
}

func (f *Flow) note(text string) { f.notes = append(f.notes, text) }
