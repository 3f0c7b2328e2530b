package recording

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

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

// newRuns lists the runs of a report, with the cursor at the last that failed.
func newRuns(st *widget.Styles, from report.Report) *runs {
	rows, at := make([]string, len(from.Runs)), len(from.Runs)-1
	for i, run := range from.Runs {
		began, took := "no call was made", ""
		if first, last, ok := span(run); ok {
			began, took = first.Format("2006-01-02 15:04:05"), widget.Seconds(last.Sub(first))
		}
		rows[i] = fmt.Sprintf("%3d  %-20s  %-10s  %s", i+1, began, took, strings.TrimPrefix(ending(from, run), "exit status "))
		if slices.ContainsFunc(run.Moments(), func(m report.Moment) bool { return m.Failure != nil }) {
			at = i
		}
	}
	return &runs{styles: st, list: widget.NewList(rows, false, at), count: len(rows)}
}

// span is when the first call of a run was made, and when the last one ended; ok is
// false when there was none.
func span(run report.Run) (first, last time.Time, ok bool) {
	for _, m := range run.Moments() {
		for _, x := range m.Exchanges {
			if !ok || x.Time.Before(first) {
				first = x.Time
			}
			if end := x.Time.Add(time.Duration(x.Seconds * float64(time.Second))); end.After(last) {
				last = end
			}
			ok = true
		}
	}
	return first, last, ok
}

func (r *runs) View(w, h int) *widget.Page {
	p := r.styles.Page(r.Title(), w, h)
	hint := "Type to filter"
	if r.list.Filter != "" {
		hint = "Filter: " + r.list.Filter
	}
	p.Truncated(p.Faint, hint)
	p.Truncated(p.Faint, "  Run  Began (UTC)           Took        Ended")
	p.Add(r.list.View(p.Styles, w, h-len(p.Lines))...)
	return p
}

func (*runs) Keys() []key.Binding {
	return []key.Binding{widget.Does(widget.KeyEnter, "watch"), widget.Does(widget.KeyBack, "quit"), widget.Does(widget.KeyMove, "move"), widget.KeyFilter}
}

func (*runs) Update(tea.Msg) screen.Event { return nil } // The player handles the keys.

func (r *runs) Title() string    { return "The report holds " + widget.Plural(r.count, "run") }
func (*runs) Place() string      { return "" }
func (*runs) Aside(int) []string { return nil }
func (*runs) AsideWidth() int    { return 0 }
func (*runs) Wide() bool         { return true } // There is no step that the rail could point to.
