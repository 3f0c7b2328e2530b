package screen

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"telegent-setup/steps"
	"telegent-setup/wizard/widget"
)

// Form is a prompt of questions.
type Form struct {
	head
	*widget.Form
	prompt steps.Prompt

	preview Screen // Of the request, beside the form; made anew when the focus moves.
	focus   string
}

func newForm(c *Context, p steps.Prompt) *Form {
	return &Form{head: c.headOfPrompt(p, p.Title), Form: widget.NewForm(c.Styles, p), prompt: p}
}

// Update implements Screen.
func (f *Form) Update(msg tea.Msg) Event {
	k, _ := msg.(tea.KeyPressMsg)
	if key.Matches(k, widget.KeyBack) {
		return back(f.prompt)
	}
	if o, ok := f.prompt.Option(steps.ShowRequest); ok && key.Matches(k, widget.KeyRequest) {
		return reply(o)
	}
	if o, pressed := f.Form.Update(msg); pressed {
		return reply(o)
	}
	return nil
}

// View implements Screen.
func (f *Form) View(w, h int) *widget.Page {
	p := f.page(w, h)
	p.Pinned = len(widget.Wrap(f.title, w))
	for _, t := range f.prompt.Text {
		p.Paragraph(paragraphRole(p.Styles, t), f.context.path(t.Text))
	}
	if len(f.prompt.Facts) > 0 {
		p.Table(f.prompt.Facts)
		p.Add("")
	}
	f.Draw(p, h)
	return p
}

// AsideWidth implements Screen.
func (f *Form) AsideWidth() int {
	if _, ok := f.prompt.Option(steps.ShowRequest); !ok {
		return 0
	}
	return f.request().AsideWidth()
}

// request is the call as it would be sent. It follows the form from field to field,
// not from key to key.
func (f *Form) request() Screen {
	if focus := f.Focus(); f.preview == nil || f.focus != focus {
		f.focus = focus
		edits, _ := f.Edits()
		f.preview = NewPreview(f.context, f.prompt.Step, edits, focus[strings.LastIndex(focus, ".")+1:])
	}
	return f.preview
}

// Aside implements Screen.
func (f *Form) Aside(w int) []string { return f.request().Aside(w) }

// Keys implements Screen.
func (f *Form) Keys() []key.Binding {
	keys := f.Form.Keys()
	if _, ok := f.prompt.Option(steps.ShowRequest); ok {
		keys = append(keys, widget.KeyRequest)
	}
	return keys
}
