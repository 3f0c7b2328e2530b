package screen

import (
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"telegent-setup/steps"
	"telegent-setup/wizard/widget"
)

// Plan is every step with its answers and where these come from, to be run as a
// whole.
type Plan struct{ *Menu }

func newPlan(c *Context, p steps.Prompt) *Plan { return &Plan{newMenu(c, p)} }

// Update implements Screen.
func (p *Plan) Update(msg tea.Msg) Event { return p.Menu.Update(msg) }

// View implements Screen: what can be done comes first, since the sheet may be
// long.
func (p *Plan) View(w, h int) widget.Page {
	page := p.Menu.View(w, h)
	page.Lines = widget.Apart(page.Lines)
	for _, s := range p.prompt.Plan {
		page.Lines = append(page.Lines, p.step(s, w)...)
	}
	return page
}

// step draws one step of the plan.
func (p *Plan) step(s steps.PlanStep, w int) []string {
	st, facts := p.context.Styles, p.context.Facts
	mark, role := widget.Sign(st, facts.Stands(s.Status), s.Open > 0)
	name := fmt.Sprintf("%d %s", s.Step.Number, s.Step.Title)
	lines := []string{widget.Truncate(role.Render(mark)+" "+st.Strong.Render(name)+"  "+p.note(s), w)}
	if facts.Done(s.Status) || s.Skipped {
		return lines
	}
	left := 0
	for _, q := range s.Questions {
		left = max(left, len([]rune(q.Label)))
	}
	left = min(left, w/3)
	for _, q := range s.Questions {
		if line := p.answer(q, left, w-2); line != "" {
			lines = append(lines, "  "+line)
		}
	}
	return lines
}

// note is what becomes of a step when the plan runs.
func (p *Plan) note(s steps.PlanStep) string {
	st := p.context.Styles
	switch {
	case p.context.Facts.Done(s.Status):
		return st.Faint.Render(p.context.Facts.Note(s.Status))
	case s.Skipped:
		return st.Faint.Render("skipped")
	case s.Open > 0:
		return st.Warn.Render("asks for " + widget.Plural(s.Open, "answer"))
	case s.Stops:
		return st.Accent.Render("stops here to ask")
	}
	return ""
}

// origins are the words for where an answer comes from: short, since there are many.
var origins = map[steps.Origin]string{
	steps.Typed: "typed", steps.Environment: "environment", steps.File: "file", steps.Earlier: "earlier run",
	steps.Default: "default", steps.Sample: "sandbox",
}

// answer is one line: the question, its answer, and where that comes from.
func (p *Plan) answer(q steps.Question, left, w int) string {
	st := p.context.Styles
	value, source := strings.Join(strings.Fields(q.Readable(q.Value)), " "), origins[q.Origin]
	if q.Origin == steps.SavedBefore {
		source = q.Source()
	}
	if q.Kind == steps.Secret && q.Held > 0 {
		value = strings.Repeat("•", 8)
	}
	label := st.Faint.Render(widget.Pad(q.Label, left)) + "  "
	switch {
	case q.Problem != "" && q.Value == "":
		return label + st.Warn.Render(widget.Truncate("? "+q.Problem, w-left-2))
	case q.Problem != "":
		return label + st.Bad.Render(widget.Truncate("✗ "+value+": "+q.Problem, w-left-2))
	case value == "":
		return ""
	}
	room := w - left - 2 - len(source) - 2
	if room < 12 {
		return label + widget.Truncate(value, w-left-2)
	}
	return label + widget.CutMiddle(value, room) + st.Faint.Render("  "+source)
}

// Keys implements Screen.
func (p *Plan) Keys() []key.Binding { return p.Menu.Keys() }
