package wizard

import (
	"maps"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"telegent-setup/state"
	"telegent-setup/steps"
)

// ask is the screen of a step: what it is for, and its form.
type ask struct {
	sc     *scene
	step   steps.Step
	form   *form
	opened steps.Answers  // The answers that the form opened with.
	why    string         // What the step is for.
	resend bool           // The step was found without an outcome, and is to be sent again.
	failed *steps.Failure // Why the step failed last; nil when it did not.
	note   string         // A sentence of this screen's own; may be empty.
	wrong  []string       // What is wrong with answers that the form does not show.

	preview   *request // Beside the form, where there is room.
	previewed int      // The place of the focus that it was made for.
}

// newAsk opens the form of a step; focus names the field to begin with, or is
// empty.
func newAsk(sc *scene, id, focus string, resend bool) *ask {
	a := &ask{sc: sc, step: sc.step(id), why: sc.runner.Why(id), resend: resend, failed: sc.runner.LastFailure(id)}
	if focus == "" && a.failed != nil && a.failed.FixStep == id {
		focus = a.failed.FixField
	}
	answers := sc.prefill(id)
	a.form = &form{
		st: sc.st, env: sc.runner.Env,
		check: a.check, keep: sc.keep,
		buttons: a.buttons(),
	}
	env := sc.runner.Env(answers)
	for _, spec := range sc.runner.Form(id).Fields {
		a.form.fields = append(a.form.fields, sc.field(spec, answers, env, focus, a.form))
	}
	a.opened = a.form.answers()
	a.form.focusOn(focus)
	a.note = a.explanation()
	return a
}

// check asks the runner why an answer will not do.
func (a *ask) check(f *field, answers steps.Answers) string {
	for _, p := range a.sc.runner.Check(a.step.ID, answers) {
		if p.Key == f.spec.Key {
			return p.Message
		}
	}
	return ""
}

// buttons are what can be done with the form.
func (a *ask) buttons() []button {
	id := a.step.ID
	primary := a.step.Title
	switch {
	case id == steps.Authenticate:
		primary = "Sign in"
	case id == steps.Availability:
		primary = "Search"
	case a.step.Confirm != nil:
		primary = "Continue"
	}
	all := []button{{primary, a.submit}}
	if len(a.sc.runner.Form(id).Adopt) > 0 {
		all = append(all, button{a.sc.adoptTitle(id), func() action { return openAction{newAdopt(a.sc, id)} }})
	}
	if a.wantsNumber() {
		all = append(all, button{"I don't have a number yet", func() action { return openAction{newNoNumber(a.sc)} }})
	}
	all = append(all, button{"Show request", a.request})
	if status := a.sc.status(id).Status; a.step.Optional && status != state.Done && status != state.Sent {
		all = append(all, button{"Skip this step", func() action { return skipAction{id} }})
	}
	return all
}

// wantsNumber says whether the person has to know the number to provision,
// since the service listed none.
func (a *ask) wantsNumber() bool {
	if a.step.ID != steps.Provision {
		return false
	}
	for _, f := range a.sc.runner.Form(a.step.ID).Fields {
		if f.Key == string(steps.PhoneNumber) {
			return a.sc.areasOnly || a.sc.prefill(a.step.ID)[f.Key] == ""
		}
	}
	return false
}

// explanation is what this opening of the form needs said.
func (a *ask) explanation() string {
	switch {
	case a.resend:
		return "This step was sent before, and nobody knows whether it arrived. Send it again only if you are sure that nothing was created."
	case a.failed != nil:
		return a.lastTime()
	case a.wantsNumber():
		return "The service listed areas, not numbers: the number itself comes from Telegent. Type the one that was assigned to you."
	}
	return ""
}

// lastTime says why the step failed, and where that is mended.
func (a *ask) lastTime() string {
	text := "Last time: " + a.failed.Title + " " + a.failed.Solution
	if fix := a.sc.step(a.failed.FixStep); fix.ID != a.step.ID && fix.ID != "" {
		text += " ctrl+o leads to step " + strconv.Itoa(fix.Number) + "."
	}
	return strings.TrimSpace(text)
}

// submit checks every answer again and asks the root to carry the step out.
func (a *ask) submit() action {
	answers := a.form.answers()
	problems := a.sc.runner.Check(a.step.ID, answers)
	if len(problems) > 0 {
		a.flag(problems)
		return deafAction{}
	}
	a.wrong = nil
	if a.step.ID == steps.Availability {
		return searchAction{answers}
	}
	return submitAction{step: a.step.ID, answers: answers, resend: a.resend}
}

// flag shows problems at their fields, and above the form those of answers that
// it does not ask for.
func (a *ask) flag(problems []steps.Problem) {
	a.wrong = nil
	for _, p := range a.form.flag(problems) {
		a.wrong = append(a.wrong, p.Field.Label+": "+p.Message)
	}
}

func (a *ask) request() action {
	return openAction{newRequest(a.sc, a.step, a.sc.runner.Preview(a.step.ID, a.form.answers()))}
}

// Update implements screen.
func (a *ask) Update(msg tea.Msg) (action, tea.Cmd) {
	if k, ok := msg.(tea.KeyPressMsg); ok {
		switch k.String() {
		case "esc":
			return backAction{}, nil
		case "ctrl+r":
			return a.request(), nil
		}
	}
	return a.form.update(msg), nil
}

// View implements screen.
func (a *ask) View(w, h int) page {
	st := a.sc.st
	lines := heading(st, a.sc.place(a.step), a.step.Title, w, h)
	lines = paragraph(lines, st.Text, a.why, w)
	lines = paragraph(lines, st.Warn, a.note, w)
	for _, text := range a.wrong {
		lines = paragraph(lines, st.Bad, "✗ "+text, w)
	}
	pinned := 1
	if h >= 14 {
		pinned = 0
	}
	p := a.form.view(lines, w, h)
	p.pinned = pinned
	return p
}

// Aside implements sided: the call as it would be sent. It follows the form
// from field to field, not from key to key.
func (a *ask) Aside(w int) []string {
	if at := a.form.at; a.preview == nil || a.previewed != at {
		a.previewed = at
		a.preview = newRequest(a.sc, a.step, a.sc.runner.Preview(a.step.ID, a.form.answers()))
		a.preview.parts[0].heading = "What will be sent"
	}
	return a.preview.text(w)
}

// Hints implements screen.
func (a *ask) Hints() []hint {
	hints := []hint{{"enter", a.form.enter()}, {"shift+tab", "previous"}, {"esc", "back"}, {"ctrl+r", "request"}}
	if x := a.form.current(); x != nil && !x.letters() {
		hints = append([]hint{{"←→", "change"}}, hints...)
	}
	if x := a.form.current(); x != nil && x.offer() != "" {
		hints = append([]hint{{"ctrl+e", "take it"}}, hints...)
	}
	if x := a.form.current(); x != nil && x.spec.Kind == steps.Multiline {
		hints = append(hints, hint{"alt+enter", "new line"})
	}
	return hints
}

// Title implements screen.
func (a *ask) Title() string { return a.step.Title }

// Step implements screen.
func (a *ask) Step() string { return a.step.ID }

// Typing implements typing.
func (a *ask) Typing() bool {
	x := a.form.current()
	return x != nil && x.letters()
}

// Draft implements drafting: nothing when nothing was changed.
func (a *ask) Draft() (string, steps.Answers) {
	answers := a.form.answers()
	if maps.Equal(answers, a.opened) {
		return "", nil
	}
	return a.step.ID, answers
}
