package steps

import (
	"fmt"
	"strings"

	"telegent-setup/api"
	"telegent-setup/state"
)

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
	if arrived {
		p.addOptions(Option{Do: Leave, Label: "Finish", Key: "q"})
	} else {
		p.addOptions(
			Option{Do: Leave, Label: "Finish", Key: "q"},
			Option{Do: OpenArrival, Step: TestMessage, Label: "It has not arrived: what to check"},
		)
	}
	p.addOptions(Option{Do: CopyIDs, Label: "Copy all IDs", Key: "c"})
	if !f.r.Sandbox() && f.r.Saved()[PhoneNumber] != "" {
		p.addOptions(Option{Do: ShowText, Label: "Text your own number (QR code)", Key: "t"})
	}
	if f.r.ESIM() != "" {
		p.addOptions(esimOption)
	}
	p.addOptions(reportOption)
	for _, text := range NextSteps(f.r.snapshot()) {
		p.say(Item, text)
	}
}

// arrivalText says what became of the message, and whether nothing need be asked
// about it.
func (f *Flow) arrivalText(p *Prompt) bool {
	s := f.r.Status(TestMessage)
	switch d := f.delivery; {
	case d != nil && d.Answered && d.Status != "":
		p.say(Strong, fmt.Sprintf("The message was %s in %.1f s, and answered: messages flow in both directions.", strings.ToLower(d.Status), d.Seconds))
		return true
	case s.Answered:
		p.say(Strong, "The message was delivered, and answered: messages flow in both directions.")
		return true
	case d != nil && d.Arrived():
		p.say(Strong, fmt.Sprintf("The message was delivered in %.1f s. No answer came yet.", d.Seconds))
		return true
	case s.Delivery.Status != "" && DeliveryStatus(s.Delivery.Status) == DeliveredStatus:
		p.say(Strong, "The message was delivered.")
		return true
	case s.Delivery.Status != "" && DeliveryStatus(s.Delivery.Status) == FailedStatus:
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
func NextSteps(f state.File) []string {
	if _, more := Next(f); more {
		return nil
	}
	var all []string
	message := f.Steps[TestMessage]
	if d := message.Delivery; !f.Sandbox && !message.Answered && DeliveryStatus(d.Status) != DeliveredStatus {
		all = append(all, "Ask what became of the test message: telegent-setup verify")
	}
	if !message.Answered && !f.Sandbox {
		all = append(all, "Prove your webhook: telegent-setup webhook check "+webhookIn(f)+", and text your number from a phone")
	}
	switch {
	case f.Steps[VoiceRoute].Status == state.Skipped:
		all = append(all, "Voice was skipped: this number makes and takes no calls")
	case f.IDs[string(CRID)] != "" && !f.Sandbox:
		all = append(all, "Register the E911 address of the number: numbers with voice need one. Ask "+SupportEmail)
	}
	if ESIM(f) != "" {
		all = append(all, "Install the eSIM on the phone: telegent-setup esim shows its QR code")
	}
	if f.Sandbox {
		all = append(all, "This was the sandbox: nothing real was created or sent. The real setup: telegent-setup")
	}
	return all
}

// webhookIn is the webhook of a setup as a word of a command.
func webhookIn(f state.File) string {
	if form := find(MessageRoute).Forms[api.Edition(f.Edition)]; form != nil {
		for _, fd := range form.Fields {
			if v := f.Steps[MessageRoute].Answers[fd.Key]; fd.Webhook && v != "" && !strings.Contains(v, "'") {
				return "'" + v + "'"
			}
		}
	}
	return "URL"
}
