package widget

import (
	"maps"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"telegent-setup/api"
	"telegent-setup/steps"
)

// Form asks questions, with a row of buttons below them. It owns every key that
// moves; only keys that change a value reach the fields.
type Form struct {
	styles  *Styles
	ask     func(steps.Answers) []steps.Question
	edits   steps.Answers // What the person changed, by key.
	fields  map[string]*field
	shown   []*field // In order: those that apply now.
	asked   []*field // Of these the ones that take the focus.
	at      int      // An index into asked, and then into buttons.
	typing  *field   // The last one with the focus that takes letters.
	buttons []steps.Option
	send    int      // The button that the form is filled in for.
	wrong   []string // What is wrong with answers that the form does not show.
}

// NewForm opens a form: at the field that is named, at the first with a problem,
// or, when every answer will do, at the first button.
func NewForm(st *Styles, p steps.Prompt) *Form {
	f := &Form{styles: st, ask: p.Form.Questions, edits: steps.Answers{}, fields: map[string]*field{}}
	maps.Copy(f.edits, p.Edits)
	for _, o := range p.Options {
		switch o.Do {
		case steps.Back: // It has a key of its own.
			continue
		case steps.Submit, steps.Adopt:
			f.send = len(f.buttons)
		}
		f.buttons = append(f.buttons, o)
	}
	f.evaluate()
	f.at = f.begin(p.Focus)
	f.flag(p.Problems)
	f.enter()
	return f
}

// begin is where the form opens.
func (f *Form) begin(focus string) int {
	open := len(f.asked)
	for i, x := range slices.Backward(f.asked) {
		if x.question.Key == focus && focus != "" {
			return i
		}
		if x.wrong() != "" {
			open = i
			x.visited = x.question.Value != ""
		}
	}
	if f.send != 0 { // Most people take another way.
		return len(f.asked)
	}
	return open
}

// flag shows problems at their fields, and begins with the first of them.
func (f *Form) flag(problems []steps.Problem) {
	first := -1
	for _, p := range problems {
		i := slices.IndexFunc(f.asked, func(x *field) bool { return x.question.Key == p.Key })
		if i < 0 {
			f.wrong = append(f.wrong, p.Field.Label+": "+p.Message)
			continue
		}
		f.asked[i].visited = true
		if first < 0 || i < first {
			first = i
		}
	}
	if first >= 0 {
		f.at = first
	}
}

// evaluate asks anew which questions apply, and what is known of their answers.
func (f *Form) evaluate() {
	current := f.current()
	f.shown, f.asked = f.shown[:0], f.asked[:0]
	for _, q := range f.ask(f.edits) {
		x := f.fields[q.Key]
		if x == nil {
			x = &field{question: q}
			f.fields[q.Key] = x
		}
		x.question = q
		switch _, edited := f.edits[q.Key]; {
		case !x.asked && q.Asked:
			x.build(f.styles)
		case !x.asked:
			x.value = q.Value
		case !edited && x != current && q.Kind != steps.Secret && x.value != q.Value:
			x.set(q.Value)
		}
		f.show(x)
		if q.Twice && x.asked && x.value != "" {
			f.show(f.repetition(x))
		}
	}
	if i := slices.Index(f.asked, current); i >= 0 {
		f.at = i
	}
}

func (f *Form) show(x *field) {
	f.shown = append(f.shown, x)
	if x.asked {
		f.asked = append(f.asked, x)
	}
}

// repetition is the field in which a secret is typed a second time.
func (f *Form) repetition(of *field) *field {
	if of.again == nil {
		label := of.question.Label + ", once more"
		of.again = &field{question: steps.Question{Field: &steps.Field{Kind: steps.Secret, Label: label}}, repeats: of}
		of.again.build(f.styles)
	}
	return of.again
}

// current is the field with the focus; nil when a button has it.
func (f *Form) current() *field {
	if f.at < len(f.asked) {
		return f.asked[f.at]
	}
	return nil
}

