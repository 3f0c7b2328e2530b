package wizard

import (
	"telegent-setup/state"
	"telegent-setup/steps"
)

// newRedo asks before a step that is done is carried out once more, since that
// makes a second object at Telegent.
func newRedo(sc *scene, id, reason string) *sheet {
	step := sc.step(id)
	s := &sheet{
		sc: sc, step: id, eyebrow: sc.place(step), title: step.Title + " once more?",
		guard: true, esc: backAction{},
		text: func(w int) []string {
			st := sc.st
			lines := paragraph(nil, st.Text, "This step is done:", w)
			lines = append(lines, table(st, sc.ids(id), w)...)
			lines = append(lines, "")
			return paragraph(lines, st.Text, "Carrying it out again makes a second one at Telegent. The first stays there, and its ID stays in the history of your state file; the steps after this one use the new ID. What they have made already stays as it is.", w)
		},
	}
	back := choice{label: "Leave it as it is", act: backAction{}}
	again := choice{label: "Make a new one", act: formAction{step: id}}
	enter := choice{label: "Enter the ID of one that exists", act: openAction{newAdopt(sc, id)}, help: sc.adoptNote(id)}
	choices := []choice{back}
	if reason != "" {
		choices = nil
	}
	if len(sc.runner.Form(id).Adopt) > 0 {
		choices = append(choices, enter)
	}
	choices = append(choices, again)
	if reason != "" {
		choices = append(choices, back)
	}
	s.menu = menu{st: sc.st, choices: choices}
	return s
}

// newDetail shows a step that is done or skipped, to be read.
func newDetail(sc *scene, id string) *sheet {
	step, status := sc.step(id), sc.status(id)
	skipped := status.Status == state.Skipped
	title := "✓ " + step.Title
	if skipped {
		title = "– " + step.Title + ": skipped"
	}
	s := &sheet{
		sc: sc, step: id, eyebrow: sc.place(step), title: title, esc: backAction{},
		text:  func(w int) []string { return detailText(sc, step, w) },
		after: func(w int) []string { return detailAnswers(sc, status, w) },
	}
	s.menu = menu{st: sc.st, choices: []choice{{label: "Continue", act: onwardAction{}}}}
	add := func(c choice) { s.menu.choices = append(s.menu.choices, c) }
	if text := sc.idText(id); text != "" {
		add(choice{label: "Copy", key: "c", act: copyAction{text, "The ID"}})
	}
	if id == steps.Provision && sc.qr != "" {
		add(copyQR(sc))
	}
	switch {
	case skipped && sc.status(steps.Provision).Status != state.Done:
		add(choice{label: "Set it up after all", act: reopenAction{id}})
	case skipped:
	case id == steps.Authenticate:
		add(choice{label: "Sign in again", act: formAction{step: id}})
	case id == steps.Availability:
		add(choice{label: "Search again", act: formAction{step: id}})
	case step.Creates:
		add(choice{label: "Make a new one", help: "You will be asked first.", act: redoAction{step: id}})
	}
	return s
}

func detailText(sc *scene, step steps.Step, w int) []string {
	lines := paragraph(nil, sc.st.Text, sc.runner.Why(step.ID), w)
	if ids := append(sc.ids(step.ID), sc.qrCode(step.ID)...); len(ids) > 0 {
		lines = append(append(lines, table(sc.st, ids, w)...), "")
	}
	return lines
}

// detailAnswers are the answers that a step was carried out with.
func detailAnswers(sc *scene, status steps.Status, w int) []string {
	if status.Status == state.Skipped {
		return nil
	}
	return sc.summary(status.Step, sc.runner.Prefill(status.Step.ID), w)
}
