package report

import (
	"slices"

	"telegent-setup/api"
	"telegent-setup/state"
	"telegent-setup/steps"
)

// Run is what was recorded of one run, in order: Started, Stepped, Exchanged
// and Ended. A run that was killed has no Ended.
type Run struct{ Events []steps.Event }

// Started is how the run began; false when that is not recorded.
func (r Run) Started() (steps.Started, bool) { return last[steps.Started](r) }

// Ended is how the run ended; false when it was killed, or still goes on.
func (r Run) Ended() (steps.Ended, bool) { return last[steps.Ended](r) }

func last[T any](r Run) (found T, ok bool) {
	for _, e := range slices.Backward(r.Events) {
		if found, ok = e.(T); ok {
			break
		}
	}
	return found, ok
}

// Exit is the exit status of a run over a state as it is now: one without an
// end was killed, and a step that was sent has no known outcome.
func (r Run) Exit(file state.File) int {
	if end, ok := r.Ended(); ok {
		return end.Exit
	}
	for _, s := range steps.AllIn(file) {
		if s.Status == state.Sent {
			return steps.ExitUnsettled
		}
	}
	return steps.ExitSignalled
}

// Moment is what a person saw of a step in a run, and the calls behind it.
type Moment struct {
	Step      *steps.Step
	Event     *steps.Stepped // Nil when the run broke off before the outcome.
	Failure   *steps.Failure // Of a step that failed, or whose outcome is unknown, as it was shown.
	Exchanges []api.Exchange // In order, since the moment before of the same step.
}

// Moments takes a run apart, step event by step event. Calls that no outcome
// followed come last, one moment a step.
func (r Run) Moments() []Moment {
	var all []Moment
	open := map[string][]api.Exchange{} // By step.
	for _, event := range r.Events {
		switch e := event.(type) {
		case steps.Exchanged:
			open[e.Step] = append(open[e.Step], e.Exchange)
		case steps.Stepped:
			step, _ := steps.Find(e.Step)
			m := Moment{Step: step, Event: &e, Exchanges: open[e.Step]}
			if e.Failure != nil {
				shown := *e.Failure
				if n := len(m.Exchanges); n > 0 && shown.Exchange == nil {
					shown.Exchange = &m.Exchanges[n-1]
				}
				m.Failure = &shown
			}
			all = append(all, m)
			delete(open, e.Step)
		}
	}
	for _, step := range steps.All() {
		if calls := open[step.ID]; len(calls) > 0 {
			all = append(all, Moment{Step: step, Exchanges: calls})
		}
	}
	return all
}