// Edits are the answers that the person changed, and the secrets that were typed. One
// that is typed twice counts once it is the same.
func (f *Form) Edits() (steps.Answers, map[string]api.Secret) {
	secrets := map[string]api.Secret{}
	for _, x := range f.asked {
		typed := x.question.Kind == steps.Secret && x.repeats == nil && x.value != ""
		if typed && (x.again == nil || x.again.value == x.value) {
			secrets[x.question.Key] = api.NewSecret(x.value)
		}
	}
	return f.edits, secrets
}

// Typing says whether letters are text now.
func (f *Form) Typing() bool { x := f.current(); return x != nil && x.letters() }

// Focus is the key of the question with the focus; empty when a button has it.
func (f *Form) Focus() string {
	if x := f.current(); x != nil {
		return x.question.Key
	}
	return ""
}

// button is the button with the focus; negative when a field has it.
func (f *Form) button() int { return f.at - len(f.asked) }

// FocusSend gives the focus to the button that sends.
func (f *Form) FocusSend() {
	if x := f.current(); x != nil {
		x.blur()
	}
	f.at = len(f.asked) + f.send
}

// Update handles a key or a paste, and says which button that pressed, if it did.
func (f *Form) Update(msg tea.Msg) (o steps.Option, pressed bool) {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		f.paste(msg.Content)
	case tea.KeyPressMsg:
		if f.press(msg) {
			return f.buttons[f.button()], true
		}
	}
	return o, false
}

func (f *Form) paste(text string) {
	x := f.toText()
	if x == nil || !x.letters() {
		return
	}
	text = Pasted(text)
	switch x.question.Kind {
	case steps.Multiline:
	case steps.Secret:
		text = strings.ReplaceAll(text, "\n", "")
	default:
		text = strings.Join(strings.Fields(text), " ")
	}
	f.change(x, tea.PasteMsg{Content: text})
}

func (f *Form) press(k tea.KeyPressMsg) (pressed bool) {
	if key.Matches(k, KeySend) {
		f.leave()
		return f.pressSend()
	}
	if x := f.current(); x != nil {
		return f.pressInField(k, x)
	}
	return f.pressOnButton(k)
}

// pressSend sends, unless something of the form itself stands in the way.
func (f *Form) pressSend() (pressed bool) {
	for i, x := range f.asked {
		if x.repeats != nil && x.wrong() != "" {
			x.visited = true
			f.move(i)
			return false
		}
	}
	f.at = len(f.asked) + f.send
	return true
}

func (f *Form) pressInField(k tea.KeyPressMsg, x *field) (pressed bool) {
	lines := x.question.Kind == steps.Multiline && strings.Contains(x.value, "\n")
	switch {
	case key.Matches(k, KeyEnter):
		return f.goOn(x)
	case key.Matches(k, KeyNext) && f.takeSample(x):
	case key.Matches(k, KeyNext), key.Matches(k, KeyDown) && !lines:
		f.step(1)
	case key.Matches(k, KeyPrevious), key.Matches(k, KeyUp) && !lines:
		f.step(-1)
	case key.Matches(k, KeyTake) && x.question.Meant != "":
		f.take(x, x.question.Meant)
	default:
		f.change(x, k)
	}
	return false
}

// goOn is Enter in a field: it goes to the next one, from the last one by sending. It
// stays once where an answer was probably meant otherwise, and then takes that.
func (f *Form) goOn(x *field) (pressed bool) {
	x.commit()
	switch {
	case x.wrong() != "" && x.question.Meant != "" && !x.offered:
		x.visited, x.offered = true, true
		return false
	case x.offered && x.question.Meant != "":
		f.take(x, x.question.Meant)
	case f.at == len(f.asked)-1:
		f.leave()
		return f.pressSend()
	}
	f.step(1)
	return false
}

