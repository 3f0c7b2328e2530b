package wizard

import (
	tea "charm.land/bubbletea/v2"

	"telegent-setup/state"
	"telegent-setup/steps"
)

// adopt is "I already have one": it takes an ID, and nothing is sent.
type adopt struct {
	sc     *scene
	step   steps.Step
	form   *form
	reason string
}

// newAdopt opens the form for an ID that the customer has already.
func newAdopt(sc *scene, id string) *adopt {
	a := &adopt{sc: sc, step: sc.step(id)}
	a.form = &form{st: sc.st, env: sc.runner.Env, check: a.check, keep: sc.keep}
	a.form.buttons = []button{
		{"Use this", a.submit},
		{"Back", func() action { return backAction{} }},
	}
	prefill := sc.prefill(id)
	for _, spec := range sc.runner.Form(id).Adopt {
		a.form.fields = append(a.form.fields, newField(spec, a.known(spec, prefill), false, a.form.theme()))
	}
	a.form.focusOn("")
	return a
}

// known is what the form can open with: the number that is being provisioned,
// since a call that nobody knows the outcome of was about that one.
func (a *adopt) known(spec steps.Field, prefill steps.Answers) string {
	sent := a.sc.runner.Status(a.step.ID).Status == state.Sent
	if spec.From == steps.PhoneNumber && (sent || !a.sc.sandbox) {
		return prefill[spec.Key]
	}
	return ""
}

// check says why an ID will not do. One that is saved does not stand in for an
// empty answer: it is another that is wanted.
func (a *adopt) check(f *field, answers steps.Answers) string {
	if answers[f.spec.Key] == "" && !f.spec.Optional && f.spec.Default == "" {
		return steps.Needed
	}
	for _, p := range a.sc.runner.CheckAdopt(a.step.ID, answers) {
		if p.Key == f.spec.Key {
			return p.Message
		}
	}
	return ""
}

func (a *adopt) submit() action {
	answers := a.form.answers()
	var problems []steps.Problem
	for _, f := range a.form.fields {
		if message := a.check(f, answers); message != "" {
			problems = append(problems, steps.Problem{Step: a.step.ID, Key: f.spec.Key, Message: message, Field: f.spec})
		}
	}
	if len(problems) > 0 {
		a.form.flag(problems)
		return deafAction{}
	}
	return adoptAction{step: a.step.ID, answers: answers, look: true}
}

// Update implements screen.
func (a *adopt) Update(msg tea.Msg) (action, tea.Cmd) {
	if k, ok := msg.(tea.KeyPressMsg); ok && k.String() == "esc" {
		return backAction{}, nil
	}
	return a.form.update(msg), nil
}

// View implements screen.
func (a *adopt) View(w, h int) page {
	st := a.sc.st
	lines := heading(st, a.sc.place(a.step)+" · "+a.step.Title, a.sc.adoptTitle(a.step.ID), w, h)
	text := "Enter it here and this step is done: nothing is sent, and nothing is created."
	if a.sc.looksUp(a.step.ID) {
		text = "Enter it here and this step is done: nothing is created. The service is asked once whether it knows it."
	}
	lines = paragraph(lines, st.Text, text, w)
	lines = paragraph(lines, st.Warn, a.reason, w)
	return a.form.view(lines, w, h)
}

// adoptTitle says what is entered.
func (s *scene) adoptTitle(step string) string {
	switch sent := s.status(step).Status == state.Sent; {
	case sent && step == steps.TestMessage:
		return "The message arrived"
	case sent:
		return "Enter the ID"
	case step == steps.TestMessage:
		return "I already sent one"
	}
	return "I already have one"
}

// Hints implements screen.
func (a *adopt) Hints() []hint {
	return []hint{{"enter", a.form.enter()}, {"shift+tab", "previous"}, {"esc", "back"}}
}

// Title implements screen.
func (a *adopt) Title() string { return a.step.Title }

// Step implements screen.
func (a *adopt) Step() string { return a.step.ID }

// Typing implements typing.
func (a *adopt) Typing() bool { return a.form.current() != nil }
