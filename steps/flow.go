package steps

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strconv"

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
	pending  *Reply          // What goes on by itself once the person has signed in.
	failed   string          // The step that was refused last, to come back to.
	taken    string          // The number that another customer took.
	told     map[string]bool // The steps that this run has told of.
	given    map[string]bool // The steps whose given IDs were adopted.
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

// NewFlow makes the flow of a run, and tells the observer that it begins. watch
// means that a person sees what becomes of the test message.
func NewFlow(r *Runner, watch bool) *Flow {
	f := &Flow{r: r, watch: watch, told: map[string]bool{}, given: map[string]bool{}, checked: map[string]Presence{}}
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
		if s.Status == state.Sent && !f.told[s.Step.ID] {
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
		f.told[target] = true
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
		return f.look(ctx, here, target, r.Do)
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

// start signs in first: without asking, if a resumed run can, and not at all where
// nothing is left to send.
func (f *Flow) start(ctx context.Context) error {
	switch {
	case f.r.SignedIn(), f.r.Resumed() && !f.r.sends():
		return f.onward(ctx)
	case f.resumes() && len(f.r.Questionnaire(Authenticate, false).Problems(nil)) == 0:
		return f.signIn(ctx)
	}
	f.at = position{kind: FormPrompt, step: Authenticate}
	return nil
}

// resumes says whether an earlier run had signed in.
func (f *Flow) resumes() bool {
	return f.r.Resumed() || f.r.Status(Authenticate).Status == state.Done
}

func (f *Flow) signIn(ctx context.Context) error {
	f.told[Authenticate] = true
	if err := f.r.SignIn(ctx); err != nil {
		return f.after(ctx, Authenticate, err)
	}
	return f.signedIn(ctx)
}

// signedIn goes on after signing in: to what had to wait for it, to the plan where
// there is something to plan with, else to the first step that is not done.
func (f *Flow) signedIn(ctx context.Context) error {
	if err := f.r.GivenError(); err != nil {
		return err
	}
	if waiting := f.pending; waiting != nil {
		f.pending = nil
		return f.act(ctx, *waiting)
	}
	if err := f.reopenGiven(); err != nil {
		return err
	}
	if f.adoptable() == "" && !f.planSeen && f.planned() {
		f.planSeen = true
		f.tellSettled(mustNext(f.r))
		f.at = position{kind: PlanPrompt}
		return nil
	}
	return f.onward(ctx)
}

func mustNext(r *Runner) string {
	next, _ := r.Next()
	return next.ID
}

// reopenGiven reopens a step that was skipped and that answers were given for.
func (f *Flow) reopenGiven() error {
	for _, s := range f.r.All() {
		if f.r.reopens(s) {
			if err := f.r.Reopen(s.Step.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

// onward goes to the first step that is not done, or to the end.
func (f *Flow) onward(ctx context.Context) error {
	for id := f.adoptable(); id != ""; id = f.adoptable() {
		f.tellSettled(id)
		f.given[id], f.told[id] = true, true
		answers := f.r.givenNow().Adopt[id]
		if _, err := f.r.Adopt(id, answers, false); err != nil {
			f.at = position{kind: AdoptPrompt, step: id, edits: answers}
			return f.flag(err)
		}
	}
	next, more := f.r.Next()
	switch {
	case !more:
		f.finish(false)
		return nil
	case !f.r.SignedIn() && !f.r.Following(next.ID) && f.r.Status(next.ID).Status != state.Sent:
		return f.start(ctx)
	}
	return f.visit(ctx, next.ID)
}

// adoptable is the first step, up to the next one, whose ID was given ahead.
func (f *Flow) adoptable() string {
	given, next := f.r.givenNow().Adopt, mustNext(f.r)
	for _, s := range All() {
		if _, ok := given[s.ID]; ok && !f.given[s.ID] {
			return s.ID
		}
		if s.ID == next {
			break
		}
	}
	return ""
}

// tellSettled tells of the steps before one that this run leaves as they are; of
// all for an empty one.
func (f *Flow) tellSettled(before string) {
	for _, s := range f.r.All() {
		if s.Step.ID == before {
			return
		}
		if !f.told[s.Step.ID] && (s.Settled() || s.Step.ID == Authenticate) {
			f.told[s.Step.ID] = true
			f.r.ReportUnchanged(s.Step.ID)
		}
	}
}

// visit goes to a step, wherever it stands.
func (f *Flow) visit(ctx context.Context, id string) error {
	s := f.r.Status(id)
	if !s.Settled() {
		f.tellSettled(id)
	}
	switch {
	case id == Authenticate && !f.r.SignedIn():
		f.at = position{kind: FormPrompt, step: id}
	case id == Authenticate, s.Settled():
		f.at = position{kind: StepPrompt, step: id}
	case f.r.Following(id): // Asking orders nothing.
		return f.carryOut(ctx, id, false)
	case s.Status == state.Sent:
		f.at = position{kind: UnknownPrompt, step: id, failure: f.r.Unsettled(id)}
	case s.Step.Optional && s.Status != state.Failed && !f.r.hasTyped(id):
		return f.offer(ctx, s)
	default:
		return f.form(ctx, id)
	}
	return nil
}

// offer asks whether an optional step is wanted; a plan knows.
func (f *Flow) offer(ctx context.Context, s Status) error {
	switch {
	case !f.plan:
		f.at = position{kind: OfferPrompt, step: s.Step.ID}
		return nil
	case f.r.wanted(s):
		return f.form(ctx, s.Step.ID)
	}
	return f.act(ctx, Reply{Option: Option{Do: Skip, Step: s.Step.ID}})
}

// form asks for the answers of a step. A plan takes what is there, where nothing is
// bought or sent by it.
func (f *Flow) form(ctx context.Context, id string) error {
	here := position{kind: FormPrompt, step: id}
	f.at = here
	if f.plan && len(find(id).Confirm.Sentences) == 0 && f.r.LastFailure(id) == nil &&
		len(f.r.Questionnaire(id, false).Problems(nil)) == 0 {
		return f.submit(ctx, here)
	}
	if f.plan && len(f.r.Questionnaire(id, false).Problems(nil)) == 0 && f.r.LastFailure(id) == nil {
		f.at = position{kind: ConfirmPrompt, step: id, back: &here}
	}
	return nil
}

// submit checks a form, and asks before something is bought or sent.
func (f *Flow) submit(ctx context.Context, here position) error {
	if problems := f.r.Questionnaire(here.step, false).Problems(nil); len(problems) > 0 {
		f.at.problems = problems
		return f.draft(here.step)
	}
	if len(find(here.step).Confirm.Sentences) > 0 && !here.resend {
		f.at = position{kind: ConfirmPrompt, step: here.step, back: &here}
		return f.draft(here.step)
	}
	return f.carryOut(ctx, here.step, here.resend)
}

// draft keeps what a person typed in a step.
func (f *Flow) draft(id string) error {
	if !f.r.hasTyped(id) {
		return nil
	}
	return f.r.Draft(id)
}

// carryOut carries a step out.
func (f *Flow) carryOut(ctx context.Context, id string, resend bool) error {
	switch {
	case id == Authenticate:
		return f.signIn(ctx)
	case f.r.Form(id).Search != nil:
		return f.search(ctx, id, 0)
	}
	asked := f.number(id)
	_, err := f.r.Submit(ctx, id, resend)
	f.told[id] = true
	if errors.Is(err, ErrSignedOut) {
		return f.signInFirst(Reply{Option: Option{Do: Send, Step: id}}, resend)
	}
	if err == nil && asked != "" && asked != f.number(id) {
		f.at = position{kind: StepPrompt, step: id}
		return nil
	}
	return f.after(ctx, id, err)
}

// number is the number that a step is about: the one asked for, then the one that
// was assigned.
func (f *Flow) number(id string) string {
	if _, named := field(f.r.Form(id).Fields, string(PhoneNumber)); !named || !slices.Contains(find(id).Saves, PhoneNumber) {
		return ""
	}
	if s := f.r.Status(id); s.Status == state.Done {
		return s.Saved[PhoneNumber]
	}
	full, _ := f.r.Questionnaire(id, false).complete(nil)
	return full[string(PhoneNumber)]
}

// signInFirst asks for the credentials, and goes on by itself after that.
func (f *Flow) signInFirst(then Reply, resend bool) error {
	f.at = position{kind: FormPrompt, step: Authenticate, resend: resend}
	f.pending = &then
	f.note("Sign in first: no secret is stored. Then this goes on by itself.")
	return nil
}

// search sends the search of a step.
func (f *Flow) search(ctx context.Context, id string, page int) error {
	results, err := f.r.Search(ctx, id, page)
	f.told[id] = true
	if errors.Is(err, ErrSignedOut) {
		return f.signInFirst(Reply{Option: Option{Do: Send, Step: id}}, false)
	}
	if err != nil {
		return f.after(ctx, id, err)
	}
	results.Taken = f.taken
	f.at = position{kind: ListPrompt, step: id, results: &results, back: &position{kind: FormPrompt, step: id}}
	return nil
}

// choose takes a row: of a search, or of what the service has.
func (f *Flow) choose(ctx context.Context, here position, row *Row) error {
	if here.results != nil && here.results.Kind == Found {
		if row == nil {
			f.back()
			return nil
		}
		f.told[here.step] = true
		_, err := f.r.AdoptRow(here.step, *row)
		return f.after(ctx, here.step, err)
	}
	again := f.taken != ""
	f.taken = ""
	err := f.after(ctx, here.step, f.r.Choose(here.step, row))
	if again && err == nil && f.at.kind == FormPrompt && len(find(f.at.step).Confirm.Sentences) > 0 {
		return f.submit(ctx, f.at) // Its answers were all there before the number was taken.
	}
	return err
}

// sendAgain sends the call of a step whose outcome is unknown once more: as it was,
// if all its answers are known, else from its form.
func (f *Flow) sendAgain(ctx context.Context, here position) error {
	again := position{kind: FormPrompt, step: here.step, resend: true, back: here.back}
	arrived := here.failure != nil && here.failure.Kind == Arrived
	if arrived || len(f.r.Questionnaire(here.step, false).Problems(nil)) > 0 {
		f.at = again
		return nil
	}
	f.at = again
	return f.carryOut(ctx, here.step, true)
}

// adopt takes IDs that a person entered. Where the service can be asked, it is
// asked once whether it knows them.
func (f *Flow) adopt(ctx context.Context, here position, anyway bool) error {
	if problems := f.r.AdoptQuestionnaire(here.step).Problems(here.edits); len(problems) > 0 {
		f.at.problems = problems
		return nil
	}
	if ids := f.r.adoptedIDs(here.step, here.edits); !anyway && f.r.SignedIn() {
		found, err := f.r.Check(ctx, here.step, ids)
		switch {
		case err == nil && found == Gone:
			f.at = position{kind: UnconfirmedPrompt, step: here.step, edits: here.edits, back: &here}
			return nil
		case err == nil && found == There:
			f.note("The service knows it.")
		}
	}
	f.told[here.step] = true
	_, err := f.r.Adopt(here.step, here.edits, anyway)
	if err != nil {
		return f.flag(err)
	}
	return f.after(ctx, here.step, nil)
}

// flag shows what is wrong with a form of IDs.
func (f *Flow) flag(err error) error {
	if invalid, ok := errors.AsType[*Invalid](err); ok {
		f.at.problems = invalid.Problems
		return nil
	}
	return err
}

// look asks the service for what an unanswered call may have created, or for all
// that it has.
func (f *Flow) look(ctx context.Context, here position, id string, do Action) error {
	ask := f.r.Find
	if do == OpenList {
		ask = f.r.List
	}
	rows, err := ask(ctx, id)
	var failure *Failure
	switch {
	case errors.Is(err, ErrSignedOut):
		return f.signInFirst(Reply{Option: Option{Do: do, Step: id}}, false)
	case errors.Is(err, errCannotAsk):
		f.at.unasked = true
		f.note("The service cannot be asked for this here. That does not mean that it is not there.")
	case errors.As(err, &failure):
		f.note("The service could not be asked: " + failure.Title)
	case errors.Is(err, context.Canceled):
		f.note("Stopped looking.")
	case err != nil:
		return err
	case len(rows) == 0 && do == LookFor:
		f.note("It is not there yet: looked for twice, ten seconds apart. Sending it again is your own decision.")
	case len(rows) == 0:
		f.note("The service has none that could be chosen.")
	default:
		f.at = position{kind: ListPrompt, step: id, results: &Results{Total: len(rows), Page: 1, Pages: 1, Kind: Found, Rows: rows}, back: &here}
	}
	return nil
}

// checkIDs asks the service for every saved ID.
func (f *Flow) checkIDs(ctx context.Context) error {
	gone, asked := 0, 0
	for _, s := range f.r.All() {
		if len(s.Saved) == 0 || !f.r.CanCheck(s.Step.ID) {
			continue
		}
		found, err := f.r.Check(ctx, s.Step.ID, nil)
		if err != nil {
			f.note("The check stopped: " + err.Error())
			return nil
		}
		f.checked[s.Step.ID] = found
		if found != NotChecked {
			asked++
		}
		if found == Gone {
			gone++
		}
	}
	switch {
	case asked == 0:
		f.note("The service does not let itself be asked here: nothing was checked.")
	case gone > 0:
		f.note("The service does not know " + countOf(gone, "ID") + ": of another account, or mistyped. Open its step to enter it again.")
	default:
		f.note("Every ID that can be checked is there.")
	}
	return nil
}

// after goes on when an action of the runner has ended.
func (f *Flow) after(ctx context.Context, id string, err error) error {
	var failure *Failure
	var invalid *Invalid
	if err != nil {
		f.plan = false
	}
	switch {
	case err == nil:
		return f.succeeded(ctx, id)
	case errors.As(err, &failure):
		f.at = position{kind: FailedPrompt, step: id, failure: failure, back: &position{kind: FormPrompt, step: id}}
		if failure.Kind.Unknown() {
			f.at.kind = UnknownPrompt
			return nil
		}
		if id != Authenticate { // Signing in leads on by itself.
			f.failed = id
		}
		if err := f.draft(id); err != nil {
			return err
		}
		if failure.Issue == numberInUse.Code {
			f.taken = f.number(id)
		}
	case errors.As(err, &invalid):
		f.at = position{kind: FormPrompt, step: id, problems: invalid.Problems}
	case errors.Is(err, ErrNotNow):
		f.note("That is not possible any more.")
	case errors.Is(err, context.Canceled):
		f.at = position{kind: FormPrompt, step: id}
		f.note("Stopped. Nothing was created.")
	default:
		return err
	}
	return nil
}

// succeeded goes on after a step: back to the one that failed, if this one mended
// it and it had been done before; else onward.
func (f *Flow) succeeded(ctx context.Context, id string) error {
	failed := f.failed
	f.failed = ""
	if failed != "" && failed != id && f.r.Status(failed).Status == state.Done && f.r.SignedIn() {
		f.at = position{kind: FormPrompt, step: failed}
		return nil
	}
	if id == TestMessage && f.watch && f.r.Status(id).Status == state.Done && f.r.Saved()[MessageID] != "" && !f.r.wasAdopted(id) {
		f.delivery = nil
		f.at = position{kind: DeliveryPrompt, step: id}
		return nil
	}
	return f.onward(ctx)
}

// watchDelivery asks what becomes of the message, until that is known or the
// person goes on.
func (f *Flow) watchDelivery(ctx context.Context) error {
	d, err := f.r.WatchDelivery(ctx, DeliveryFor, DeliveryFor)
	switch {
	case errors.Is(err, ErrNoMessage):
	case err != nil:
		return err
	default:
		f.delivery = &d
	}
	f.finish(false)
	return nil
}

// finish goes to the end.
func (f *Flow) finish(found bool) {
	f.tellSettled("")
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

// planned says whether there is something to plan with: answers that were given or
// typed before, or the ready ones of the sandbox.
func (f *Flow) planned() bool {
	given := f.r.givenNow()
	if f.r.Sandbox() {
		return true
	}
	for _, s := range f.r.All()[1:] {
		if len(given.Answers[s.Step.ID]) > 0 || !s.Settled() && f.r.hasDraft(s.Step.ID) {
			return true
		}
	}
	return false
}

// givenNow is what was given ahead of the run, in the words of the edition.
func (r *Runner) givenNow() Given {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.given
}

func (r *Runner) hasTyped(step string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.typed[step]) > 0
}

func (r *Runner) hasDraft(step string) bool { return len(r.snapshot().Steps[step].Answers) > 0 }

func (r *Runner) wasAdopted(step string) bool { return r.snapshot().Steps[step].Adopted }

// adoptedIDs are the IDs that the form of a step gives.
func (r *Runner) adoptedIDs(step string, edits Answers) Saved {
	full, _ := r.AdoptQuestionnaire(step).complete(edits)
	ids := Saved{}
	for _, fd := range r.Form(step).Adopt {
		ids[fd.SavedID] = full[fd.Key]
	}
	maps.DeleteFunc(ids, func(id ID, v string) bool { return v == "" || id == TNID && v == unknownTNID })
	return ids
}

// countOf is a number and what it counts.
func countOf(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return strconv.Itoa(n) + " " + what
}
