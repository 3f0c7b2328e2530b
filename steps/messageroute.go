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
		},
	}
}

func readMessageRoute(a api.Answer) (Saved, error) {
	var v api.MessageRoute
	if err := a.Decode(&v); err != nil {
		return nil, err
	}
	return saved(MRID, v.MessageRouteID, v.MRID)
}
