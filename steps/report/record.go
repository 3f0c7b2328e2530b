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

// The lines of a record, which are the JSON of events.
type (
	startLine struct {
		Event string `json:"event"`
		steps.Started
	}
	editionLine struct {
		Event string `json:"event"`
		steps.EditionFound
	}
	deliveryLine struct {
		Event string `json:"event"`
		steps.Delivered
	}
	plainLine struct {
		Event string `json:"event"`
	}
	exchangeLine struct {
		Event string `json:"event"`
		steps.Exchanged
	}
	endLine struct {
		Event string  `json:"event"`
		Exit  int     `json:"exit"`
		IDs   ordered `json:"ids"`
	}
	stepLine struct {
		Event            string           `json:"event"`
		Step             string           `json:"step"`
		Number           int              `json:"number"`
		Status           steps.StepStatus `json:"status"`
		Saved            ordered          `json:"saved,omitempty"`
		Seconds          float64          `json:"seconds"`
		steps.Outcome                     // Of a failure, as what follows.
		Solution         string           `json:"solution,omitempty"`
		FixStep          string           `json:"fix_step,omitempty"`
		FixField         string           `json:"fix_field,omitempty"`
		TransactionLogID string           `json:"transaction_log_id,omitempty"`
		TraceID          string           `json:"trace_id,omitempty"`
		Shown            *shown           `json:"shown,omitempty"`
	}
)

// shown is the rest of what a person saw of a failure.
type shown struct {
	Kind     steps.OutcomeKind `json:"kind,omitempty"`
	Title    string            `json:"title"`
	FixLabel string            `json:"fix_label,omitempty"`
	FixAdopt bool              `json:"fix_adopt,omitempty"`
	Support  bool              `json:"support,omitempty"`
	Exit     int               `json:"exit"`
}

// Encode writes an event as one JSON object: start, edition, step, delivery, reply
// and end as a script reads them (CONTRACT.md, Output). False for the other events,
// which only faces show.
func Encode(e steps.Event) ([]byte, bool) {
	var line any
	switch e := e.(type) {
	case steps.Started:
		line = startLine{"start", e}
	case steps.EditionFound:
		line = editionLine{"edition", e}
	case steps.Stepped:
		line = stepped(e)
	case steps.Delivered:
		line = deliveryLine{"delivery", e}
	case steps.Replied:
		line = plainLine{"reply"}
	case steps.Ended:
		line = endLine{"end", e.Exit, ordered(e.IDs)}
	default:
		return nil, false
	}
	return marshal(line), true
}

// Record writes an event for the journal: what Encode writes, with what else a
// person saw of a failure, and every exchange. False for events that are not
// kept. ReadRecord reads it back.
func Record(e steps.Event) ([]byte, bool) {
	switch e := e.(type) {
	case steps.Exchanged:
		return marshal(exchangeLine{"exchange", e}), true
	case steps.Stepped:
		line := stepped(e)
		if f := e.Failure; f != nil {
			line.Shown = &shown{f.Kind, f.Title, f.FixLabel, f.FixAdopt, f.Support, f.Exit()}
		}
		return marshal(line), true
	}
	return Encode(e)
}

func stepped(e steps.Stepped) stepLine {
	line := stepLine{Event: "step", Step: e.Step, Number: e.Number, Status: e.Status, Saved: ordered(e.Saved), Seconds: e.Seconds}
	if f := e.Failure; f != nil {
		line.Outcome, line.Message, line.Solution = f.Outcome, f.Said(), f.Solution
		line.FixStep, line.FixField, line.TransactionLogID, line.TraceID = f.FixStep, f.FixField, f.TransactionLogID, f.TraceID
	}
	return line
}

// ordered writes IDs in the order in which the steps save them.
type ordered steps.Saved

func (o ordered) MarshalJSON() ([]byte, error) {
	var members [][]byte
	for _, id := range steps.IDs() {
		if o[id] != "" {
			members = append(members, slices.Concat(marshal(id), []byte(":"), marshal(o[id])))
		}
	}
	return slices.Concat([]byte("{"), bytes.Join(members, []byte(",")), []byte("}")), nil
}

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

// marshal writes a value that cannot fail to marshal, without escaping HTML.
func marshal(v any) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		panic("report: " + err.Error())
	}
	return bytes.TrimRight(b.Bytes(), "\n")
}

// ReadRecord reads an event that Record wrote. It trusts nothing: text is
// cleaned, and what no run can have said is an error. Keys that it does not know
// are an error when strict is true, else they are left out.
func ReadRecord(line []byte, strict bool) (steps.Event, error) {
	kind, err := decode[plainLine](line, false)
	if err != nil {
		return nil, err
	}
	switch kind.Event {
	case "start":
		x, err := decode[startLine](line, strict)
		clean(&x.Edition, &x.BaseURL, &x.State)
		return x.Started, err
	case "step":
		return readStepped(line, strict)
	case "edition":
		x, err := decode[editionLine](line, strict)
		clean(&x.Edition)
		return x.EditionFound, err
	case "delivery":
		x, err := decode[deliveryLine](line, strict)
		clean(&x.Status)
		return x.Delivered, cmp.Or(err, inRange(x.Seconds, 0))
	case "reply":
		return steps.Replied{}, nil
	case "end":
		x, err := decode[endLine](line, strict)
		if err == nil && !steps.IsExit(x.Exit) {
			err = fmt.Errorf("there is no exit status %d", x.Exit)
		}
		return steps.Ended{Exit: x.Exit, IDs: steps.Saved(x.IDs)}, err
	case "exchange":
		return readExchanged(line, strict)
	}
	return nil, fmt.Errorf("there is no event %q", oneLine(kind.Event))
}

