package screen

import (
	"fmt"
	"time"

	"charm.land/bubbles/v2/key"

	"telegent-setup/steps"
	"telegent-setup/wizard/widget"
)

// Delivery shows what becomes of the message, while it is asked for.
type Delivery struct {
	*Work
	onward string // What goes on.
}

// NewDelivery shows a delivery that is being watched.
func NewDelivery(c *Context, p steps.Prompt, now time.Time) *Delivery {
	watch, _ := p.Option(steps.Watch)
	onward, _ := p.Option(steps.Continue)
	return &Delivery{NewWork(c, p, watch.Doing, now), onward.Label}
}

// View implements frame.Screen.
func (d *Delivery) View(w, h int) widget.Page {
	st := d.context.Styles
	lines := st.TitleLines(d.prompt.Title, w, h)
	pinned := len(lines)
	for _, p := range d.prompt.Text {
		lines = widget.Paragraph(lines, roleStyle(st, p.Role), p.Text, w)
	}
	first := len(lines)
	for _, told := range d.activity.Delivered {
		mark, role := "·", st.Text
		switch {
		case steps.MessageArrived(told.Status):
			mark, role = "✓", st.Good
		case steps.MessageFailed(told.Status):
			mark, role = "✗", st.Bad
		}
		lines = append(lines, role.Render(mark)+" "+widget.Truncate(fmt.Sprintf("%s  after %.1f s", told.Status, told.Seconds), w-2))
	}
	if d.activity.Replied {
		lines = append(lines, st.Good.Render("✓")+" An answer came")
	}
	doing := d.doing
	if n := len(d.activity.Delivered); n > 0 && steps.MessageArrived(d.activity.Delivered[n-1].Status) {
		doing = "Waiting for an answer"
	}
	lines = append(widget.Apart(lines), d.spinning(doing, w), "  "+st.Faint.Render(widget.Truncate(d.waiting(), w-2)), "")
	last := len(lines) - 2
	lines = widget.Paragraph(lines, st.Faint, "Enter goes on at any time: the setup is complete whatever becomes of the message.", w)
	return widget.Page{Lines: lines, Top: first, Bottom: last, Pinned: pinned}
}

// Keys implements frame.Screen.
func (d *Delivery) Keys() []key.Binding {
	return []key.Binding{widget.Does(widget.KeyEnter, widget.LowerFirst(d.onward))}
}

// Place implements frame.Screen.
func (d *Delivery) Place() string { return headOfPrompt(d.prompt, "").place }

// Title implements Screen.
func (d *Delivery) Title() string { return d.prompt.Title }
