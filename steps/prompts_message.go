package steps

func (f *Flow) deliveryPrompt(p *Prompt) {
	p.Title = "The message is on its way"
	p.say(Plain, "The service accepted it. Accepted is not delivered: the service is asked what becomes of it.")
	if n := f.r.Saved()[PhoneNumber]; n != "" {
		p.say(Strong, "When it has arrived, text anything from that phone to "+n+": the answer is looked for too.")
	}
	p.addOptions(
		Option{Do: Watch, Label: "Wait for the delivery", Sends: true, Doing: "Waiting for the delivery"},
		Option{Do: Continue, Label: "Go on"},
	)
}

// ArrivalChecks are what to look at when the test message does not arrive.
func (r *Runner) ArrivalChecks() []string {
	to := r.Questionnaire(TestMessage, false).Answers(nil)["To"]
	return []string{
		"Wait a minute: carriers take their time.",
		"Check the number it went to: " + to + ". It must be a phone that receives SMS, with its country code, switched on.",
		"Messages of type a2p need a registered campaign.",
		"Look at your webhook: with delivery reports on, it is told what became of the message.",
		"Ask later what became of it: telegent-setup verify.",
		"Ask support, with the MessageId and the numbers: " + SupportEmail + ".",
	}
}

func (f *Flow) arrivalPrompt(p *Prompt) {
	p.Title = "When the message does not arrive"
	for _, text := range f.r.ArrivalChecks() {
		p.say(Item, text)
	}
	p.addOptions(
		Option{Do: Back, Label: "Back"},
		Option{Do: Fill, Step: TestMessage, Focus: "To", Label: "Send another message"},
		Option{Do: CopyIDs, Label: "Copy all IDs", Key: "c"},
		reportOption,
		Option{Do: Leave, Label: "Finish"},
	)
}
