// Package steps holds the eight quickstart steps as data, and the Runner that
// carries them out. A step says what the person sees, what is asked, what is
// sent, what is saved and what helps when it fails; the runner alone sends.
// What a face may show or say comes from here, so that every face says the same.
//
// It may import api, api/text and state, and knows nothing of Charm or of any terminal, nor
// of the answers file (steps/answers) and of reports (steps/report): those
// packages import it.
package steps

import (
	"slices"
	"strings"
	"sync"

	"telegent-setup/api"
)

// The step ids, in the order of the guide.
const (
	Authenticate = "authenticate"
	Account      = "account"
	MessageRoute = "message-route"
	VoiceRoute   = "voice-route"
	Availability = "availability"
	Provision    = "provision"
	Subscriber   = "subscriber"
	TestMessage  = "test-message"
)

// ID is the name of a saved value, as in the state file.
type ID string

// The values that the service gives out and that later steps need.
const (
	AccountID    ID = "AccountId"
	MRID         ID = "MRID"
	CRID         ID = "CRID"
	TNID         ID = "TNID"
	PhoneNumber  ID = "PhoneNumber"
	SubscriberID ID = "SubscriberId"
	MessageID    ID = "MessageId"
)

// IDs lists every ID in the order in which the steps save them.
func IDs() []ID {
	return []ID{AccountID, MRID, CRID, TNID, PhoneNumber, SubscriberID, MessageID}
}

// Saved holds IDs by name.
type Saved map[ID]string

// String lists the IDs in the order in which the steps save them.
func (s Saved) String() string {
	var all []string
	for _, id := range IDs() {
		if s[id] != "" {
			all = append(all, string(id)+" "+s[id])
		}
	}
	return strings.Join(all, ", ")
}

// Step is one step of the quickstart, as data.
type Step struct {
	ID, Title string
	Number    int     // From 1, in the order of the guide.
	Why       string  // The guide's sentence on what the step is for.
	Object    string  // What it creates, as a sentence names it: "the account".
	Made      string  // What is said of it when the step was carried out: "was created".
	Missing   string  // What is said of it when it was not: "was not created".
	Doing     string  // What is said while it is carried out: "Creating the account".
	Button    string  // What the button that carries it out says.
	Done      string  // The line of the guide's checklist at the end; empty when there is none.
	Optional  bool    // May be skipped.
	Offer     string  // The question that opens an optional step.
	Creates   bool    // Written ahead, and never sent twice by itself.
	Confirm   Confirm // What is asked once before sending; without sentences nothing is.
	Saves     []ID
	Forms     map[api.Edition]*Form
	Issues    []Issue // Tried before the common ones.
}

// NeedsToken says whether the step is called with a token.
func (s *Step) NeedsToken() bool { return s.ID != Authenticate }

// asksFirst says whether the person is asked once more before it is sent.
func (s *Step) asksFirst() bool { return len(s.Confirm.Sentences) > 0 }

// Confirm asks before something is bought or sent.
type Confirm struct {
	// The first whose answers are there is said. An answer's key in braces stands for
	// it, as in "This orders {PhoneNumber}.".
	Sentences []string
	Yes       string // The choice that sends.
	Cost      string // What it costs; empty when nothing.
}

// text is the sentence that fits the answers; empty when none does.
func (c Confirm) text(answers Answers) string {
	for _, text := range c.Sentences {
		for key, value := range answers {
			text = strings.ReplaceAll(text, "{"+key+"}", value)
		}
		if !strings.Contains(text, "{") {
			return text
		}
	}
	return ""
}

// Form is what one edition asks for in a step, how it is sent and how its answer
// is read. It is data: one builder makes every request body from it, and one
// reader reads every answer.
type Form struct {
	Why       string // In place of the step's, where that is not true of this edition; else empty.
	Path      string // Relative to the base URL. Every call is a POST.
	Fields    []Field
	BodyOrder []string // The keys that begin the body; the other fields follow in their order.

	Adopt      []Field // What "I already have one" asks for; empty when there is nothing to adopt.
	AdoptFirst bool    // Most customers of this edition have one already.

	Result []Result // Where the IDs stand in the answer.
	Accept bool     // Any answer of success will do, also one that cannot be read.
	Order  bool     // The answer may be an order under way.
	Search *Search  // Availability only.
	Lookup Lookup   // How it is asked for at the service, and found again.

	Repeat string  // What sending it again does when the first call did arrive.
	Issues []Issue // Tried before those of the step.
}

// has says whether there is a field with a key.
func (f *Form) has(key string) bool {
	return slices.ContainsFunc(f.Fields, func(fd Field) bool { return fd.Key == key })
}

// Result is an ID that an answer gives, under the first of several names that is
// there.
type Result struct {
	ID       ID
	Names    []string
	Optional bool // Its absence is no fault.
}

// Search is a list to choose from, for the order that follows.
type Search struct {
	Numbers bool // Numbers are chosen where any are listed, and areas only noted; else areas alone are.
}

// All returns the eight steps in the order of the guide.
func All() []*Step { return slices.Clone(quickstart()) }

// quickstart makes the steps once: they are asked for at every turn.
var quickstart = sync.OnceValue(func() []*Step {
	all := []*Step{
		authenticate(), account(), messageRoute(), voiceRoute(),
		availability(), provision(), subscriber(), testMessage(),
	}
	for i := range all {
		all[i].Number = i + 1
	}
	return all
})

// Find returns a step by its id; false when there is no such step.
func Find(id string) (*Step, bool) {
	for _, s := range quickstart() {
		if s.ID == id {
			return s, true
		}
	}
	return nil, false
}

// find is Find for an id that comes from this program, and is known.
func find(id string) *Step {
	s, _ := Find(id)
	return s
}
