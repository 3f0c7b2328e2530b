package steps

import (
	"cmp"
	"fmt"
	"slices"

	"telegent-setup/api/text"
	"telegent-setup/state"
)

func (f *Flow) offerPrompt(p *Prompt) {
	p.Title = p.Step.Offer
	p.say(Plain, f.r.Why(p.Step.ID))
	yes := Option{Do: Fill, Label: "Yes, set it up", Key: "y"}
	no := Option{Do: Skip, Label: "No, skip this step", Key: "n", Help: "You can come back to it until a number is provisioned."}
	p.add(yes, no)
	if !f.r.wanted(f.r.Status(p.Step.ID)) {
		slices.Reverse(p.Options)
	}
	f.adoptOption(p)
	p.add(backOption)
}

// adoptOption leads to the form of what the customer has already.
func (f *Flow) adoptOption(p *Prompt) {
	form := f.r.Form(p.Step.ID)
	label := map[bool]string{false: "I already have one", true: "I already sent one"}[form.Accept]
	p.addIf(len(form.Adopt) > 0, Option{Do: OpenAdopt, Label: label})
}

func (f *Flow) formPrompt(p *Prompt) {
	id, form, status := p.Step.ID, f.r.Form(p.Step.ID), f.r.Status(p.Step.ID).Status
	p.say(Plain, f.r.Why(id))
	p.Form = f.r.Questionnaire(id, false)
	last := f.r.LastFailure(id)
	if last != nil && p.Focus == "" && last.FixStep == id {
		p.Focus = last.FixField
	}
	p.Form.Focus(p.Focus)
	f.formText(p, last)
	p.add(Option{Do: Submit, Label: p.Step.Button, Sends: !p.Step.asksFirst() || f.at.resend, Doing: p.Step.Doing})
	f.adoptOption(p)
	answered := f.r.hasTyped(id) || len(f.r.givenNow().Answers[id]) > 0 || f.r.Sandbox()
	if form.AdoptFirst && status == state.Todo && len(p.Problems) == 0 && !answered {
		slices.Reverse(p.Options)
	}
	p.addIf(f.wantsNumber(id), Option{Do: OpenNoNumber, Label: "I don't have a number yet"})
	p.addIf(id == MessageRoute, Option{Do: CheckWebhook, Label: "Check the webhook"})
	p.add(requestOption)
	skippable := p.Step.Optional && status != state.Done && status != state.Sent
	p.addIf(skippable, Option{Do: Skip, Label: "Skip this step"})
	p.add(backOption)
}

// formText is what this opening of the form needs said.
func (f *Flow) formText(p *Prompt, last *Failure) {
	switch {
	case f.at.resend:
		p.say(Caution, "This step was sent before, and nobody knows whether it arrived. Send it again only if you are sure that nothing was created.")
	case last != nil && p.Step.ID == Authenticate:
	case last != nil:
		before := text.Join(" ", "Last time:", last.Title, last.Solution)
		if fix := find(last.FixStep); fix.ID != p.Step.ID {
			before += fmt.Sprintf(" Step %d mends it.", fix.Number)
		}
		p.say(Caution, before)
	case f.wantsNumber(p.Step.ID):
		p.say(Caution, "The service listed areas, not numbers: the number itself comes from Telegent. Type the one that was assigned to you.")
	}
	if p.Step.ID == Provision {
		p.fact("Area", areaText(f.r.Status(Availability).Area))
	}
}

// wantsNumber says whether the person has to know the number that a step is about,
// since the service listed none.
func (f *Flow) wantsNumber(id string) bool {
	if !f.r.Form(id).has(numberKey) || f.r.Status(id).Settled() {
		return false
	}
	return areaText(f.r.Status(Availability).Area) != "" || f.r.Questionnaire(id, true).Answers(nil)[numberKey] == ""
}

func (f *Flow) adoptPrompt(p *Prompt) {
	p.Form, p.Edits = f.r.adoptQuestionnaire(p.Step.ID), f.at.edits
	p.Title = "I already have one"
	form, status := f.r.Form(p.Step.ID), f.r.Status(p.Step.ID).Status
	switch {
	case status == state.Done:
		p.Title = "Enter another ID"
	case status == state.Sent && form.Accept:
		p.Title = "The message arrived"
	case status == state.Sent:
		p.Title = "Enter the ID"
	case form.Accept:
		p.Title = "I already sent one"
	}
	asks := f.r.SignedIn() && form.Lookup.ByID.Path != ""
	if asks {
		p.say(Plain, "Enter it here and this step is done: nothing is created. The service is asked once whether it knows it.")
	} else {
		p.say(Plain, "Enter it here and this step is done: nothing is sent, and nothing is created.")
	}
	p.add(Option{Do: Adopt, Label: "Use this", Sends: asks, Doing: "Asking whether the service knows it"})
	p.addIf(asks && form.Lookup.List.Path != "" && !f.at.cannotAsk,
		Option{Do: OpenList, Label: "Choose from what the service has", Sends: true, Doing: "Asking what is there"})
	p.add(backOption)
}

