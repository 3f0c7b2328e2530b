package steps

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"telegent-setup/state"
)

func (f *Flow) welcome(p *Prompt) {
	p.Title = "From your account key to your first message"
	start := Option{Do: Start, Label: "Start"}
	if anyBegun(f.r.All()) { // There is something to come back to.
		f.welcomeBack(p, &start)
	} else {
		f.introduction(p)
	}
	start.Sends, start.Doing = f.resumes() && !f.r.SignedIn(), find(Authenticate).Doing
	p.add(start, Option{Do: Leave, Label: "Quit", Key: "q"})
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
	start.Label = "Go on" // To an ID that was given and takes the place of a saved one.
	if next, more := f.r.Next(); more {
		goOn := "Go on with"
		if s := f.r.Status(next.ID); s.Status == state.Sent && !s.Following {
			goOn = "Settle"
		}
		start.Label = fmt.Sprintf("%s step %d: %s", goOn, next.Number, next.Title)
	}
	for _, s := range f.r.All()[1:] {
		if s.Status != state.Todo {
			p.fact(fmt.Sprintf("%d %s", s.Step.Number, s.Step.Title), s.Line())
		}
	}
	p.sayIf(len(p.Facts) == 0, Plain, "Nothing has been created yet.")
	p.sayIf(!f.r.SignedIn(), Faint, "You sign in again first, since no secret is ever stored.")
	p.say(Faint, "Progress: "+f.r.stateName())
}

func (f *Flow) planPrompt(p *Prompt) {
	p.Title = "The plan"
	p.say(Plain, "This is what will be set up. Enter runs it, and stops at the number, the order, the message, and at whatever fails.")
	given, open := f.r.givenNow(), 0
	for _, s := range f.r.All() {
		step := PlanStep{Status: s, Stops: s.Step.asksFirst() || f.r.Form(s.Step.ID).Search != nil}
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
	p.sayIf(open > 0, Strong, "Still open: "+CountOf(open, "answer")+" that only you can give. You are asked at their steps.")
	next, _ := f.r.Next()
	p.add(
		Option{Do: RunPlan, Label: "Run it", Sends: true, Doing: "Setting up"},
		Option{Do: Continue, Label: "Go through the steps one by one", Help: fmt.Sprintf("Begins with step %d: %s.", next.Number, next.Title)},
		leaveOption,
	)
}

// Overview lists the eight steps, to go to one.
func (f *Flow) Overview() Prompt {
	p := Prompt{Kind: OverviewPrompt, Step: &Step{}, Title: "The eight steps", Notes: slices.Clone(f.notes)}
	facts := f.Facts()
	for _, s := range facts.Steps {
		o := Option{Do: Visit, Step: s.Step.ID, Label: s.Step.Title, Help: s.Line(), Sends: s.Following, Doing: "Asking what became of the order"}
		if len(s.Saved) > 0 && s.Status == state.Done {
			var ids []string
			for _, id := range IDFacts(s.Saved) {
				ids = append(ids, id.Value)
			}
			o.Help = strings.Join(ids, " · ")
		}
		if found, ok := f.checked[s.Step.ID]; ok {
			o.Label += " · " + map[Presence]string{There: "found", Gone: "not found", NotChecked: "not checked"}[found]
		}
		switch {
		case s.Step.ID == Authenticate:
			o.Help = cmp.Or(facts.Note(s), o.Help)
		case s.Status == state.Todo && (s.Step.ID != facts.Next || !facts.SignedIn):
			o.Do, o.Help = None, "comes later"
		}
		p.add(o)
	}
	asks := facts.SignedIn && slices.ContainsFunc(facts.Steps, func(s Status) bool { return f.r.CanCheck(s.Step.ID) })
	p.addIf(asks, Option{
		Do: CheckIDs, Label: "Check the IDs at the service", Key: "c", Sends: true, Doing: "Asking whether the service knows them",
	})
	return p
}
