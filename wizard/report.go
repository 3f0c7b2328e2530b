package wizard

import (
	"context"
	"errors"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"telegent-setup/steps"
	"telegent-setup/steps/report"
)

// writeReport is the choice that leads to a report for support.
var writeReport = choice{label: steps.OfferReport, act: reportAction{}}

// makeReport makes a report, to say what is in it before it is written.
func (m *Model) makeReport() tea.Cmd {
	produce := m.report
	return m.fly(reported, m.top().Step(), nil, func(_ context.Context, r *resultMsg) {
		r.report, r.err = produce()
	})
}

// saveReport writes a report into the working directory.
func (m *Model) saveReport(made report.Report) tea.Cmd {
	dir := m.dir
	return m.fly(wrote, m.top().Step(), nil, func(_ context.Context, r *resultMsg) {
		r.path, r.err = made.SaveIn(dir)
	})
}

// reportDone shows what became of making or writing a report. A report that
// cannot be had ends nothing.
func (m *Model) reportDone(r resultMsg) tea.Cmd {
	step := m.step(r.step)
	switch {
	case errors.Is(r.err, report.ErrNoSetup):
		m.flash = "! There is nothing to report yet."
		return nil
	case r.err != nil:
		m.flash = "! " + capital(r.err.Error()) + ". Make room or start in another directory; telegent-setup report -o FILE writes it anywhere."
		return nil
	case r.kind == reported:
		cmd := m.push(newReportOffer(m.scene, step, r.report))
		m.top().follow, m.top().read = false, true // What is in it comes first, however low the screen.
		return cmd
	}
	m.stack = m.stack[:len(m.stack)-1]
	return m.push(newReportWritten(m.scene, step, r.path))
}

// newReportOffer says what is in a report, and what is not, before it is
// written.
func newReportOffer(sc *scene, step steps.Step, made report.Report) *sheet {
	s := &sheet{
		sc: sc, step: step.ID, eyebrow: sc.place(step) + " · " + step.Title, title: "Write a support report?", esc: backAction{},
		text: func(w int) []string {
			var lines []string
			for _, text := range made.Summary() {
				head, rest, found := strings.Cut(text, ": ")
				if !found {
					lines = paragraph(lines, sc.st.Text, text, w)
					continue
				}
				lines = append(lines, sc.st.Strong.Render(fit(head, w)))
				lines = paragraph(lines, sc.st.Text, capital(rest), w)
			}
			return lines
		},
	}
	s.menu = menu{st: sc.st, choices: []choice{
		{label: "Write it", act: writeAction{made}, help: "A file in " + sc.folder + ", for your eyes until you send it."},
		{label: "No, go back", act: backAction{}},
	}}
	return s
}

// newReportWritten says where the report is.
func newReportWritten(sc *scene, step steps.Step, path string) *sheet {
	s := &sheet{
		sc: sc, step: step.ID, eyebrow: sc.place(step) + " · " + step.Title, title: "✓ The report is written", esc: backAction{},
		text: func(w int) []string {
			lines := table(sc.st, []pair{{name: "File", value: filepath.Base(path)}, {name: "Folder", value: sc.folder}}, w)
			lines = append(lines, "")
			return paragraph(lines, sc.st.Text, "Nothing has been sent. Attach it to a mail to "+steps.SupportEmail+".", w)
		},
	}
	s.menu = menu{st: sc.st, choices: []choice{
		{label: "Back", act: backAction{}},
		{label: "Copy its path", key: "c", act: copyAction{path, "The path"}},
	}}
	return s
}

// capital writes a sentence with a capital letter.
func capital(text string) string {
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + text[1:]
}
