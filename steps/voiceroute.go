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
			api.Edition2026: trunkRoute(),
		},
	}
}

// trunkRoute is the form of edition 2026-04. Of routes that are no trunk the
// reference shows no further fields, so none are asked.
func trunkRoute() Form {
	trunk := func(env Env) bool { return env.Answers["RouteType"] == "Trunk" }
	return Form{
		Fields: []Field{
			{Key: "RouteName", Label: "Route name", Sample: "Primary SIP Trunk", Help: "A name of your own for it."},
			{Key: "RouteType", Label: "Route type", Kind: Chosen, Default: "Trunk", Choices: []Choice{{"Trunk", "Trunk"}, {"URL", "URL"}, {"Forward", "Forward"}}},
			{Key: "TrunkUri1", Label: "Trunk address", Sample: "sip:your-sip-domain.com", Check: trunkURI, When: trunk, Help: "Where inbound calls go: a SIP URI, or the host of your trunk."},
			{Key: "TrunkTransport1", Label: "Transport", Kind: Chosen, Default: "UDP", When: trunk, Choices: []Choice{{"UDP", "UDP"}, {"TCP", "TCP"}, {"TLS", "TLS"}}},
			{Key: "TrunkEnabled1", Label: "Trunk enabled", Kind: Bool, Default: "true", When: trunk},
			toggle("RouteEnabled", "Route enabled", "Whether the route works from now on."),
			accountField(),
		},
		Adopt: adopted(CRID, "CallRouteId", "Voice route ID (CRID)", "CRID-"),
		Request: func(in Input) (api.Call, error) {
			r := api.TrunkRouteRequest{
				RouteName:       in.Answers["RouteName"],
				RouteType:       in.Answers["RouteType"],
				TrunkURI1:       in.Answers["TrunkUri1"],
				TrunkTransport1: in.Answers["TrunkTransport1"],
				RouteEnabled:    isTrue(in.Answers["RouteEnabled"]),
				AccountID:       in.Answers["AccountId"],
			}
			if trunk(Env{Answers: in.Answers}) {
				enabled := isTrue(in.Answers["TrunkEnabled1"])
				r.TrunkEnabled1 = &enabled
			}
			return api.CreateTrunkRoute(r), nil
		},
		Read:   readVoiceRoute,
		Look:   func(ids Saved) (api.Call, bool) { return api.LookUpVoiceRoute(ids[CRID]), ids[CRID] != "" },
		Issues: []Issue{invalidAccount},
	}
}

func readVoiceRoute(a api.Answer) (Saved, error) {
	var v api.VoiceRoute
	if err := a.Decode(&v); err != nil {
		return nil, err
	}
	return saved(CRID, v.CallRouteID, v.VoiceRouteID, v.CRID)
}
