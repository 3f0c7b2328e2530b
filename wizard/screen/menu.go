package screen

import (
	"fmt"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"telegent-setup/state"
	"telegent-setup/steps"
	"telegent-setup/wizard/widget"
)

// Menu is a prompt of text with options below it.
type Menu struct {
	head
	prompt  steps.Prompt
	menu    widget.Menu
	dropped bool
	call    Screen // Behind it; nil when there was none.
}

func newMenu(c *Context, p steps.Prompt) *Menu {
	m := &Menu{head: c.headOfPrompt(p, titleOf(c, p)), prompt: p, menu: widget.Menu{Options: p.Options}}
	if p.Exchange != nil {
		m.call = NewExchange(c, p)
	}
	return m
}

// titleOf is the title of a prompt with the sign of what it means.
func titleOf(c *Context, p steps.Prompt) string {
	switch p.Kind {
	case steps.FailedPrompt:
		return "✗ " + p.Title
	case steps.UnknownPrompt, steps.UnconfirmedPrompt:
		return "? " + p.Title
	case steps.StepPrompt:
		if s, _ := c.Facts.Of(p.Step.ID); s.Status == state.Skipped {
			return "– " + p.Title + ": skipped"
		}
		return "✓ " + p.Title
	}
	return p.Title
}

// NewOverview is the list of the steps, with the cursor at the current one.
func NewOverview(c *Context, p steps.Prompt) *Menu {
	p.Options = slices.Clone(p.Options)
	at := 0
	for i, o := range p.Options {
		s, ok := c.Facts.Of(o.Step)
		if !ok {
			continue
		}
		current := o.Step == c.Facts.Current
		mark, _ := widget.Sign(c.Styles, c.Facts.Stands(s), current)
		p.Options[i].Label = mark + " " + o.Label
		if current {
			at = i
		}
	}
	m := newMenu(c, p)
	m.menu.At = at
	return m
}

// ReadOnly takes the cursor off the options: nobody chooses.
func (m *Menu) ReadOnly() { m.menu.At = -1 }

// Update implements Screen.
func (m *Menu) Update(msg tea.Msg) Event {
	k, _ := msg.(tea.KeyPressMsg)
	if key.Matches(k, widget.KeyBack) {
		return back(m.prompt)
	}
	if o, ok := m.prompt.Option(steps.ShowRequest); ok && key.Matches(k, widget.KeyRequest) {
		return reply(o)
	}
	i := m.menu.Update(k)
	if i < 0 {
		return nil
	}
	o := m.menu.Options[i]
	if o.Do == steps.None {
		return Refused{o.Help}
	}
	return reply(o)
}

// View implements Screen. Where not everything fits, what is to be chosen stands
// before what is only to be looked up; but not before what a question is about.
func (m *Menu) View(w, h int) *widget.Page {
	p := m.page(w, h).Pin()
	m.text(p)
	facts, options := m.facts(p.Blank(w)), p.Blank(w)
	m.menu.Draw(options)
	if m.prompt.Guarded && m.prompt.Failure == nil || len(p.Lines)+len(facts)+1+len(options.Lines) <= h {
		p.Add(facts...)
		facts = nil
	}
	if len(m.menu.Options) > 0 {
		p.Apart()
	}
	if m.dropped {
		p.Wrapped(p.Faint, "Keys pressed before this appeared were ignored.")
	}
	m.menu.Draw(p)
	if len(facts) > 0 {
		p.Apart()
		p.Add(facts...)
	}
	if len(m.prompt.Plan) > 0 { // What can be done comes first, since the sheet may be long.
		p.Apart()
		m.context.plan(p, m.prompt.Plan, w)
	}
	return p
}

// facts are the names and values of the prompt.
func (m *Menu) facts(p *widget.Page) []string {
	facts := make([]steps.Detail, len(m.prompt.Facts))
	for i, f := range m.prompt.Facts {
		facts[i] = steps.Detail{Name: f.Name, Value: m.context.path(f.Value)}
	}
	p.Table(facts)
	return p.Lines
}

// text draws the paragraphs of the prompt, with the lines of a list close together,
// right below the sentence that heads it.
func (m *Menu) text(p *widget.Page) {
	last := steps.Plain
	for i, t := range m.prompt.Text {
		text := m.context.path(t.Text)
		heads := i > 0 && last == steps.Strong && t.Role == steps.Item && !strings.HasSuffix(m.prompt.Text[i-1].Text, ".")
		if !heads && !(listed(last) && listed(t.Role)) {
			p.Apart()
		}
		switch t.Role {
		case steps.Item:
			p.Hanging("• ", p.Text, text)
		case steps.Ticked:
			p.Hanging(p.Good.Render("✓ "), p.Text, text)
		case steps.Unticked:
			p.Hanging(p.Faint.Render("– "), p.Faint, text)
		case steps.Words:
			m.words(p, text)
		case steps.Quote:
			p.Prefixed(p.Line.Render("│ "), p.Quote, text)
		default:
			p.Wrapped(paragraphRole(p.Styles, t), text)
		}
		last = t.Role
	}
	p.Apart()
}

func listed(r steps.Role) bool { return r == steps.Item || r == steps.Ticked || r == steps.Unticked }

// paragraphRole is how a paragraph looks.
func paragraphRole(st *widget.Styles, p steps.Paragraph) widget.Role {
	switch p.Role {
	case steps.Faint:
		return st.Faint
	case steps.Strong:
		return st.Strong
	case steps.Caution:
		return st.Warn
	case steps.Wrong:
		return st.Bad
	}
	return st.Text
}

// words draws what the service said.
func (m *Menu) words(p *widget.Page, text string) {
	said := "The service said"
	if f := m.prompt.Failure; f != nil && f.HTTPStatus != 0 {
		said += fmt.Sprintf(" (HTTP %d)", f.HTTPStatus)
	}
	p.Truncated(p.Faint, said+":")
	p.Prefixed(p.Bad.Render("│ "), p.Text, text)
}

// AsideWidth implements Screen: the call stands there.
func (m *Menu) AsideWidth() int {
	if m.call == nil || m.prompt.Failure == nil {
		return 0
	}
	return m.call.AsideWidth()
}

// Aside implements Screen.
func (m *Menu) Aside(w int) []string { return m.call.Aside(w) }

// Keys implements Screen.
func (m *Menu) Keys() []key.Binding {
	keys := m.menu.Keys()
	switch o, backward := m.prompt.Option(steps.Back); {
	case m.prompt.Kind == steps.OverviewPrompt:
		keys = append(keys, widget.KeyBack)
	case backward:
		keys = append(keys, widget.Does(widget.KeyBack, widget.LowerFirst(o.Label)))
	}
	if _, ok := m.prompt.Option(steps.ShowRequest); ok {
		keys = append(keys, widget.KeyRequest)
	}
	for _, o := range m.menu.Options {
		if o.Key != "" {
			keys = append(keys, widget.KeyOf(o))
		}
	}
	return keys
}

// Wide implements Screen: the end holds every ID.
func (m *Menu) Wide() bool { return m.prompt.Kind == steps.FinishedPrompt }

// Rest says whether keys are heard, and whether some were not: a guarded screen must not
// be answered by a key typed before it was seen.
func (m *Menu) Rest(resting, dropped bool) { m.menu.Resting, m.dropped = resting, dropped }
