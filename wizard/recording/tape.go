package wizard

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"telegent-setup/api"
	"telegent-setup/state"
	"telegent-setup/steps"
	"telegent-setup/steps/report"
)

// tape is a recorded run, as a row of screens to stop at. Its report may come
// from anybody: of every text no more is shown than a service would have been
// let to say.
type tape struct {
	report  report.Report
	number  int // Of the run, from 1.
	run     report.Run
	moments []report.Moment
	stops   []stop
}

// stop is one screen of a tape.
type stop struct {
	kind   stopKind
	moment int // How many moments lie before it.
}

type stopKind int

const (
	atStart   stopKind = iota
	atForm             // The form of a step, as it was sent.
	atOutcome          // What became of the step.
	atEnd
)

// The most of a text that is shown, in characters.
const (
	longTitle = 300
	longText  = 1000
	longValue = 200
	longBody  = 20_000
)

func newTape(from report.Report, number int) *tape {
	t := &tape{report: from, number: number, run: from.Runs[number-1]}
	t.moments = t.run.Moments()
	t.stops = []stop{{kind: atStart}}
	for i, m := range t.moments {
		if foundDone(m) {
			continue // Nothing happened.
		}
		if len(sentIn(m)) > 0 {
			t.stops = append(t.stops, stop{atForm, i})
		}
		t.stops = append(t.stops, stop{atOutcome, i})
	}
	t.stops = append(t.stops, stop{atEnd, len(t.moments)})
	return t
}

// foundDone says whether the run passed over the step, which was done before it.
func foundDone(m report.Moment) bool {
	return m.Event != nil && m.Event.Status == steps.OutcomeAlreadyDone && len(m.Exchanges) == 0
}

// file is the state as it stood after n moments, as far as the record tells.
func (t *tape) file(n int) state.File {
	was := t.report.State
	f := state.File{
		Edition: edition(t.report.Edition), BaseURL: was.BaseURL, Sandbox: was.Sandbox, AccountKey: api.Cut(was.AccountKey, longValue),
		IDs: map[string]string{}, Steps: map[string]state.Step{},
	}
	if begun, ok := t.run.Started(); ok {
		f.Edition, f.BaseURL, f.Sandbox = edition(begun.Edition), begun.BaseURL, begun.Sandbox
	}
	for i, m := range t.moments {
		if m.Event != nil && i < n || foundDone(m) { // What the run found done, it found at its start.
			record(&f, m, was.Steps[m.Step.ID])
		}
	}
	return f
}

// record is what a moment did to the state.
func record(f *state.File, m report.Moment, kept state.Step) {
	s := state.Step{Answers: map[string]string{}, Updated: kept.Updated}
	for key, value := range kept.Answers {
		s.Answers[key] = api.Cut(value, longText)
	}
	switch m.Event.Status {
	case steps.OutcomeSkipped:
		s.Status = state.Skipped
	case steps.OutcomeUnknown:
		s.Status = state.Sent
		if m.Unknown != nil && m.Unknown.Order {
			s.OrderID = "under way"
		}
	case steps.OutcomeFailed:
		if s.Status = state.Failed; f.Steps[m.Step.ID].Status == state.Done && m.Step.Creates {
			return // What was done before is still done.
		}
	default:
		s.Status = state.Done
	}
	f.Steps[m.Step.ID] = s
	for id, value := range m.Event.Saved {
		if value = api.Cut(value, longValue); id == steps.PhoneNumber {
			f.PhoneNumber = value
		} else {
			f.IDs[string(id)] = value
		}
	}
}

// edition is the edition of a record, or the usual one when there is none such.
func edition(name string) string {
	if e, err := api.ParseEdition(name); err == nil {
		return string(e)
	}
	return string(api.Edition2025)
}

// signedIn says whether the run had signed in after n moments.
func (t *tape) signedIn(n int) bool {
	return slices.ContainsFunc(t.moments[:n], func(m report.Moment) bool {
		if m.Event == nil || m.Event.Status == steps.OutcomeSkipped || m.Event.Status == steps.OutcomeAdopted {
			return false
		}
		return m.Step.ID == steps.Authenticate && m.Failure == nil || m.Step.ID != steps.Authenticate && len(m.Exchanges) > 0
	})
}

// sentIn are the answers that the form of a moment was sent with, by the bodies
// of its calls; empty when it sent none.
func sentIn(m report.Moment) steps.Answers {
	for _, x := range slices.Backward(m.Exchanges) {
		var body map[string]any
		dec := json.NewDecoder(bytes.NewReader(x.Request))
		dec.UseNumber()
		if dec.Decode(&body) != nil {
			continue
		}
		if _, token := body["AccountSecret"]; token && m.Step.ID != steps.Authenticate {
			continue
		}
		answers := steps.Answers{}
		for key, value := range body {
			flat(answers, key, value)
		}
		return answers
	}
	return nil
}

// flat turns a value of a body into the answers that it was made from.
func flat(answers steps.Answers, key string, value any) {
	switch v := value.(type) {
	case map[string]any:
		for inner, x := range v {
			flat(answers, key+"."+inner, x)
		}
	case []any:
		var all []string
		for _, x := range v[:min(len(v), 100)] {
			if one, ok := x.(map[string]any); ok && len(one) == 1 {
				for _, inner := range one {
					x = inner
				}
			}
			all = append(all, scalar(x))
		}
		answers[key] = api.Cut(strings.Join(all, ", "), longText)
	default:
		if text := scalar(v); text != api.Redacted {
			answers[key] = api.Cut(text, longText)
		}
	}
}

func scalar(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case bool:
		return strconv.FormatBool(v)
	case json.Number:
		return v.String()
	}
	return ""
}
