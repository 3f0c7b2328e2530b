package wizard

import (
	"context"
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"telegent-setup/api/webhook"
	"telegent-setup/steps"
	"telegent-setup/steps/report"
	"telegent-setup/wizard/screen"
	"telegent-setup/wizard/widget"
)

// carryOut carries out an option that changes nothing.
func (m *Model) carryOut(o steps.Option) tea.Cmd {
	switch o.Do {
	case steps.ShowRequest:
		edits, _ := m.edits()
		m.lay(screen.NewPreview(&m.Context, m.prompt.Step, edits, ""))
	case steps.ShowExchange:
		m.lay(screen.NewExchange(&m.Context, m.prompt))
	case steps.WriteReport:
		return m.makeReport()
	case steps.CopyIDs:
		return m.copyIDs(o.Step)
	case steps.CheckWebhook:
		return m.checkWebhook()
	case steps.ShowESIM:
		m.showQR("The eSIM", "Scan it with the phone that will use the number: its settings add an eSIM by a QR code.", m.runner.ESIM())
	case steps.ShowText:
		number := m.Context.Facts.Saved[steps.PhoneNumber]
		m.showQR("Text your own number", "Scan it with any phone: it opens a message to "+number+", ready to be sent.", "sms:"+number+"?body=Hello")
	case steps.CopyRequest:
		return m.Copy(quoted(m.prompt), "The message")
	}
	return nil
}

// checkWebhook looks at the webhook that the form names.
func (m *Model) checkWebhook() tea.Cmd {
	hook := m.runner.Webhook(m.edits())
	route, err := webhook.NewRoute(hook.URL, hook.Method, hook.Authentication)
	if err != nil {
		m.Warn(widget.UpperFirst(err.Error()) + ".")
		return nil
	}
	m.checker.Route, m.checker.Edition, m.checker.UserAgent = route, m.runner.Edition(), "telegent-setup/"+m.runner.Version()
	shown := screen.NewWebhook(&m.Context, m.prompt.Step, route.String())
	m.lay(shown)
	return m.look(shown, false)
}

// look looks at a webhook, and sends it a sample when that is wanted.
func (m *Model) look(shown *screen.Webhook, sample bool) tea.Cmd {
	checker := m.checker
	shown.Begin(sample)
	cmd := m.startAside(func(ctx context.Context) func() {
		verdict, err := checker.Run(ctx, func() bool { return sample }, shown.Found)
		return func() { shown.End(verdict, err != nil) }
	})
	m.pending.shown = true
	return tea.Batch(cmd, nextTick(m.pending))
}

func (m *Model) showQR(title, intro, text string) {
	m.lay(screen.NewQR(&m.Context, title, intro, text, m.Colours)).FromTop()
}

// quoted is the text that a prompt has ready to be sent.
func quoted(p steps.Prompt) string {
	for _, t := range p.Text {
		if t.Role == steps.Quote {
			return t.Text
		}
	}
	return ""
}

// copyIDs copies the IDs of a step, or all of them.
func (m *Model) copyIDs(step string) tea.Cmd {
	ids, what := m.Context.Facts.Saved, "Every ID"
	if s, ok := m.Context.Facts.Of(step); ok && m.prompt.Kind == steps.StepPrompt {
		ids, what = s.Saved, "The ID"
	}
	var lines []string
	for _, d := range steps.IDFacts(ids) {
		lines = append(lines, d.Name+"="+d.Value)
	}
	return m.Copy(strings.Join(lines, "\n"), what)
}

// makeReport makes a report, to say what is in it before it is written.
func (m *Model) makeReport() tea.Cmd {
	return m.startAside(func(context.Context) func() {
		made, err := m.report()
		return func() {
			if err != nil {
				m.noReport(err)
				return
			}
			dir := widget.TildePath(m.dir, m.Context.Home)
			m.lay(screen.NewReport(&m.Context, m.prompt.Step, made, dir)).FromTop()
		}
	})
}

func (m *Model) saveReport(shown *screen.Report) tea.Cmd {
	return m.startAside(func(context.Context) func() {
		path, err := shown.Made.SaveIn(m.dir)
		return func() {
			if err != nil {
				m.noReport(err)
				return
			}
			shown.Write(path)
		}
	})
}

// noReport says why there is no report, which ends nothing.
func (m *Model) noReport(err error) {
	m.Warn(widget.UpperFirst(err.Error()) + ". Make room or start in another directory; telegent-setup report -o FILE writes it anywhere.")
	if errors.Is(err, report.ErrNoSetup) {
		m.Warn("There is nothing to report yet.")
	}
}
