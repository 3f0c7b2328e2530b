package steps

import "telegent-setup/api"

// messageRoute creates the message route (guide, Step 3).
func messageRoute() *Step {
	name := Field{Key: "RouteName", Label: "Route name", Sample: "Primary Message Route", Default: "Primary Message Route", Help: "A name of your own for it."}
	form := Form{
		Method: "POST", Path: "/message/routes",
		Adopt:  adopted(MRID, "MessageRouteId", "Message route ID (MRID)", "MRID-"),
		Result: []Result{{ID: MRID, Names: []string{"MessageRouteId", "MRID"}}},
		Lookup: &Lookup{
			ByID: Ask{Path: "/message/routes", Param: "MessageRouteId", ID: MRID},
			List: Ask{Path: "/account/message/routes"},
			Match: []Match{
				{Key: "RouteName", Names: []string{"RouteName"}},
				{Key: "RouteUrl", Names: []string{"RouteUrl", "MessageUrl"}},
				{Key: "MessageUrl", Names: []string{"MessageUrl", "RouteUrl"}},
			},
			Show: []string{"RouteName", "MessageUrl", "RouteUrl"},
		},
		Repeat: "a second message route is made beside it",
	}
	printed, current := form, form
	printed.Fields = []Field{
		name,
		{Key: "RouteUrl", Label: "Webhook URL", Sample: "https://your-webhook-url.com/messages", Format: WebhookURL, Webhook: true, Help: "Where Telegent delivers incoming messages: an https URL of yours."},
		method("RouteType", "HTTP method", "How your webhook is called."),
		toggle("RouteEnabled", "Route enabled", "Whether the route works from now on."),
		toggle("DeliveryReports", "Delivery reports", "Whether your webhook is told what became of a message."),
	}
	current.BodyOrder = []string{"RouteName", "MessageUrl", "MessageUrlMethod", "MessageRouteEnabled"}
	current.Fields = append([]Field{name}, webhookFields()...)
	current.Issues = []Issue{invalidAccount2026}
	return &Step{
		ID: MessageRoute, Title: "Create Message Route", Object: "the message route", Made: "was created", Missing: "was not created", Doing: "Creating the message route",
		Button: "Create Message Route", Done: "A message route configured", Creates: true, Saves: []ID{MRID},
		Why:   "Message routes define how SMS/MMS messages are delivered to your system. This is required for ALL subscribers.",
		Forms: map[api.Edition]*Form{api.Edition2025: &printed, api.Edition2026: &current},
	}
}

// webhookFields are the webhook and the address of delivery reports, each with
// its authentication, in edition 2026-04.
func webhookFields() []Field {
	url := Field{Key: "MessageUrl", Label: "Webhook URL", Sample: "https://your-webhook-url.com/messages", Format: WebhookURL, Webhook: true, Help: "Where Telegent delivers incoming messages: an https URL of yours."}
	reports := Field{Key: "CallbackMessageUrl", Label: "Delivery report URL", Optional: true, Format: WebhookURL, OmitEmpty: true, Help: "Where delivery reports go; leave it empty for none."}
	all := append([]Field{url, method("MessageUrlMethod", "HTTP method", "How your webhook is called.")},
		authentication("Message", "Webhook", "your webhook")...)
	callback := append([]Field{method("CallbackMessageUrlMethod", "Delivery report method", "")},
		authentication("CallbackMessage", "Delivery report", "the delivery report URL")...)
	for i := range callback {
		callback[i].When = append([]Condition{{Key: reports.Key}}, callback[i].When...)
		callback[i].OmitEmpty = true
	}
	all = append(append(all, reports), callback...)
	return append(all, toggle("MessageRouteEnabled", "Route enabled", "Whether the route works from now on."), accountField())
}

// authentication is how the service proves itself to a URL of the customer.
func authentication(prefix, label, whom string) []Field {
	kind := prefix + "AuthenticationType"
	basic, secret := Condition{Key: kind, Is: []string{"Basic"}}, Condition{Key: kind, Is: []string{"Basic", "Bearer"}}
	return []Field{
		{
			Key: kind, Label: label + " authentication", Kind: Chosen, Default: "None", Help: "How Telegent proves itself to " + whom + ".",
			Choices: []Choice{{"None", "None"}, {"Basic", "Basic: user name and password"}, {"Bearer", "Bearer: a token"}},
		},
		{Key: prefix + "Username", Label: label + " user name", Sample: "telegent", OmitEmpty: true, When: []Condition{basic}},
		{
			Key: prefix + "PasswordToken", Label: label + " password or token", Kind: Secret, Variable: "TELEGENT_WEBHOOK_SECRET", Sample: "sandbox-webhook-password",
			OmitEmpty: true, When: []Condition{secret}, Help: "Sent to the service, and never stored.",
		},
	}
}
