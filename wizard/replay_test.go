package wizard

import (
	"encoding/json"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/state"
	"telegent-setup/steps"
	"telegent-setup/steps/report"
)

// taper records a run, as the journal does.
type taper struct {
	next  steps.Observer
	mu    sync.Mutex
	lines []json.RawMessage
}

// Observe implements steps.Observer.
func (t *taper) Observe(e steps.Event) {
	t.next.Observe(e)
	if line, ok := report.Record(e); ok {
		t.mu.Lock()
		defer t.mu.Unlock()
		t.lines = append(t.lines, line)
	}
}

// report is a report on the run so far, the same on every machine.
func (d *driver) report() report.Report {
	d.t.Helper()
	d.tape.mu.Lock()
	defer d.tape.mu.Unlock()
	made, err := report.New(d.store.File(), []state.Run{{Lines: d.tape.lines}}, report.Options{Created: time.Now()})
	require.NoError(d.t, err)
	made.Program = report.Program{Version: "1.0.0", Go: "go1.26.0", Platform: "linux/amd64"}
	for _, run := range made.Runs {
		for i, e := range run.Events {
			if begun, ok := e.(steps.Started); ok {
				begun.State = "/home/ada/.local/state/telegent-setup/state.json"
				run.Events[i] = begun
			}
		}
	}
	return made
}

// replay puts a replay of the run so far, which ended with exit, on the
// terminal.
func (d *driver) replay(exit int) *player {
	d.t.Helper()
	d.m.runner.End(exit)
	return d.play(d.report())
}

func (d *driver) play(from report.Report) *player {
	d.t.Helper()
	p, err := newPlayer(ReplayOptions{Report: from, Run: len(from.Runs), Environ: []string{}})
	require.NoError(d.t, err)
	d.shown = p
	d.deliver(tea.WindowSizeMsg{Width: 100, Height: 30})
	return p
}

// A replay draws what the wizard drew: the form as it was sent, and the failure
// with its choices; beside them the call. It sends nothing and writes nothing.
func TestReplayShowsWhatWasSeen(t *testing.T) {
	play(t, stage{faults: []string{"number-in-use"}}, func(d *driver) {
		d.submit(steps.Provision)
		d.pass(time.Second)
		seen, calls, disk := bodyOf(d.m.top().screen), len(d.wire.calls), d.everythingOnDisk()
		p := d.replay(steps.ExitRefused)
		require.Contains(t, d.screen(), "exit status 4")
		d.keys("end", "left")
		replayed := bodyOf(p.top().screen.(*frozen).screen)
		require.Equal(t, strings.ReplaceAll(seen, "▸ ", "  "), replayed)
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

func bodyOf(s screen) string { return plainText(strings.Join(s.View(80, 400).lines, "\n")) }

// Every stop of every kind of run can be drawn, in both editions and at every
// size, and the last stop is the last.
func TestReplayOfEveryRun(t *testing.T) {
	for name, c := range map[string]struct {
		stage stage
		act   func(d *driver)
	}{
		"nothing":           {stage{}, func(*driver) {}},
		"everything":        {stage{}, func(d *driver) { d.submit(steps.TestMessage) }},
		"edition 2026-04":   {stage{edition: api.Edition2026}, func(d *driver) { d.submit(steps.Provision); d.pass(time.Minute); d.submit(steps.TestMessage) }},
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
				d.m.runner.Begin()
				c.act(d)
				p := d.play(d.report())
				for range p.tape.stops {
					for _, size := range sizes {
						d.deliver(size)
						require.Contains(t, d.screen(), "REPLAY")
						for line := range strings.SplitSeq(d.screen(), "\n") {
							require.LessOrEqual(t, cells(line), size.Width, d.screen())
						}
					}
					d.keys("r", "r", "right")
				}
				require.Equal(t, len(p.tape.stops)-1, p.at)
			})
		})
	}
}

// However long the texts of a stranger's report are, a screen stays short, and
// no edition, server or run that there is none of breaks it.
func TestReplayOfAStrangersReport(t *testing.T) {
	long := strings.Repeat("long ", 200_000)
	step := steps.Stepped{Step: steps.Account, Number: 2, Status: steps.OutcomeFailed, Failure: &steps.Failure{
		Step: steps.Account, Title: long, Message: long, Solution: long, FixStep: steps.Account, FixLabel: long, TransactionLogID: long, Issue: long,
	}}
	call := steps.Exchanged{Step: steps.Account, Exchange: api.Exchange{Curl: long, Answer: long, Request: []byte(`{"AccountName":"` + long + `","X":[[1,{}],null]}`)}}
	saved := steps.Stepped{Step: steps.Provision, Number: 6, Status: steps.OutcomeDone, Saved: steps.Saved{steps.TNID: long, steps.PhoneNumber: long}}
	strange := report.Report{Edition: "1999-01", BaseURL: "gopher://" + long, Runs: []report.Run{{Events: []steps.Event{
		steps.Started{Edition: "1999-01", BaseURL: "://" + long, State: long}, call, step, saved, saved, call,
	}}}}
	play(t, stage{}, func(d *driver) {
		p := d.play(strange)
		for range p.tape.stops {
			require.Less(t, len(p.top().View(60, 20).lines), 2000)
			d.keys("r", "r", "right")
		}
	})
	_, err := newPlayer(ReplayOptions{Report: strange, Run: 2})
	require.Error(t, err)
}
