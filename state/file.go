package state

import (
	"encoding/json"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"

	"telegent-setup/api/text"
)

// Version is the version of the format that this program writes.
const Version = 1

// Status is where a step stands.
type Status string

// The statuses of a step. Sent means that a creating call left and its outcome
// is not known.
const (
	Todo    Status = "todo"
	Sent    Status = "sent"
	Done    Status = "done"
	Failed  Status = "failed"
	Skipped Status = "skipped"
)

// File is the content of the state file (CONTRACT.md, State file). Keys that
// this program does not know are kept out of sight and written back.
type File struct {
	Edition     string                     `json:"edition"`
	BaseURL     string                     `json:"base_url"` // Without user info.
	Sandbox     bool                       `json:"sandbox"`
	AccountKey  string                     `json:"AccountKey,omitempty"`
	IDs         map[string]string          `json:"ids"`                   // AccountId, MRID, CRID, TNID, SubscriberId, MessageId.
	PhoneNumber string                     `json:"PhoneNumber,omitempty"` // E.164.
	Steps       map[string]Step            `json:"steps"`                 // By step id.
	History     []Replaced                 `json:"history,omitempty"`
	otherIDs    map[string]json.RawMessage // What is no string under ids.
	unknown
}

// Step is what is kept of one step.
type Step struct {
	Status   Status            `json:"status"`
	Updated  time.Time         `json:"updated,omitzero"`   // UTC, whole seconds; zero when not told.
	Answers  map[string]string `json:"answers,omitempty"`  // Non-secret, typed so far or sent; by field key.
	Error    *StepError        `json:"error,omitempty"`    // Of a failed or unknown step.
	OrderID  string            `json:"order_id,omitempty"` // Of a provision under way.
	Pending  bool              `json:"pending,omitempty"`  // The order was accepted, and is under way.
	ESIM     string            `json:"esim,omitempty"`     // Of a provision done: the activation code of its eSIM, "LPA:1$...". Personal.
	Delivery Delivery          `json:"delivery,omitzero"`  // Of a test message.
	Answered bool              `json:"answered,omitempty"` // The test message was.
	Before   []string          `json:"before,omitzero"`    // The IDs of the messages from its recipient before it was sent; nil when not asked.
	Area     *Area             `json:"area,omitempty"`     // The area that was chosen in a search.
	Adopted  bool              `json:"adopted,omitempty"`  // The IDs were entered by a person.
	// Unconfirmed says that the service did not know the IDs that were entered.
	Unconfirmed bool `json:"unconfirmed,omitempty"`
	// Unsettled are fingerprints of the bodies that were sent and not answered.
	Unsettled []string `json:"unsettled,omitempty"`
	unknown
}

// Area is where a number is wanted. NGP is the Number Gateway Provider.
type Area struct {
	AreaCode string `json:"AreaCode,omitempty"`
	ZipCode  string `json:"ZipCode,omitempty"`
	NGP      string `json:"NGP,omitempty"`
	unknown
}

// Delivery is what became of a message.
type Delivery struct {
	Status  string    `json:"status"`           // The service's word: "Delivered".
	Updated time.Time `json:"updated,omitzero"` // UTC, whole seconds.
	unknown
}

// StepError is why a step failed, or why its outcome is not known.
type StepError struct {
	Kind    string `json:"kind,omitempty"` // Of the outcome.
	Issue   string `json:"issue"`          // A code of the contract: "number-in-use".
	Message string `json:"message"`        // The service's own words, else ours.
	// Quoted says that the message is the service's own.
	Quoted     bool `json:"quoted,omitempty"`
	HTTPStatus int  `json:"http_status,omitempty"`
	unknown
}

// Replaced is an ID that another took the place of.
type Replaced struct {
	ID       string    `json:"id"` // "AccountId", ...
	Value    string    `json:"value"`
	Replaced time.Time `json:"replaced,omitzero"` // UTC, whole seconds.
	unknown
}

// Clone returns a deep copy, with maps where there were none.
func (f File) Clone() File { return f.normal() }

// Known returns a deep copy without the keys that this program does not know.
func (f File) Known() File {
	f = f.Clone()
	f.unknown, f.otherIDs = unknown{}, nil
	for id, s := range f.Steps {
		s.unknown, s.Delivery.unknown = unknown{}, unknown{}
		if s.Area != nil {
			s.Area.unknown = unknown{}
		}
		if s.Error != nil {
			s.Error.unknown = unknown{}
		}
		f.Steps[id] = s
	}
	for i := range f.History {
		f.History[i].unknown = unknown{}
	}
	return f
}

// normal returns a deep copy as it is written and read back: text cleaned, the
// base URL without user info, times in whole seconds, empty IDs left out.
func (f File) normal() File {
	oneLine(&f.Edition, &f.BaseURL, &f.AccountKey, &f.PhoneNumber)
	f.BaseURL = withoutUser(f.BaseURL)
	ids := make(map[string]string, len(f.IDs))
	for id, value := range f.IDs {
		if oneLine(&value); value != "" {
			ids[id] = value
		}
	}
	steps := make(map[string]Step, len(f.Steps))
	for id, s := range f.Steps {
		steps[id] = s.normal()
	}
	f.IDs, f.Steps, f.History = ids, steps, append([]Replaced(nil), f.History...)
	for i := range f.History {
		r := &f.History[i]
		oneLine(&r.ID, &r.Value)
		r.Replaced = seconds(r.Replaced)
	}
	return f
}

func (s Step) normal() Step {
	oneLine(&s.OrderID, &s.ESIM, &s.Delivery.Status)
	s.Updated, s.Delivery.Updated = seconds(s.Updated), seconds(s.Delivery.Updated)
	s.Before, s.Unsettled = slices.Clone(s.Before), append([]string(nil), s.Unsettled...)
	if s.Answers = maps.Clone(s.Answers); len(s.Answers) == 0 {
		s.Answers = nil
	}
	for key, value := range s.Answers {
		s.Answers[key] = text.Clean(value)
	}
	if s.Area != nil {
		area := *s.Area
		oneLine(&area.AreaCode, &area.ZipCode, &area.NGP)
		s.Area = &area
	}
	if s.Error != nil {
		e := *s.Error
		oneLine(&e.Kind, &e.Issue, &e.Message)
		s.Error = &e
	}
	return s
}

func oneLine(texts ...*string) {
	for _, s := range texts {
		*s = text.OneLine(*s)
	}
}

// inherit takes over the unknown keys of old where a caller made f, or one of
// its steps, anew instead of changing a copy.
func (f *File) inherit(old File) {
	if f.keys == nil {
		f.keys = old.keys
	}
	if f.otherIDs == nil {
		f.otherIDs = old.otherIDs
	}
	for id, s := range f.Steps {
		if s.keys == nil {
			s.keys = old.Steps[id].keys
			f.Steps[id] = s
		}
	}
}

func seconds(t time.Time) time.Time { return t.UTC().Truncate(time.Second) }

// withoutUser returns a URL without its user info. What cannot be read as a URL
// loses everything between its scheme and its last @: a password may stand there.
func withoutUser(raw string) string {
	at := strings.LastIndex(raw, "@")
	if at < 0 {
		return raw
	}
	if u, err := url.Parse(raw); err == nil && u.Host != "" {
		if u.User == nil {
			return raw
		}
		u.User = nil
		return u.String()
	}
	scheme, _, found := strings.Cut(raw[:at], "://")
	if !found || strings.Contains(scheme, "@") {
		return raw[at+1:]
	}
	return scheme + "://" + raw[at+1:]
}