func (f *Form) pressOnButton(k tea.KeyPressMsg) (pressed bool) {
	first := f.at == len(f.asked)
	switch {
	case key.Matches(k, KeyEnter, KeyPress):
		if f.button() == f.send {
			return f.pressSend()
		}
		return true
	case key.Matches(k, KeyUp):
		f.move(len(f.asked) - 1)
	case key.Matches(k, KeyDown), key.Matches(k, KeyNext), key.Matches(k, KeyRight):
		f.step(1)
	case key.Matches(k, KeyPrevious), key.Matches(k, KeyLeft) && !first:
		f.step(-1)
	case k.Text != "", key.Matches(k, KeyErase, KeyClear):
		if x := f.toText(); x != nil {
			f.change(x, k)
		}
	}
	return false
}

// toText is the field that text goes to. What is typed on a button is meant for
// the field before it.
func (f *Form) toText() *field {
	if x := f.current(); x != nil {
		return x
	}
	i := slices.Index(f.asked, f.typing)
	if f.typing == nil {
		i = slices.IndexFunc(f.asked, (*field).letters)
	}
	if i >= 0 {
		f.move(i)
	}
	return f.current()
}

// takeSample fills an empty field with its sample. A second press goes on.
func (f *Form) takeSample(x *field) bool {
	q := x.question
	if x.value != "" || q.Sample == "" || q.SavedID != "" || !x.letters() || q.Kind == steps.Secret {
		return false
	}
	f.take(x, q.Sample)
	return true
}

// take gives a field an answer.
func (f *Form) take(x *field, value string) {
	x.set(value)
	x.offered = false
	f.edits[x.question.Key] = value
	f.evaluate()
}

// change hands a message to a field.
func (f *Form) change(x *field, msg tea.Msg) {
	if !x.update(msg) {
		return
	}
	x.offered = false
	if x.question.Kind != steps.Secret {
		f.edits[x.question.Key] = strings.TrimSpace(x.value)
	}
	f.evaluate()
}

// step moves by one, round both ends. From the first field back it comes to the
// button that sends.
func (f *Form) step(by int) {
	all := len(f.asked) + len(f.buttons)
	to := (f.at + by + all) % all
	if by < 0 && f.at == 0 && len(f.asked) > 0 {
		to = len(f.asked) + f.send
	}
	f.move(to)
}

// move gives the focus to a field or a button.
func (f *Form) move(to int) {
	f.leave()
	f.at = min(max(to, 0), len(f.asked)+len(f.buttons)-1)
	f.enter()
}

// enter gives the focus to the field that is reached.
func (f *Form) enter() {
	if x := f.current(); x != nil {
		x.focus()
		if x.letters() {
			f.typing = x
		}
	}
}

// leave takes the focus from the field that has it.
func (f *Form) leave() {
	if x := f.current(); x != nil {
		x.blur()
		x.visited = true
	}
}

// Keys are the keys that work now.
func (f *Form) Keys() []key.Binding {
	x := f.current()
	send := Does(KeySend, LowerFirst(f.buttons[f.send].Label))
	if x == nil {
		keys := []key.Binding{Does(KeyEnter, LowerFirst(f.buttons[f.button()].Label)), KeyBack}
		if f.button() != f.send {
			keys = append(keys, send)
		}
		return append(keys, Does(KeyMove, "to the fields"))
	}
	enter := Does(KeyEnter, "next")
	switch {
	case x.offered:
		enter = Does(KeyEnter, "take it")
	case f.at == len(f.asked)-1:
		enter = Does(KeyEnter, LowerFirst(f.buttons[f.send].Label))
	}
	keys := []key.Binding{enter}
	if !x.letters() {
		keys = append(keys, KeyChange)
	}
	keys = append(keys, KeyBack)
	if f.at < len(f.asked)-1 {
		keys = append(keys, send)
	}
	switch {
	case x.question.Meant != "" && !x.offered:
		keys = append(keys, KeyTake)
	case x.question.Kind == steps.Multiline:
		keys = append(keys, KeyNewLine)
	}
	return append(keys, KeyPrevious)
}
