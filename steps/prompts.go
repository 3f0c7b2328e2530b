package steps

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"telegent-setup/api"
	"telegent-setup/state"
)

// Prompt is what to put before the person now.
func (f *Flow) Prompt() Prompt {
	p := Prompt{Kind: f.at.kind, Step: &Step{}, Notes: slices.Clone(f.notes), Failure: f.at.failure, Results: f.at.results, Focus: f.at.focus, Problems: f.at.problems}
	if f.at.step != "" {
		p.Step = find(f.at.step)
		p.Title = p.Step.Title
	}
	if p.Failure != nil {
		p.Exchange = p.Failure.Exchange
	}
	build := map[PromptKind]func(*Prompt){
		WelcomePrompt: f.welcome, PlanPrompt: f.planPrompt, OfferPrompt: f.offerPrompt, FormPrompt: f.formPrompt, AdoptPrompt: f.adoptPrompt,
		ListPrompt: f.listPrompt, ConfirmPrompt: f.confirmPrompt, FailedPrompt: f.failedPrompt, UnknownPrompt: f.unknownPrompt,
		ResendPrompt: f.resendPrompt, UnconfirmedPrompt: f.unconfirmedPrompt, StepPrompt: f.stepPrompt, RedoPrompt: f.redoPrompt,
		NoNumberPrompt: f.noNumberPrompt, DeliveryPrompt: f.deliveryPrompt, ArrivalPrompt: f.arrivalPrompt, FinishedPrompt: f.finishedPrompt,
	}
	build[f.at.kind](&p)
	return p
}

func (p *Prompt) say(role Role, text string) {
	if text != "" {
		p.Text = append(p.Text, Paragraph{role, text})
	}
}

func (p *Prompt) offer(options ...Option) { p.Options = append(p.Options, options...) }

// Options that stand at several prompts.
var (
	leaveOption  = Option{Do: Leave, Label: "Quit and keep progress"}
	reportOption = Option{Do: WriteReport, Label: "Write a support report"}
)

// exchangeOption shows a call and its answer, where there was one.
func (p *Prompt) exchangeOption() {
	if p.Exchange != nil {
		p.offer(Option{Do: ShowExchange, Label: "Show request and answer"})
	}
}

func (f *Flow) welcome(p *Prompt) {
	p.Title = "From your account key to your first message"
	start := Option{Do: Start, Label: "Start"}
	if f.begun() {
		f.welcomeBack(p, &start)
	} else {
		f.introduction(p)
	}
	start.Sends, start.Doing = f.resumes() && !f.r.SignedIn(), find(Authenticate).Doing
	p.offer(start, Option{Do: Leave, Label: "Quit", Key: "q"})
}

// introduction says what will be built, and what is needed for it.
func (f *Flow) introduction(p *Prompt) {
	p.say(Plain, "Eight steps set up your first Telegent number: an account, message and voice routes, a phone number and its subscriber. At the end you send a test message.")
	if f.r.Sandbox() {
		p.say(Plain, "This is the sandbox: no account, no network, nothing real. Every field has a ready answer; Enter takes it.")
	} else {
		p.say(Strong, "What you need")
		p.say(Item, "AccountKey and AccountSecret, from your Telegent representative")
		p.say(Item, "a webhook URL (https) where your messages are delivered")
		p.say(Item, "a phone that can receive the test message")
		p.say(Faint, "No key yet? telegent-setup --sandbox tries everything out: no account, no network.")
	}
	p.say(Faint, "Quit whenever you like: your progress is saved in "+f.r.stateName()+", without any secret.")
}

