package steps

import (
	"slices"

	"telegent-setup/api"
)

// voiceRoute creates the voice route, for those who offer voice (guide, Step 4).
func voiceRoute() *Step {
	name := Field{Key: "RouteName", Label: "Route name", Sample: "Primary SIP Trunk", Default: "Primary SIP Trunk", Help: "A name of your own for it."}
	enabled := toggle("RouteEnabled", "Route enabled", "Whether the route works from now on.")
	form := Form{
		Path:   "/voice/routes",
		Adopt:  adopted(CRID, "CallRouteId", "Voice route ID (CRID)", "CRID-"),
		Result: []Result{{ID: CRID, Names: []string{"CallRouteId", "VoiceRouteId", "CRID"}}},
		Lookup: Lookup{
			ByID: Ask{Path: "/voice/routes", Param: "CallRouteID", ID: CRID},
			List: Ask{Path: "/account/voice/routes"},
			Match: []Match{
				{Key: "RouteName", Names: []string{"RouteName"}},
				{Key: "VoiceUrl", Names: []string{"VoiceUrl"}},
				{Key: "TrunkUri1", Names: []string{"TrunkUri1"}},
			},
			Show: []string{"RouteName", "VoiceUrl", "TrunkUri1", "CallRouteStatus"},
		},
		Repeat: "a second voice route is made beside it",
	}
	form2025, form2026 := form, form
	form2025.Fields = []Field{
		name,
		{Key: "RouteType", Label: "Route type", Kind: Chosen, Default: "Trunk", Choices: named("Trunk")},
		{Key: "VoiceUrl", Label: "SIP address", Sample: "sip:your-sip-domain.com", Format: SIPURI, Help: "Where inbound calls go: a sip: or sips: URI."},
		enabled,
	}
	form2026.Fields = append([]Field{name}, routeFields()...)
	form2026.Fields = append(form2026.Fields, enabled, accountField())
	form2026.Issues = []Issue{invalidAccount2026}
	return &Step{
		ID: VoiceRoute, Title: "Create Voice Route", Object: "the voice route", Made: "was created", Missing: "was not created", Doing: "Creating the voice route",
		Button: "Create Voice Route", Done: "A voice route configured", Creates: true, Saves: []ID{CRID},
		Optional: true, Offer: "Will you offer voice calls?",
		Why:   "Voice routes define where inbound calls are directed. Only required if you’re offering voice services.",
		Forms: map[api.Edition]*Form{api.Edition2025: &form2025, api.Edition2026: &form2026},
	}
}

// routeFields are where calls go in edition 2026-04: to a SIP trunk or to a
// webhook. Of type Forward no further field is documented. How the port is
// written is not documented either; it is sent as a number.
func routeFields() []Field {
	isTrunk, isURL := Condition{Key: "RouteType", Is: []string{"Trunk"}}, Condition{Key: "RouteType", Is: []string{"URL"}}
	hook := append([]Field{
		{Key: "VoiceUrl", Label: "Webhook URL", Sample: "https://your-webhook-url.com/calls", Format: WebhookURL, Help: "Where Telegent tells of inbound calls: an https URL of yours."},
		method("VoiceUrlMethod", "HTTP method", "How your webhook is called."),
	}, authentication("Voice", "Webhook", "your webhook")...)
	kind := Field{
		Key: "RouteType", Label: "Route type", Kind: Chosen, Default: "Trunk",
		Choices: []Choice{{"Trunk", "Trunk: a SIP trunk"}, {"URL", "URL: a webhook"}, {"Forward", "Forward"}},
	}
	trunk := []Field{
		{
			Key: "TrunkUri1", Label: "Trunk address", Sample: "sip:your-sip-domain.com", Format: TrunkURI, Optional: true, Unless: "TrunkIp1",
			RequiredWhy: "give the address or the IP of the trunk: calls have to go somewhere",
			Help:        "Where inbound calls go: a SIP URI, an https:// URI, or the host of your trunk.",
		},
		{Key: "TrunkIp1", Label: "Trunk IP", Format: IPAddress, Optional: true, Help: "Instead of the address, or beside it."},
		{Key: "TrunkPort1", Label: "Trunk port", Kind: Number, Format: Port, Optional: true, Help: "Leave it empty for the usual one."},
		{Key: "TrunkTransport1", Label: "Transport", Kind: Chosen, Default: "UDP", Choices: named("UDP", "TCP", "TLS")},
		{Key: "TrunkEnabled1", Label: "Trunk enabled", Kind: Bool, Default: "true"},
	}
	return slices.Concat([]Field{kind}, onlyWhen(isTrunk, trunk...), onlyWhen(isURL, hook...))
}
