package report

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"telegent-setup/api"
	"telegent-setup/api/text"
	"telegent-setup/state"
	"telegent-setup/steps"
)

// Recording is a recorded run, as a row of stops at which it can be looked at. Its
// report may come from anybody: of every text no more is shown than a service would
// have been let to say.
type Recording struct {
	Report  Report
	Number  int // Of the run, from 1.
	Run     Run
	Moments []Moment
	Stops   []Stop

	client *api.Client // Which reaches nothing.
}

// Stop is one thing to look at in a recording.
type Stop struct {
	Kind   StopKind
	Moment int // How many moments lie before it.
}

// StopKind is what there is to look at.
type StopKind int

// The kinds of stop.
const (
	AtStart   StopKind = iota
	AtForm             // The form of a step, as it was sent.
	AtOutcome          // What became of the step.
	AtEnd
)

// The most of a text that is shown, in characters.
const (
	LongTitle = 300
	LongText  = 1000
	LongValue = 200
	LongBody  = 20_000
)

// Recording is run number, from 1, of a report.
func (r Report) Recording(number int) (*Recording, error) {
	if number < 1 || number > len(r.Runs) {
		return nil, fmt.Errorf("replay: there is no run %d", number)
	}
	x := &Recording{Report: r, Number: number, Run: r.Runs[number-1], Stops: []Stop{{Kind: AtStart}}}
	x.Moments = x.Run.Moments()
	for i, m := range x.Moments {
		if m.foundDone() {
			continue // Nothing happened.
		}
		if len(m.Sent()) > 0 {
			x.Stops = append(x.Stops, Stop{AtForm, i})
		}
		x.Stops = append(x.Stops, Stop{AtOutcome, i})
	}
	x.Stops = append(x.Stops, Stop{AtEnd, len(x.Moments)})
	base, err := api.ParseBaseURL(x.state(0).BaseURL)
	if err != nil {
		base, _ = api.ParseBaseURL(steps.DefaultBaseURL)
	}
	x.client = api.New(api.Options{BaseURL: base, Transport: offline{}})
	return x, nil
}

// offline is the way to a service that there is none of.
type offline struct{}

// RoundTrip implements http.RoundTripper.
func (offline) RoundTrip(*http.Request) (*http.Response, error) {
	return nil, errors.New("a replay sends nothing")
}

// Prompt is what the person saw at a stop, without what only the record tells; with
// the facts as they stood. At both ends, and where the record breaks off, only the
// facts are there.
func (x *Recording) Prompt(s Stop) (steps.Prompt, steps.Facts) {
	before := s.Moment
	if s.Kind == AtOutcome {
		before++
	}
	r := steps.New(steps.Config{Client: x.client, File: x.state(before)})
	prompt, facts := x.prompt(r, s), r.Facts()
	facts.Current = prompt.Step.ID
	facts.BaseURL, facts.SignedIn = text.Cut(x.state(0).BaseURL, LongValue), x.signedIn(before)
	return prompt, facts
}

func (x *Recording) prompt(r *steps.Runner, s Stop) steps.Prompt {
	switch {
	case s.Kind == AtEnd && x.finished():
		return r.PromptAt(steps.FinishedPrompt, "", nil)
	case s.Kind == AtStart || s.Kind == AtEnd:
		return steps.Prompt{Step: &steps.Step{}}
	}
	m := x.Moments[s.Moment]
	switch {
	case s.Kind == AtForm:
		r.SetTyped(m.Step.ID, m.Sent())
		return r.PromptAt(steps.FormPrompt, m.Step.ID, nil)
	case m.Event == nil:
		return steps.Prompt{Step: m.Step}
	case m.Failure != nil && m.Failure.Kind.Unknown():
		return r.PromptAt(steps.UnknownPrompt, m.Step.ID, cut(*m.Failure))
	case m.Failure != nil:
		return r.PromptAt(steps.FailedPrompt, m.Step.ID, cut(*m.Failure))
	}
	p := r.PromptAt(steps.StepPrompt, m.Step.ID, nil)
	p.Options = nil
	if m.Event.Status == steps.StatusAdopted {
		p.Notes = []string{"An ID was entered: nothing was sent."}
	}
	return p
}

// finished says whether the run ended with everything set up.
func (x *Recording) finished() bool {
	_, more := steps.Next(x.state(len(x.Moments)))
	return !more && x.Run.Exit(x.Report.State) == steps.ExitDone
}

// foundDone says whether the run passed over the step, which was done before it.
func (m Moment) foundDone() bool {
	return m.Event != nil && m.Event.Status == steps.StatusAlreadyDone && len(m.Exchanges) == 0
}

