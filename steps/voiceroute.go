package steps

import "telegent-setup/api"

// voiceRoute creates the voice route, for those who offer voice (guide, Step 4).
func voiceRoute() Step {
	return Step{
		ID: VoiceRoute, Title: "Create Voice Route", Creates: true, Saves: []ID{CRID},
		Optional: true, Offer: "Will you offer voice calls?",
		Why: "Voice routes define where inbound calls are directed. Only required if you’re offering voice services.",
		Forms: map[api.Edition]Form{
			api.Edition2025: {
				Fields: []Field{
					{Key: "RouteName", Label: "Route name", Sample: "Primary SIP Trunk", Help: "A name of your own for it."},
					{Key: "RouteType", Label: "Route type", Kind: Chosen, Default: "Trunk", Choices: []Choice{{"Trunk", "Trunk"}}},
					{Key: "VoiceUrl", Label: "SIP address", Sample: "sip:your-sip-domain.com", Check: sip, Help: "Where inbound calls go: a sip: or sips: URI."},
					toggle("RouteEnabled", "Route enabled", "Whether the route works from now on."),
				},
				Adopt: adopted(CRID, "CallRouteId", "Voice route ID (CRID)", "CRID-"),
				Request: func(in Input) (api.Call, error) {
					return api.CreateVoiceRoute(api.VoiceRouteRequest{
						RouteName:    in.Answers["RouteName"],
						RouteType:    in.Answers["RouteType"],
						VoiceURL:     in.Answers["VoiceUrl"],
						RouteEnabled: isTrue(in.Answers["RouteEnabled"]),
					}), nil
				},
				Read: readVoiceRoute,
			},
		},
	}
}

func readVoiceRoute(a api.Answer) (Saved, error) {
	var v api.VoiceRoute
	if err := a.Decode(&v); err != nil {
		return nil, err
	}
	return saved(CRID, v.CallRouteID, v.VoiceRouteID, v.CRID)
}
