package state

import (
	"encoding/json"
	"slices"
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

// known says whether s is one of the statuses above.
func (s Status) known() bool {
	switch s {
	case Todo, Sent, Done, Failed, Skipped:
		return true
	}
	return false
}

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
}

// Become is a step that stands as done says, with the keys of it that this program
// does not know.
func (s *Step) Become(done Step) {
	done.unknown = s.unknown
	*s = done
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

// normal returns a deep copy as it is written and read back: text cleaned, the
// base URL without user info, times in whole seconds, empty IDs left out.
func (f File) normal() File {
	f.Edition = text.OneLine(f.Edition)
	f.BaseURL = withoutUser(text.OneLine(f.BaseURL))
	f.AccountKey = text.OneLine(f.AccountKey)
	f.PhoneNumber = text.OneLine(f.PhoneNumber)
	ids := make(map[string]string, len(f.IDs))
	for id, value := range f.IDs {
		if value = text.OneLine(value); value != "" {
			ids[id] = value
		}
	}
	f.IDs = ids
	steps := make(map[string]Step, len(f.Steps))
	for id, s := range f.Steps {
		steps[id] = s.normal()
	}
	f.Steps = steps
	var history []Replaced
	for _, r := range f.History {
		r.ID, r.Value, r.Replaced = text.OneLine(r.ID), text.OneLine(r.Value), seconds(r.Replaced)
		history = append(history, r)
	}
	f.History = history
	return f
}

func (s Step) normal() Step {
	s.Updated = seconds(s.Updated)
	s.OrderID, s.ESIM = text.OneLine(s.OrderID), text.OneLine(s.ESIM)
	s.Delivery.Status, s.Delivery.Updated = text.OneLine(s.Delivery.Status), seconds(s.Delivery.Updated)
	if s.Area != nil {
		s.Area = &Area{text.OneLine(s.Area.AreaCode), text.OneLine(s.Area.ZipCode), text.OneLine(s.Area.NGP)}
	}
	s.Before, s.Unsettled = slices.Clone(s.Before), slices.Clone(s.Unsettled)
	var answers map[string]string
	if len(s.Answers) > 0 {
		answers = make(map[string]string, len(s.Answers))
	}
	for key, value := range s.Answers {
		answers[key] = text.Clean(value)
	}
	s.Answers = answers
	if s.Error != nil {
		e := *s.Error
		e.Kind, e.Issue, e.Message = text.OneLine(e.Kind), text.OneLine(e.Issue), text.OneLine(e.Message)
		s.Error = &e
	}
	return s
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
