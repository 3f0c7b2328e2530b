package state

import (
	"encoding/json"
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
	Edition     string
	BaseURL     string // Without user info.
	Sandbox     bool
	AccountKey  string
	IDs         map[string]string // AccountId, MRID, CRID, TNID, SubscriberId, MessageId.
	PhoneNumber string            // E.164.
	Steps       map[string]Step   // By step id.
	History     []Replaced
	extra       map[string]json.RawMessage
	extraIDs    map[string]json.RawMessage // What is no string under ids.
}

// Step is what is kept of one step.
type Step struct {
	Status  Status
	Updated time.Time         // UTC, whole seconds; zero when not told.
	Answers map[string]string // Non-secret, typed so far or sent; by field key.
	Error   *StepError        // Of a failed or unknown step.
	OrderID string            // Of a provision under way.
	QRCode  string            // Of a provision done: the link to the QR code of its eSIM. Personal.
	extra   map[string]json.RawMessage
}

// StepError is why a step failed, or why its outcome is not known.
type StepError struct {
	Issue   string // A code of the contract: "number-in-use".
	Message string // The service's own words.
	extra   map[string]json.RawMessage
}

// Replaced is an ID that another took the place of.
type Replaced struct {
	ID       string // "AccountId", ...
	Value    string
	Replaced time.Time // UTC, whole seconds.
	extra    map[string]json.RawMessage
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
	s.OrderID, s.QRCode = text.OneLine(s.OrderID), text.OneLine(s.QRCode)
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
		e.Issue, e.Message = text.OneLine(e.Issue), text.OneLine(e.Message)
		s.Error = &e
	}
	return s
}

// inherit takes over the unknown keys of old where a caller made f, or one of
// its steps, anew instead of changing a copy.
func (f *File) inherit(old File) {
	if f.extra == nil {
		f.extra = old.extra
	}
	if f.extraIDs == nil {
		f.extraIDs = old.extraIDs
	}
	for id, s := range f.Steps {
		if s.extra == nil {
			s.extra = old.Steps[id].extra
			f.Steps[id] = s
		}
	}
}

func seconds(t time.Time) time.Time { return t.UTC().Truncate(time.Second) }
