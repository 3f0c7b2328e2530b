package wizard

import (
	"cmp"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/huh/v2"
	"github.com/charmbracelet/x/ansi"

	"telegent-setup/steps"
)

// field is one question of a form: a steps.Field, and the huh field that takes
// its answer. Huh's own navigation is never used: its messages travel through
// commands, and a key typed meanwhile would land in the wrong field.
type field struct {
	spec    steps.Field
	control huh.Field // Nil for a field that is shown and not asked.
	value   string
	yes     bool   // The value of a Bool.
	origin  string // "from step 2", "from TELEGENT_ACCOUNT_SECRET"; may be empty.
	problem string // Why the answer will not do; empty while it may.
	kept    int    // Of a Secret: how many characters the runner holds.
	why     string // Of a Secret that is held: why.
	width   int
	focused bool
	touched bool // The person has changed it.
}

// newField makes the field with its answer; shown means that it is not asked.
func newField(spec steps.Field, value string, shown bool, theme huh.Theme) *field {
	f := &field{spec: spec, value: value}
	if shown {
		return f
	}
	f.control = f.build().WithTheme(theme).WithKeyMap(keymap())
	return f
}

func (f *field) build() huh.Field {
	switch f.spec.Kind {
	case steps.Bool:
		f.yes = f.value == "true"
		return huh.NewConfirm().Value(&f.yes)
	case steps.Chosen:
		var options []huh.Option[string]
		if f.value == "" { // Huh would show the first choice as if it had been made.
			options = append(options, huh.NewOption("choose one", ""))
		}
		for _, c := range f.spec.Choices {
			options = append(options, huh.NewOption(c.Label, c.Value))
		}
		return huh.NewSelect[string]().Options(options...).Inline(true).Value(&f.value)
	case steps.Multiline:
		return huh.NewText().Lines(3).ExternalEditor(false).Placeholder(example(f.spec)).Value(&f.value)
	case steps.Secret:
		return huh.NewInput().Prompt("").EchoMode(huh.EchoModePassword).Value(&f.value)
	default:
		return huh.NewInput().Prompt("").Placeholder(example(f.spec)).Value(&f.value)
	}
}

// keymap leaves huh the keys that change a value and takes the ones that move.
func keymap() *huh.KeyMap {
	k := huh.NewDefaultKeyMap()
	none := key.NewBinding()
	k.Quit = none
	k.Input = huh.InputKeyMap{AcceptSuggestion: none, Next: none, Prev: none, Submit: none}
	k.Text = huh.TextKeyMap{Next: none, Prev: none, Submit: none, Editor: none, NewLine: k.Text.NewLine}
	k.Confirm = huh.ConfirmKeyMap{
		Next: none, Prev: none, Submit: none,
		Toggle: key.NewBinding(key.WithKeys("left", "right", "space")),
		Accept: key.NewBinding(key.WithKeys("y", "Y")),
		Reject: key.NewBinding(key.WithKeys("n", "N")),
	}
	k.Select = huh.SelectKeyMap{
		Next: none, Prev: none, Submit: none, Filter: none, SetFilter: none, ClearFilter: none,
		HalfPageUp: none, HalfPageDown: none, GotoTop: none, GotoBottom: none, Up: none, Down: none,
		Left:  key.NewBinding(key.WithKeys("left")),
		Right: key.NewBinding(key.WithKeys("right", "space")),
	}
	return k
}

// asked says whether the field takes the focus.
func (f *field) asked() bool { return f.control != nil }

// letters says whether letters are text in this field.
func (f *field) letters() bool {
	return f.spec.Kind != steps.Bool && f.spec.Kind != steps.Chosen
}

// update hands a key or a paste to the control. Its commands are dropped: the
// only ones it has make the cursor blink.
func (f *field) update(msg tea.Msg) {
	before, was := f.value, f.yes
	model, _ := f.control.Update(msg)
	f.control = model.(huh.Field)
	if k, ok := msg.(tea.KeyPressMsg); ok && (k.String() == "backspace" || k.String() == "ctrl+h") {
		for last := ""; f.value != last && f.value != before && !whole(before, f.value); { // The library takes a rune.
			last = f.value
			f.control.Update(msg)
		}
	}
	f.touched = f.touched || f.value != before || f.yes != was
	if f.value != before && f.spec.Kind == steps.Secret {
		f.problem = ""
	}
}

