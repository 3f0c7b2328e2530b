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
	head
	*Work
	text   []steps.Paragraph
	onward string // What goes on.
}

// NewDelivery shows a delivery that is being watched.
func NewDelivery(c *Context, p steps.Prompt, now time.Time) *Delivery {
	watch, _ := p.Option(steps.Watch)
	onward, _ := p.Option(steps.Continue)
	return &Delivery{headOfPrompt(p, p.Title), NewWork(c, p, watch.Doing, now), p.Text, onward.Label}
}

// View implements Screen.
func (d *Delivery) View(w, h int) *widget.Page {
	p := d.context.Styles.Page(d.title, w, h).Pin()
	for _, t := range d.text {
		p.Paragraph(paragraphRole(p.Styles, t), t.Text)
	}
	p.Top = len(p.Lines)
	doing := d.doing
	for _, told := range d.activity.Delivered {
		mark, role := "·", p.Text
		doing = d.doing
		switch {
		case steps.MessageArrived(told.Status):
			mark, role, doing = "✓", p.Good, "Waiting for an answer"
		case steps.MessageFailed(told.Status):
			mark, role = "✗", p.Bad
		}
		p.Add(role.Render(mark) + " " + widget.Truncate(fmt.Sprintf("%s  after %.1f s", told.Status, told.Seconds), w-2))
	}
	if d.activity.Replied {
		p.Add(p.Good.Render("✓") + " An answer came")
	}
	p.Apart()
	p.Add(d.progress(doing, w), "  "+p.Faint.Render(widget.Truncate(d.waiting(), w-2)), "")
	p.Bottom = len(p.Lines) - 2
	p.Paragraph(p.Faint, "Enter goes on at any time: the setup is complete whatever becomes of the message.")
	return p
}

// Keys implements Screen.
func (d *Delivery) Keys() []key.Binding {
	return []key.Binding{widget.Does(widget.KeyEnter, widget.LowerFirst(d.onward))}
}