// welcomeBack lists what is done, with its IDs, and says what comes next.
func (f *Flow) welcomeBack(p *Prompt, start *Option) {
	p.Title = "Welcome back"
	switch next, more := f.r.Next(); {
	case !more: // An ID that was given takes the place of a saved one.
		start.Label = "Go on"
	case f.r.Status(next.ID).Status == state.Sent && !f.r.Following(next.ID):
		start.Label = fmt.Sprintf("Settle step %d: %s", next.Number, next.Title)
	default:
		start.Label = fmt.Sprintf("Go on with step %d: %s", next.Number, next.Title)
	}
	for _, s := range f.r.All()[1:] {
		if s.Status != state.Todo {
			p.Facts = append(p.Facts, Detail{fmt.Sprintf("%d %s", s.Step.Number, s.Step.Title), s.Line()})
		}
	}
	if len(p.Facts) == 0 {
		p.say(Plain, "Nothing has been created yet.")
	}
	if !f.r.SignedIn() {
		p.say(Faint, "You sign in again first, since no secret is ever stored.")
	}
	p.say(Faint, "Progress: "+f.r.stateName())
}

// begun says whether there is anything to come back to.
func (f *Flow) begun() bool {
	for _, s := range f.r.All() {
		if s.Status != state.Todo {
			return true
		}
	}
	return false
}

// Line says on one line where a step stands.
func (s Status) Line() string {
	for _, id := range []ID{PhoneNumber, AccountID, MRID, CRID, SubscriberID, MessageID} {
		if v := s.Saved[id]; v != "" && s.Status == state.Done {
			return v
		}
	}
	switch s.Status {
	case state.Done:
		if a := s.Area; a != nil {
			return areaText(*a)
		}
		return cmp.Or(s.Chosen, "done")
	case state.Skipped:
		return "skipped"
	case state.Sent:
		return "sent, outcome unknown"
	case state.Failed:
		return "failed"
	}
	return "to do"
}

// areaText is an area as it is shown: "801 · 94730 · NGP-8".
func areaText(a state.Area) string {
	var parts []string
	for _, v := range []string{a.AreaCode, a.ZipCode, a.NGP} {
		if v != "" {
			parts = append(parts, v)
		}
	}
	return strings.Join(parts, " · ")
}

func (f *Flow) planPrompt(p *Prompt) {
	p.Title = "The plan"
	p.say(Plain, "This is what will be set up. Enter runs it, and stops at the number, the order, the message, and at whatever fails.")
	given, open := f.r.givenNow(), 0
	for _, s := range f.r.All() {
		step := PlanStep{Status: s, Stops: len(s.Step.Confirm.Sentences) > 0 || f.r.Form(s.Step.ID).Search != nil}
		if !s.Settled() {
			step.Skipped = s.Step.Optional && !f.r.wanted(s)
			step.Questions = f.r.Questionnaire(s.Step.ID, true).Questions(nil)
			for _, q := range step.Questions {
				if q.Problem != "" && !step.Skipped && given.Adopt[s.Step.ID] == nil {
					step.Open++
				}
			}
			open += step.Open
		}
		p.Plan = append(p.Plan, step)
	}
	if open > 0 {
		p.say(Strong, "Still open: "+countOf(open, "answer")+" that only you can give. You are asked at their steps.")
	}
	next, _ := f.r.Next()
	p.offer(
		Option{Do: RunPlan, Label: "Run it", Sends: true, Doing: "Setting up"},
		Option{Do: Continue, Label: "Go through the steps one by one", Help: fmt.Sprintf("Begins with step %d: %s.", next.Number, next.Title)},
		leaveOption,
	)
}

func (f *Flow) offerPrompt(p *Prompt) {
	p.Title = p.Step.Offer
	p.say(Plain, f.r.Why(p.Step.ID))
	yes := Option{Do: Fill, Step: p.Step.ID, Label: "Yes, set it up", Key: "y"}
	no := Option{Do: Skip, Step: p.Step.ID, Label: "No, skip this step", Key: "n", Help: "You can come back to it until a number is provisioned."}
	if f.r.wanted(f.r.Status(p.Step.ID)) {
		p.offer(yes, no)
	} else {
		p.offer(no, yes)
	}
	p.adoptOption(f)
	p.offer(Option{Do: Back, Label: "Back"})
}