func (f *field) focus() {
	f.focused = true
	if in, ok := f.control.(*huh.Input); ok && f.kept > 0 {
		in.Placeholder(replaceHint)
	}
	f.control.Focus()
}

// blur takes the focus away and tidies the answer.
func (f *field) blur() {
	f.focused = false
	f.control.Blur()
	if f.spec.Kind == steps.Secret || !f.letters() {
		return
	}
	if v := strings.TrimSpace(f.value); v != f.value {
		f.set(v)
	}
}

// set replaces the answer, and the control's idea of it.
func (f *field) set(value string) {
	f.value, f.yes = value, value == "true"
	switch c := f.control.(type) {
	case *huh.Input:
		c.Value(&f.value)
	case *huh.Text:
		c.Value(&f.value)
	}
}

// answer is the field's answer as steps.Answers have it.
func (f *field) answer() string {
	if f.control == nil {
		return f.value
	}
	switch f.spec.Kind {
	case steps.Bool:
		if f.yes {
			return "true"
		}
		return "false"
	case steps.Secret:
		return ""
	default:
		return strings.TrimSpace(f.value)
	}
}

// keep is called when a secret was handed over: the form forgets it.
func (f *field) keep(n int) {
	f.kept, f.why = n, "kept for this run"
	f.set("")
}

// length says how long a secret is, so that nobody pastes it twice.
func (f *field) length() string {
	switch n := len([]rune(f.value)); {
	case f.spec.Kind != steps.Secret:
		return ""
	case n > 0:
		return plural(n, "character")
	case f.kept > 0:
		return plural(f.kept, "character") + ", " + f.why
	default:
		return ""
	}
}

// odd is what looks strange in an answer and is accepted all the same.
func (f *field) odd() string {
	if f.spec.Warn == nil || f.answer() == "" {
		return ""
	}
	return f.spec.Warn(f.answer())
}

// offer is what the answer probably means, as it should be written; "" when there
// is nothing to offer.
func (f *field) offer() string {
	if f.spec.Offer == nil || !f.letters() {
		return ""
	}
	return f.spec.Offer(f.answer())
}

// line draws the control in w cells.
func (f *field) line(st *styles, w int) string {
	switch _, input := f.control.(*huh.Input); {
	case input && !f.focused:
		return f.resting(st, w)
	case !f.focused && f.span() > w:
		name, _, _ := strings.Cut(cmp.Or(readable(f.spec, f.value), "choose one"), ":")
		t := st.form.Blurred
		return t.PrevIndicator.Render() + fit(name, w-4) + t.NextIndicator.Render()
	}
	if f.width != w {
		f.width = w
		f.control.WithWidth(w)
		f.control.Update(nil) // It cuts what is too long only when it is updated.
	}
	return f.control.View()
}

// span is how wide a choice is at most, with its arrows.
func (f *field) span() int {
	w := 0
	for _, c := range f.spec.Choices {
		w = max(w, ansi.StringWidth(c.Label)+4) // With an arrow at either end.
	}
	return w
}

// resting draws an input without the focus: the library gives those a white of
// its own, which a light terminal does not show.
func (f *field) resting(st *styles, w int) string {
	switch secret := f.spec.Kind == steps.Secret; {
	case f.value == "" && secret && f.kept > 0:
		return st.placeholder.Render(fit(replaceHint, w))
	case f.value == "" && secret:
		return ""
	case f.value == "":
		return st.placeholder.Render(fit(example(f.spec), w))
	case secret:
		return fit(strings.Repeat("*", len([]rune(f.value))), w)
	}
	return fit(f.value, w)
}

// example stands in an empty field, and says that it is no answer.
func example(spec steps.Field) string {
	if spec.Sample == "" {
		return ""
	}
	return "e.g. " + spec.Sample
}

// replaceHint stands in the field of a secret that is kept.
const replaceHint = "type to replace it"

// whole says whether what was taken from a text begins between two characters.
func whole(before, after string) bool {
	b, a, n := []rune(before), []rune(after), 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	left := len(string(b[:n]))
	for at := 0; at < left; {
		c, _ := ansi.FirstGraphemeCluster(before[at:], ansi.GraphemeWidth)
		if at += len(c); at > left || c == "" {
			return false
		}
	}
	return true
}
