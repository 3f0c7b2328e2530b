package steps

import (
	"telegent-setup/api"
)

// PromptKind is what is put before the person.
type PromptKind int

// The kinds of prompt.
const (
	WelcomePrompt     PromptKind = iota // What will be set up, or what is done already.
	PlanPrompt                          // Every step with its answers, to be run as a whole.
	OfferPrompt                         // Whether an optional step is wanted.
	FormPrompt                          // The questions of a step.
	AdoptPrompt                         // The IDs of what the customer has already.
	ListPrompt                          // Rows to choose from.
	ConfirmPrompt                       // Before something is bought or sent.
	FailedPrompt                        // A step was not carried out.
	UnknownPrompt                       // Nobody knows whether a step was carried out.
	ResendPrompt                        // Before a call is sent a second time.
	UnconfirmedPrompt                   // The service does not know an ID that was entered.
	StepPrompt                          // A step that is done or skipped, to be read.
	RedoPrompt                          // Before a step that is done is carried out again.
	NoNumberPrompt                      // Where a number comes from when none is listed.
	DeliveryPrompt                      // What becomes of the test message.
	ArrivalPrompt                       // What to check when the message does not arrive.
	FinishedPrompt                      // Everything is set up.
	OverviewPrompt                      // The eight steps, to go to one.
)

// Prompt is what is to be put before the person now: questions, rows and options
// in one order for all faces. It is a snapshot; drawing it looks at nothing else.
type Prompt struct {
	Kind     PromptKind
	Step     *Step // Without an ID where the prompt is of no step.
	Title    string
	Text     []Paragraph
	Facts    []Detail       // Names and values: IDs, answers, addresses.
	Notes    []string       // What has just happened, and is said once.
	Form     *Questionnaire // Nil where nothing is asked.
	Edits    Answers        // What was typed in this form already.
	Focus    string         // The question to begin with; empty for the first that is open.
	Problems []Problem      // Of a form that was refused.
	Results  *Results       // Of a list.
	Plan     []PlanStep
	Options  []Option // The first is the way on.
	Guarded  bool     // Keys typed ahead never answer it.
	Failure  *Failure
	Exchange *api.Exchange // The call behind it and its answer, redacted; nil when there is none.
}

// PlanStep is a step of the plan.
type PlanStep struct {
	Status
	Questions []Question
	Open      int  // How many of them only the person can answer.
	Skipped   bool // It is left out.
	Stops     bool // The plan stops here to ask.
}

// Role is what a paragraph is.
type Role int

// The roles of a paragraph.
const (
	Plain    Role = iota
	Faint         // Less important than the rest.
	Strong        // The sentence to read.
	Caution       // What could go wrong.
	Wrong         // What went wrong.
	Words         // The service's own words.
	Quote         // The guide's.
	Item          // One of a list.
	Ticked        // One of a list of what is done.
	Unticked      // One of that list that was left out.
)

// Paragraph is a text and its role.
type Paragraph struct {
	Role Role
	Text string
}

// Action is what an option does.
type Action int

// The actions. Those from ShowRequest on change nothing: a face carries them out
// by itself.
const (
	None          Action = iota // Says in Help why it cannot be done now.
	Start                       // From the welcome to the walk.
	RunPlan                     // Carry out what needs nobody.
	Fill                        // To the form of a step.
	Submit                      // The answers of a form; asks first where something is bought or sent.
	Send                        // What was asked about.
	Choose                      // A row; without one, go on without choosing.
	TurnPage                    // To another page of a list.
	Skip                        // An optional step.
	Reopen                      // A step that was skipped.
	OpenAdopt                   // To the form of IDs.
	Adopt                       // The IDs of that form.
	AdoptAnyway                 // IDs that the service does not know.
	OpenList                    // To a list of what the service has.
	LookFor                     // At the service, what an unanswered call may have created.
	OpenResend                  // Ask before sending again.
	Resend                      // Send again.
	OpenRedo                    // Ask before making a new one.
	Visit                       // A step, wherever it stands.
	Back                        // To where the person came from.
	Continue                    // To the first step that is not done.
	CheckIDs                    // Ask the service for every saved ID.
	Watch                       // Ask what becomes of the message; a face takes it by itself.
	OpenNoNumber                // Where a number comes from.
	OpenArrival                 // What to check when the message does not arrive.
	SwitchEdition               // To the other edition of the API.
	Leave                       // End the run.

	ShowRequest
	ShowExchange
	WriteReport
	CopyIDs // Those of Option.Step; all without one.
	ShowESIM
	ShowText     // The message to one's own number, as a QR code.
	CopyRequest  // A message that asks Telegent for a number.
	CheckWebhook // Look at the customer's webhook.
)

// Option is something that can be done at a prompt.
type Option struct {
	Do    Action
	Step  string // The step that it leads to, where that is not the one of the prompt.
	Focus string // The question there to begin with.
	Label string
	Help  string
	Key   string // A letter that takes it; empty when none does.
	Sends bool   // A call is made, which may take a while.
	Doing string // What is said meanwhile.
}

// Reply is what the person did.
type Reply struct {
	Option
	Edits   Answers               // The answers that were typed in a form, by key.
	Secrets map[string]api.Secret // The secrets that were typed, by key.
	Row     *Row                  // Of Choose; nil goes on without a row.
	Page    int                   // Of TurnPage, from 1.
}

// Option finds the first option with an action.
func (p Prompt) Option(do Action) (Option, bool) {
	for _, o := range p.Options {
		if o.Do == do {
			return o, true
		}
	}
	return Option{}, false
}
