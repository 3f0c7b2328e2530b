package steps

// Fields that stand in more than one form.

// toggle is a Bool field that is true unless said otherwise.
func toggle(key, label, help string) Field {
	return Field{Key: key, Label: label, Help: help, Kind: Bool, Default: "true"}
}

// method is how a URL of the customer is called.
func method(key, label, help string) Field {
	return Field{Key: key, Label: label, Help: help, Kind: Chosen, Default: "POST", Choices: named([]string{"POST", "GET"})}
}

// named are choices that are called what they are.
func named(values []string) []Choice {
	var all []Choice
	for _, v := range values {
		all = append(all, Choice{v, v})
	}
	return all
}

// accountField is the account that a route or number belongs to, in the calls
// that name it.
func accountField() Field {
	return Field{Key: "AccountId", Label: "Account", SavedID: AccountID, Check: Identifier, Prefixes: []string{"AID-"}, Help: "From step 2."}
}

// messageType is how messages are sent: by software or by people.
func messageType() Field {
	return Field{
		Key: "MessageType", Label: "Message type", Kind: Chosen, Default: "p2p",
		Help: "Who sends the messages.",
		Choices: []Choice{
			{"p2p", "p2p: person to person"},
			{"a2p", "a2p: application to person"},
		},
	}
}

// voiceEnabled asks for voice only where there is a voice route to carry it;
// elsewhere the body says false.
func voiceEnabled(help string) Field {
	return Field{Key: "VoiceEnabled", Label: "Voice enabled", Help: help, Kind: Bool, Default: "true", When: []Condition{voiceRouteKnown()}}
}

// voiceRouteKnown holds when a voice route is saved or given.
func voiceRouteKnown() Condition { return Condition{Key: "VoiceRouteId", ID: CRID} }

// adopted is the one field of "I already have one" in most steps.
func adopted(id ID, key, label, prefix string) []Field {
	return []Field{{
		Key: key, Label: label, SavedID: id, Check: Identifier, Prefixes: []string{prefix},
		Help:   "As the service or your Telegent representative gave it to you.",
		Sample: prefix + "12345678-abcd-1234-5678-abcdef123456",
	}}
}
