package steps

import "telegent-setup/api"

// testMessage sends the test message (guide, Step 8). Some services send no ID,
// or no JSON: a message that was accepted is sent all the same.
func testMessage() *Step {
	const hello = "Hello! This is a test message from my new Telegent number."
	from := Field{Key: "From", Label: "From", SavedID: PhoneNumber, Format: Phone, Help: "From step 6."}
	to := Field{Key: "To", Label: "To", Sample: "+13105559999", Format: Phone, Help: "A phone you have at hand, with + and country code (E.164)."}
	arrived := adopted(MessageID, "MessageId", "Message ID", "TMID-")
	arrived[0].Optional = true
	arrived[0].Help = "A phone does not show it; leave it empty when you do not know it."
	form := Form{
		Adopt: arrived, Accept: true,
		Result: []Result{{ID: MessageID, Names: []string{"MessageId"}, Optional: true}},
		Lookup: messageLookup(),
		Repeat: "the phone gets the message twice",
	}
	form2025, form2026 := form, form
	form2025.Path = "/message/send"
	form2025.Fields = []Field{from, to, {Key: "Message", Label: "Message", Kind: Multiline, Sample: hello, Default: hello}}
	form2026.Path = "/message/outbound"
	to.Kind, to.Item = List, "Number"
	to.Help += " Several with commas between."
	form2026.BodyOrder = []string{"To", "From", "Body"}
	form2026.Fields = []Field{
		from, to, {Key: "Body", Label: "Message", Kind: Multiline, Sample: hello, Default: hello},
		{
			Key: "CampaignId", Label: "Campaign ID", Optional: true, Format: Identifier,
			When: []Condition{{Step: Provision, Key: "MessageType", Is: []string{"a2p"}}},
			Help: "Of the registered campaign that a2p messages belong to.",
		},
	}
	return &Step{
		ID: TestMessage, Title: "Send Test Message", Object: "the message", Made: "was sent", Missing: "did not arrive", Doing: "Sending the test message", Button: "Continue",
		Done: "A test message accepted by the service", Creates: true, Saves: []ID{MessageID},
		Why:     "Send a test SMS message to verify everything is working.",
		Confirm: Confirm{Sentences: []string{"This sends a message from {From} to {To}."}, Yes: "Yes, send it"},
		Forms:   map[api.Edition]*Form{api.Edition2025: &form2025, api.Edition2026: &form2026},
	}
}

// messageLookup finds the message among those of its sender: what was sent, to the
// same recipient, with the same text.
func messageLookup() Lookup {
	return Lookup{
		ByID: Ask{Path: "/message/details", Param: "MessageId", ID: MessageID},
		Find: Ask{Path: "/message/search", Param: "PhoneNumber", Key: "From"},
		Match: []Match{
			{Names: []string{"Direction"}, Value: "Outbound"},
			{Key: "To", Names: []string{"To"}},
			{Key: "Message", Names: []string{"Body", "Message", "Text"}},
			{Key: "Body", Names: []string{"Body", "Message", "Text"}},
		},
		Show: []string{"To", "Body", "Status", "CreatedOn"},
	}
}
