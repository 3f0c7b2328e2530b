package wizard

import (
	"telegent-setup/steps"
)

// newUnknown is the screen of a creating call whose outcome nobody knows.
func newUnknown(sc *scene, u *steps.Unknown, send action) *sheet {
	step := sc.step(u.Step)
	s := &sheet{
		sc: sc, step: u.Step, eyebrow: sc.place(step) + " · " + step.Title, title: "? " + u.Headline(),
		guard: true,
		text:  func(w int) []string { return failText(sc, &u.Failure, w) },
		after: func(w int) []string { return failNotes(sc, &u.Failure, w) },
		aside: exchangeBeside(sc, &u.Failure),
	}
	s.menu = menu{st: sc.st, choices: unknownChoices(sc, step, u, send)}
	return s
}

// notCreated is the case in which sending again is right.
func notCreated(step string) string {
	if step == steps.TestMessage {
		return "If it did not arrive."
	}
	return "If it was not created."
}

// unknownChoices stand in the order of safety: sending again is the last way on,
// and asks once more.
func unknownChoices(sc *scene, step steps.Step, u *steps.Unknown, send action) []choice {
	var choices []choice
	if len(sc.runner.Form(u.Step).Adopt) > 0 {
		enter := choice{label: steps.OfferAdopt, act: openAction{newAdopt(sc, u.Step)}, help: "If it was created. " + sc.adoptNote(u.Step)}
		if u.Arrived {
			enter.help = "It probably exists. " + sc.adoptNote(u.Step)
		}
		if u.Step == steps.TestMessage {
			enter.label, enter.help = steps.OfferArrived, sc.adoptNote(u.Step)
		}
		choices = append(choices, enter)
	}
	if u.Support {
		choices = append(choices, writeReport)
	}
	resend := choice{label: steps.OfferResend, act: openAction{newSure(sc, step, send)}, help: notCreated(u.Step) + " You will be asked once more."}
	if u.Arrived {
		again := openAction{newSure(sc, step, formAction{step: u.Step, resend: true})}
		resend = choice{label: steps.OfferChange, act: again, help: "If it is not yours. You will be asked once more."}
	}
	if sc.runner.Following(u.Step) {
		ask := choice{label: steps.OfferAsk, act: send, help: "Nothing is ordered again."}
		choices, resend = append([]choice{ask}, choices...), choice{}
	}
	choices = append(choices,
		choice{label: steps.OfferLeave, act: quitAction{}, help: "The next start asks this again. Meanwhile, ask " + steps.SupportEmail + "."},
	)
	if resend.act != nil {
		choices = append(choices, resend)
	}
	if u.Exchange != nil {
		choices = append(choices, choice{label: steps.OfferExchange, act: openAction{newExchange(sc, step, *u.Exchange)}})
	}
	if !u.Support {
		choices = append(choices, writeReport)
	}
	return choices
}
