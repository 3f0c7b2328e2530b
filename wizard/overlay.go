package wizard

import (
	"context"
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"telegent-setup/api"
	"telegent-setup/api/webhook"
	"telegent-setup/steps"
	"telegent-setup/steps/report"
	"telegent-setup/wizard/screen"
	"telegent-setup/wizard/widget"
)

// The names of the screens that are always at hand.
const (
	helpName     = "help"
	overviewName = "overview"
)

// carryOut carries out an option that changes nothing.
func (m *Model) carryOut(o steps.Option) tea.Cmd {
	switch o.Do {
	case steps.ShowRequest:
		var edits steps.Answers
		if e, ok := m.stack[0].Screen.(screen.Edited); ok {
			edits, _ = e.Edits()
		}
		m.push(screen.NewPreview(&m.context, m.prompt.Step, edits))
	case steps.ShowExchange:
		m.push(screen.NewExchange(&m.context, m.prompt))
	case steps.WriteReport:
		return m.makeReport()
	case steps.CopyIDs:
		return m.copyIDs(o.Step)
	case steps.CheckWebhook:
		return m.checkWebhook()
	case steps.ShowESIM:
		m.showQR("The eSIM", "Scan it with the phone that will use the number: its settings add an eSIM by a QR code.", m.runner.ESIM())
	case steps.ShowText:
		number := m.context.Facts.Saved[steps.PhoneNumber]
		m.showQR("Text your own number", "Scan it with any phone: it opens a message to "+number+", ready to be sent.", "sms:"+number+"?body=Hello")
	case steps.CopyRequest:
		return m.copy(quoted(m.prompt), "The message")
	}
	return nil
}

// checkWebhook looks at the webhook that the form names.
func (m *Model) checkWebhook() tea.Cmd {
	var edits steps.Answers
	var secrets map[string]api.Secret
	if e, ok := m.stack[0].Screen.(screen.Edited); ok {
		edits, secrets = e.Edits()
	}
	hook := m.runner.Webhook(edits, secrets)
	route, err := webhook.NewRoute(hook.URL, hook.Method, hook.Authentication)
	if err != nil {
		m.notes = []string{"! " + widget.UpperFirst(err.Error()) + "."}
		return nil
	}
	m.checker.Route, m.checker.Edition, m.checker.UserAgent = route, m.runner.Edition(), "telegent-setup/"+m.runner.Version()
	over := screen.NewWebhook(&m.context, m.prompt.Step, route.String())
	m.push(over)
	return m.look(over, false)
}

// look looks at a webhook, and sends it a sample when that is wanted.
func (m *Model) look(over *screen.Webhook, sample bool) tea.Cmd {
	checker := m.checker
	over.Begin(sample)
	cmd := m.start(func(ctx context.Context, attempt int) tea.Msg {
		verdict, err := checker.Run(ctx, func() bool { return sample }, over.Found)
		return checkedMsg{attempt, over, verdict, err}
	})
	m.pending.shown = true
	return tea.Batch(cmd, nextTick(m.attempt))
}

// checked goes on when a look has ended.
func (m *Model) checked(msg checkedMsg) tea.Cmd {
	p := m.ended(msg.attempt)
	if p == nil {
		return nil
	}
	if p.leaving {
		return m.leave()
	}
	msg.over.End(msg.verdict, msg.err != nil)
	return m.drainQueue()
}

// showQR lays a QR code over the screen.
func (m *Model) showQR(title, intro, text string) {
	colours := func() bool { return m.profile > colorprofile.ASCII && !m.ascii }
	e := m.push(screen.NewQR(&m.context, m.prompt.Step, title, intro, text, colours))
	e.scroll.Follow, e.read = false, true
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
	ids, what := m.context.Facts.Saved, "Every ID"
	for _, s := range m.context.Facts.Steps {
		if s.Step.ID == step && m.prompt.Kind == steps.StepPrompt {
			ids, what = s.Saved, "The ID"
		}
	}
	var lines []string
	for _, d := range steps.IDFacts(ids) {
		lines = append(lines, d.Name+"="+d.Value)
	}
	return m.copy(strings.Join(lines, "\n"), what)
}

// copy puts text on the clipboard.
func (m *Model) copy(text, what string) tea.Cmd {
	m.notes = []string{what + " went to the clipboard, if this terminal allows it."}
	return tea.SetClipboard(text)
}

// makeReport makes a report, to say what is in it before it is written.
func (m *Model) makeReport() tea.Cmd {
	produce := m.report
	return m.start(func(_ context.Context, attempt int) tea.Msg {
		made, err := produce()
		return reportedMsg{attempt: attempt, report: made, err: err}
	})
}

// saveReport writes a report into the working directory.
func (m *Model) saveReport(made report.Report) tea.Cmd {
	dir := m.dir
	return m.start(func(_ context.Context, attempt int) tea.Msg {
		path, err := made.SaveIn(dir)
		return reportedMsg{attempt: attempt, path: path, err: err}
	})
}

// reported shows what became of making or writing a report. A report that cannot be
// had ends nothing.
func (m *Model) reported(msg reportedMsg) tea.Cmd {
	p := m.ended(msg.attempt)
	if p == nil {
		return nil
	}
	if p.leaving {
		return m.leave()
	}
	written, _ := m.top().Screen.(*screen.Report)
	switch {
	case errors.Is(msg.err, report.ErrNoSetup):
		m.notes = []string{"! There is nothing to report yet."}
	case msg.err != nil:
		m.notes = []string{"! " + widget.UpperFirst(msg.err.Error()) + ". Make room or start in another directory; telegent-setup report -o FILE writes it anywhere."}
	case msg.path != "" && written != nil:
		written.Write(msg.path)
	default:
		e := m.push(screen.NewReport(&m.context, m.prompt.Step, msg.report, widget.TildePath(m.dir, m.context.Home)))
		e.scroll.Follow, e.read = false, true // What is in it comes first, however low the screen.
	}
	return m.drainQueue()
}
