package screen

import (
	"telegent-setup/wizard/qrcode"
	"telegent-setup/wizard/widget"
)

// QR is a QR code to be read with a phone, and its text for those who type.
type QR struct {
	reading
	context *Context
	intro   string
	text    string
	colours func() bool // The terminal shows it black on white.
}

// NewQR shows text as a QR code; the terminal needs colours for it.
func NewQR(c *Context, title, intro, text string, colours func() bool) *QR {
	r := reading{head{title: title}, func() Copied { return Copied{text, "The text"} }}
	return &QR{reading: r, context: c, intro: intro, text: text, colours: colours}
}

// View implements Screen.
func (q *QR) View(w, h int) *widget.Page {
	p := q.context.Styles.Page(q.title, w, h)
	p.Paragraph(p.Text, q.intro)
	code, problem := q.code(w, h)
	p.Paragraph(p.Warn, problem)
	p.Add(code...)
	p.Apart()
	p.Wrapped(p.Accent, q.text)
	return p
}

// code is the QR code, or why there is none.
func (q *QR) code(w, h int) (lines []string, problem string) {
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

// Wide implements Screen.
func (q *QR) Wide() bool { return true }
