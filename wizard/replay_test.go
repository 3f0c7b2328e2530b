package wizard

import (
	"encoding/json"

	tea "charm.land/bubbletea/v2"
	"github.com/stretchr/testify/require"

	"telegent-setup/steps/report"
	"telegent-setup/wizard/recording"
	"telegent-setup/wizard/terminal"
)

// replay puts a replay of the run so far, which ended with exit, on the terminal.
func (d *driver) replay(exit int) *recording.Player {
	d.t.Helper()
	d.m.flow.End(exit)
	return d.watch(d.report())
}

// watch puts a replay of the last run of a report on the terminal, as it is read back
// from its file.
func (d *driver) watch(made report.Report) *recording.Player {
	d.t.Helper()
	x, err := made.Recording(len(made.Runs))
	require.NoError(d.t, err)
	p := recording.New(x, terminal.Terminal{Environ: []string{}})
	d.shown = p
	d.deliver(terminal.WaitedMsg{})
	d.deliver(tea.WindowSizeMsg{Width: 100, Height: 30})
	return p
}

var _ = json.Marshal