func (f *Flow) listPrompt(p *Prompt) {
	r := p.Results
	switch {
	case r.Kind == Existing && len(r.Rows) == 1:
		p.Title = "The service has this one"
	case r.Kind == Existing:
		p.Title = fmt.Sprintf("The service has %d: choose one", len(r.Rows))
	case r.Kind == Numbers:
		p.Title = "Choose a number"
	default:
		p.Title = "Choose an area"
	}
	p.sayIf(r.Kind == Numbers && r.Taken != "", Caution, r.Taken+" was claimed by another customer. Choose another number.")
	missing := r.Kind == Numbers && r.Given != "" && r.Given != r.Taken && r.row(r.Given) < 0
	p.sayIf(missing, Caution, r.Given+", which was given ahead, is not in this list.")
	p.add(Option{Do: Choose, Label: "Choose"})
	p.addIf(r.More || r.Page > 1, Option{Do: TurnPage, Label: "Another page", Sends: true, Doing: p.Step.Doing})
	label := map[bool]string{false: "Search again", true: "None of these"}[r.Kind == Existing]
	p.add(Option{Do: Back, Label: label})
}

// row is the row of a number; -1 when it is not in the list.
func (r Results) row(number string) int {
	return slices.IndexFunc(r.Rows, func(row Row) bool { return row.Number == number })
}

// Preselected is the row to begin with, which is never the number that was taken;
// -1 when none is.
func (r Results) Preselected() int {
	if r.Given == "" || r.Given == r.Taken {
		return max(slices.IndexFunc(r.Rows, func(row Row) bool { return r.Taken == "" || row.Number != r.Taken }), 0)
	}
	return r.row(r.Given)
}

func (f *Flow) confirmPrompt(p *Prompt) {
	p.Title = p.Step.Confirm.text(f.r.Questionnaire(p.Step.ID, false).Answers(nil))
	p.Guarded = true
	p.Facts = f.summary(p.Step.ID)
	p.sayIf(!f.r.Sandbox(), Faint, p.Step.Confirm.Cost)
	p.add(
		Option{Do: Send, Label: p.Step.Confirm.Yes, Key: "y", Sends: true, Doing: p.Step.Doing},
		Option{Do: Back, Label: "No, go back", Key: "n"},
		requestOption,
	)
}

// summary are the answers of a step as a person knows them.
func (f *Flow) summary(id string) []Detail {
	var all []Detail
	for _, q := range f.r.Questionnaire(id, false).Questions(nil) {
		value := q.Readable(q.Value)
		if q.Kind == Secret && q.Held > 0 {
			value = "••••••••"
		}
		if q.Value != "" || q.Held > 0 {
			all = append(all, Detail{q.Label, value})
		}
	}
	return all
}

func (f *Flow) noNumberPrompt(p *Prompt) {
	p.Title = "Your number comes from Telegent"
	p.say(Plain, "This service says where numbers are available, not which. The number itself is assigned to you by Telegent.")
	p.say(Plain, "Ask your Telegent representative, or write to "+SupportEmail+". A message that is ready to send:")
	p.say(Quote, f.numberRequest())
	p.say(Plain, "Everything so far is kept. When you have the number, start telegent-setup again: it goes on right here.")
	p.add(
		Option{Do: CopyRequest, Label: "Copy the message", Key: "c", Help: "To your representative, or to " + SupportEmail + "."},
		Option{Do: Leave, Label: "Keep everything and quit"},
		Option{Do: Back, Label: "I have it now: go back"},
	)
}

func (f *Flow) numberRequest() string {
	text := "Please assign a number to our account " + f.r.Saved()[AccountID]
	if a := f.r.Status(Availability).Area; a != nil {
		text += fmt.Sprintf(": area code %s, zip code %s, provider %s", cmp.Or(a.AreaCode, "any"), cmp.Or(a.ZipCode, "any"), cmp.Or(a.NGP, "any"))
	}
	return text + "."
}
