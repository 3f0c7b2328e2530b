package steps

import "telegent-setup/api"

// availability searches for numbers (guide, Step 5). The service reads the area
// code first, so that it is asked first.
func availability() *Step {
	form := func(types ...string) *Form {
		return &Form{
			Path:      "/numbers/availability",
			BodyOrder: []string{"NumberType", "MessageType", "MessageEnabled", "VoiceEnabled", "PageNumber"},
			Fields: append(place(),
				Field{Key: "NumberType", Label: "Number type", Kind: Chosen, Default: "mobile", Choices: named(types...)},
				messageType(),
				toggle("MessageEnabled", "Messages enabled", "Whether the number is for messages."),
				voiceEnabled("Whether the number is for calls too."),
				Field{Key: pageKey, Label: "Page", Kind: Number, Default: "1", Auto: true, Format: Page},
			),
		}
	}
	form2025 := form("mobile", "voip")
	form2025.Search = &Search{Numbers: true}
	form2026 := form("mobile")
	form2026.Search = &Search{}
	return &Step{
		ID: Availability, Title: "Check Available Numbers", Doing: "Looking for available numbers", Button: "Search",
		Why:   "Before provisioning a number, check what’s available in your desired area.",
		Forms: map[api.Edition]*Form{api.Edition2025: form2025, api.Edition2026: form2026},
	}
}

// place is where a number is wanted.
func place() []Field {
	return []Field{
		{
			Key: "AreaCode", Label: "Area code", Sample: "801", Optional: true, SentEmpty: true, Format: AreaCode,
			Help: "3-digit area code; empty for all available area codes and zip codes.",
		},
		{
			Key: "ZipCode", Label: "Zip code", Optional: true, SentEmpty: true, Format: ZipCode,
			Help: "5-digit zip code; looked at if the area code is unavailable.",
		},
	}
}
