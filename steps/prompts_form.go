package steps

import (
	"fmt"
	"slices"

	"telegent-setup/state"
)

func (f *Flow) offerPrompt(p *Prompt) {
	p.Title = p.Step.Offer
	p.say(Plain, f.r.Why(p.Step.ID))
	yes := Option{Do: Fill, Step: p.Step.ID, Label: "Yes, set it up", Key: "y"}
	no := Option{Do: Skip, Step: p.Step.ID, Label: "No, skip this step", Key: "n", Help: "You can come back to it until a number is provisioned."}
	if f.r.wanted(f.r.Status(p.Step.ID)) {
		p.addOptions(yes, no)
	} else {
		p.addOptions(no, yes)
	}
	p.adoptOption(f)
	p.addOptions(Option{Do: Back, Label: "Back"})
}

// adoptOption leads to the form of what the customer has already.
func (p *Prompt) adoptOption(f *Flow) {
	if len(f.r.Form(p.Step.ID).Adopt) == 0 {
		return
	}
	label := "I already have one"
	if f.r.Form(p.Step.ID).Accept {
		label = "I already sent one"
	}
	p.addOptions(Option{Do: OpenAdopt, Step: p.Step.ID, Label: label})
}

func (f *Flow) formPrompt(p *Prompt) {
	id, form := p.Step.ID, f.r.Form(p.Step.ID)
	p.say(Plain, f.r.Why(id))
	p.Form = f.r.Questionnaire(id, false)
	last := f.r.LastFailure(id)
	if last != nil && p.Focus == "" && last.FixStep == id {
		p.Focus = last.FixField
	}
	p.Form.Focus(p.Focus)
	f.formText(p, last)
	submit := Option{Do: Submit, Step: id, Label: p.Step.Button, Sends: !p.Step.asksFirst() || f.at.resend, Doing: p.Step.Doing}
	p.addOptions(submit)
	p.adoptOption(f)
	if form.AdoptFirst && f.r.Status(id).Status == state.Todo && len(p.Problems) == 0 && !f.r.hasTyped(id) && len(f.r.givenNow().Answers[id]) == 0 && !f.r.Sandbox() {
		slices.Reverse(p.Options)
	}
	if f.wantsNumber(id) {
		p.addOptions(Option{Do: OpenNoNumber, Label: "I don't have a number yet"})
	}
	for _, fd := range form.Fields {
		if fd.Webhook {
			p.addOptions(Option{Do: CheckWebhook, Focus: fd.Key, Label: "Check the webhook"})
		}
	}
	p.addOptions(Option{Do: ShowRequest, Label: "Show request"})
	if s := f.r.Status(id); p.Step.Optional && s.Status != state.Done && s.Status != state.Sent {
		p.addOptions(Option{Do: Skip, Step: id, Label: "Skip this step"})
	}
	p.addOptions(Option{Do: Back, Label: "Back"})
}

// formText is what this opening of the form needs said.
func (f *Flow) formText(p *Prompt, last *Failure) {
	switch {
	case f.at.resend:
		p.say(Caution, "This step was sent before, and nobody knows whether it arrived. Send it again only if you are sure that nothing was created.")
	case last != nil && p.Step.ID == Authenticate:
	case last != nil:
		text := sentence("Last time:", last.Title, last.Solution)
		if fix := find(last.FixStep); fix.ID != p.Step.ID {
			text += fmt.Sprintf(" Step %d mends it.", fix.Number)
		}
		p.say(Caution, text)
	case f.wantsNumber(p.Step.ID):
		p.say(Caution, "The service listed areas, not numbers: the number itself comes from Telegent. Type the one that was assigned to you.")
	}
	if area := f.chosenArea(p.Step.ID); area != "" {
		p.Facts = append(p.Facts, Detail{"Area", area})
	}
}

// chosenArea is the area that was chosen for a step; empty when none was.
func (f *Flow) chosenArea(id string) string {
	for _, s := range f.r.All() {
		if search := f.r.Form(s.Step.ID).Search; search != nil && search.Into == id {
			return areaText(s.Area)
		}
	}
	return ""
}

