package steps

import (
	"slices"
	"strings"

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
	Missing   string  // And when it was not: "was not created".
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

// Confirm asks before something is bought or sent.
type Confirm struct {
	Sentences []Sentence // The first whose answer is there is said.
	Yes       string     // The choice that sends.
	Cost      string     // What it costs; empty when nothing.
}

// Sentence is said when there is an answer to Key. In Text, an answer's key in
// braces stands for the answer, as in "This orders {PhoneNumber}.".
type Sentence struct{ Key, Text string }

// text is the sentence that fits the answers; empty when none does.
func (c Confirm) text(answers Answers) string {
	for _, s := range c.Sentences {
		if answers[s.Key] == "" {
			continue
		}
		text := s.Text
		for key, value := range answers {
			text = strings.ReplaceAll(text, "{"+key+"}", value)
		}
		return text
	}
	return ""
}

// Form is what one edition asks for in a step, how it is sent and how its answer
// is read. It is data: one builder makes every request body from it, and one
// reader reads every answer.
type Form struct {
	Why          string // In place of the step's, where that is not true of this edition; else empty.
	Method, Path string // The path is relative to the base URL.
	Fields       []Field
	BodyOrder    []string // The keys that begin the body; the other fields follow in their order.

	Adopt      []Field // What "I already have one" asks for; empty when there is nothing to adopt.
	AdoptFirst bool    // Most customers of this edition have one already.

	Result []Result // Where the IDs stand in the answer.
	Accept bool     // Any answer of success will do, also one that cannot be read.
	Order  bool     // The answer may be an order under way.
	Search *Search  // Availability only.
	Lookup *Lookup  // How it is asked for at the service, and found again; nil when it cannot be.

	Repeat string  // What sending it again does when the first call did arrive.
	Issues []Issue // Tried before those of the step.
}

// Result is an ID that an answer gives, under the first of several names that is
// there.
type Result struct {
	ID       ID
	Names    []string
	Optional bool // Its absence is no fault.
}

// Search is a step whose answer is a list to choose from.
type Search struct {
	Into   string // The step whose answers a chosen row gives.
	Number string // The key there of a chosen number; empty when areas are the rows, whatever is listed.
	Area   string // The key there of the area code of a chosen area; empty when areas are only noted.
	Zip    string // The key there of its zip code.
}

// Kind is how a field is asked.
type Kind int

// The kinds of field. The answer is a string in every kind.
const (
	Text      Kind = iota
	Multiline      // Text with line breaks.
	Secret         // Never in Answers: it is kept with Runner.SetSecret.
	Chosen         // One of Choices.
	Bool           // "true" or "false".
	List           // Values separated by commas.
	Number         // A whole number.
)

// Field is one question. Key is the API's own name, a path where it nests.
type Field struct {
	Key, Label, Help string
	Sample           string    // A placeholder; in the sandbox the ready answer.
	Ready            string    // The sandbox's ready answer, where Sample is not one.
	Default          string    // What an empty answer means.
	Derived          []Derived // Defaults that follow from other answers; the first that holds counts.
	Like             AnswerRef // The answer of another step that an empty answer takes over.
	SavedID          ID        // Filled in from this saved ID; in Form.Adopt, the ID that it sets.
	Env              string    // The environment variable that gives it.
	Variable         string    // Of a Secret: the shell variable that stands for it in a cURL command.
	Kind             Kind
	Check            Check
	Prefixes         []string // How IDs of this kind begin; another beginning is told, not refused.
	Optional         bool
	Unless           string // An empty answer of an optional field is a problem unless this key has one.
	RequiredWhy      string // What that problem says.
	Auto             bool   // Filled in by the program: can be given, is never asked.
	Twice            bool   // Of a Secret that is made up here: a person types it twice.
	Webhook          bool   // The address of the customer's webhook, which can be checked.
	Personal         bool   // Of a person: in no report.
	Choices          []Choice
	When             []Condition // Applies only when all of them hold.
	Excludes         []Exclusion // Answers that do not go together with others.
	OmitEmpty        bool        // Left out of the body when it has no answer.
	Item             string      // Of a List: every value is an object with this key.
}

// Choice is one value of a field, and what it is called.
type Choice struct{ Value, Label string }

// AnswerRef names an answer of another step.
type AnswerRef struct{ Step, Key string }

// Condition holds when the answer to Key is one of Is, any answer when Is is
// empty; or when ID is saved.
type Condition struct {
	Step string // The step whose answer it is; empty for the form itself.
	Key  string
	Is   []string
	ID   ID
}

// Derived is a default while its condition holds.
type Derived struct {
	When  Condition
	Value string
}

// Exclusion is a value that does not go together with another answer.
type Exclusion struct {
	Value string
	With  Condition
	Why   string // What to change.
}

// Env is what conditions and checks may look at.
type Env struct {
	Answers  Answers
	IDs      Saved
	Others   func(step, key string) string // The answers of other steps; nil when there are none.
	Loopback bool                          // The service is on this machine.
	Sandbox  bool
}

// Answers are what was given for one step, by field key; no secrets.
type Answers map[string]string

// holds says whether the condition holds.
func (c Condition) holds(env Env) bool {
	if c.ID != "" && env.IDs[c.ID] != "" {
		return true
	}
	value := env.Answers[c.Key]
	if c.Step != "" {
		if value = ""; env.Others != nil {
			value = env.Others(c.Step, c.Key)
		}
	}
	return value != "" && (len(c.Is) == 0 || slices.Contains(c.Is, value))
}

// Applies says whether the field has a place in the form, given the other answers.
func (f *Field) Applies(env Env) bool {
	return !slices.ContainsFunc(f.When, func(c Condition) bool { return !c.holds(env) })
}

// proposal is what an empty answer means.
func (f *Field) proposal(env Env) string {
	for _, d := range f.Derived {
		if d.When.holds(env) {
			return d.Value
		}
	}
	return f.Default
}

// ready is the sandbox's answer. A field that may stay empty and has no sample
// stays empty.
func (f *Field) ready() string {
	if f.Ready != "" {
		return f.Ready
	}
	return f.Sample
}

// Readable is a value as a person reads it.
func (f *Field) Readable(value string) string {
	if f.Kind == Bool {
		if isTrue(value) {
			return "yes"
		}
		return "no"
	}
	for _, c := range f.Choices {
		if c.Value == value && c.Label != "" {
			return c.Label
		}
	}
	return value
}
