package recording

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"telegent-setup/api"
	"telegent-setup/steps/report"
	"telegent-setup/wizard/screen"
	"telegent-setup/wizard/widget"
)

// runs is the list of the recorded runs, to choose one.
type runs struct {
	styles *widget.Styles
	list   *widget.List
	count  int
}

// chosen is the event of a run that was chosen, from 1.
type chosen struct{ run int }

// newRuns lists the runs of a report, with the cursor at the last that failed.
func newRuns(st *widget.Styles, from report.Report) *runs {
	rows, at := make([]string, len(from.Runs)), len(from.Runs)-1
	for i, run := range from.Runs {
		began, took := span(run)
		rows[i] = fmt.Sprintf("%3d  %-20s  %-10s  %s", i+1, began, took, strings.TrimPrefix(ending(from, run), "exit status "))
		if slices.ContainsFunc(run.Moments(), func(m report.Moment) bool { return m.Failure != nil }) {
			at = i
		}
	}
	return &runs{styles: st, list: widget.NewList(rows, false, at), count: len(rows)}
}

// span is when the calls of a run began, and how long they went on.
func span(run report.Run) (began, took string) {
	var calls []api.Exchange
	for _, m := range run.Moments() {
		calls = append(calls, m.Exchanges...)
	}
	if len(calls) == 0 {
		return "no call was made", ""
	}
	first, last := calls[0].Time, calls[0].Time
	for _, x := range calls {
		if x.Time.Before(first) {
			first = x.Time
		}
		if end := x.Time.Add(time.Duration(x.Seconds * float64(time.Second))); end.After(last) {
			last = end
		}
	}
	return first.Format("2006-01-02 15:04:05"), widget.Seconds(last.Sub(first))
}

// Update implements screen.Screen.
func (r *runs) Update(msg tea.Msg) screen.Event {
	if r.list.Update(msg) {
		return nil
	}
	k, ok := msg.(tea.KeyPressMsg)
	switch row, under := r.list.Row(); {
	case ok && under && key.Matches(k, widget.KeyEnter):
		return chosen{row + 1}
	case ok && key.Matches(k, widget.KeyBack):
		return screen.Closed{}
	}
	return nil
}

// View implements screen.Screen.
func (r *runs) View(w, h int) *widget.Page {
	p := r.styles.Page(r.Title(), w, h)
	hint := "Type to filter"
	if r.list.Filter != "" {
		hint = "Filter: " + r.list.Filter
	}
	p.Truncated(p.Faint, hint)
	p.Truncated(p.Faint, fmt.Sprintf("  %3s  %-20s  %-10s  %s", "Run", "Began (UTC)", "Took", "Ended"))
	p.Add(r.list.View(p.Styles, w, h-len(p.Lines))...)
	return p
}

// Keys implements screen.Screen.
func (*runs) Keys() []key.Binding {
	return []key.Binding{widget.Does(widget.KeyEnter, "watch"), widget.Does(widget.KeyBack, "quit"), widget.Does(widget.KeyMove, "move"), widget.KeyFilter}
}

// Place implements screen.Screen.
func (*runs) Place() string { return "" }

// Title implements screen.Screen.
func (r *runs) Title() string { return "The report holds " + widget.Plural(r.count, "run") }

// Wide implements frame.Wide: there is no step that the rail could point to.
func (*runs) Wide() bool { return true }
