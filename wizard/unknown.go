package wizard

import (
	"telegent-setup/steps"
)

// newUnknown is the screen of a creating call whose outcome nobody knows. The
// choices stand in the order of safety: sending again is the last, and asks
// once more.
func newUnknown(sc *scene, u *steps.Unknown, send action) *sheet {
	step := sc.step(u.Step)
	s := &sheet{
		sc: sc, step: u.Step, eyebrow: sc.place(step) + " · " + step.Title, title: "? " + u.Title,
		guard: true,
		text:  func(w int) []string { return failText(sc, &u.Failure, w) },
		after: func(w int) []string { return failNotes(sc, &u.Failure, w) },
		aside: exchangeBeside(sc, &u.Failure),
	}
	var choices []choice
	if len(sc.runner.Form(u.Step).Adopt) > 0 {
		enter := choice{label: "Enter the ID", act: openAction{newAdopt(sc, u.Step)}, help: "For when it did arrive. " + sc.harmless(u.Step)}
		if u.Arrived {
			enter.help = "It probably did arrive. " + sc.harmless(u.Step)
		}
		choices = append(choices, enter)
	}
	if u.Support {
		choices = append(choices, writeReport)
	}
	resend := choice{label: "Send again", act: openAction{newSure(sc, step, send)}, help: "For when it did not arrive. You will be asked once more."}
	if u.Arrived {
		again := openAction{newSure(sc, step, formAction{step: u.Step, resend: true})}
		resend = choice{label: "Change the answers and send again", act: again, help: "For when it is not yours. You will be asked once more."}
	}
	if sc.runner.Following(u.Step) {
		ask := choice{label: "Ask what became of the order", act: send, help: "Nothing is ordered again."}
		choices, resend = append([]choice{ask}, choices...), choice{}
	}
	choices = append(choices,
		choice{label: "Leave it for now and quit", act: quitAction{}, help: "The next start asks this again. Meanwhile, ask " + steps.SupportEmail + "."},
	)
	if resend.act != nil {
		choices = append(choices, resend)
	}
	if u.Exchange != nil {
		choices = append(choices, choice{label: "Show request and answer", act: openAction{newExchange(sc, step, *u.Exchange)}})
	}
	if !u.Support {
		choices = append(choices, writeReport)
	}
	s.menu = menu{st: sc.st, choices: choices}
	return s
}
