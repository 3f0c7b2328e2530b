package wizard

import (
	"telegent-setup/state"
	"telegent-setup/steps"
)

// newDone is the last screen: the guide's checklist, every ID, and whether the
// message arrived, which the service does not say. A setup that is found finished
// is not asked about again.
func newDone(sc *scene, found bool) *sheet {
	s := &sheet{
		sc: sc, title: "Success: your first setup is complete", wide: true,
		text:  func(w int) []string { return doneText(sc, found, w) },
		after: func(w int) []string { return doneNotes(sc, w) },
	}
	finish := "The message arrived: finish"
	if found {
		s.title, finish = "Your setup is complete", "Finish"
	}
	s.menu = menu{st: sc.st, choices: []choice{
		{label: finish, act: quitAction{}},
		{label: "It has not arrived: what to check", act: openAction{newArrival(sc)}},
		{label: "Copy all IDs", key: "c", act: copyAction{sc.idText(""), "Every ID"}},
	}}
	s.keys = map[string]func() action{"q": func() action { return quitAction{} }}
	s.extra = []hint{{"c", "copy all IDs"}, {"q", "finish"}}
	if sc.qr != "" {
		s.menu.choices = append(s.menu.choices, copyQR(sc))
		s.extra = append([]hint{{"e", "copy the eSIM link"}}, s.extra...)
	}
	return s
}

// copyQR is the choice that copies the link to the QR code of the eSIM.
func copyQR(sc *scene) choice {
	return choice{label: "Copy the link to the QR code of the eSIM", key: "e", act: copyAction{sc.qr, "The link"}}
}

func doneText(sc *scene, found bool, w int) []string {
	st := sc.st
	var lines []string
	tick := func(text string) {
		for i, l := range wrapped(text, w-2) {
			lead := "  "
			if i == 0 {
				lead = st.Good.Render("✓ ")
			}
			lines = append(lines, lead+l)
		}
	}
	voice := sc.status(steps.VoiceRoute).Status == state.Skipped
	tick("An account created")
	if voice {
		tick("Message route configured (voice skipped)")
	} else {
		tick("Message and voice routes configured")
	}
	tick("A phone number provisioned")
	tick("A subscriber with an active number")
	tick("A test message accepted by the service")
	lines = append(lines, "")
	lines = append(append(lines, table(st, append(sc.ids(""), sc.qrCode("")...), w)...), "")
	if sc.sandbox {
		lines = paragraph(lines, st.Text, sandboxNote, w)
	}
	if found {
		return paragraph(lines, st.Strong, "Nothing is left to send.", w)
	}
	return paragraph(lines, st.Strong, "Accepted is not delivered: did the message arrive on the phone?", w)
}

// doneNotes say where everything is, and what comes next.
func doneNotes(sc *scene, w int) []string {
	next := "Use these IDs in your own programs: " + sc.export
	if sc.sandbox {
		next = realSetup
	}
	pairs := []pair{{name: "What’s next", value: next}, {name: "State file", value: sc.path}}
	if sc.sandbox {
		pairs = append(pairs, pair{name: "For scripts", value: sc.export})
	}
	return table(sc.st, append(pairs, supportPairs()...), w)
}

// newArrival says what to check when the test message does not arrive.
func newArrival(sc *scene) *sheet {
	step := sc.step(steps.TestMessage)
	s := &sheet{sc: sc, step: step.ID, title: "When the message does not arrive", esc: backAction{}}
	s.text = func(w int) []string {
		st := sc.st
		var lines []string
		for _, text := range []string{
			"Wait a minute: carriers take their time.",
			"Check the number it went to: " + sc.runner.Prefill(step.ID)["To"] + ". It must be a phone that receives SMS, with its country code.",
			"Look at your webhook: with delivery reports on, it is told what became of the message.",
			"Ask support, with the MessageId and the numbers: " + steps.SupportEmail + ".",
		} {
			for i, l := range wrapped(text, w-2) {
				lead := "  "
				if i == 0 {
					lead = "• "
				}
				lines = append(lines, lead+st.Text.Render(l))
			}
		}
		return append(lines, "")
	}
	s.menu = menu{st: sc.st, choices: []choice{
		{label: "Back", act: backAction{}},
		{label: "Send another, to another number", act: formAction{step: step.ID, focus: "To"}},
		{label: "Copy all IDs", key: "c", act: copyAction{sc.idText(""), "Every ID"}},
		{label: "Finish", act: quitAction{}},
	}}
	return s
}
