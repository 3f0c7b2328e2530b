package wizard

import (
	"cmp"
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/huh/v2"

	"telegent-setup/steps"
)

// form asks a list of fields, with a row of buttons below them. It owns every
// key that moves; only keys that change a value reach the fields.
type form struct {
	st      *styles
	fields  []*field
	buttons []button
	at      int // An index into asked(), and then into buttons.

	// env is what decides which fields apply.
	env func(steps.Answers) steps.Env
	// check says why the answer to a field will not do, or "".
	check func(f *field, answers steps.Answers) string
	// keep takes a typed secret, and says how many characters it holds now.
	keep func(key, value string) int
}

// button is one choice of the row below the fields.
type button struct {
	label string
	act   func() action
}

// theme lets fields follow the styles when the terminal turns out to be light.
func (f *form) theme() huh.Theme {
	return huh.ThemeFunc(func(bool) *huh.Styles { return f.st.form })
}

// enter says what the Enter key does now.
func (f *form) enter() string {
	last := len(f.asked()) - 1
	switch {
	case f.at < last:
		return "next"
	case f.at == last:
		return small(f.buttons[0].label)
	}
	return small(f.buttons[f.at-last-1].label)
}

// answers are the answers of the fields that apply.
func (f *form) answers() steps.Answers {
	all := steps.Answers{}
	for _, x := range f.fields {
		if v := x.answer(); v != "" {
			all[x.spec.Key] = v
		}
	}
	env := f.env(all)
	for _, x := range f.fields {
		if x.spec.When != nil && !x.spec.When(env) {
			delete(all, x.spec.Key)
		}
	}
	return all
}

// shown are the fields that a person sees, in order: the ones that apply, but
// not those that the program fills in by itself.
func (f *form) shown() []*field {
	env := f.env(f.answers())
	var out []*field
	for _, x := range f.fields {
		if !x.spec.Quiet && (x.spec.When == nil || x.spec.When(env)) {
			out = append(out, x)
		}
	}
	return out
}

// asked are the fields that take the focus.
func (f *form) asked() []*field {
	var out []*field
	for _, x := range f.shown() {
		if x.asked() {
			out = append(out, x)
		}
	}
	return out
}

// current is the field with the focus; nil when a button has it.
func (f *form) current() *field {
	if asked := f.asked(); f.at < len(asked) {
		return asked[f.at]
	}
	return nil
}

// focusOn gives the focus to the field with this key, else to the first one
// without an answer, else to the first.
func (f *form) focusOn(key string) {
	f.at = 0
	asked := f.asked()
	for i, x := range asked {
		if x.spec.Key == key {
			f.at = i
		}
	}
	if key == "" {
		for i, x := range asked {
			if x.answer() == "" && x.kept == 0 && !x.spec.Optional && x.spec.Default == "" {
				f.at = i
				break
			}
		}
	}
	if x := f.current(); x != nil {
		x.focus()
	}
}

// update handles a key or a paste; it returns the action of a button.
func (f *form) update(msg tea.Msg) action {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		f.paste(msg.Content)
	case tea.KeyPressMsg:
		return f.press(msg)
	}
	return nil
}

func (f *form) paste(text string) {
	x := f.current()
	if x == nil || !x.letters() {
		return
	}
	text = pasted(text)
	switch x.spec.Kind {
	case steps.Multiline:
	case steps.Secret:
		text = strings.ReplaceAll(text, "\n", "")
	default:
		text = strings.Join(strings.Fields(text), " ")
	}
	f.change(x, tea.PasteMsg{Content: text})
}

func (f *form) press(msg tea.KeyPressMsg) action {
	x, last := f.current(), len(f.asked())-1
	lines := x != nil && x.spec.Kind == steps.Multiline && strings.Contains(x.value, "\n")
	switch k := msg.String(); {
	case k == "up" && x == nil:
		f.move(last - f.at)
	case x == nil && k == "left" && f.at == last+1:
	case k == "tab", k == "down" && !lines:
		f.move(1)
	case k == "shift+tab", k == "up" && !lines:
		f.move(-1)
	case k == "enter" && x != nil && f.at < last:
		f.move(1)
	case k == "enter" && x != nil:
		f.leave(x)
		return f.buttons[0].act()
	case k == "enter", x == nil && k == "space":
		return f.buttons[f.at-last-1].act()
	case x == nil && k == "left":
		f.move(-1)
	case x == nil && k == "right":
		f.move(1)
	case k == "ctrl+e" && x != nil && x.offer() != "":
		f.take(x)
	case x != nil:
		f.change(x, msg)
	}
	return nil
}

// take gives a field the answer that is offered.
func (f *form) take(x *field) {
	x.set(x.offer())
	x.touched = true
	f.propose(x)
	x.problem = f.check(x, f.answers())
}

// change hands a message to a field, and looks again at an answer that would
// not do, so that its error goes as soon as it is mended.
func (f *form) change(x *field, msg tea.Msg) {
	x.update(msg)
	f.propose(x)
	if x.problem != "" && x.spec.Kind != steps.Secret {
		x.problem = f.check(x, f.answers())
	}
}

// propose gives the other fields the answer that follows from this one, where
// the person has not given another.
func (f *form) propose(changed *field) {
	for _, x := range f.fields {
		if x == changed || x.spec.Propose == nil || x.touched || !x.asked() {
			continue
		}
		if v := cmp.Or(x.spec.Propose(f.env(f.answers())), x.spec.Default); v != x.answer() {
			x.set(v)
		}
	}
}

// move takes the focus one place on or back, and stops at both ends.
func (f *form) move(by int) {
	if x := f.current(); x != nil {
		f.leave(x)
	}
	f.at = min(max(f.at+by, 0), len(f.asked())+len(f.buttons)-1)
	if x := f.current(); x != nil {
		x.focus()
	}
}

// leave takes the focus from a field: its secret is handed over, its answer
// is checked.
func (f *form) leave(x *field) {
	x.blur()
	f.surrender()
	x.problem = f.check(x, f.answers())
}

// surrender hands over the secrets that were typed.
func (f *form) surrender() {
	for _, x := range f.fields {
		if x.spec.Kind == steps.Secret && x.asked() && x.value != "" {
			x.keep(f.keep(x.spec.Key, x.value))
		}
	}
}

// flag puts problems to their fields and gives the first of them the focus.
// It says how many it could not place.
func (f *form) flag(problems []steps.Problem) (elsewhere []steps.Problem) {
	if x := f.current(); x != nil {
		x.blur()
	}
	asked, first := f.asked(), -1
	for _, p := range problems {
		placed := false
		for i, x := range asked {
			if x.spec.Key == p.Key {
				x.problem, placed = p.Message, true
				if first < 0 || i < first {
					first = i
				}
			}
		}
		if !placed {
			elsewhere = append(elsewhere, p)
		}
	}
	if first >= 0 {
		f.at = first
	}
	if x := f.current(); x != nil {
		x.focus()
	}
	return elsewhere
}
