package steps

import (
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
	Number    int                  // 1 to 8.
	Why       string               // The guide's sentence on what the step is for.
	Optional  bool                 // May be skipped (voice route only).
	Offer     string               // The question that opens an optional step.
	Creates   bool                 // Written ahead, and never sent twice by itself.
	Confirm   func(Answers) string // What is about to happen, asked once before sending; nil when nothing is bought or sent.
	Saves     []ID
	Forms     map[api.Edition]Form
	Issues    []Issue // Tried before the common ones.
}

// Form is what one edition asks for in a step, and how it is sent and read.
// Request and Read are pure.
type Form struct {
	Why     string // In place of the step's, where that is not true of this edition; else empty.
	Fields  []Field
	Adopt   []Field // What "I already have one" asks for; empty when there is nothing to adopt.
	Request func(Input) (api.Call, error)
	Read    func(api.Answer) (Saved, error) // Nil for a step that saves nothing.
	Search  *Search                         // Availability only.
	Order   func(api.Answer) (Order, error) // Instead of Read, where an answer may be an order under way.
	Follow  func(order string) api.Call     // The call that asks for it again.
	Look    func(Saved) (api.Call, bool)    // The call that asks whether what is saved exists; nil when the API has none.
	Issues  []Issue                         // Tried before those of the step.
}

// Order is a number order as the service tells of it.
type Order struct {
	ID      string
	Pending bool
	Refused string // The service's words when it was refused; empty else.
	Saved   Saved  // When it is complete.
	QRCode  string // The link to the QR code of an eSIM; personal.
}

// Search is a step whose answer is a list to choose from.
type Search struct {
	Read   func(api.Answer) (Results, error)
	Choose func(Row) map[string]Answers // The answers that a chosen row prefills, by step.
}

// Results is one page of a search.
type Results struct {
	Total   int   // Of all pages, as the service counts.
	Page    int   // The page number that was asked for, from 1.
	More    bool  // Whether another page may exist.
	Numbers bool  // Rows are numbers; else they are areas.
	Rows    []Row // At most api.PageSize.
}

// Row is an area, or a number.
type Row struct {
	Number                 string // E.164; empty when the row is an area.
	NGP, AreaCode, ZipCode string
}

// Input is what a request is made from.
type Input struct {
	Answers Answers
	Secrets map[string]api.Secret
	IDs     Saved
	Edition api.Edition

	// Endpoint is the full URL that a token is for, in edition 2026-04.
	Endpoint string
}

// Kind is how a field is asked.
type Kind int

// The kinds of field. The answer is a string in every kind.
const (
	Text      Kind = iota
	Multiline      // Text with line breaks.
	Secret         // Never in Answers: it is kept with Runner.Keep.
	Chosen         // One of Choices.
	Bool           // "true" or "false".
	List           // Values separated by commas.
)

// Field is one question. Key is the API's own name, a path where it nests.
type Field struct {
	Key, Label, Help string
	Sample           string // A placeholder; in the sandbox the ready answer.
	Ready            string // The sandbox's ready answer, where Sample is not one.
	Default          string // What an empty answer means.
	From             ID     // Filled in from this saved ID; in Form.Adopt, the ID that it sets.
	Env              string // The environment variable that gives it.
	Kind             Kind
	Optional         bool
	Require          func(Env) string // Why an empty answer of an optional field is a problem; "" when it is none.
	Quiet            bool             // Filled in by the program: can be given, is never asked.
	Choices          []Choice
	When             func(Env) bool                    // Applies only when true; nil is always.
	Propose          func(Env) string                  // A default that depends on what is known.
	Check            func(value string, env Env) error // Says what to change; nil accepts all.
	Offer            func(value string) string         // The value as it was probably meant, for the person to take; "" when there is nothing to offer. May be nil.
	Warn             func(value string) string         // What looks odd and is accepted all the same; may be nil.
}

// Choice is one value of a field, and what it is called.
type Choice struct{ Value, Label string }

// Asked says whether a face asks for this field: it applies, there is
// something to decide, and no earlier step has decided it. One choice is shown,
// not asked.
func (f Field) Asked(env Env) bool {
	return f.applies(env) && !f.Quiet && len(f.Choices) != 1 && (f.From == "" || env.IDs[f.From] == "")
}

func (f Field) applies(env Env) bool { return f.When == nil || f.When(env) }

// Env is what a check may look at.
type Env struct {
	Answers  Answers
	IDs      Saved
	Edition  api.Edition
	Loopback bool // The service is on this machine.
	Sandbox  bool
}

// Answers are what was given for one step, by field key; no secrets.
type Answers map[string]string
