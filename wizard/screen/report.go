package screen

import (
	"path/filepath"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"telegent-setup/steps"
	"telegent-setup/steps/report"
	"telegent-setup/wizard/widget"
)

// Report says what is in a report, before it is written and after.
type Report struct {
	context *Context
	step    *steps.Step
	made    report.Report
	folder  string
	path    string // Where it is written; empty before that.
	menu    widget.Menu
}

// Written is the event of a report that is to be written.
type Written struct{ Report report.Report }

// NewReport says what is in a report, and what is not.
func NewReport(c *Context, step *steps.Step, made report.Report, folder string) *Report {
	options := []steps.Option{
		{Label: "Write it", Help: "A file in " + folder + ", for your eyes until you send it."},
		{Label: "No, go back"},
	}
	return &Report{context: c, step: step, made: made, folder: folder, menu: widget.Menu{Styles: c.Styles, Options: options}}
}

// Write says where the report is.
func (r *Report) Write(path string) {
	r.path = path
	r.menu = widget.Menu{Styles: r.context.Styles, Options: []steps.Option{{Label: "Back"}, {Label: "Copy its path", Key: "c"}}}
}

// Update implements Screen.
func (r *Report) Update(msg tea.Msg) Event {
	k, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	if key.Matches(k, widget.KeyBack) {
		return Closed{}
	}
	switch taken := r.menu.Update(k); {
	case taken == 0 && r.path == "":
		return Written{r.made}
	case taken == 1 && r.path != "":
		return Copied{r.path, "The path"}
	case taken >= 0:
		return Closed{}
	}
	return nil
}

// View implements Screen.
func (r *Report) View(w, h int) widget.Page {
	st := r.context.Styles
	lines := st.TitleLines(r.Title(), w, h)
	pinned := len(lines)
	if r.path != "" {
		lines = append(lines, widget.Table(st, []steps.Detail{{Name: "File", Value: filepath.Base(r.path)}, {Name: "Folder", Value: r.folder}}, w)...)
		lines = widget.Paragraph(append(lines, ""), st.Text, "Nothing has been sent. Attach it to a mail to "+steps.SupportEmail+".", w)
	} else {
		lines = r.summary(lines, w)
	}
	p := r.menu.View(lines, w)
	p.Pinned = pinned
	return p
}

func (r *Report) summary(lines []string, w int) []string {
	st := r.context.Styles
	for _, text := range r.made.Summary() {
		head, rest, found := strings.Cut(text, ": ")
		if !found {
			lines = widget.Paragraph(lines, st.Text, text, w)
			continue
		}
		lines = append(lines, st.Strong.Render(widget.Truncate(head, w)))
		lines = widget.Paragraph(lines, st.Text, widget.UpperFirst(rest), w)
	}
	return lines
}

// Keys implements Screen.
func (r *Report) Keys() []key.Binding { return append(r.menu.Keys(), widget.KeyBack) }

// Place implements Screen.
func (r *Report) Place() string {
	if r.step.ID == "" {
		return ""
	}
	return r.step.Place() + " · " + r.step.Title
}

// Title implements Screen.
func (r *Report) Title() string {
	if r.path != "" {
		return "✓ The report is written"
	}
	return "Write a support report?"
}
