package screen

import (
	"charm.land/bubbles/v2/key"

	"telegent-setup/steps"
	"telegent-setup/wizard/widget"
)

// Help lists the keys, and where a person can ask.
type Help struct {
	reading
	context *Context
	here    []key.Binding
	always  []key.Binding
}

// NewHelp is the help over a screen: its keys, and those of every screen.
func NewHelp(c *Context, here, always []key.Binding) *Help {
	return &Help{reading: reading{head: head{title: "Keys"}}, context: c, here: here, always: always}
}

// View implements Screen.
func (x *Help) View(w, h int) *widget.Page {
	p := x.context.Styles.Page(x.title, w, h)
	if len(x.here) > 0 {
		p.Add(p.Strong.Render("Here"))
		keyTable(p, x.here)
		p.Add("", p.Strong.Render("Everywhere"))
	}
	keyTable(p, x.always)
	p.Add("", p.Strong.Render("Help from people"))
	p.Wrapped(p.Text, steps.SupportURL)
	p.Wrapped(p.Text, steps.SupportEmail+" (support asks for the TransactionLogId of a failure)")
	return p
}

func keyTable(p *widget.Page, keys []key.Binding) {
	var rows []steps.Detail
	for _, k := range keys {
		rows = append(rows, steps.Detail{Name: k.Help().Key, Value: k.Help().Desc})
	}
	p.Table(rows)
}
