package steps

import (
	"fmt"
)

func (f *Flow) noNumberPrompt(p *Prompt) {
	p.Title = "Your number comes from Telegent"
	p.say(Plain, "This service says where numbers are available, not which. The number itself is assigned to you by Telegent.")
	p.say(Plain, "Ask your Telegent representative, or write to "+SupportEmail+". A message that is ready to send:")
	p.say(Quote, f.numberRequest())
	p.say(Plain, "Everything so far is kept. When you have the number, start telegent-setup again: it goes on right here.")
	p.addOptions(
		Option{Do: CopyRequest, Label: "Copy the message", Key: "c", Help: "To your representative, or to " + SupportEmail + "."},
		Option{Do: Leave, Label: "Keep everything and quit"},
		Option{Do: Back, Label: "I have it now: go back"},
	)
}

// numberRequest asks Telegent for a number.
func (f *Flow) numberRequest() string {
	text := "Please assign a number to our account " + f.r.Saved()[AccountID]
	for _, s := range f.r.All() {
		if a := s.Area; a != nil {
			text += fmt.Sprintf(": area code %s, zip code %s, provider %s", orNone(a.AreaCode), orNone(a.ZipCode), orNone(a.NGP))
		}
	}
	return text + "."
}

func orNone(s string) string {
	if s == "" {
		return "any"
	}
	return s
}
