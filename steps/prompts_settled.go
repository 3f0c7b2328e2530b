package steps

import "telegent-setup/state"

func (f *Flow) stepPrompt(p *Prompt) {
	s := f.r.Status(p.Step.ID)
	p.say(Plain, f.r.Why(p.Step.ID))
	p.Facts = IDFacts(s.Saved)
	p.fact("Area", areaText(s.Area))
	p.sayIf(s.Unconfirmed, Caution, "The service did not know this ID when it was entered.")
	skipped := s.Status == state.Skipped
	if !skipped {
		p.Facts = append(p.Facts, f.summary(p.Step.ID)...)
	}
	p.Exchange = f.r.exchangeOf(p.Step.ID)
	next, more := f.r.Next()
	p.add(Option{Do: Continue, Label: "Continue", Sends: more && f.r.Status(next.ID).Following, Doing: "Going on"})
	p.addIf(len(s.Saved) > 0, Option{Do: CopyIDs, Step: p.Step.ID, Label: "Copy", Key: "c"})
	p.addIf(s.Saved[PhoneNumber] != "" && f.r.ESIM() != "", esimOption)
	f.changeOptions(p, skipped)
	p.addIf(p.Exchange == nil && !skipped, requestOption) // It was made in an earlier run, or there was none.
	p.addIf(p.Exchange != nil, exchangeOption)
	p.add(backOption)
}

func (f *Flow) changeOptions(p *Prompt, skipped bool) {
	id := p.Step.ID
	switch {
	case skipped && f.r.mayReopen(id):
		p.add(Option{Do: Reopen, Label: "Set it up after all"})
	case skipped:
	case id == Authenticate:
		p.add(Option{Do: Fill, Label: "Sign in again"})
	case f.r.Form(id).Search != nil:
		p.add(Option{Do: Fill, Label: "Search again"})
	case p.Step.Creates:
		p.add(
			Option{Do: OpenAdopt, Label: "Enter another ID"},
			Option{Do: OpenRedo, Label: f.anew(id), Help: "You will be asked first."},
		)
	}
}

// anew is what carrying out a step once more is called.
func (f *Flow) anew(id string) string {
	if f.r.Form(id).Accept {
		return "Send another message"
	}
	return "Make a new one"
}

func (f *Flow) redoPrompt(p *Prompt) {
	p.Title = p.Step.Title + " once more?"
	p.Guarded = true
	p.say(Plain, "This step is done.")
	p.Facts = IDFacts(f.r.Status(p.Step.ID).Saved)
	if f.r.Form(p.Step.ID).Accept {
		p.say(Plain, "Carrying it out again sends another message. The ID of the first stays in the history of your state file.")
	} else {
		p.say(Plain, "Carrying it out again makes a second one at Telegent. The first stays there, and its ID stays in the history of your state file; the steps after this one use the new ID. What they have made already stays as it is.")
	}
	p.sayIf(!f.r.Sandbox(), Faint, p.Step.Confirm.Cost)
	back := Option{Do: Back, Label: "Leave it as it is"}
	enter := Option{Do: OpenAdopt, Label: "Enter the ID of one that exists"}
	again := Option{Do: Fill, Label: f.anew(p.Step.ID)}
	if p.Failure != nil {
		p.add(enter, again, back)
		return
	}
	p.add(back, enter, again)
}