// adoptOption leads to the form of what the customer has already.
func (p *Prompt) adoptOption(f *Flow) {
	if len(f.r.Form(p.Step.ID).Adopt) == 0 {
		return
	}
	label := "I already have one"
	if f.r.Form(p.Step.ID).Accept {
		label = "I already sent one"
	}
	p.offer(Option{Do: OpenAdopt, Step: p.Step.ID, Label: label})
}

func (f *Flow) formPrompt(p *Prompt) {
	id, form := p.Step.ID, f.r.Form(p.Step.ID)
	p.say(Plain, f.r.Why(id))
	p.Form = f.r.Questionnaire(id, false)
	last := f.r.LastFailure(id)
	if last != nil && p.Focus == "" && last.FixStep == id {
		p.Focus = last.FixField
	}
	p.Form.Focus(p.Focus)
	f.formText(p, last)
	submit := Option{Do: Submit, Step: id, Label: p.Step.Button, Sends: len(p.Step.Confirm.Sentences) == 0 || f.at.resend, Doing: p.Step.Doing}
	p.offer(submit)
	p.adoptOption(f)
	if form.AdoptFirst && f.r.Status(id).Status == state.Todo && len(p.Problems) == 0 && !f.r.hasTyped(id) && !f.r.hasGiven(id) && !f.r.Sandbox() {
		slices.Reverse(p.Options)
	}
	if f.wantsNumber(id) {
		p.offer(Option{Do: OpenNoNumber, Label: "I don't have a number yet"})
	}
	for _, fd := range form.Fields {
		if fd.Webhook {
			p.offer(Option{Do: CheckWebhook, Focus: fd.Key, Label: "Check the webhook"})
		}
	}
	p.offer(Option{Do: ShowRequest, Label: "Show request"})
	if s := f.r.Status(id); p.Step.Optional && s.Status != state.Done && s.Status != state.Sent {
		p.offer(Option{Do: Skip, Step: id, Label: "Skip this step"})
	}
	p.offer(Option{Do: Back, Label: "Back"})
}

func (r *Runner) hasGiven(step string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.given.Answers[step]) > 0
}

// formText is what this opening of the form needs said.
func (f *Flow) formText(p *Prompt, last *Failure) {
	switch {
	case f.at.resend && p.Step.ID != Authenticate:
		p.say(Caution, "This step was sent before, and nobody knows whether it arrived. Send it again only if you are sure that nothing was created.")
	case last != nil && p.Step.ID == Authenticate:
	case last != nil:
		text := sentence("Last time:", last.Title, last.Solution)
		if fix := find(last.FixStep); fix.ID != p.Step.ID {
			text += fmt.Sprintf(" Step %d mends it.", fix.Number)
		}
		p.say(Caution, text)
	case f.wantsNumber(p.Step.ID):
		p.say(Caution, "The service listed areas, not numbers: the number itself comes from Telegent. Type the one that was assigned to you.")
	}
	if area := f.chosenArea(p.Step.ID); area != "" {
		p.Facts = append(p.Facts, Detail{"Area", area})
	}
}

// chosenArea is the area that was chosen for a step; empty when none was.
func (f *Flow) chosenArea(id string) string {
	for _, s := range f.r.All() {
		if search := f.r.Form(s.Step.ID).Search; search != nil && search.Into == id && s.Area != nil {
			return areaText(*s.Area)
		}
	}
	return ""
}

// wantsNumber says whether the person has to know the number that a step is about,
// since the service listed none.
func (f *Flow) wantsNumber(id string) bool {
	fd, named := field(f.r.Form(id).Fields, string(PhoneNumber))
	if !named || fd.SavedID != "" || f.r.Status(id).Settled() {
		return false
	}
	full, _ := f.r.Questionnaire(id, true).complete(nil)
	return f.chosenArea(id) != "" || full[fd.Key] == ""
}

