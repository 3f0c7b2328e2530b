package steps

import (
	"cmp"
	"slices"

	"telegent-setup/state"
)

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
	Sample           string  // A placeholder; in the sandbox the ready answer.
	Ready            string  // The sandbox's ready answer, where Sample is not one.
	Default          string  // What an empty answer means.
	Derived          Derived // A default that follows from another answer.
	Like             string  // The step whose answer to the same key an empty answer takes over.
	SavedID          ID      // Filled in from this saved ID; in Form.Adopt, the ID that it sets.
	Env              string  // The environment variable that gives it.
	Variable         string  // Of a Secret: the shell variable that stands for it in a cURL command.
	Kind             Kind
	Format           Format
	Prefixes         []string // How IDs of this kind begin; another beginning is told, not refused.
	Optional         bool
	Unless           string // An empty answer of an optional field is a problem unless this key has one.
	RequiredWhy      string // What that problem says.
	Auto             bool   // Filled in by the program: can be given, is never asked.
	Twice            bool   // Of a Secret that is made up here: a person types it twice.
	Personal         bool   // Of a person: in no report.
	Choices          []Choice
	When             []Condition // Applies only when all of them hold.
	Excludes         Exclusion   // An answer that does not go together with another.
	SentEmpty        bool        // In the body also without an answer; else one that may be missing is left out.
	Item             string      // Of a List: every value is an object with this key.
}

// Choice is one value of a field, and what it is called.
type Choice struct{ Value, Label string }

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

// Env is what conditions and formats may look at.
type Env struct {
	Answers  Answers
	IDs      Saved
	Steps    map[string]state.Step // The other steps.
	Loopback bool                  // The service is on this machine.
}

// Answers are what was given for one step, by field key; no secrets.
type Answers map[string]string

func (c Condition) holds(env Env) bool {
	if c.ID != "" && env.IDs[c.ID] != "" {
		return true
	}
	value := env.Answers[c.Key]
	if c.Step != "" {
		value = env.Steps[c.Step].Answers[c.Key]
	}
	return value != "" && (len(c.Is) == 0 || slices.Contains(c.Is, value))
}

// Applies says whether the field has a place in the form, given the other answers.
func (f *Field) Applies(env Env) bool {
	return !slices.ContainsFunc(f.When, func(c Condition) bool { return !c.holds(env) })
}

// proposal is what an empty answer means.
func (f *Field) proposal(env Env) string {
	if f.Derived.When.holds(env) {
		return f.Derived.Value
	}
	return f.Default
}

// ready is the sandbox's answer. A field that may stay empty and has no sample
// stays empty.
func (f *Field) ready() string { return cmp.Or(f.Ready, f.Sample) }

// Readable is a value as a person reads it.
func (f *Field) Readable(value string) string {
	if f.Kind == Bool {
		return map[bool]string{true: "yes", false: "no"}[isTrue(value)]
	}
	for _, c := range f.Choices {
		if c.Value == value {
			return c.Label
		}
	}
	return value
}

// onlyWhen are fields that stand in the form only when a condition holds.
func onlyWhen(c Condition, fields ...Field) []Field {
	for i := range fields {
		fields[i].When = append([]Condition{c}, fields[i].When...)
	}
	return fields
}

// toggle is a Bool field that is true unless said otherwise.
func toggle(key, label, help string) Field {
	return Field{Key: key, Label: label, Help: help, Kind: Bool, Default: "true"}
}

// method is how a URL of the customer is called.
func method(key, label, help string) Field {
	return Field{Key: key, Label: label, Help: help, Kind: Chosen, Default: "POST", Choices: named("POST", "GET")}
}

// named are choices that are called what they are.
func named(values ...string) []Choice {
	var all []Choice
	for _, v := range values {
		all = append(all, Choice{v, v})
	}
	return all
}

// accountField is the account that a route or number belongs to, in the calls
// that name it.
func accountField() Field {
	return Field{Key: "AccountId", Label: "Account", SavedID: AccountID, Format: Identifier, Prefixes: []string{"AID-"}, Help: "From step 2."}
}

// messageType is how messages are sent: by software or by people.
func messageType() Field {
	return Field{
		Key: "MessageType", Label: "Message type", Kind: Chosen, Default: "p2p",
		Help: "Who sends the messages.",
		Choices: []Choice{
			{"p2p", "p2p: person to person"},
			{"a2p", "a2p: application to person"},
		},
	}
}

// voiceEnabled asks for voice only where there is a voice route to carry it;
// elsewhere the body says false.
func voiceEnabled(help string) Field {
	return Field{Key: "VoiceEnabled", Label: "Voice enabled", Help: help, Kind: Bool, Default: "true", When: []Condition{voiceRouteKnown()}, SentEmpty: true}
}

func voiceRouteKnown() Condition { return Condition{Key: "VoiceRouteId", ID: CRID} }

// adopted is the one field of "I already have one" in most steps.
func adopted(id ID, key, label, prefix string) []Field {
	return []Field{{
		Key: key, Label: label, SavedID: id, Format: Identifier, Prefixes: []string{prefix},
		Help:   "As the service or your Telegent representative gave it to you.",
		Sample: prefix + "12345678-abcd-1234-5678-abcdef123456",
	}}
}
