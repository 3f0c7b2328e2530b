package report

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"telegent-setup/api/text"
	"telegent-setup/steps"
)

// ReadRecord reads an event that Record wrote. It trusts nothing: text is
// cleaned, and what no run can have said is an error. Keys that it does not know
// are an error when strict is true, else they are left out.
func ReadRecord(line []byte, strict bool) (steps.Event, error) {
	var kind struct {
		Event string `json:"event"`
	}
	if err := json.Unmarshal(line, &kind); err != nil {
		return nil, problemIn(err)
	}
	switch kind.Event {
	case "start":
		var o startObject
		err := decode(line, strict, &o)
		return steps.Started{
			Edition: oneLine(o.Edition), BaseURL: oneLine(o.BaseURL), State: oneLine(o.State), Sandbox: o.Sandbox, Resumed: o.Resumed,
		}, err
	case "step":
		return readStepped(line, strict)
	case "edition":
		var o editionObject
		err := decode(line, strict, &o)
		return steps.EditionFound{Edition: oneLine(o.Edition)}, err
	case "delivery":
		var o deliveryObject
		err := decode(line, strict, &o)
		if err == nil && !plausible(o.Seconds) {
			err = errors.New("a number is out of its range")
		}
		return steps.Delivered{Status: oneLine(o.Status), Seconds: o.Seconds}, err
	case "reply":
		return steps.Replied{}, nil
	case "end":
		var o endObject
		err := decode(line, strict, &o)
		if err == nil && !steps.IsExit(o.Exit) {
			err = fmt.Errorf("there is no exit status %d", o.Exit)
		}
		return steps.Ended{Exit: o.Exit, IDs: steps.Saved(o.IDs)}, err
	case "exchange":
		return readExchanged(line, strict)
	}
	return nil, fmt.Errorf("there is no event %q", oneLine(kind.Event))
}

// steppedObject is a step event as it is read: one object with all its keys. They
// are those of stepObject, written out, since an error names what is embedded.
type steppedObject struct {
	Event            string           `json:"event"`
	Step             string           `json:"step"`
	Number           int              `json:"number"`
	Status           steps.StepStatus `json:"status"`
	Saved            ordered          `json:"saved"`
	Seconds          float64          `json:"seconds"`
	Issue            string           `json:"issue"`
	HTTPStatus       int              `json:"http_status"`
	Message          string           `json:"message"`
	Solution         string           `json:"solution"`
	FixStep          string           `json:"fix_step"`
	FixField         string           `json:"fix_field"`
	TransactionLogID string           `json:"transaction_log_id"`
	TraceID          string           `json:"trace_id"`
	Shown            *shownObject     `json:"shown"`
}

func readStepped(line []byte, strict bool) (steps.Event, error) {
	var o steppedObject
	if err := decode(line, strict, &o); err != nil {
		return nil, err
	}
	step, known := steps.Find(o.Step)
	failed := o.Status == steps.StatusFailed || o.Status == steps.StatusUnknown
	switch {
	case !known:
		return nil, fmt.Errorf("there is no step %q", oneLine(o.Step))
	case o.Number != step.Number:
		return nil, fmt.Errorf("step %s is not number %d", step.ID, o.Number)
	case !failed && !slices.Contains([]steps.StepStatus{steps.StatusDone, steps.StatusSkipped, steps.StatusAdopted, steps.StatusAlreadyDone}, o.Status):
		return nil, fmt.Errorf("a step cannot be %q", oneLine(string(o.Status)))
	case !plausible(o.Seconds), o.HTTPStatus < 0 || o.HTTPStatus > 999:
		return nil, errors.New("a number is out of its range")
	}
	e := steps.Stepped{Step: step.ID, Number: step.Number, Status: o.Status, Saved: steps.Saved(o.Saved), Seconds: o.Seconds}
	if !failed {
		return e, nil
	}
	var err error
	e.Failure, err = o.failure()
	return e, err
}