func (f *Flow) adoptPrompt(p *Prompt) {
	p.Form, p.Edits = f.r.AdoptQuestionnaire(p.Step.ID), f.at.edits
	p.Title = "I already have one"
	status := f.r.Status(p.Step.ID).Status
	sent := status == state.Sent
	switch message := f.r.Form(p.Step.ID).Accept; {
	case status == state.Done:
		p.Title = "Enter another ID"
	case sent && message:
		p.Title = "The message arrived"
	case sent:
		p.Title = "Enter the ID"
	case message:
		p.Title = "I already sent one"
	}
	asks := f.r.SignedIn() && f.r.Form(p.Step.ID).Lookup != nil
	if asks {
		p.say(Plain, "Enter it here and this step is done: nothing is created. The service is asked once whether it knows it.")
	} else {
		p.say(Plain, "Enter it here and this step is done: nothing is sent, and nothing is created.")
	}
	p.offer(Option{Do: Adopt, Label: "Use this", Sends: asks, Doing: "Asking whether the service knows it"})
	if l := f.r.Form(p.Step.ID).Lookup; l != nil && l.List.Path != "" && !f.at.unasked && f.r.SignedIn() {
		p.offer(Option{Do: OpenList, Step: p.Step.ID, Label: "Choose from what the service has", Sends: true, Doing: "Asking what is there"})
	}
	p.offer(Option{Do: Back, Label: "Back"})
}

func (f *Flow) listPrompt(p *Prompt) {
	r := p.Results
	switch {
	case r.Kind == Found && len(r.Rows) == 1:
		p.Title = "The service has this one"
	case r.Kind == Found:
		p.Title = fmt.Sprintf("The service has %d: choose one", len(r.Rows))
	case r.Kind == Numbers:
		p.Title = "Choose a number"
	default:
		p.Title = "Choose an area"
	}
	if f.taken != "" && r.Kind == Numbers {
		p.say(Caution, f.taken+" was claimed by another customer. Choose another number.")
	}
	if n := r.Given; n != "" && n != f.taken && r.Kind == Numbers && !r.has(n) {
		p.say(Caution, n+", which was given ahead, is not in this list.")
	}
	p.offer(Option{Do: Choose, Label: "Choose"})
	if r.More {
		p.offer(Option{Do: TurnPage, Label: "Next page", Sends: true, Doing: p.Step.Doing})
	}
	if r.Kind != Found {
		p.offer(Option{Do: Back, Label: "Search again"})
		return
	}
	p.offer(Option{Do: Back, Label: "None of these"})
}

// has says whether a number is in the list.
func (r Results) has(number string) bool {
	return slices.ContainsFunc(r.Rows, func(row Row) bool { return row.Number == number })
}

// Preselected is the row to begin with, which is never the number that was taken;
// -1 when none is.
func (r Results) Preselected() int {
	if r.Given == "" || r.Given == r.Taken {
		return max(slices.IndexFunc(r.Rows, func(row Row) bool { return r.Taken == "" || row.Number != r.Taken }), 0)
	}
	return slices.IndexFunc(r.Rows, func(row Row) bool { return row.Number == r.Given })
}

func (f *Flow) confirmPrompt(p *Prompt) {
	full, _ := f.r.Questionnaire(p.Step.ID, false).complete(nil)
	p.Title = p.Step.Confirm.text(full)
	p.Guarded = true
	p.Facts = f.summary(p.Step.ID)
	if !f.r.Sandbox() {
		p.say(Faint, p.Step.Confirm.Cost)
	}
	p.offer(
		Option{Do: Send, Step: p.Step.ID, Label: p.Step.Confirm.Yes, Key: "y", Sends: true, Doing: p.Step.Doing},
		Option{Do: Back, Label: "No, go back", Key: "n"},
		Option{Do: ShowRequest, Label: "Show request"},
	)
}

