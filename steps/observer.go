package steps

import (
	"errors"
	"time"

	"telegent-setup/api"
)

// Observer is told what the runner does while it does it. It is called from
// the goroutine that runs the step and must not block. An error means that what
// happened could not be told: nothing more is sent after it.
type Observer interface{ Observe(Event) error }

// Observers tells several observers of every event, in order.
type Observers []Observer

// Observe implements Observer.
func (o Observers) Observe(e Event) error {
	var errs []error
	for _, one := range o {
		errs = append(errs, one.Observe(e))
	}
	return errors.Join(errs...)
}

// Event is one of the types below.
type Event any

// Started is the beginning of a run.
type Started struct {
	Edition string `json:"edition"`
	BaseURL string `json:"base_url"`
	Sandbox bool   `json:"sandbox"`
	State   string `json:"state"`
	Resumed bool   `json:"resumed"`
}

// EditionFound says that the server speaks another edition than the run began in.
type EditionFound struct {
	Edition string `json:"edition"`
}

// Stepped is the outcome of a step in this run.
type Stepped struct {
	Step    string
	Number  int
	Status  StepStatus
	Saved   Saved
	Seconds float64
	Failure *Failure // Set when Status is StatusFailed or StatusUnknown.
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

// Waiting says that the next call waits.
type Waiting struct {
	Step   string
	Reason string // "rate limit", "connection", "pace", "order", "look-up", "delivery".
	Until  time.Time
}

// Noticed is a sentence for the person, nothing wrong.
type Noticed struct{ Text string }

// Exchanged is a call and its answer, redacted, as they are recorded.
type Exchanged struct {
	Step string `json:"step"`
	api.Exchange
}

// Delivered is a status of the test message, as the service tells it.
type Delivered struct {
	Status  string  `json:"status"`
	Seconds float64 `json:"seconds"` // Since it was sent or, later, since it was asked for.
}

// Replied says that an answer to the test message came.
type Replied struct{}

// StepStatus is the status of a step event (CONTRACT.md, Output).
type StepStatus string

// The statuses of a step event.
const (
	StatusDone        StepStatus = "done"
	StatusSkipped     StepStatus = "skipped"
	StatusAdopted     StepStatus = "adopted"
	StatusAlreadyDone StepStatus = "already-done"
	StatusFailed      StepStatus = "failed"
	StatusUnknown     StepStatus = "unknown"
)
