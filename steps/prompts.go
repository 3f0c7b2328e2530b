package steps

import (
	"cmp"
	"slices"
	"strconv"

	"telegent-setup/api"
)

// Prompt is what to put before the person now.
func (f *Flow) Prompt() Prompt {
	p := Prompt{Kind: f.at.kind, Step: &Step{}, Notes: slices.Clone(f.notes), Failure: f.at.failure, Results: f.at.results, Focus: f.at.focus, Problems: f.at.problems}
	if f.at.step != "" {
		p.Step = find(f.at.step)
		p.Title = p.Step.Title
	}
	if p.Failure != nil {
		p.Exchange = p.Failure.Exchange
	}
	build := map[PromptKind]func(*Prompt){
		WelcomePrompt: f.welcome, PlanPrompt: f.planPrompt, OfferPrompt: f.offerPrompt, FormPrompt: f.formPrompt, AdoptPrompt: f.adoptPrompt,
		ListPrompt: f.listPrompt, ConfirmPrompt: f.confirmPrompt, FailedPrompt: f.failedPrompt, UnknownPrompt: f.unknownPrompt,
		ResendPrompt: f.resendPrompt, UnconfirmedPrompt: f.unconfirmedPrompt, StepPrompt: f.stepPrompt, RedoPrompt: f.redoPrompt,
		NoNumberPrompt: f.noNumberPrompt, DeliveryPrompt: f.deliveryPrompt, ArrivalPrompt: f.arrivalPrompt, FinishedPrompt: f.finishedPrompt,
	}
	build[f.at.kind](&p)
	return p
}

// PromptAt is a prompt over the state of a runner, wherever that stands: what a run
// showed that is looked at again. failure is that of a failed or unknown step; what
// its record leaves out is filled in.
func (r *Runner) PromptAt(kind PromptKind, step string, failure *Failure) Prompt {
	if failure != nil {
		whole := *failure
		whole.FixStep, whole.FixLabel = cmp.Or(whole.FixStep, step), cmp.Or(whole.FixLabel, "Try again")
		failure = &whole
	}
	f := &Flow{r: r, at: position{kind: kind, step: step, failure: failure}}
	return f.Prompt()
}

// say adds a paragraph, unless it is empty.
func (p *Prompt) say(role Role, text string) {
	if text != "" {
		p.Text = append(p.Text, Paragraph{role, text})
	}
}

func (p *Prompt) sayIf(holds bool, role Role, text string) {
	if holds {
		p.say(role, text)
	}
}

// fact adds a value, unless it is empty.
func (p *Prompt) fact(name, value string) {
	if value != "" {
		p.Facts = append(p.Facts, Detail{name, value})
	}
}

func (p *Prompt) add(options ...Option) { p.Options = append(p.Options, options...) }

// addIf adds an option where it can be taken.
func (p *Prompt) addIf(possible bool, o Option) {
	if possible {
		p.add(o)
	}
}

// Options that stand at several prompts.
var (
	leaveOption    = Option{Do: Leave, Label: "Quit and keep progress"}
	reportOption   = Option{Do: WriteReport, Label: "Write a support report"}
	exchangeOption = Option{Do: ShowExchange, Label: "Show request and answer"}
	requestOption  = Option{Do: ShowRequest, Label: "Show request"}
	esimOption     = Option{Do: ShowESIM, Label: "Show the eSIM's QR code", Key: "e"}
	backOption     = Option{Do: Back, Label: "Back"}
)

// exchangeOf is the last call of a step in this run and its answer; nil when there
// was none.
func (r *Runner) exchangeOf(step string) *api.Exchange {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.exchanges[step]
}

// IDFacts are saved IDs as names and values, in the order of the steps.
func IDFacts(ids Saved) []Detail {
	var all []Detail
	for _, step := range quickstart() {
		for _, id := range step.Saves {
			if ids[id] != "" {
				all = append(all, Detail{string(id), ids[id]})
			}
		}
	}
	return all
}

// CountOf is a number and what it counts: "1 run", "2 runs".
func CountOf(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return strconv.Itoa(n) + " " + what
}
