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

// View implements frame.Screen.
func (x *Help) View(w, h int) widget.Page {
	st := x.context.Styles
	lines := st.TitleLines(x.title, w, h)
	if len(x.here) > 0 {
		lines = append(append(lines, st.Strong.Render("Here")), keyTable(st, x.here, w)...)
		lines = append(lines, "", st.Strong.Render("Everywhere"))
	}
	lines = append(lines, keyTable(st, x.always, w)...)
	lines = append(lines, "", st.Strong.Render("Help from people"))
	lines = append(lines, widget.Wrap(steps.SupportURL, w)...)
	lines = append(lines, widget.Wrap(steps.SupportEmail+" (support asks for the TransactionLogId of a failure)", w)...)
	return widget.Page{Lines: lines}
}

func keyTable(st *widget.Styles, keys []key.Binding, w int) []string {
	var rows []steps.Detail
	for _, k := range keys {
		rows = append(rows, steps.Detail{Name: k.Help().Key, Value: k.Help().Desc})
	}
	return widget.Table(st, rows, w)
}