// wantsNumber says whether the person has to know the number that a step is about,
// since the service listed none.
func (f *Flow) wantsNumber(id string) bool {
	fd, named := field(f.r.Form(id).Fields, string(PhoneNumber))
	if !named || fd.SavedID != "" || f.r.Status(id).Settled() {
		return false
	}
	return f.chosenArea(id) != "" || f.r.Questionnaire(id, true).Answers(nil)[fd.Key] == ""
}

func (f *Flow) adoptPrompt(p *Prompt) {
	p.Form, p.Edits = f.r.AdoptQuestionnaire(p.Step.ID), f.at.edits
	p.Title = "I already have one"
	status := f.r.Status(p.Step.ID).Status
	sent := status == state.Sent
	switch message := f.r.Form(p.Step.ID).Accept; {
	case status == state.Done:
		p.Title = "Enter another ID"
	case sent && message:
		p.Title = "The message arrived"
	case sent:
		p.Title = "Enter the ID"
	case message:
		p.Title = "I already sent one"
	}
	asks := f.r.SignedIn() && f.r.Form(p.Step.ID).Lookup != nil
	if asks {
		p.say(Plain, "Enter it here and this step is done: nothing is created. The service is asked once whether it knows it.")
	} else {
		p.say(Plain, "Enter it here and this step is done: nothing is sent, and nothing is created.")
	}
	p.addOptions(Option{Do: Adopt, Label: "Use this", Sends: asks, Doing: "Asking whether the service knows it"})
	if l := f.r.Form(p.Step.ID).Lookup; l != nil && l.List.Path != "" && !f.at.unasked && f.r.SignedIn() {
		p.addOptions(Option{Do: OpenList, Step: p.Step.ID, Label: "Choose from what the service has", Sends: true, Doing: "Asking what is there"})
	}
	p.addOptions(Option{Do: Back, Label: "Back"})
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
	if f.taken != "" && r.Kind == Numbers {
		p.say(Caution, f.taken+" was claimed by another customer. Choose another number.")
	}
	if n := r.Given; n != "" && n != f.taken && r.Kind == Numbers && !r.has(n) {
		p.say(Caution, n+", which was given ahead, is not in this list.")
	}
	p.addOptions(Option{Do: Choose, Label: "Choose"})
	if r.More {
		p.addOptions(Option{Do: TurnPage, Label: "Next page", Sends: true, Doing: p.Step.Doing})
	}
	if r.Kind != Existing {
		p.addOptions(Option{Do: Back, Label: "Search again"})
		return
	}
	p.addOptions(Option{Do: Back, Label: "None of these"})
}

// has says whether a number is in the list.
func (r Results) has(number string) bool {
	return slices.ContainsFunc(r.Rows, func(row Row) bool { return row.Number == number })
}

// Preselected is the row to begin with, which is never the number that was taken;
// -1 when none is.
func (r Results) Preselected() int {
	if r.Given == "" || r.Given == r.Taken {
		return max(slices.IndexFunc(r.Rows, func(row Row) bool { return r.Taken == "" || row.Number != r.Taken }), 0)
	}
	return slices.IndexFunc(r.Rows, func(row Row) bool { return row.Number == r.Given })
}

func (f *Flow) confirmPrompt(p *Prompt) {
	p.Title = p.Step.Confirm.text(f.r.Questionnaire(p.Step.ID, false).Answers(nil))
	p.Guarded = true
	p.Facts = f.summary(p.Step.ID)
	if !f.r.Sandbox() {
		p.say(Faint, p.Step.Confirm.Cost)
	}
	p.addOptions(
		Option{Do: Send, Step: p.Step.ID, Label: p.Step.Confirm.Yes, Key: "y", Sends: true, Doing: p.Step.Doing},
		Option{Do: Back, Label: "No, go back", Key: "n"},
		Option{Do: ShowRequest, Label: "Show request"},
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
