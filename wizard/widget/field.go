package widget

import (
	"cmp"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/huh/v2"
	"github.com/charmbracelet/x/ansi"

	"telegent-setup/steps"
)

// field is one question of a form: one to choose from, or the huh field that takes its
// text. Huh's own navigation is never used: its messages travel through commands, and a
// key typed meanwhile would land in the wrong field.
type field struct {
	question steps.Question
	value    string
	choices  []string  // The values to choose from.
	control  huh.Field // Of text that is asked for; nil in all others.
	repeats  *field    // The secret that is typed a second time here; nil in all others.
	again    *field    // Where this secret is typed a second time; may be nil.
	asked    bool      // It takes the focus.
	visited  bool      // The person has left it, or was sent to it: its problem is shown.
	offered  bool      // What was probably meant is offered: Enter takes it.
	width    int       // Of the control.
}

// build makes the control of a question that is asked. It follows the styles when the
// terminal turns out to be light.
func (x *field) build(st *Styles) {
	x.asked, x.value = true, x.question.Value
	switch x.question.Kind {
	case steps.Bool:
		x.choices = []string{"false", "true"}
	case steps.Chosen:
		if x.value == "" { // Nothing has been chosen yet.
			x.choices = []string{""}
		}
		for _, c := range x.question.Choices {
			x.choices = append(x.choices, c.Value)
		}
	case steps.Multiline:
		x.control = newTextBox(st, &x.value, x.placeholder())
	default:
		input := huh.NewInput().Prompt("").Placeholder(x.placeholder()).Value(&x.value)
		if x.question.Kind == steps.Secret {
			input.EchoMode(huh.EchoModePassword)
		}
		theme := huh.ThemeFunc(func(bool) *huh.Styles { return st.form })
		x.control = input.WithTheme(theme).WithKeyMap(&huh.KeyMap{}) // Every key that moves is the form's.
	}
}

// letters says whether letters are text in this field.
func (x *field) letters() bool {
	return x.question.Kind != steps.Bool && x.question.Kind != steps.Chosen
}

// update hands a key or a paste to the field, and says whether it changed the answer. The
// control's commands are dropped: the only ones it has make the cursor blink.
func (x *field) update(msg tea.Msg) (changed bool) {
	before := x.value
	k, _ := msg.(tea.KeyPressMsg)
	if x.control == nil {
		x.choose(k)
		return x.value != before
	}
	x.control.Update(msg)
	for last := before; key.Matches(k, KeyErase) && x.value != last && characters(x.value) >= characters(before); {
		last = x.value // The library takes a rune, which may be a part of a character.
		x.control.Update(msg)
	}
	return x.value != before
}

// choose turns to another choice.
func (x *field) choose(k tea.KeyPressMsg) {
	at, all := max(slices.Index(x.choices, x.value), 0), len(x.choices)
	switch yesOrNo := x.question.Kind == steps.Bool; {
	case key.Matches(k, KeyLeft):
		x.value = x.choices[(at+all-1)%all]
	case key.Matches(k, KeyRight, KeyPress):
		x.value = x.choices[(at+1)%all]
	case yesOrNo && strings.EqualFold(k.Text, "y"):
		x.value = "true"
	case yesOrNo && strings.EqualFold(k.Text, "n") && at > 0:
		x.value = "false"
	}
}

func (x *field) focus() {
	if in, ok := x.control.(*huh.Input); ok {
		in.Placeholder(x.placeholder())
	}
	if x.control != nil {
		x.control.Focus()
	}
}

// commit tidies the answer: it stands as it is sent.
func (x *field) commit() {
	if v := x.question.Value; v != "" && v != x.value && x.question.Kind != steps.Secret {
		x.set(v)
	}
}

func (x *field) blur() {
	x.commit()
	x.offered = false
	if x.control != nil {
		x.control.Blur()
	}
}

// set replaces the answer, and the control's idea of it.
func (x *field) set(value string) {
	x.value = value
	switch c := x.control.(type) {
	case *huh.Input:
		c.Value(&x.value)
	case *textBox:
		c.set(&x.value)
	}
}

// problem is why the answer will not do, as far as it is shown.
func (x *field) problem() string {
	if !x.visited {
		return ""
	}
	return x.wrong()
}

// wrong is why the answer will not do; empty when it will.
func (x *field) wrong() string {
	switch {
	case x.repeats != nil && x.value != x.repeats.value:
		return "this is not the same as above: type it once more"
	case x.repeats != nil, x.question.Kind == steps.Secret && x.value != "":
		return ""
	}
	return x.question.Problem
}

