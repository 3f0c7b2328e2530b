package screen

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"telegent-setup/steps"
	"telegent-setup/wizard/qrcode"
	"telegent-setup/wizard/widget"
)

// reading is a screen that is only read; its text may be copied.
type reading struct {
	head
	copied func() Copied // Nil when there is nothing to copy.
}

func (r *reading) Update(msg tea.Msg) Event {
	k, _ := msg.(tea.KeyPressMsg)
	switch {
	case key.Matches(k, widget.KeyClose):
		return Closed{}
	case key.Matches(k, widget.KeyCopy) && r.copied != nil:
		return r.copied()
	}
	return nil
}

func (r *reading) Keys() []key.Binding {
	if r.copied == nil {
		return []key.Binding{widget.KeyClose}
	}
	return []key.Binding{widget.KeyCopy, widget.KeyClose}
}

// help lists the keys, and where a person can ask.
type help struct {
	reading
	here   []key.Binding
	always []key.Binding
}

// NewHelp is the help over a screen: its keys, and those of every screen.
func NewHelp(c *Context, here, always []key.Binding) Screen {
	return &help{reading: reading{head: head{c, "", "Keys"}}, here: here, always: always}
}

func (x *help) View(w, h int) *widget.Page {
	p := x.page(w, h)
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

// qr is a QR code to be read with a phone, and its text for those who type.
type qr struct {
	reading
	intro   string
	text    string
	colours func() bool // The terminal shows it black on white.
}

// NewQR shows text as a QR code; the terminal needs colours for it.
func NewQR(c *Context, title, intro, text string, colours func() bool) Screen {
	r := reading{head{c, "", title}, func() Copied { return Copied{text, "The text"} }}
	return &qr{reading: r, intro: intro, text: text, colours: colours}
}

func (q *qr) View(w, h int) *widget.Page {
	p := q.page(w, h)
	p.Paragraph(p.Text, q.intro)
	code, problem := q.code(w, h)
	p.Paragraph(p.Warn, problem)
	p.Add(code...)
	p.Apart()
	p.Wrapped(p.Accent, q.text)
	return p
}

// code is the QR code, or why there is none.
func (q *qr) code(w, h int) (lines []string, problem string) {
	lines, columns, err := qrcode.Lines(q.text)
	switch {
	case err != nil:
		return nil, "This is too long for a QR code. Copy it, or type it."
	case !q.colours():
		return nil, "A QR code needs black and white, which this terminal does not show. Copy the text, or type it."
	case columns > w || len(lines) > h:
		return nil, "The QR code needs a larger window. Make it larger, or type the text."
	}
	return lines, ""
}

func (q *qr) Wide() bool { return true }
