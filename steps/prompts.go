package steps

import (
	"slices"
	"strings"

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

func (p *Prompt) say(role Role, text string) {
	if text != "" {
		p.Text = append(p.Text, Paragraph{role, text})
	}
}

func (p *Prompt) addOptions(options ...Option) { p.Options = append(p.Options, options...) }

// Options that stand at several prompts.
var (
	leaveOption  = Option{Do: Leave, Label: "Quit and keep progress"}
	reportOption = Option{Do: WriteReport, Label: "Write a support report"}
)

// exchangeOption shows a call and its answer, where there was one.
func (p *Prompt) exchangeOption() {
	if p.Exchange != nil {
		p.addOptions(Option{Do: ShowExchange, Label: "Show request and answer"})
	}
}

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

var esimOption = Option{Do: ShowESIM, Label: "Show the eSIM's QR code", Key: "e"}

// valuesOf are IDs without their names.
func valuesOf(ids Saved) string {
	var all []string
	for _, d := range IDFacts(ids) {
		all = append(all, d.Value)
	}
	return strings.Join(all, ", ")
}