// summary are the answers of a step as a person knows them.
func (f *Flow) summary(id string) []Detail {
	var all []Detail
	for _, q := range f.r.Questionnaire(id, false).Questions(nil) {
		value := q.Readable(q.Value)
		if q.Kind == Secret && q.Held > 0 {
			value = "••••••••"
		}
		if q.Value != "" || q.Held > 0 {
			all = append(all, Detail{q.Label, value})
		}
	}
	return all
}

// RecordedPrompt is a failure as it was put before the person, without what could
// be done then.
func RecordedPrompt(x *Failure) Prompt {
	p := Prompt{Kind: FailedPrompt, Step: find(x.Step), Failure: x, Exchange: x.Exchange}
	if x.Kind.Unknown() {
		p.Kind = UnknownPrompt
	}
	p.failureText()
	return p
}

// failureText is what happened, in the service's words too, and what to do.
func (p *Prompt) failureText() {
	x := p.Failure
	p.Title = x.Headline()
	switch {
	case x.Message != "":
		p.say(Words, x.Message)
	case x.HTTPStatus >= 300: // A success says nothing that the title does not.
		p.say(Faint, "The service answered "+StatusText(x.HTTPStatus)+".")
	}
	if x.own != "" {
		p.say(Plain, x.own)
		p.say(Quote, unauthorized.Solution)
	} else {
		p.say(Plain, x.Solution)
	}
	if x.TransactionLogID != "" {
		p.Facts = append(p.Facts, Detail{"TransactionLogId", x.TransactionLogID})
	}
	if x.TraceID != "" {
		p.Facts = append(p.Facts, Detail{"TraceId", x.TraceID})
	}
	p.Guarded = true
}

func (f *Flow) failedPrompt(p *Prompt) {
	x := p.Failure
	p.failureText()
	p.offer(f.fixes(x)...)
	if x.Issue == IssueWrongEdition && !Begun(f.r.snapshot()) {
		p.offer(Option{Do: SwitchEdition, Label: "Use edition " + string(f.r.Edition().Other()) + " of the API"})
	}
	if x.Support {
		p.offer(reportOption)
	}
	if !slices.ContainsFunc(p.Options, func(o Option) bool { return o.Do == Fill && o.Step == x.Step }) {
		p.offer(Option{Do: Fill, Step: x.Step, Label: "Change the answers and send again"})
	}
	if x.FixStep != x.Step {
		p.offer(Option{Do: Send, Step: x.Step, Label: "Send the same again", Sends: true, Doing: p.Step.Doing})
	}
	p.exchangeOption()
	if !x.Support {
		p.offer(reportOption)
	}
	p.offer(leaveOption, Option{Do: Back, Label: "Back"})
}

// fixes are the ways out that a failure names.
func (f *Flow) fixes(x *Failure) []Option {
	step := find(x.FixStep)
	fix := Option{Do: Fill, Step: x.FixStep, Focus: x.FixField, Label: x.FixLabel}
	switch {
	case x.FixStep == x.Step && x.FixField == "":
		fix.Do, fix.Sends, fix.Doing = Send, true, step.Doing
	case x.FixAdopt:
		fix.Do, fix.Help = OpenAdopt, "Then you are back at this step, with its answers kept."
		return []Option{fix, {Do: OpenRedo, Step: x.FixStep, Label: "Make a new one instead"}}
	case x.FixStep != x.Step && f.r.Form(x.FixStep).Search != nil:
		fix.Do, fix.Sends, fix.Doing, fix.Help = Send, true, step.Doing, "The list is fetched again; the other answers are kept."
	case x.FixStep != x.Step && step.Creates && f.r.Status(x.FixStep).Status == state.Done:
		fix.Do = OpenRedo
		fix.Help = fmt.Sprintf("Step %d is done already: you will be asked first. Afterwards you are back here.", step.Number)
	case x.FixStep != x.Step:
		fix.Help = fmt.Sprintf("Step %d. Afterwards you are back here, with these answers kept.", step.Number)
	}
	return []Option{fix}
}