func readStepped(line []byte, strict bool) (steps.Event, error) {
	x, err := decode[stepLine](line, strict)
	if err != nil {
		return nil, err
	}
	step, err := find(x.Step)
	failed := x.Status == steps.StatusFailed || x.Status == steps.StatusUnknown
	switch {
	case err != nil:
		return nil, err
	case x.Number != step.Number:
		return nil, fmt.Errorf("step %s is not number %d", step.ID, x.Number)
	case !failed && !slices.Contains([]steps.StepStatus{steps.StatusDone, steps.StatusSkipped, steps.StatusAdopted, steps.StatusAlreadyDone}, x.Status):
		return nil, fmt.Errorf("a step cannot be %q", oneLine(string(x.Status)))
	}
	e := steps.Stepped{Step: step.ID, Number: step.Number, Status: x.Status, Saved: steps.Saved(x.Saved), Seconds: x.Seconds}
	if failed {
		e.Failure, err = x.failure()
	}
	return e, cmp.Or(inRange(x.Seconds, x.HTTPStatus), err)
}

// failure is what a person saw.
func (x stepLine) failure() (*steps.Failure, error) {
	if x.FixStep != "" {
		if _, err := find(x.FixStep); err != nil {
			return nil, err
		}
	}
	f := &steps.Failure{
		Outcome: x.Outcome, Step: x.Step, Solution: x.Solution, FixStep: x.FixStep, FixField: x.FixField,
		TransactionLogID: x.TransactionLogID, TraceID: x.TraceID,
	}
	f.Kind, f.Issue = x.kind(), steps.Code(oneLine(string(x.Issue)))
	if s := x.Shown; s != nil {
		if s.Exit != steps.ExitRefused && s.Exit != steps.ExitUnsettled {
			return nil, fmt.Errorf("a failure has no exit status %d", s.Exit)
		}
		f.Title, f.FixLabel, f.FixAdopt, f.Support = s.Title, s.FixLabel, s.FixAdopt, s.Support
	}
	clean(&f.Message, &f.Title, &f.Solution, &f.FixField, &f.FixLabel, &f.TransactionLogID, &f.TraceID)
	f.Title = cmp.Or(f.Title, f.Message)
	if f.Message == f.Title {
		f.Message = "" // The service said nothing: Said gave the title.
	}
	return f, nil
}

// kind is the kind of outcome that was recorded, else the one that fits the status
// and the exit.
func (x stepLine) kind() steps.OutcomeKind {
	unknown := x.Status == steps.StatusUnknown
	switch s := x.Shown; {
	case s != nil && s.Kind.Known() && s.Kind.Unknown() == unknown:
		return s.Kind
	case unknown:
		return steps.NoAnswer
	case s != nil && s.Exit == steps.ExitUnsettled:
		return steps.Unreached
	}
	return steps.Refused
}

func readExchanged(line []byte, strict bool) (steps.Event, error) {
	e, err := decode[exchangeLine](line, strict)
	if err != nil {
		return nil, err
	}
	x := &e.Exchange
	if _, err := find(e.Step); err != nil {
		return nil, err
	}
	switch {
	case !datable(x.Time):
		return nil, errors.New("the time is out of its range")
	case len(x.Headers) > 50:
		return nil, errors.New("an answer has more than 50 headers")
	}
	for name, value := range x.Headers {
		delete(x.Headers, name)
		x.Headers[oneLine(name)] = oneLine(value)
	}
	x.Time = x.Time.UTC()
	clean(&x.Method, &x.URL, &x.Error)
	x.Curl, x.Answer = text.Clean(x.Curl), text.Clean(x.Answer)
	var request bytes.Buffer
	if json.Compact(&request, x.Request) == nil && request.String() != "null" {
		x.Request = request.Bytes()
	} else {
		x.Request = nil
	}
	return e.Exchanged, inRange(x.Seconds, x.Status)
}

// find is a step that is named in a record.
func find(id string) (*steps.Step, error) {
	step, known := steps.Find(id)
	if !known {
		return nil, fmt.Errorf("there is no step %q", oneLine(id))
	}
	return step, nil
}

// inRange says why a duration cannot have been measured, or a status not have come.
func inRange(seconds float64, status int) error {
	if seconds < 0 || seconds >= 1e7 || status < 0 || status > 999 {
		return errors.New("a number is out of its range")
	}
	return nil
}

// datable says whether a time can be written in UTC.
func datable(t time.Time) bool { return t.UTC().Year() >= 0 && t.UTC().Year() <= 9999 }

// clean makes texts from a record ones that stay on one line.
func clean(texts ...*string) {
	for _, s := range texts {
		*s = oneLine(*s)
	}
}

// oneLine is text from a record that must stay on one line.
func oneLine(s string) string {
	const most = 4096 // Characters.
	return text.Cut(text.OneLine(s), most)
}

// decode reads one JSON object.
func decode[T any](data []byte, strict bool) (v T, err error) {
	dec := json.NewDecoder(bytes.NewReader(data))
	if strict {
		dec.DisallowUnknownFields()
	}
	err = dec.Decode(&v)
	return v, problemIn(err)
}

// problemIn words an error of the JSON decoder for a person.
func problemIn(err error) error {
	if mistyped, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		key := mistyped.Field[strings.LastIndexByte(mistyped.Field, '.')+1:] // What is embedded is no key.
		return fmt.Errorf("%s is not what it should be: %s", cmp.Or(oneLine(key), "it"), mistyped.Value)
	}
	if _, ok := errors.AsType[*time.ParseError](err); ok {
		return errors.New("a time is not written as in 2026-11-23T03:45:00Z")
	}
	if err != nil {
		return errors.New(text.Cut(oneLine(strings.TrimPrefix(err.Error(), "json: ")), 200))
	}
	return nil
}