// notes are what is known of an answer that is asked. Of a secret this is how long it
// is, so that nobody pastes it twice.
func (x *field) notes() (notes []string) {
	q, typed := x.question, len([]rune(x.value))
	if q.Optional {
		notes = append(notes, "optional")
	}
	switch secret := q.Kind == steps.Secret; {
	case secret && typed > 0:
		return append(notes, Plural(typed, "character"))
	case secret && q.Held > 0 && q.Origin == steps.Typed:
		return append(notes, Plural(q.Held, "character")+", kept for this run")
	case secret && q.Held > 0:
		return append(notes, Plural(q.Held, "character")+", "+q.Source())
	case !secret && (q.Origin == steps.Environment || q.Origin == steps.File || q.Origin == steps.SavedBefore):
		return append(notes, q.Source())
	}
	return notes
}

// line draws the answer in w cells. Choices are drawn here, and text as well where it has
// not the focus: huh gives that a white of its own, which a light terminal does not show.
func (x *field) line(st *Styles, w int, focused bool) string {
	switch kind := x.question.Kind; {
	case !x.asked:
		return x.fixed(st, w)
	case kind == steps.Bool:
		return x.yesOrNo(st, w, focused)
	case kind == steps.Chosen:
		return x.choice(st, w, focused)
	case focused || kind == steps.Multiline:
		if x.width != w {
			x.width = w
			x.control.WithWidth(w)
			x.control.Update(nil) // It cuts what is too long only when it is updated.
		}
		return x.control.View()
	case x.value == "":
		return st.Placeholder.Render(Truncate(x.placeholder(), w))
	case kind == steps.Secret:
		return Truncate(strings.Repeat("*", len([]rune(x.value))), w)
	}
	return Truncate(x.value, w)
}

// yesOrNo draws a choice of two, told apart by a sign.
func (x *field) yesOrNo(st *Styles, w int, focused bool) string {
	chosen := st.Text
	if focused {
		chosen = st.Selected
	}
	if x.value == "true" {
		return Truncate(chosen.Render("● Yes")+"   "+st.Faint.Render("○ No"), w)
	}
	return Truncate(st.Faint.Render("○ Yes")+"   "+chosen.Render("● No"), w)
}

// choice draws a choice of several between arrows.
func (x *field) choice(st *Styles, w int, focused bool) string {
	name, arrows, role := cmp.Or(x.question.Readable(x.value), "choose one"), st.Faint, st.Text
	if focused {
		arrows, role = st.Accent, st.Strong
	}
	if x.span() > w {
		name, _, _ = strings.Cut(name, ":")
	}
	return arrows.Render("◂ ") + role.Render(Truncate(name, w-4)) + arrows.Render(" ▸")
}

// fixed is the answer of a field that is shown and not asked, in w cells: of
// a long ID both ends stay.
func (x *field) fixed(st *Styles, w int) string {
	value, source := x.question.Readable(x.question.Value), x.question.Source()
	if x.question.Kind == steps.Secret {
		value = Plural(x.question.Held, "character")
	}
	if x.question.Origin == steps.Default || source == "" {
		return CutMiddle(value, w)
	}
	room := max(w-ansi.StringWidth(source)-2, min(ansi.StringWidth(value), 13)) // A value can be told by so much of it.
	value = CutMiddle(value, room)
	return value + st.Faint.Render(Truncate("  "+source, w-ansi.StringWidth(value)))
}

// span is how wide a choice is at most, with its arrows.
func (x *field) span() int {
	w := 0
	for _, c := range x.question.Choices {
		w = max(w, ansi.StringWidth(c.Label)+4) // With an arrow at either end.
	}
	return w
}

// placeholder stands in an empty field, says that it is no answer, and shows where
// one is typed.
func (x *field) placeholder() string {
	switch {
	case x.question.Held > 0 && x.repeats == nil:
		return "type to replace it"
	case x.question.Sample != "" && x.question.Kind != steps.Secret:
		return "e.g. " + x.question.Sample
	}
	return "____________"
}

// characters counts the characters of a text as a person does.
func characters(text string) (n int) {
	for ; text != ""; n++ {
		c, _ := ansi.FirstGraphemeCluster(text, ansi.GraphemeWidth)
		text = text[len(c):]
	}
	return n
}