// unknownPrompt keeps one order of options for every step.
func (f *Flow) unknownPrompt(p *Prompt) {
	x := p.Failure
	p.failureText()
	form := f.r.Form(x.Step)
	open := x.Kind == OrderOpen
	if open {
		p.offer(Option{Do: Send, Step: x.Step, Label: "Ask what became of the order", Help: "Nothing is ordered again.", Sends: true, Doing: "Asking what became of the order"})
	} else if form.Lookup != nil && !f.at.unasked {
		p.offer(Option{Do: LookFor, Step: x.Step, Label: "Look for it at the service", Help: "Nothing is created, and nothing is decided without you.", Sends: true, Doing: "Looking for it at the service"})
	}
	enter := Option{Do: OpenAdopt, Step: x.Step, Label: "Enter the ID", Help: "Only if it " + p.Step.Made + "."}
	if form.Accept {
		enter.Label, enter.Help = "The message arrived: this step is done", "Nothing is sent."
	} else if x.Kind == Arrived {
		enter.Help = "It probably exists."
	}
	p.offer(enter)
	if !open {
		again := Option{Do: OpenResend, Step: x.Step, Label: "Send it again", Help: "Only if " + p.Step.Object + " " + p.Step.Missing + "; you will be asked once more."}
		if x.Kind == Arrived {
			again.Label, again.Help = "Change the answers and send again", "Only if it is not yours; you will be asked once more."
		}
		p.offer(again)
	}
	p.offer(reportOption, Option{Do: Leave, Label: "Leave it for now", Help: "The next start asks this again. Progress is kept."})
	p.exchangeOption()
}

func (f *Flow) resendPrompt(p *Prompt) {
	p.Title = "Send it a second time?"
	p.Guarded = true
	p.say(Plain, fmt.Sprintf("If the first call did arrive, %s.", f.r.Form(p.Step.ID).Repeat))
	sure := "Yes, I am sure that " + p.Step.Object + " " + p.Step.Missing + ": send again"
	p.offer(
		Option{Do: Back, Label: "No, go back", Key: "n"},
		Option{Do: Resend, Step: p.Step.ID, Label: sure, Key: "y", Sends: p.Failure == nil || p.Failure.Kind != Arrived, Doing: p.Step.Doing},
	)
}

func (f *Flow) unconfirmedPrompt(p *Prompt) {
	p.Title = "Use it anyway?"
	p.Guarded = true
	p.say(Caution, "The service does not know this ID. It may be mistyped, or belong to another account.")
	ids := f.r.adoptedIDs(p.Step.ID, f.at.edits)
	for _, id := range IDs() {
		if ids[id] != "" {
			p.Facts = append(p.Facts, Detail{string(id), ids[id]})
		}
	}
	p.offer(
		Option{Do: Back, Label: "No, enter another one", Key: "n"},
		Option{Do: AdoptAnyway, Label: "Yes, use it anyway", Key: "y", Help: "It is marked as not confirmed."},
	)
}

// IDFacts are saved IDs as names and values, in the order of the steps.
func IDFacts(ids Saved) []Detail {
	var all []Detail
	for _, step := range eight() {
		for _, id := range step.Saves {
			if ids[id] != "" {
				all = append(all, Detail{string(id), ids[id]})
			}
		}
	}
	return all
}

func (f *Flow) stepPrompt(p *Prompt) {
	s := f.r.Status(p.Step.ID)
	p.say(Plain, f.r.Why(p.Step.ID))
	p.Facts = IDFacts(s.Saved)
	if s.Area != nil {
		p.Facts = append(p.Facts, Detail{"Area", areaText(*s.Area)})
	}
	if s.Unconfirmed {
		p.say(Caution, "The service did not know this ID when it was entered.")
	}
	skipped := s.Status == state.Skipped
	if !skipped {
		p.Facts = append(p.Facts, f.summary(p.Step.ID)...)
	}
	p.Exchange = f.r.exchangeOf(p.Step.ID)
	p.offer(Option{Do: Continue, Label: "Continue", Sends: f.continueSends(), Doing: "Going on"})
	if len(s.Saved) > 0 {
		p.offer(Option{Do: CopyIDs, Step: p.Step.ID, Label: "Copy", Key: "c"})
	}
	if s.Saved[PhoneNumber] != "" && f.r.ESIM() != "" {
		p.offer(esimOption)
	}
	f.changeOptions(p, skipped)
	p.exchangeOption()
	p.offer(Option{Do: Back, Label: "Back"})
}

