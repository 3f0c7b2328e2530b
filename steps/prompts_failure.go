package steps

import (
	"fmt"
	"slices"

	"telegent-setup/state"
)

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
	p.fact("TransactionLogId", x.TransactionLogID)
	p.fact("TraceId", x.TraceID)
	p.Guarded = true
}

func (f *Flow) failedPrompt(p *Prompt) {
	x := p.Failure
	p.failureText()
	p.add(f.fixes(x)...)
	p.addIf(x.Issue == IssueWrongEdition && !HasProgress(f.r.snapshot()),
		Option{Do: SwitchEdition, Label: "Use edition " + string(f.r.Edition().Other()) + " of the API"})
	p.addIf(x.Support, reportOption)
	fills := slices.ContainsFunc(p.Options, func(o Option) bool { return o.Do == Fill && o.Step == x.Step })
	p.addIf(!fills, Option{Do: Fill, Step: x.Step, Label: "Change the answers and send again"})
	p.addIf(x.FixStep != x.Step,
		Option{Do: Send, Step: x.Step, Label: "Send the same again", Sends: true, Doing: p.Step.Doing})
	p.addIf(p.Exchange != nil, exchangeOption)
	p.addIf(!x.Support, reportOption)
	p.add(leaveOption, backOption)
}

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
	p.addIf(open, Option{
		Do: Send, Step: x.Step, Label: "Ask what became of the order", Help: "Nothing is ordered again.",
		Sends: true, Doing: "Asking what became of the order",
	})
	p.addIf(!open && form.Lookup.ByID.Path != "" && !f.at.cannotAsk, Option{
		Do: LookFor, Step: x.Step, Label: "Look for it at the service",
		Help: "Nothing is created, and nothing is decided without you.", Sends: true, Doing: "Looking for it at the service",
	})
	enter := Option{Do: OpenAdopt, Step: x.Step, Label: "Enter the ID", Help: "Only if it " + p.Step.Made + "."}
	if form.Accept {
		enter.Label, enter.Help = "The message arrived: this step is done", "Nothing is sent."
	} else if x.Kind == Arrived {
		enter.Help = "It probably exists."
	}
	p.add(enter)
	if !open {
		again := Option{Do: OpenResend, Step: x.Step, Label: "Send it again", Help: "Only if " + p.Step.Object + " " + p.Step.Missing + "; you will be asked once more."}
		if x.Kind == Arrived {
			again.Label, again.Help = "Change the answers and send again", "Only if it is not yours; you will be asked once more."
		}
		p.add(again)
	}
	p.add(reportOption, Option{Do: Leave, Label: "Leave it for now", Help: "The next start asks this again. Progress is kept."})
	p.addIf(p.Exchange != nil, exchangeOption)
}

func (f *Flow) resendPrompt(p *Prompt) {
	p.Title = "Send it a second time?"
	p.Guarded = true
	p.say(Plain, fmt.Sprintf("If the first call did arrive, %s.", f.r.Form(p.Step.ID).Repeat))
	sure := "Yes, I am sure that " + p.Step.Object + " " + p.Step.Missing + ": send again"
	p.add(
		Option{Do: Back, Label: "No, go back", Key: "n"},
		Option{Do: Resend, Label: sure, Key: "y", Sends: p.Failure == nil || p.Failure.Kind != Arrived, Doing: p.Step.Doing},
	)
}

func (f *Flow) unconfirmedPrompt(p *Prompt) {
	p.Title = "Use it anyway?"
	p.Guarded = true
	p.say(Caution, "The service does not know this ID. It may be mistyped, or belong to another account.")
	p.Facts = IDFacts(f.r.adoptedIDs(p.Step.ID, f.at.edits))
	p.add(
		Option{Do: Back, Label: "No, enter another one", Key: "n"},
		Option{Do: AdoptAnyway, Label: "Yes, use it anyway", Key: "y", Help: "It is marked as not confirmed."},
	)
}
