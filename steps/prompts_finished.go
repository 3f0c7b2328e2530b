package steps

import (
	"fmt"
	"strings"

	"telegent-setup/state"
)

func (f *Flow) deliveryPrompt(p *Prompt) {
	p.Title = "The message is on its way"
	p.say(Plain, "The service accepted it. Accepted is not delivered: the service is asked what becomes of it.")
	if n := f.r.Saved()[PhoneNumber]; n != "" {
		p.say(Strong, "When it has arrived, text anything from that phone to "+n+": the answer is looked for too.")
	}
	p.add(
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
	p.add(
		backOption,
		Option{Do: Fill, Step: TestMessage, Focus: "To", Label: "Send another message"},
		Option{Do: CopyIDs, Label: "Copy all IDs", Key: "c"},
		reportOption,
		Option{Do: Leave, Label: "Finish"},
	)
}

func (f *Flow) finishedPrompt(p *Prompt) {
	p.Title = "Success: your first setup is complete"
	if f.at.found {
		p.Title = "Your setup is complete"
	}
	for _, s := range f.r.All() {
		switch {
		case s.Step.Done == "":
		case s.Status == state.Skipped:
			p.say(Unticked, s.Step.Title+": skipped")
		default:
			p.say(Ticked, s.Step.Done)
		}
	}
	p.Facts = append(IDFacts(f.r.Saved()), Detail{"State file", f.r.stateName()})
	arrived := f.arrivalText(p)
	p.add(Option{Do: Leave, Label: "Finish", Key: "q"})
	p.addIf(!arrived, Option{Do: OpenArrival, Step: TestMessage, Label: "It has not arrived: what to check"})
	p.add(Option{Do: CopyIDs, Label: "Copy all IDs", Key: "c"})
	p.addIf(!f.r.Sandbox() && f.r.Saved()[PhoneNumber] != "",
		Option{Do: ShowText, Label: "Text your own number (QR code)", Key: "t"})
	p.addIf(f.r.ESIM() != "", esimOption)
	p.add(reportOption)
	for _, text := range NextSteps(f.r.snapshot()) {
		p.say(Item, text)
	}
}

// arrivalText says what became of the message, and whether nothing need be asked
// about it.
func (f *Flow) arrivalText(p *Prompt) bool {
	s := f.r.Status(TestMessage)
	switch d := f.delivery; {
	case d.Answered && d.Status != "":
		p.say(Strong, fmt.Sprintf("The message was %s in %.1f s, and answered: messages flow in both directions.", strings.ToLower(d.Status), d.Seconds))
		return true
	case s.Answered:
		p.say(Strong, "The message was delivered, and answered: messages flow in both directions.")
		return true
	case d.Arrived():
		p.say(Strong, fmt.Sprintf("The message was delivered in %.1f s. No answer came yet.", d.Seconds))
		return true
	case MessageArrived(s.Delivery.Status):
		p.say(Strong, "The message was delivered.")
		return true
	case MessageFailed(s.Delivery.Status):
		p.say(Wrong, "The message was not delivered: the service says "+s.Delivery.Status+".")
	case s.Delivery.Status != "":
		p.say(Strong, "Did the message arrive on the phone? The service says "+s.Delivery.Status+", which does not tell; telegent-setup verify asks again later.")
	case f.r.Sandbox():
		p.say(Plain, "A test message was accepted by the sandbox; there is no phone to look at.")
		return true
	default:
		p.say(Strong, "Accepted is not delivered: did the message arrive on the phone?")
	}
	return false
}

// NextSteps are what to do next, from what is true of a setup; none while it is not
// complete.
func NextSteps(f state.File) (all []string) {
	if _, more := Next(f); more {
		return nil
	}
	hook := "URL"
	if url := WebhookIn(f).URL; url != "" && !strings.Contains(url, "'") {
		hook = "'" + url + "'"
	}
	message, voiceless := f.Steps[TestMessage], f.Steps[VoiceRoute].Status == state.Skipped
	unanswered, delivered := !f.Sandbox && !message.Answered, MessageArrived(message.Delivery.Status)
	for _, next := range []struct {
		holds bool
		text  string
	}{
		{unanswered && !delivered, "Ask what became of the test message: telegent-setup verify"},
		{unanswered, "Prove your webhook: telegent-setup webhook check " + hook + ", and text your number from a phone"},
		{voiceless, "Voice was skipped: this number makes and takes no calls"},
		{!voiceless && !f.Sandbox && f.IDs[string(CRID)] != "", "Register the E911 address of the number: numbers with voice need one. Ask " + SupportEmail},
		{ESIM(f) != "", "Install the eSIM on the phone: telegent-setup esim shows its QR code"},
		{f.Sandbox, "This was the sandbox: nothing real was created or sent. The real setup: telegent-setup"},
	} {
		if next.holds {
			all = append(all, next.text)
		}
	}
	return all
}
