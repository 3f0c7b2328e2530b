package widget

import (
	"cmp"
	"strconv"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/huh/v2"
	"github.com/charmbracelet/x/ansi"

	"telegent-setup/steps"
)

// field is one question of a form, and the huh field that takes its answer. Huh's
// own navigation is never used: its messages travel through commands, and a key
// typed meanwhile would land in the wrong field.
type field struct {
	question steps.Question
	control  huh.Field // Nil for a field that is shown and not asked.
	value    string    // What the control holds.
	repeats  *field    // The secret that is typed a second time here; nil in all others.
	again    *field    // Where this secret is typed a second time; may be nil.
	visited  bool      // The person has left it, or was sent to it: its problem is shown.
	offered  bool      // What was probably meant is offered: Enter takes it.
	width    int
}

// build makes the control of a question that is asked. It follows the styles when the
// terminal turns out to be light.
func (x *field) build(st *Styles) {
	x.value = x.question.Value
	theme := huh.ThemeFunc(func(bool) *huh.Styles { return st.form })
	x.control = x.newControl(st, theme).WithTheme(theme).WithKeyMap(keymap())
}

func (x *field) newControl(st *Styles, theme huh.Theme) huh.Field {
	switch x.question.Kind {
	case steps.Bool:
		return huh.NewConfirm().Accessor(yesNo{&x.value})
	case steps.Chosen:
		var options []huh.Option[string]
		if x.value == "" { // Huh would show the first choice as if it had been made.
			options = append(options, huh.NewOption("choose one", ""))
		}
		for _, c := range x.question.Choices {
			options = append(options, huh.NewOption(c.Label, c.Value))
		}
		choice := huh.NewSelect[string]()
		choice.WithTheme(theme) // Before there are options: each change of these makes a theme where there is none.
		return choice.Options(options...).Inline(true).Value(&x.value)
	case steps.Multiline:
		return newTextBox(st, &x.value, x.placeholder())
	case steps.Secret:
		return huh.NewInput().Prompt("").EchoMode(huh.EchoModePassword).Placeholder(x.placeholder()).Value(&x.value)
	default:
		return huh.NewInput().Prompt("").Placeholder(x.placeholder()).Value(&x.value)
	}
}

// yesNo is an answer in words, as a Confirm takes it.
type yesNo struct{ answer *string }

// Get implements huh.Accessor.
func (y yesNo) Get() bool { return *y.answer == "true" }

// Set implements huh.Accessor.
func (y yesNo) Set(yes bool) {
	if yes != y.Get() {
		*y.answer = strconv.FormatBool(yes)
	}
}

// keymap leaves huh the keys that change a value and takes the ones that move.
func keymap() *huh.KeyMap {
	k := huh.NewDefaultKeyMap()
	none := key.NewBinding()
	k.Quit = none
	k.Input = huh.InputKeyMap{AcceptSuggestion: none, Next: none, Prev: none, Submit: none}
	k.Confirm = huh.ConfirmKeyMap{
		Next: none, Prev: none, Submit: none,
		Toggle: key.NewBinding(key.WithKeys("left", "right", "space")),
		Accept: key.NewBinding(key.WithKeys("y", "Y")),
		Reject: key.NewBinding(key.WithKeys("n", "N")),
	}
	k.Select = huh.SelectKeyMap{
		Next: none, Prev: none, Submit: none, Filter: none, SetFilter: none, ClearFilter: none,
		HalfPageUp: none, HalfPageDown: none, GotoTop: none, GotoBottom: none, Up: none, Down: none,
		Left:  KeyLeft,
		Right: key.NewBinding(key.WithKeys("right", "space")),
	}
	return k
}

// asked says whether the field takes the focus.
func (x *field) asked() bool { return x.control != nil }

// letters says whether letters are text in this field.
func (x *field) letters() bool {
	return x.question.Kind != steps.Bool && x.question.Kind != steps.Chosen
}

// update hands a key or a paste to the control, and says whether it changed the
// answer. The control's commands are dropped: the only ones it has make the cursor
// blink.
func (x *field) update(msg tea.Msg) (changed bool) {
	before := x.value
	model, _ := x.control.Update(msg)
	x.control = model.(huh.Field)
	if k, ok := msg.(tea.KeyPressMsg); ok && key.Matches(k, KeyErase) {
		for last := before; x.value != last && characters(x.value) >= characters(before); { // The library takes a rune.
			last = x.value
			x.control.Update(msg)
		}
	}
	return x.value != before
}

func (x *field) focus() {
	if in, ok := x.control.(*huh.Input); ok {
		in.Placeholder(x.placeholder())
	}
	x.control.Focus()
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
	x.control.Blur()
}

// set replaces the answer, and the control's idea of it.
func (x *field) set(value string) {
	x.value = value
	switch c := x.control.(type) {
	case *huh.Input:
		c.Value(&x.value)
	case *textBox:
		c.set(&x.value)
	case *huh.Select[string]:
		c.Value(&x.value)
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
	case !x.asked():
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
