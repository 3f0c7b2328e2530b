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
	Count int    // How many calls it hits; 0 is 1.
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
)

// FaultKind is a fault that can be asked for.
type FaultKind struct {
	Name   string
	Effect string // What it does, for help and completion.
	Step   string // Where it hits when no step is named; empty for the next creating call.
}

// Faults lists all faults.
func Faults() []FaultKind {
	return []FaultKind{
		{faultUnauthorized, "401 Unauthorized", ""},
		{faultRoute, "400 MessageRouteId is required", stepProvision},
		{faultNumber, "409 Phone number already in use", stepProvision},
		{faultEmail, "409 Email already exists", stepSubscriber},
		{faultAccount, "400 Invalid AccountId", stepSubscriber},
		{faultRate, "429 with Retry-After: 1", ""},
		{faultServer, "500, nothing is carried out", ""},
		{faultHTML, "a gateway's 502 page, nothing is carried out", ""},
		{faultMalformed, "carries the call out, answers with broken JSON", ""},
		{faultMissingID, "carries the call out, answers without the ID", ""},
		{faultSoft, "200 with Successful: false, nothing is carried out", ""},
		{faultNoNumbers, "no numbers available", stepAvailability},
		{faultSlow, "answers after 3 s", ""},
		{faultHang, "never answers, nothing is carried out", ""},
		{faultDrop, "carries the call out, then cuts the connection", ""},
		{faultRefuse, "cuts the connection before carrying the call out", ""},
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
	if err := f.check(); err != nil {
		return Fault{}, fmt.Errorf("fault %q: %w", text, err)
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

func (f Fault) check() error {
	var names []string
	for _, kind := range Faults() {
		names = append(names, kind.Name)
	}
	if !slices.Contains(names, f.Name) {
		return unknown("fault", f.Name, names)
	}
	if f.Step != "" && !slices.Contains(stepNames(), f.Step) {
		return unknown("step", f.Step, stepNames())
	}
	return nil
}

// checkFaults copies the faults: the sandbox counts them down.
func checkFaults(faults []Fault) ([]Fault, error) {
	faults = slices.Clone(faults)
	for i, f := range faults {
		if err := f.check(); err != nil {
			return nil, err
		}
		if f.Count < 0 {
			return nil, fmt.Errorf("fault %s: count %d is below 0", f.Name, f.Count)
		}
		faults[i].Count = max(f.Count, 1)
	}
	return faults, nil
}
