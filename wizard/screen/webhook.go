package screen

import (
	"sync"
	"time"

	"charm.land/bubbles/v2/key"

	"telegent-setup/api/webhook"
	"telegent-setup/steps"
	"telegent-setup/wizard/widget"
)

// Webhook shows a look at the customer's webhook while it is taken, and what it came
// to. Nothing is sent to it before that is asked for.
type Webhook struct {
	choosing
	address string
	ticks   int

	running bool
	stopped bool
	sampled bool
	verdict webhook.Verdict

	mu       sync.Mutex // Guards what follows: the look is taken beside the screen.
	findings []webhook.Finding
}

// Sampled is the event of a sample message that is to be sent.
type Sampled struct{ Screen *Webhook }

// NewWebhook shows a look at an address.
func NewWebhook(c *Context, step *steps.Step, address string) *Webhook {
	title := "Your webhook, as the service would meet it"
	return &Webhook{choosing: newChoosing(c, step, title), address: address}
}

// Begin says that a look begins; with a sample, that one is sent.
func (x *Webhook) Begin(sample bool) {
	x.running, x.stopped, x.sampled = true, false, sample
	x.offer()
	x.mu.Lock()
	defer x.mu.Unlock()
	x.findings = nil
}

// Found tells of a finding.
func (x *Webhook) Found(f webhook.Finding) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.findings = append(x.findings, f)
}

// End says what the look came to; stopped means that it was ended before that.
func (x *Webhook) End(v webhook.Verdict, stopped bool) {
	x.running, x.stopped, x.verdict = false, stopped, v
	choices := []choice{{steps.Option{Label: "Back"}, Closed{}}}
	if v == webhook.Works && !x.sampled && !stopped {
		sample := steps.Option{Label: "Send it a sample message", Help: "As the service would, to this address alone."}
		choices = append(choices, choice{sample, Sampled{x}})
	}
	x.offer(choices...)
}

// Tick moves the clock on.
func (x *Webhook) Tick(time.Time, Activity) { x.ticks++ }

// Stop does nothing: the end of the look is told.
func (x *Webhook) Stop() {}

// Running implements Busy.
func (x *Webhook) Running() bool { return x.running }

// View implements Screen.
func (x *Webhook) View(w, h int) *widget.Page {
	x.mu.Lock()
	defer x.mu.Unlock()
	p := x.page(w, h).Pin()
	p.Paragraph(p.Accent, x.address)
	for _, f := range x.findings {
		sign, role := "✓ ", p.Good
		switch {
		case !f.OK():
			sign, role = "✗ ", p.Bad
		case f.Issue != "":
			sign, role = "! ", p.Warn
		}
		p.Hanging(role.Render(sign), p.Text, f.Say)
	}
	p.Apart()
	switch {
	case x.running:
		p.Add(spinning(p.Styles, x.ticks, "Looking at it"))
	case x.stopped:
		p.Paragraph(p.Warn, "Stopped.")
	default:
		p.Paragraph(p.Strong, x.verdict.String())
	}
	x.menu.Draw(p)
	return p
}

// Keys implements Screen.
func (x *Webhook) Keys() []key.Binding {
	if x.running {
		return []key.Binding{widget.Does(widget.KeyBack, "stop")}
	}
	return x.choosing.Keys()
}
