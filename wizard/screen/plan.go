package screen

import (
	"fmt"
	"strings"

	"telegent-setup/steps"
	"telegent-setup/wizard/widget"
)

// plan draws the sheet of every step with its answers and where these come from.
func (c *Context) plan(p *widget.Page, plan []steps.PlanStep, w int) {
	facts := c.Facts
	for _, s := range plan {
		mark, role := widget.Sign(p.Styles, facts.Stands(s.Status), s.Open > 0)
		name := fmt.Sprintf("%d %s", s.Step.Number, s.Step.Title)
		p.Add(widget.Truncate(role.Render(mark)+" "+p.Strong.Render(name)+"  "+c.planNote(s), w))
		if facts.Done(s.Status) || s.Skipped {
			continue
		}
		left := 0
		for _, q := range s.Questions {
			left = max(left, len([]rune(q.Label)))
		}
		left = min(left, w/3)
		for _, q := range s.Questions {
			if line := planAnswer(p.Styles, q, left, w-2); line != "" {
				p.Add("  " + line)
			}
		}
	}
}

// planNote is what becomes of a step when the plan runs.
func (c *Context) planNote(s steps.PlanStep) string {
	st := c.Styles
	switch {
	case c.Facts.Done(s.Status):
		return st.Faint.Render(c.Facts.Note(s.Status))
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

// planAnswer is one line: the question, its answer, and where that comes from.
func planAnswer(st *widget.Styles, q steps.Question, left, w int) string {
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