// failure is what a person saw.
func (o steppedObject) failure() (*steps.Failure, error) {
	if _, known := steps.Find(o.FixStep); !known && o.FixStep != "" {
		return nil, fmt.Errorf("there is no step %q", oneLine(o.FixStep))
	}
	f := &steps.Failure{
		Outcome: steps.Outcome{Kind: o.kind(), Issue: steps.Code(oneLine(o.Issue)), HTTPStatus: o.HTTPStatus, Message: oneLine(o.Message)},
		Step:    o.Step, Solution: oneLine(o.Solution), FixStep: o.FixStep, FixField: oneLine(o.FixField),
		TransactionLogID: oneLine(o.TransactionLogID), TraceID: oneLine(o.TraceID),
	}
	if s := o.Shown; s != nil {
		if s.Exit != steps.ExitRefused && s.Exit != steps.ExitUnsettled {
			return nil, fmt.Errorf("a failure has no exit status %d", s.Exit)
		}
		f.Title, f.FixLabel, f.FixAdopt, f.Support = oneLine(s.Title), oneLine(s.FixLabel), s.FixAdopt, s.Support
	}
	f.Title = cmp.Or(f.Title, f.Message)
	if f.Message == f.Title {
		f.Message = "" // The service said nothing: Said gave the title.
	}
	return f, nil
}

// kind is the kind of outcome that was recorded, else the one that fits the status
// and the exit.
func (o steppedObject) kind() steps.OutcomeKind {
	unknown := o.Status == steps.StatusUnknown
	if o.Shown != nil {
		if kind := steps.OutcomeKind(o.Shown.Kind); kind.Known() && kind.Unknown() == unknown {
			return kind
		}
	}
	switch {
	case unknown:
		return steps.NoAnswer
	case o.Shown != nil && o.Shown.Exit == steps.ExitUnsettled:
		return steps.Unreached
	}
	return steps.Refused
}

func readExchanged(line []byte, strict bool) (steps.Event, error) {
	var o exchangeObject
	if err := decode(line, strict, &o); err != nil {
		return nil, err
	}
	step, known := steps.Find(o.Step)
	x := o.Exchange
	switch {
	case !known:
		return nil, fmt.Errorf("there is no step %q", oneLine(o.Step))
	case !plausible(x.Seconds), x.Status < 0 || x.Status > 999:
		return nil, errors.New("a number is out of its range")
	case !datable(x.Time):
		return nil, errors.New("the time is out of its range")
	case len(x.Headers) > 50:
		return nil, errors.New("an answer has more than 50 headers")
	}
	headers := map[string]string{}
	for name, value := range x.Headers {
		headers[oneLine(name)] = oneLine(value)
	}
	if x.Headers != nil {
		x.Headers = headers
	}
	x.Time = x.Time.UTC()
	x.Method, x.URL, x.Error = oneLine(x.Method), oneLine(x.URL), oneLine(x.Error)
	x.Curl, x.Answer = text.Clean(x.Curl), text.Clean(x.Answer)
	var request bytes.Buffer
	if json.Compact(&request, x.Request) == nil && request.String() != "null" {
		x.Request = request.Bytes()
	} else {
		x.Request = nil
	}
	return steps.Exchanged{Step: step.ID, Exchange: x}, nil
}

// UnmarshalJSON implements json.Unmarshaler.
func (o *ordered) UnmarshalJSON(data []byte) error {
	var ids map[steps.ID]string
	if err := json.Unmarshal(data, &ids); err != nil {
		return err
	}
	*o = ordered{}
	for id, value := range ids {
		if !slices.Contains(steps.IDs(), id) {
			return fmt.Errorf("there is no ID %q", oneLine(string(id)))
		}
		if value = oneLine(value); value != "" {
			(*o)[id] = value
		}
	}
	return nil
}

// plausible says whether a duration in seconds can have been measured.
func plausible(seconds float64) bool { return seconds >= 0 && seconds < 1e7 }

// datable says whether a time can be written in UTC.
func datable(t time.Time) bool { return t.UTC().Year() >= 0 && t.UTC().Year() <= 9999 }

// oneLine is text from a record that must stay on one line.
func oneLine(s string) string {
	const most = 4096 // Characters.
	return text.Cut(text.OneLine(s), most)
}

// decode reads one JSON object into v.
func decode(data []byte, strict bool, v any) error {
	dec := json.NewDecoder(bytes.NewReader(data))
	if strict {
		dec.DisallowUnknownFields()
	}
	return problemIn(dec.Decode(v))
}

// problemIn words an error of the JSON decoder for a person.
func problemIn(err error) error {
	if mistyped, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return fmt.Errorf("%s is not what it should be: %s", cmp.Or(oneLine(mistyped.Field), "it"), mistyped.Value)
	}
	if _, ok := errors.AsType[*time.ParseError](err); ok {
		return errors.New("a time is not written as in 2026-11-23T03:45:00Z")
	}
	if err != nil {
		return errors.New(text.Cut(oneLine(strings.TrimPrefix(err.Error(), "json: ")), 200))
	}
	return nil
}
