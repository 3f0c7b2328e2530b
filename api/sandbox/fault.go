package sandbox

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Fault makes the sandbox fail as the service would. Without a Step it hits
// the step where the service shows it or, for a failure that any step can
// have, the next call that creates something.
type Fault struct {
	Name  string
	Step  string // Step id, or empty.
	Count int    // How many calls it hits; 0 is 1. Look-ups are refused for good.
}

const (
	faultUnauthorized = "unauthorized"
	faultRoute        = "message-route-required"
	faultNumber       = "number-in-use"
	faultEmail        = "email-exists"
	faultAccount      = "invalid-account"
	faultRate         = "rate-limit"
	faultServer       = "server-error"
	faultHTML         = "html"
	faultMalformed    = "malformed"
	faultMissingID    = "missing-id"
	faultSoft         = "soft-failure"
	faultNoNumbers    = "no-numbers"
	faultSlow         = "slow"
	faultHang         = "hang"
	faultDrop         = "drop"
	faultRefuse       = "refuse"
	faultOrderPending = "order-pending"
	faultOrderFailed  = "order-failed"
	faultProblem      = "problem-details"
	faultUndelivered  = "undelivered"
	faultNoReceipt    = "no-receipt"
	faultNoReply      = "no-reply"
	faultNoLookUp     = "no-lookup"
)

// FaultKind is a fault that can be asked for.
type FaultKind struct {
	Name   string
	Effect string // What it does, for help and completion.
	Step   string // Where it hits when no step is named; empty for the next creating call.
	alone  bool   // No other step can have it.
}

// Faults lists all faults.
func Faults() []FaultKind {
	return []FaultKind{
		{Name: faultUnauthorized, Effect: "401 Unauthorized"},
		{Name: faultRoute, Effect: "400 MessageRouteId is required", Step: stepProvision},
		{Name: faultNumber, Effect: "409 Phone number already in use", Step: stepProvision},
		{Name: faultEmail, Effect: "409 Email already exists", Step: stepSubscriber},
		{Name: faultAccount, Effect: "400 Invalid AccountId", Step: stepSubscriber},
		{Name: faultRate, Effect: "429 with Retry-After: 1"},
		{Name: faultServer, Effect: "500, nothing is carried out"},
		{Name: faultHTML, Effect: "a gateway's 502 page, nothing is carried out"},
		{Name: faultMalformed, Effect: "carries the call out, answers with broken JSON"},
		{Name: faultMissingID, Effect: "carries the call out, answers without the ID"},
		{Name: faultSoft, Effect: "200 with Successful: false, nothing is carried out"},
		{Name: faultNoNumbers, Effect: "no numbers available", Step: stepAvailability},
		{Name: faultSlow, Effect: "answers after 3 s"},
		{Name: faultHang, Effect: "never answers, nothing is carried out"},
		{Name: faultDrop, Effect: "carries the call out, then cuts the connection"},
		{Name: faultRefuse, Effect: "cuts the connection before carrying the call out"},
		{Name: faultOrderPending, Effect: "the order of the number takes 10 s", Step: stepProvision, alone: true},
		{Name: faultOrderFailed, Effect: "the order of the number fails", Step: stepProvision, alone: true},
		{Name: faultProblem, Effect: "400 in the form of problem details, nothing is carried out"},
		{Name: faultUndelivered, Effect: "the message is not delivered", Step: stepTestMessage, alone: true},
		{Name: faultNoReceipt, Effect: "the message is sent, and nothing more is heard of it", Step: stepTestMessage, alone: true},
		{Name: faultNoReply, Effect: "the message is delivered, and the phone does not answer it", Step: stepTestMessage, alone: true},
		{Name: faultNoLookUp, Effect: "403 to every look-up, or to those of a step"},
	}
}

// ParseFault reads NAME[@STEP][:COUNT], for example rate-limit@account:5.
func ParseFault(text string) (Fault, error) {
	f := Fault{Count: 1}
	rest, count, counted := strings.Cut(text, ":")
	if counted {
		n, err := strconv.Atoi(count)
		if err != nil || n < 1 {
			return Fault{}, fmt.Errorf("fault %q: count %q must be a whole number, 1 or more", text, count)
		}
		f.Count = n
	}
	var stepped bool
	if f.Name, f.Step, stepped = strings.Cut(rest, "@"); stepped && f.Step == "" {
		return Fault{}, fmt.Errorf("fault %q: name a step after the @: %s", text, strings.Join(stepNames(), ", "))
	}
	if err := f.validate(); err != nil {
		return Fault{}, err
	}
	return f, nil
}

// String writes the fault as ParseFault reads it.
func (f Fault) String() string {
	text := f.Name
	if f.Step != "" {
		text += "@" + f.Step
	}
	if f.Count > 1 {
		text += ":" + strconv.Itoa(f.Count)
	}
	return text
}

func (f Fault) validate() error {
	kind, known := f.kind()
	switch {
	case !known:
		return unknown("fault", f.Name, list(Faults(), func(k FaultKind) string { return k.Name }))
	case f.Step != "" && !slices.Contains(stepNames(), f.Step):
		return unknown("step", f.Step, stepNames())
	case f.Step != "" && kind.alone && f.Step != kind.Step:
		return fmt.Errorf("only step %s can have %s, not %s", kind.Step, f.Name, f.Step)
	}
	return nil
}

func (f Fault) kind() (FaultKind, bool) {
	all := Faults()
	i := slices.IndexFunc(all, func(k FaultKind) bool { return k.Name == f.Name })
	if i < 0 {
		return FaultKind{}, false
	}
	return all[i], true
}

// checkFaults copies the faults: the sandbox counts them down.
func checkFaults(faults []Fault) ([]Fault, error) {
	faults = slices.Clone(faults)
	for i, f := range faults {
		if err := f.validate(); err != nil {
			return nil, err
		}
		if f.Count < 0 {
			return nil, fmt.Errorf("fault %s: count %d is below 0", f.Name, f.Count)
		}
		faults[i].Count = max(f.Count, 1)
	}
	return faults, nil
}
