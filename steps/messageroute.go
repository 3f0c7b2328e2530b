package steps

import "telegent-setup/api"

// messageRoute creates the message route (guide, Step 3).
func messageRoute() Step {
	return Step{
		ID: MessageRoute, Title: "Create Message Route", Creates: true, Saves: []ID{MRID},
		Why: "Message routes define how SMS/MMS messages are delivered to your system. This is required for ALL subscribers.",
		Forms: map[api.Edition]Form{
			api.Edition2025: {
				Fields: []Field{
					{Key: "RouteName", Label: "Route name", Sample: "Primary Message Route", Help: "A name of your own for it."},
					{Key: "RouteUrl", Label: "Webhook URL", Sample: "https://your-webhook-url.com/messages", Check: webhook, Help: "Where Telegent delivers incoming messages: an https URL of yours."},
					{Key: "RouteType", Label: "HTTP method", Kind: Chosen, Default: "POST", Choices: []Choice{{"POST", "POST"}, {"GET", "GET"}}, Help: "How your webhook is called."},
					toggle("RouteEnabled", "Route enabled", "Whether the route works from now on."),
					toggle("DeliveryReports", "Delivery reports", "Whether your webhook is told what became of a message."),
				},
				Adopt: adopted(MRID, "MessageRouteId", "Message route ID (MRID)", "MRID-"),
				Request: func(in Input) (api.Call, error) {
					return api.CreateMessageRoute(api.MessageRouteRequest{
						RouteName:       in.Answers["RouteName"],
						RouteURL:        in.Answers["RouteUrl"],
						RouteType:       in.Answers["RouteType"],
						RouteEnabled:    isTrue(in.Answers["RouteEnabled"]),
						DeliveryReports: isTrue(in.Answers["DeliveryReports"]),
					}), nil
				},
				Read: readMessageRoute,
			},
			api.Edition2026: webhookRoute(),
		},
	}
}

// webhookRoute is the form of edition 2026-04.
func webhookRoute() Form {
	authenticated := func(env Env) bool {
		return env.Answers["MessageAuthenticationType"] == "Basic" || env.Answers["MessageAuthenticationType"] == "Bearer"
	}
	method := []Choice{{"POST", "POST"}, {"GET", "GET"}}
	return Form{
		Fields: []Field{
			{Key: "RouteName", Label: "Route name", Sample: "Primary Message Route", Help: "A name of your own for it."},
			{Key: "MessageUrl", Label: "Webhook URL", Sample: "https://your-webhook-url.com/messages", Check: webhook, Help: "Where Telegent delivers incoming messages: an https URL of yours."},
			{Key: "MessageUrlMethod", Label: "HTTP method", Kind: Chosen, Default: "POST", Choices: method, Help: "How your webhook is called."},
			{
				Key: "MessageAuthenticationType", Label: "Webhook authentication", Kind: Chosen, Default: "None", Help: "How Telegent proves itself to your webhook.",
				Choices: []Choice{{"None", "None"}, {"Basic", "Basic: user name and password"}, {"Bearer", "Bearer: a token"}},
			},
			{
				Key: "MessageUsername", Label: "Webhook user name", Sample: "telegent",
				When: func(env Env) bool { return env.Answers["MessageAuthenticationType"] == "Basic" },
			},
			{
				Key: "MessagePasswordToken", Label: "Webhook password or token", Kind: Secret, Sample: "sandbox-webhook-password", When: authenticated,
				Help: "Sent to the service, and never stored.",
			},
			{Key: "CallbackMessageUrl", Label: "Delivery report URL", Optional: true, Check: webhook, Help: "Where delivery reports go; leave it empty for none."},
			{
				Key: "CallbackMessageUrlMethod", Label: "Delivery report method", Kind: Chosen, Default: "POST", Choices: method,
				When: func(env Env) bool { return env.Answers["CallbackMessageUrl"] != "" },
			},
			toggle("MessageRouteEnabled", "Route enabled", "Whether the route works from now on."),
			accountField(),
		},
		Adopt: adopted(MRID, "MessageRouteId", "Message route ID (MRID)", "MRID-"),
		Request: func(in Input) (api.Call, error) {
			r := api.WebhookRouteRequest{
				RouteName:                 in.Answers["RouteName"],
				MessageURL:                in.Answers["MessageUrl"],
				MessageURLMethod:          in.Answers["MessageUrlMethod"],
				MessageRouteEnabled:       isTrue(in.Answers["MessageRouteEnabled"]),
				MessageAuthenticationType: in.Answers["MessageAuthenticationType"],
				MessageUsername:           in.Answers["MessageUsername"],
				CallbackMessageURL:        in.Answers["CallbackMessageUrl"],
				CallbackMessageURLMethod:  in.Answers["CallbackMessageUrlMethod"],
				AccountID:                 in.Answers["AccountId"],
			}
			if authenticated(Env{Answers: in.Answers}) {
				r.MessagePasswordToken = in.Secrets["MessagePasswordToken"]
			}
			return api.CreateWebhookRoute(r), nil
		},
		Read:   readMessageRoute,
		Look:   func(ids Saved) (api.Call, bool) { return api.LookUpMessageRoute(ids[MRID]), ids[MRID] != "" },
		Issues: []Issue{invalidAccount},
	}
}

func readMessageRoute(a api.Answer) (Saved, error) {
	var v api.MessageRoute
	if err := a.Decode(&v); err != nil {
		return nil, err
	}
	return saved(MRID, v.MessageRouteID, v.MRID)
}
