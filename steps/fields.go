package steps

// Fields that stand in more than one form, and the forms of adopting.

// toggle is a Bool field that is true unless said otherwise.
func toggle(key, label, help string) Field {
	return Field{Key: key, Label: label, Help: help, Kind: Bool, Default: "true"}
}

// accountField is the account that a route or number belongs to, in the calls
// that name it.
func accountField() Field {
	return Field{Key: "AccountId", Label: "Account", From: AccountID, Check: identifier, Warn: prefixed("AID-"), Help: "From step 2."}
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

// voiceEnabled asks for voice only where there is a voice route to carry it.
func voiceEnabled(help string) Field {
	return Field{
		Key: "VoiceEnabled", Label: "Voice enabled", Help: help, Kind: Bool, Default: "false",
		When: hasVoice,
		Propose: func(env Env) string {
			if hasVoice(env) {
				return "true"
			}
			return ""
		},
	}
}

// hasVoice says whether a voice route is known, saved or given.
func hasVoice(env Env) bool { return env.IDs[CRID] != "" || env.Answers["VoiceRouteId"] != "" }

// adopted is the one field of "I already have one" in most steps.
func adopted(id ID, key, label, prefix string) []Field {
	return []Field{{
		Key: key, Label: label, From: id, Check: identifier, Warn: prefixed(prefix),
		Help:   "As the service or your Telegent representative gave it to you.",
		Sample: prefix + "12345678-abcd-1234-5678-abcdef123456",
	}}
}