// continueSends says whether going on makes a call at once.
func (f *Flow) continueSends() bool {
	next, more := f.r.Next()
	return more && f.r.Following(next.ID)
}

var esimOption = Option{Do: ShowESIM, Label: "Show the eSIM's QR code", Key: "e"}

// changeOptions are the ways to change a step that is settled.
func (f *Flow) changeOptions(p *Prompt, skipped bool) {
	id := p.Step.ID
	switch {
	case skipped && f.r.mayReopen(id):
		p.offer(Option{Do: Reopen, Step: id, Label: "Set it up after all"})
	case skipped:
	case id == Authenticate:
		p.offer(Option{Do: Fill, Step: id, Label: "Sign in again"})
	case f.r.Form(id).Search != nil:
		p.offer(Option{Do: Fill, Step: id, Label: "Search again"})
	case p.Step.Creates:
		p.offer(
			Option{Do: OpenAdopt, Step: id, Label: "Enter another ID"},
			Option{Do: OpenRedo, Step: id, Label: f.anew(id), Help: "You will be asked first."},
		)
	}
}

// anew is what carrying out a step once more is called.
func (f *Flow) anew(id string) string {
	if f.r.Form(id).Accept {
		return "Send another message"
	}
	return "Make a new one"
}

func (f *Flow) redoPrompt(p *Prompt) {
	p.Title = p.Step.Title + " once more?"
	p.Guarded = true
	p.say(Plain, "This step is done.")
	p.Facts = IDFacts(f.r.Status(p.Step.ID).Saved)
	if f.r.Form(p.Step.ID).Accept {
		p.say(Plain, "Carrying it out again sends another message. The ID of the first stays in the history of your state file.")
	} else {
		p.say(Plain, "Carrying it out again makes a second one at Telegent. The first stays there, and its ID stays in the history of your state file; the steps after this one use the new ID. What they have made already stays as it is.")
	}
	if !f.r.Sandbox() {
		p.say(Faint, p.Step.Confirm.Cost)
	}
	back := Option{Do: Back, Label: "Leave it as it is"}
	enter := Option{Do: OpenAdopt, Step: p.Step.ID, Label: "Enter the ID of one that exists"}
	again := Option{Do: Fill, Step: p.Step.ID, Label: f.anew(p.Step.ID)}
	if p.Failure != nil {
		p.offer(enter, again, back)
		return
	}
	p.offer(back, enter, again)
}

func (f *Flow) noNumberPrompt(p *Prompt) {
	p.Title = "Your number comes from Telegent"
	p.say(Plain, "This service says where numbers are available, not which. The number itself is assigned to you by Telegent.")
	p.say(Plain, "Ask your Telegent representative, or write to "+SupportEmail+". A message that is ready to send:")
	p.say(Quote, f.numberRequest())
	p.say(Plain, "Everything so far is kept. When you have the number, start telegent-setup again: it goes on right here.")
	p.offer(
		Option{Do: CopyRequest, Label: "Copy the message", Key: "c", Help: "To your representative, or to " + SupportEmail + "."},
		Option{Do: Leave, Label: "Keep everything and quit"},
		Option{Do: Back, Label: "I have it now: go back"},
	)
}

// numberRequest asks Telegent for a number.
func (f *Flow) numberRequest() string {
	text := "Please assign a number to our account " + f.r.Saved()[AccountID]
	for _, s := range f.r.All() {
		if a := s.Area; a != nil {
			text += fmt.Sprintf(": area code %s, zip code %s, provider %s", orNone(a.AreaCode), orNone(a.ZipCode), orNone(a.NGP))
		}
	}
	return text + "."
}

