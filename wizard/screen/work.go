package screen

import (
	"fmt"
	"net/http"
	"net/url"
	"time"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/spinner"
	tea "charm.land/bubbletea/v2"

	"telegent-setup/steps"
	"telegent-setup/wizard/widget"
)

// Activity is what the runner does right now.
type Activity struct {
	Calling   steps.Calling     // Zero before the first call.
	Waiting   steps.Waiting     // Zero when nothing is waited for.
	Delivered []steps.Delivered // What was told of the message.
	Replied   bool              // An answer to it came.
}

// Work is on the screen while a call is under way.
type Work struct {
	head
	step     *steps.Step // That the runner is at.
	doing    string      // "Creating the account".
	started  time.Time
	now      time.Time
	ticks    int
	activity Activity
	stopping bool
}

// NewWork shows that an option of a prompt is carried out.
func NewWork(c *Context, p steps.Prompt, doing string, now time.Time) *Work {
	w := &Work{head: head{c, "", p.Title}, doing: doing, started: now, now: now}
	w.goTo(p.Step)
	return w
}

// Tick moves the clock on.
func (w *Work) Tick(now time.Time, a Activity) {
	w.ticks++
	w.now, w.activity = now, a
	if step, ok := steps.Find(a.Calling.Step); ok {
		w.goTo(step)
	}
}

// goTo shows the step that the runner has come to.
func (w *Work) goTo(step *steps.Step) {
	w.step = step
	if step.ID != "" {
		w.place, w.title = step.Place(), step.Title
	}
}

// Stop says that it is being stopped.
func (w *Work) Stop() { w.stopping = true }

// Running implements Busy.
func (w *Work) Running() bool { return true }

// Update implements Screen: the program handles the keys of this one.
func (w *Work) Update(tea.Msg) Event { return nil }

// View implements Screen.
func (w *Work) View(width, h int) *widget.Page {
	p := w.page(width, h)
	p.Add(w.progress(w.doing, width), "  "+p.Accent.Render(widget.Truncate(w.call(), width-2)), "")
	p.Paragraph(p.Warn, w.waiting())
	p.Paragraph(p.Faint, w.stopNote())
	return p
}

// progress is what is done, and for how long.
func (w *Work) progress(doing string, width int) string {
	if w.stopping {
		doing = "Stopping"
	}
	if d := w.now.Sub(w.started); d >= time.Second {
		doing += " · " + widget.Seconds(d)
	}
	return spinning(w.context.Styles, w.ticks, widget.Truncate(doing, width-2))
}

// spinning is a text behind what turns while something is done.
func spinning(st *widget.Styles, ticks int, text string) string {
	frames := spinner.MiniDot.Frames
	return st.Accent.Render(frames[ticks%len(frames)]) + " " + st.Strong.Render(text)
}

// call names the call that is under way, on one line: nothing moves when the
// next one begins. The server is in the header.
func (w *Work) call() string {
	c := w.activity.Calling
	if c.URL == "" {
		return ""
	}
	text := c.Method + " " + c.URL
	if u, err := url.Parse(c.URL); err == nil {
		text = c.Method + " " + u.Path
	}
	if c.Try > 1 {
		text += " (try " + widget.Count(c.Try) + ")"
	}
	return text
}

// waiting says what is waited for, and counts down.
func (w *Work) waiting() string {
	x := w.activity.Waiting
	if x.Until.IsZero() {
		return ""
	}
	return waits[x.Reason] + widget.Seconds(x.Until.Sub(w.now)+time.Second/2) + "."
}

// waits are the words for what is waited for; the time that is left follows.
var waits = map[string]string{
	"rate limit": "The service allows 50 requests a minute. Going on in ",
	"pace":       "Keeping below 50 requests a minute. Going on in ",
	"connection": "No connection. Trying again in ",
	"order":      "Telegent is working on the order. Asking again in ",
	"look-up":    "It is not there yet. Looking once more in ",
	"delivery":   "Asking again in ",
}

// stopNote says what stopping would mean.
func (w *Work) stopNote() string {
	a := w.activity
	switch {
	case a.Waiting.Reason == "order":
		return "The order is placed, and saved. Esc stops asking what became of it; asking again orders nothing twice."
	case !w.step.Creates || a.Calling.Method == http.MethodGet:
		return "Esc stops: this call creates nothing."
	case !a.Waiting.Until.IsZero():
		return "Esc stops waiting: nothing has been created yet."
	}
	return "Esc stops waiting. The call may have gone through anyway; you will be asked about it then."
}

// Keys implements Screen.
func (w *Work) Keys() []key.Binding {
	return []key.Binding{widget.Does(widget.KeyBack, "stop waiting")}
}

// delivery shows what becomes of the message, while it is asked for.
type delivery struct {
	head
	*Work
	text   []steps.Paragraph
	onward string // What goes on.
}

// NewDelivery shows a delivery that is being watched.
func NewDelivery(c *Context, p steps.Prompt, now time.Time) Screen {
	watch, _ := p.Option(steps.Watch)
	onward, _ := p.Option(steps.Continue)
	return &delivery{c.headOfPrompt(p, p.Title), NewWork(c, p, watch.Doing, now), p.Text, onward.Label}
}

func (d *delivery) View(w, h int) *widget.Page {
	p := d.page(w, h).Pin()
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

func (d *delivery) Keys() []key.Binding {
	return []key.Binding{widget.Does(widget.KeyEnter, widget.LowerFirst(d.onward))}
}
