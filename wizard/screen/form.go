package screen

import (
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"telegent-setup/api"
	"telegent-setup/steps"
	"telegent-setup/wizard/widget"
)

// Form is a prompt of questions.
type Form struct {
	context *Context
	prompt  steps.Prompt
	form    *widget.Form
	options []steps.Option // The buttons.

	preview *Call // Of the request, beside the form; made anew when the focus moves.
	focus   string
}

func newForm(c *Context, p steps.Prompt) *Form {
	f := &Form{context: c, prompt: p}
	var labels []string
	for _, o := range p.Options {
		if o.Do == steps.Back { // It has a key of its own.
			continue
		}
		f.options = append(f.options, o)
		labels = append(labels, o.Label)
	}
	f.form = widget.NewForm(widget.FormOptions{
		Styles: c.Styles, Ask: p.Form.Questions, Edits: p.Edits, Problems: p.Problems, Focus: p.Focus,
		Buttons: labels, Send: max(slices.IndexFunc(f.options, sends), 0),
	})
	return f
}

// sends says whether an option is what the form is filled in for.
func sends(o steps.Option) bool { return o.Do == steps.Submit || o.Do == steps.Adopt }

// Update implements Screen.
func (f *Form) Update(msg tea.Msg) Event {
	if k, ok := msg.(tea.KeyPressMsg); ok {
		if key.Matches(k, widget.KeyBack) {
			return back(f.prompt)
		}
		if o, has := f.prompt.Option(steps.ShowRequest); has && key.Matches(k, widget.KeyRequest) {
			return reply(o)
		}
	}
	if f.form.Update(msg) == widget.FormPressed {
		return reply(f.options[f.form.Pressed()])
	}
	return nil
}

// FocusSend gives the focus to the button that sends.
func (f *Form) FocusSend() { f.form.FocusSend() }

// Edits implements Edited.
func (f *Form) Edits() (steps.Answers, map[string]api.Secret) {
	return f.form.Edits(), f.form.Secrets()
}

// View implements Screen.
func (f *Form) View(w, h int) widget.Page {
	st := f.context.Styles
	lines := st.TitleLines(f.prompt.Title, w, h)
	pinned := len(widget.Wrap(f.prompt.Title, w))
	for _, p := range f.prompt.Text {
		lines = widget.Paragraph(lines, roleStyle(st, p.Role), f.context.path(p.Text), w)
	}
	if len(f.prompt.Facts) > 0 {
		lines = append(append(lines, widget.Table(st, f.prompt.Facts, w)...), "")
	}
	p := f.form.View(lines, w, h)
	p.Pinned = pinned
	return p
}

// AsideWidth implements frame.Beside.
func (f *Form) AsideWidth() int {
	if _, ok := f.prompt.Option(steps.ShowRequest); !ok {
		return 0
	}
	return f.request().AsideWidth()
}

// request is the call as it would be sent. It follows the form from field to field,
// not from key to key.
func (f *Form) request() *Call {
	if focus := f.form.Focus(); f.preview == nil || f.focus != focus {
		f.focus = focus
		f.preview = NewPreview(f.context, f.prompt.Step, f.form.Edits())
		f.preview.Mark(focus)
	}
	return f.preview
}

// Aside implements frame.Beside.
func (f *Form) Aside(w int) []string { return f.request().Aside(w) }

// Keys implements Screen.
func (f *Form) Keys() []key.Binding {
	keys := f.form.Keys()
	if _, ok := f.prompt.Option(steps.ShowRequest); ok {
		keys = append(keys, widget.KeyRequest)
	}
	return keys
}

// Place implements Screen.
func (f *Form) Place() string { return place(f.prompt) }

// Title implements Screen.
func (f *Form) Title() string { return f.prompt.Title }

// Typing implements Typing.
func (f *Form) Typing() bool { return f.form.Typing() }
