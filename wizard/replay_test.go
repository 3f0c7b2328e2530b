package wizard

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/steps"
	"telegent-setup/steps/report"
	"telegent-setup/wizard/recording"
	"telegent-setup/wizard/terminal"
)

// replay puts a replay of the run so far, which ended with exit, on the terminal.
func (d *driver) replay(exit int) {
	d.t.Helper()
	d.m.flow.End(exit)
	d.watch(d.report())
}

// watch puts a replay of a report on the terminal.
func (d *driver) watch(made report.Report) {
	d.t.Helper()
	p, err := recording.New(made, 0, terminal.Terminal{Environ: []string{}})
	require.NoError(d.t, err)
	d.shown = p
	d.deliver(terminal.WaitedMsg{})
	d.deliver(tea.WindowSizeMsg{Width: 100, Height: 30})
}

// Rule: a replay draws what the wizard drew: the form as it was sent, and the failure
// with its choices; beside them the call. It sends nothing and writes nothing.
func TestReplayShowsWhatWasSeen(t *testing.T) {
	play(t, stage{faults: []string{"number-in-use"}}, func(d *driver) {
		d.submit(steps.Provision)
		d.pass(time.Second)
		d.send(tea.WindowSizeMsg{Width: 200, Height: 60})
		seen, calls, disk := inside(d.screen()), len(d.wire.calls), d.everythingOnDisk()
		d.replay(steps.ExitRefused)
		require.Contains(t, d.screen(), "exit status 4")
		d.send(tea.WindowSizeMsg{Width: 200, Height: 60})
		d.keys("end", "left")
		require.Equal(t, strings.ReplaceAll(seen, "▸ 1", "  1"), inside(d.screen()))
		require.Contains(t, d.screen(), "REPLAY")
		d.keys("left")
		require.Contains(t, d.screen(), "[ Continue ]")
		require.Contains(t, d.screen(), "+18015550100")
		for _, key := range []string{"enter", "1", "2", "3", "y", "c", "home", "ctrl+o", "end", "right", "right", "tab", "f1", "enter"} {
			d.keys(key)
		}
		require.Len(t, d.wire.calls, calls)
		require.Equal(t, disk, d.everythingOnDisk())
		d.keys("q")
		require.True(t, d.quit)
	})
}

// inside is a screen of 200 columns without what surrounds the body.
func inside(screen string) string {
	var lines []string
	for l := range strings.SplitSeq(screen, "\n") {
		if cells := strings.Split(l, "│ "); len(cells) > 1 && !strings.Contains(l, "REPLAY") {
			lines = append(lines, strings.TrimRight(strings.Join(cells[1:len(cells)-1], "│ "), " "))
		}
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// Rule: every stop of every kind of run can be drawn, in both editions and at every
// size.
func TestReplayOfEveryRun(t *testing.T) {
	for name, c := range map[string]struct {
		stage stage
		act   func(d *driver)
	}{
		"nothing":           {stage{}, func(*driver) {}},
		"everything":        {stage{}, func(d *driver) { d.submit(steps.TestMessage); d.onward() }},
		"edition 2026-04":   {stage{edition: api.Edition2026}, func(d *driver) { d.submit(steps.TestMessage) }},
		"an unknown":        {stage{faults: []string{"drop@account"}}, func(d *driver) { d.submit(steps.Account) }},
		"several tries":     {stage{faults: []string{"rate-limit@account:5"}}, func(d *driver) { d.submit(steps.Account); d.pass(time.Minute) }},
		"a wrong secret":    {stage{faults: []string{"unauthorized@authenticate:2"}}, func(d *driver) { d.submit(steps.Authenticate) }},
		"a rejected ID":     {stage{faults: []string{"invalid-account"}}, func(d *driver) { d.submit(steps.Subscriber) }},
		"a gateway's page":  {stage{faults: []string{"html@account"}}, func(d *driver) { d.submit(steps.Account) }},
		"skipped, resumed":  {stage{live: true}, func(d *driver) { d.livingTo(steps.Availability) }},
		"a call unfinished": {stage{faults: []string{"hang@account"}}, func(d *driver) { d.submit(steps.Account) }},
	} {
		t.Run(name, func(t *testing.T) {
			play(t, c.stage, func(d *driver) {
				c.act(d)
				made := d.report()
				d.watch(made)
				x, err := made.Recording(1)
				require.NoError(t, err)
				for range x.Stops {
					for _, size := range sizes {
						d.deliver(size)
						require.Contains(t, d.screen(), "REPLAY")
						for line := range strings.SplitSeq(d.screen(), "\n") {
							require.LessOrEqual(t, cells(line), size.Width, d)
						}
					}
					d.keys("r", "r", "right")
				}
			})
		})
	}
}
