package wizard

import (
	"telegent-setup/steps"
)

// newOffer asks whether an optional step is wanted at all. The answer is no
// until somebody says yes; in the sandbox, where trying costs nothing, it is
// yes.
func newOffer(sc *scene, step steps.Step) *sheet {
	yes := choice{label: "Yes, set it up", key: "y", act: formAction{step: step.ID}}
	no := choice{label: "No, skip this step", key: "n", act: skipAction{step.ID}, help: "You can come back to it until a number is provisioned."}
	s := &sheet{
		sc: sc, step: step.ID, eyebrow: sc.place(step) + " · " + step.Title, title: step.Offer,
		esc: backAction{},
		text: func(w int) []string {
			return paragraph(nil, sc.st.Text, sc.runner.Why(step.ID), w)
		},
	}
	s.menu = menu{st: sc.st, choices: []choice{no, yes}}
	if sc.sandbox && !sc.skips[step.ID] {
		s.menu.choices = []choice{yes, no}
	}
	return s
}

// newConfirm says what is about to happen and asks once.
func newConfirm(sc *scene, step steps.Step, submit submitAction) *sheet {
	submit.confirmed = true
	question, yes := step.Confirm(submit.answers), "Yes, send it"
	if step.ID == steps.Provision {
		yes = "Yes, order it"
	}
	s := &sheet{
		sc: sc, step: step.ID, eyebrow: sc.place(step) + " · " + step.Title, title: question,
		guard: true, esc: backAction{},
		text: func(w int) []string {
			return append(sc.summary(step, submit.answers, w), "")
		},
	}
	s.menu = menu{st: sc.st, choices: []choice{
		{label: yes, key: "y", act: submit},
		{label: "No, go back", key: "n", act: backAction{}},
	}}
	s.keys = map[string]func() action{"ctrl+r": func() action {
		return openAction{newRequest(sc, step, sc.runner.Preview(step.ID, submit.answers))}
	}}
	s.extra = []hint{{"ctrl+r", "request"}}
	return s
}

// newSure asks in words before a call is sent a second time.
func newSure(sc *scene, step steps.Step, send action) *sheet {
	s := &sheet{
		sc: sc, step: step.ID, eyebrow: sc.place(step) + " · " + step.Title, title: "Send it a second time?",
		guard: true, esc: backAction{},
		text: func(w int) []string {
			text := "If the first call did arrive, this makes a second one: Telegent cannot tell that it is a repeat."
			if step.ID == steps.TestMessage {
				text = "If the first message was sent, the phone gets it twice."
			}
			return paragraph(nil, sc.st.Text, text, w)
		},
	}
	s.menu = menu{st: sc.st, choices: []choice{
		{label: "No, go back", key: "n", act: backAction{}},
		{label: "Yes, I am sure that nothing was created: send again", key: "y", act: send},
	}}
	return s
}

// newNoNumber says where a number comes from when the service lists none.
func newNoNumber(sc *scene) *sheet {
	step := sc.step(steps.Provision)
	s := &sheet{
		sc: sc, step: step.ID, eyebrow: sc.place(step) + " · " + step.Title, title: "Your number comes from Telegent",
		esc: backAction{},
		text: func(w int) []string {
			st := sc.st
			lines := paragraph(nil, st.Text, "This service says where numbers are available, not which. The number itself is assigned to you by Telegent.", w)
			lines = paragraph(lines, st.Text, "Ask your Telegent representative, or write to "+steps.SupportEmail+", for a number in the area that you chose.", w)
			return paragraph(lines, st.Text, "Everything so far is kept. When you have the number, start telegent-setup again: it goes on right here.", w)
		},
	}
	s.menu = menu{st: sc.st, choices: []choice{
		{label: "Keep everything and quit", act: quitAction{}},
		{label: "I have it now: go back", act: backAction{}},
	}}
	return s
}
