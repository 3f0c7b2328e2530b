package steps

import (
	"time"

	"telegent-setup/api"
)

// Observer is told what the runner does while it does it. It is called from
// the goroutine that runs the step and must not block.
type Observer interface{ Observe(Event) }

// Observers tells several observers of every event, in order.
type Observers []Observer

// Observe implements Observer.
func (o Observers) Observe(e Event) {
	for _, one := range o {
		one.Observe(e)
	}
}

// Event is one of the types below.
type Event any

// Started is the beginning of a run.
type Started struct {
	Edition, BaseURL, State string
	Sandbox, Resumed        bool
}

// Stepped is the outcome of a step in this run.
type Stepped struct {
	Step    string
	Number  int
	Status  Outcome
	Saved   Saved
	Seconds float64
	Failure *Failure // Set when Status is OutcomeFailed or OutcomeUnknown.
}

// Ended is the end of a run, with its exit status and the saved IDs.
type Ended struct {
	Exit int
	IDs  Saved
}

// Calling says that a call is on its way.
type Calling struct {
	Step, Method, URL string
	Try               int // From 1.
}

// Waiting says that the next try waits.
type Waiting struct {
	Step   string
	Reason string // "rate limit", "connection", "pace", "order".
	Until  time.Time
}

// Noticed is a sentence for the person, nothing wrong.
type Noticed struct{ Text string }

// Exchanged is a call and its answer, redacted, as they are recorded.
type Exchanged struct {
	Step     string
	Exchange api.Exchange
}

// Outcome is the status of a step event (CONTRACT.md, Output).
type Outcome string

// The outcomes of a step.
const (
	OutcomeDone        Outcome = "done"
	OutcomeSkipped     Outcome = "skipped"
	OutcomeAdopted     Outcome = "adopted"
	OutcomeAlreadyDone Outcome = "already-done"
	OutcomeFailed      Outcome = "failed"
	OutcomeUnknown     Outcome = "unknown"
)