// state is the state as it stood after n moments, as far as the record tells.
func (x *Recording) state(n int) state.File {
	was := x.Report.State
	f := state.File{
		Edition: edition(x.Report.Edition), BaseURL: was.BaseURL, Sandbox: was.Sandbox, AccountKey: text.Cut(was.AccountKey, LongValue),
		IDs: map[string]string{}, Steps: map[string]state.Step{},
	}
	if begun, ok := x.Run.Started(); ok {
		f.Edition, f.BaseURL, f.Sandbox = edition(begun.Edition), begun.BaseURL, begun.Sandbox
	}
	for i, m := range x.Moments {
		if m.Event != nil && i < n || m.foundDone() { // What the run found done, it found at its start.
			m.record(&f, was.Steps[m.Step.ID])
		}
	}
	return f
}

// record is what a moment did to the state.
func (m Moment) record(f *state.File, kept state.Step) {
	s := state.Step{Answers: map[string]string{}, Updated: kept.Updated, Area: kept.Area}
	for key, value := range kept.Answers {
		s.Answers[key] = text.Cut(value, LongText)
	}
	s.Status = cmp.Or(map[steps.StepStatus]state.Status{
		steps.StatusSkipped: state.Skipped, steps.StatusUnknown: state.Sent, steps.StatusFailed: state.Failed,
	}[m.Event.Status], state.Done)
	switch {
	case m.Failure != nil && m.Failure.Kind == steps.OrderOpen:
		s.OrderID, s.Pending = "under way", true
	case s.Status == state.Failed && f.Steps[m.Step.ID].Status == state.Done && m.Step.Creates:
		return // What was done before is still done.
	}
	f.Steps[m.Step.ID] = s
	for id, value := range m.Event.Saved {
		if value = text.Cut(value, LongValue); id == steps.PhoneNumber {
			f.PhoneNumber = value
		} else {
			f.IDs[string(id)] = value
		}
	}
}

// edition is the edition of a record, or the usual one when there is none such.
func edition(name string) string {
	e, _ := api.ParseEdition(name)
	return string(cmp.Or(e, api.Edition2025))
}

// signedIn says whether the run had signed in after n moments.
func (x *Recording) signedIn(n int) bool {
	return slices.ContainsFunc(x.Moments[:n], func(m Moment) bool {
		if m.Event == nil || m.Event.Status == steps.StatusSkipped || m.Event.Status == steps.StatusAdopted {
			return false
		}
		return m.Step.ID == steps.Authenticate && m.Failure == nil || m.Step.ID != steps.Authenticate && len(m.Exchanges) > 0
	})
}

// Sent are the answers that the form of a moment was sent with, by the bodies of
// its calls; empty when it sent none.
func (m Moment) Sent() steps.Answers {
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
			flatten(answers, key, value)
		}
		return answers
	}
	return nil
}

// flatten turns a value of a body into the answers that it was made from.
func flatten(answers steps.Answers, key string, value any) {
	switch v := value.(type) {
	case map[string]any:
		for inner, x := range v {
			flatten(answers, key+"."+inner, x)
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
		answers[key] = text.Cut(strings.Join(all, ", "), LongText)
	default:
		if v != text.Redacted {
			answers[key] = text.Cut(scalar(v), LongText)
		}
	}
}

func scalar(value any) string {
	switch value.(type) {
	case string, bool, json.Number:
		return fmt.Sprint(value)
	}
	return ""
}

// Command is a recorded call as a cURL command. It is made from the method, URL and
// body: the command that stands in a record may be anybody's, and is not trusted.
func Command(x api.Exchange) string {
	method := strings.ToUpper(x.Method)
	if method == "" || strings.Trim(method, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		method = http.MethodPost
	}
	var body bytes.Buffer
	_ = json.Indent(&body, x.Request, "", "  ") // Which leaves it empty where there is none.
	return api.CurlCommand(method, x.URL, !bytes.Contains(x.Request, []byte("AccountSecret")), body.String())
}

// cut is a failure with no more of its texts than is shown.
func cut(f steps.Failure) *steps.Failure {
	f.Title, f.FixLabel = text.Cut(f.Title, LongTitle), text.Cut(f.FixLabel, LongValue)
	f.Message, f.Solution = text.Cut(f.Message, LongText), text.Cut(f.Solution, LongText)
	f.TransactionLogID, f.TraceID = text.Cut(f.TransactionLogID, LongValue), text.Cut(f.TraceID, LongValue)
	return &f
}
