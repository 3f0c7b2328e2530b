package steps

import (
	"context"
	"errors"

	"telegent-setup/api"
)

// Failure is a step that was not carried out: what happened, what it means and
// what to do. Every face prints what it says and nothing of its own.
type Failure struct {
	Step             string
	Issue            string // A code of the contract: "number-in-use", "network", ...
	HTTPStatus       int    // 0 when there was no answer.
	Title            string // One line: what happened, in our words.
	Message          string // The service's own words, cleaned; may be empty.
	Solution         string // What to do; the guide's text as it stands where there is one.
	FixStep          string // The step that mends it; may be Step itself, or empty.
	FixField         string // The field there to change; may be empty.
	FixLabel         string // The first choice on the screen: "Choose another number".
	FixAdopt         bool   // The fix begins with entering the right ID there.
	Support          bool   // A support report is the way out.
	TransactionLogID string
	Exit             int           // ExitRefused or ExitUnsettled.
	Exchange         *api.Exchange // The call and its answer, redacted; nil when nothing was sent.

	cause error
}

// Unknown is a creating call whose outcome nobody knows: it may have arrived.
type Unknown struct {
	Failure
	Found   bool // It came about in an earlier run.
	Order   bool // An order is under way: trying again asks for it, and orders nothing.
	Arrived bool // An answer suggests that the first call did arrive: enter the ID first.
}

// What every face offers after a failure or an unknown outcome, beside the fix.
const (
	OfferChange   = "Change the answers and send again"
	OfferAdopt    = "Enter the ID"
	OfferArrived  = "The message arrived: this step is done"
	OfferAsk      = "Ask what became of the order"
	OfferResend   = "Send it again"
	OfferLeave    = "Quit and keep progress"
	OfferExchange = "Show request and answer"
	OfferReport   = "Write a support report"
)

// Explained says whether an error tells what became of a step, as those of
// Submit do. All others are of this machine, and must be seen.
func Explained(err error) bool {
	var failure *Failure
	var unknown *Unknown
	var invalid *Invalid
	return err == nil || errors.As(err, &failure) || errors.As(err, &unknown) || errors.As(err, &invalid) ||
		errors.Is(err, context.Canceled) || errors.Is(err, ErrNotNow)
}

// Headline is the title for people.
func (u *Unknown) Headline() string {
	if u.Found {
		return "Last time: " + u.Title
	}
	return u.Title
}

// Error implements error.
func (f *Failure) Error() string { return f.Title }

// Error implements error.
func (u *Unknown) Error() string { return u.Title }