func orNone(s string) string {
	if s == "" {
		return "any"
	}
	return s
}

func (f *Flow) deliveryPrompt(p *Prompt) {
	p.Title = "The message is on its way"
	p.say(Plain, "The service accepted it. Accepted is not delivered: the service is asked what becomes of it.")
	if n := f.r.Saved()[PhoneNumber]; n != "" {
		p.say(Strong, "When it has arrived, text anything from that phone to "+n+": the answer is looked for too.")
	}
	p.offer(
		Option{Do: Watch, Label: "Wait for the delivery", Sends: true, Doing: "Waiting for the delivery"},
		Option{Do: Continue, Label: "Go on"},
	)
}

// ArrivalChecks are what to look at when the test message does not arrive.
func (r *Runner) ArrivalChecks() []string {
	full, _ := r.Questionnaire(TestMessage, false).complete(nil)
	return []string{
		"Wait a minute: carriers take their time.",
		"Check the number it went to: " + full["To"] + ". It must be a phone that receives SMS, with its country code, switched on.",
		"Messages of type a2p need a registered campaign.",
		"Look at your webhook: with delivery reports on, it is told what became of the message.",
		"Ask later what became of it: telegent-setup verify.",
		"Ask support, with the MessageId and the numbers: " + SupportEmail + ".",
	}
}

func (f *Flow) arrivalPrompt(p *Prompt) {
	p.Title = "When the message does not arrive"
	for _, text := range f.r.ArrivalChecks() {
		p.say(Item, text)
	}
	p.offer(
		Option{Do: Back, Label: "Back"},
		Option{Do: Fill, Step: TestMessage, Focus: "To", Label: "Send another message"},
		Option{Do: CopyIDs, Label: "Copy all IDs", Key: "c"},
		reportOption,
		Option{Do: Leave, Label: "Finish"},
	)
}

// Overview lists the eight steps, to go to one.
func (f *Flow) Overview() Prompt {
	p := Prompt{Kind: OverviewPrompt, Step: &Step{}, Title: "The eight steps", Notes: slices.Clone(f.notes)}
	facts := f.Facts()
	for _, s := range facts.Steps {
		o := Option{Do: Visit, Step: s.Step.ID, Label: s.Step.Title, Help: s.Line(), Sends: f.r.Following(s.Step.ID), Doing: "Asking what became of the order"}
		if ids := slices.Collect(maps.Values(s.Saved)); len(ids) > 0 && s.Status == state.Done {
			o.Help = strings.ReplaceAll(valuesOf(s.Saved), ", ", " · ")
		}
		if found, ok := f.checked[s.Step.ID]; ok {
			o.Label += " · " + map[Presence]string{There: "found", Gone: "not found", NotChecked: "not checked"}[found]
		}
		if s.Step.ID == Authenticate {
			o.Help = cmp.Or(facts.Note(s), o.Help)
		}
		later := s.Status == state.Todo && s.Step.ID != Authenticate && (facts.Next == "" || s.Step.Number > find(facts.Next).Number || !facts.SignedIn)
		if later {
			o.Do, o.Help = None, "comes later"
		}
		p.offer(o)
	}
	if slices.ContainsFunc(facts.Steps, func(s Status) bool { return f.r.CanCheck(s.Step.ID) }) && facts.SignedIn {
		p.offer(Option{Do: CheckIDs, Label: "Check the IDs at the service", Key: "c", Sends: true, Doing: "Asking whether the service knows them"})
	}
	return p
}

// valuesOf are IDs without their names.
func valuesOf(ids Saved) string {
	var all []string
	for _, d := range IDFacts(ids) {
		all = append(all, d.Value)
	}
	return strings.Join(all, ", ")
}

// exchangeOf is the last call of a step in this run and its answer; nil when there
// was none.
func (r *Runner) exchangeOf(step string) *api.Exchange {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.exchanges[step]
}
