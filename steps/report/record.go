package report

import (
	"bytes"
	"encoding/json"

	"telegent-setup/api"
	"telegent-setup/steps"
)

// Encode writes an event as one JSON object: start, edition, step, delivery, reply and end as a script
// reads them (CONTRACT.md, Output). False for the other events, which only
// faces show.
func Encode(e steps.Event) ([]byte, bool) {
	var object any
	switch e := e.(type) {
	case steps.Started:
		object = startObject{"start", e.Edition, e.BaseURL, e.Sandbox, e.State, e.Resumed}
	case steps.EditionFound:
		object = editionObject{"edition", e.Edition}
	case steps.Stepped:
		object = stepped(e)
	case steps.Delivered:
		object = deliveryObject{"delivery", e.Status, e.Seconds}
	case steps.Replied:
		object = replyObject{"reply"}
	case steps.Ended:
		object = endObject{"end", e.Exit, ordered(e.IDs)}
	default:
		return nil, false
	}
	return marshal(object), true
}

// startObject is the JSON of the start of a run.
type startObject struct {
	Event   string `json:"event"`
	Edition string `json:"edition"`
	BaseURL string `json:"base_url"`
	Sandbox bool   `json:"sandbox"`
	State   string `json:"state"`
	Resumed bool   `json:"resumed"`
}

// editionObject is the JSON of the edition that a server was found to speak.
type editionObject struct {
	Event   string `json:"event"`
	Edition string `json:"edition"`
}

// deliveryObject is the JSON of a status of the test message.
type deliveryObject struct {
	Event   string  `json:"event"`
	Status  string  `json:"status"`
	Seconds float64 `json:"seconds"`
}

// replyObject is the JSON of an answer to the test message.
type replyObject struct {
	Event string `json:"event"`
}

// endObject is the JSON of the end of a run.
type endObject struct {
	Event string  `json:"event"`
	Exit  int     `json:"exit"`
	IDs   ordered `json:"ids"`
}

// stepObject is the JSON of a step event.
type stepObject struct {
	Event   string           `json:"event"`
	Step    string           `json:"step"`
	Number  int              `json:"number"`
	Status  steps.StepStatus `json:"status"`
	Saved   ordered          `json:"saved,omitempty"`
	Seconds float64          `json:"seconds"`
	*failureObject
}

type failureObject struct {
	Issue            string `json:"issue,omitempty"`
	HTTPStatus       int    `json:"http_status,omitempty"`
	Message          string `json:"message"`
	Solution         string `json:"solution"`
	FixStep          string `json:"fix_step,omitempty"`
	FixField         string `json:"fix_field,omitempty"`
	TransactionLogID string `json:"transaction_log_id,omitempty"`
	TraceID          string `json:"trace_id,omitempty"`
}

func stepped(e steps.Stepped) stepObject {
	o := stepObject{Event: "step", Step: e.Step, Number: e.Number, Status: e.Status, Saved: ordered(e.Saved), Seconds: e.Seconds}
	if f := e.Failure; f != nil {
		o.failureObject = &failureObject{
			Issue: string(f.Issue), HTTPStatus: f.HTTPStatus, Message: f.Said(), Solution: f.Solution,
			FixStep: f.FixStep, FixField: f.FixField, TransactionLogID: f.TransactionLogID, TraceID: f.TraceID,
		}
	}
	return o
}

// ordered writes IDs in the order in which the steps save them.
type ordered steps.Saved

// MarshalJSON implements json.Marshaler.
func (o ordered) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for _, id := range steps.IDs() {
		if o[id] == "" {
			continue
		}
		if b.Len() > 1 {
			b.WriteByte(',')
		}
		b.Write(marshal(string(id)))
		b.WriteByte(':')
		b.Write(marshal(o[id]))
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// exchangeObject is the JSON of a call and its answer, as the journal keeps it.
type exchangeObject struct {
	Event string `json:"event"`
	Step  string `json:"step"`
	api.Exchange
}

// shownObject is the rest of what a person saw of a failure.
type shownObject struct {
	Kind     string `json:"kind,omitempty"`
	Title    string `json:"title"`
	FixLabel string `json:"fix_label,omitempty"`
	FixAdopt bool   `json:"fix_adopt,omitempty"`
	Support  bool   `json:"support,omitempty"`
	Exit     int    `json:"exit"`
}

// Record writes an event for the journal: what Encode writes, with what else a
// person saw of a failure, and every exchange. False for events that are not
// kept. ReadRecord reads it back.
func Record(e steps.Event) ([]byte, bool) {
	switch e := e.(type) {
	case steps.Exchanged:
		return marshal(exchangeObject{"exchange", e.Step, e.Exchange}), true
	case steps.Stepped:
		f := e.Failure
		if f == nil {
			break
		}
		return marshal(struct {
			stepObject
			Shown shownObject `json:"shown"`
		}{stepped(e), shownObject{string(f.Kind), f.Title, f.FixLabel, f.FixAdopt, f.Support, f.Exit()}}), true
	}
	return Encode(e)
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
