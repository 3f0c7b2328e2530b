package screen

import (
	"path/filepath"
	"strings"

	"telegent-setup/steps"
	"telegent-setup/steps/report"
	"telegent-setup/wizard/widget"
)

// Report says what is in a report, before it is written and after.
type Report struct {
	choosing
	Made   report.Report
	folder string
	path   string // Where it is written; empty before that.
}

// Written is the event of a report that is to be written.
type Written struct{ Screen *Report }

// NewReport says what is in a report, and what is not.
func NewReport(c *Context, step *steps.Step, made report.Report, folder string) *Report {
	write := steps.Option{Label: "Write it", Help: "A file in " + folder + ", for your eyes until you send it."}
	no := steps.Option{Label: "No, go back"}
	r := &Report{Made: made, folder: folder}
	r.choosing = newChoosing(c, step, "Write a support report?", choice{write, Written{r}}, choice{no, Closed{}})
	return r
}

// Write says where the report is.
func (r *Report) Write(path string) {
	r.path, r.title = path, "✓ The report is written"
	r.offer(
		choice{steps.Option{Label: "Back"}, Closed{}},
		choice{steps.Option{Label: "Copy its path", Key: "c"}, Copied{path, "The path"}},
	)
}

// View implements Screen.
func (r *Report) View(w, h int) *widget.Page {
	p := r.page(w, h).Pin()
	if r.path != "" {
		p.Table([]steps.Detail{{Name: "File", Value: filepath.Base(r.path)}, {Name: "Folder", Value: r.folder}})
		p.Add("")
		p.Paragraph(p.Text, "Nothing has been sent. Attach it to a mail to "+steps.SupportEmail+".")
	} else {
		r.summary(p)
	}
	r.menu.Draw(p)
	return p
}

func (r *Report) summary(p *widget.Page) {
	for _, text := range r.Made.Summary() {
		if head, rest, found := strings.Cut(text, ": "); found {
			p.Truncated(p.Strong, head)
			text = widget.UpperFirst(rest)
		}
		p.Paragraph(p.Text, text)
	}
}
