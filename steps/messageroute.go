package steps

import (
	"cmp"
	"maps"

	"telegent-setup/api"
	"telegent-setup/state"
)

// messageRoute creates the message route (guide, Step 3).
func messageRoute() *Step {
	name := Field{Key: "RouteName", Label: "Route name", Sample: "Primary Message Route", Default: "Primary Message Route", Help: "A name of your own for it."}
	form := Form{
		Path:   "/message/routes",
		Adopt:  adopted(MRID, "MessageRouteId", "Message route ID (MRID)", "MRID-"),
		Result: []Result{{ID: MRID, Names: []string{"MessageRouteId", "MRID"}}},
		Lookup: Lookup{
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
	form2025, form2026 := form, form
	form2025.Fields = []Field{
		name,
		webhook("RouteUrl"),
		method("RouteType", "HTTP method", "How your webhook is called."),
		toggle("RouteEnabled", "Route enabled", "Whether the route works from now on."),
		toggle("DeliveryReports", "Delivery reports", "Whether your webhook is told what became of a message."),
	}
	form2026.BodyOrder = []string{"RouteName", "MessageUrl", "MessageUrlMethod", "MessageRouteEnabled"}
	form2026.Fields = append([]Field{name}, webhookFields()...)
	form2026.Issues = []Issue{invalidAccount2026}
	return &Step{
		ID: MessageRoute, Title: "Create Message Route", Object: "the message route", Made: "was created", Missing: "was not created", Doing: "Creating the message route",
		Button: "Create Message Route", Done: "A message route configured", Creates: true, Saves: []ID{MRID},
		Why:   "Message routes define how SMS/MMS messages are delivered to your system. This is required for ALL subscribers.",
		Forms: map[api.Edition]*Form{api.Edition2025: &form2025, api.Edition2026: &form2026},
	}
}

// webhook is the address of the customer's webhook.
func webhook(key string) Field {
	return Field{
		Key: key, Label: "Webhook URL", Sample: "https://your-webhook-url.com/messages", Format: WebhookURL,
		Help: "Where Telegent delivers incoming messages: an https URL of yours.",
	}
}

// webhookFields are the webhook and the address of delivery reports, each with
// its authentication, in edition 2026-04.
func webhookFields() []Field {
	reports := Field{Key: "CallbackMessageUrl", Label: "Delivery report URL", Optional: true, Format: WebhookURL, Help: "Where delivery reports go; leave it empty for none."}
	all := append([]Field{webhook("MessageUrl"), method("MessageUrlMethod", "HTTP method", "How your webhook is called.")},
		authentication("Message", "Webhook", "your webhook")...)
	callback := append([]Field{method("CallbackMessageUrlMethod", "Delivery report method", "")},
		authentication("CallbackMessage", "Delivery report", "the delivery report URL")...)
	all = append(append(all, reports), onlyWhen(Condition{Key: reports.Key}, callback...)...)
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
		{Key: prefix + "Username", Label: label + " user name", Sample: "telegent", When: []Condition{basic}},
		{
			Key: prefix + "PasswordToken", Label: label + " password or token", Kind: Secret, Variable: "TELEGENT_WEBHOOK_SECRET", Sample: "sandbox-webhook-password",
			When: []Condition{secret}, Help: "Sent to the service, and never stored.",
		},
	}
}

// Webhook is how the service will call the customer's webhook.
type Webhook struct {
	URL, Method    string
	Authentication api.WebhookAuthentication
}

// Webhook is what the form of the message route says of it, with the edits and the
// secrets of a person over what is known.
func (r *Runner) Webhook(edits Answers, secrets map[string]api.Secret) Webhook {
	q := r.Questionnaire(MessageRoute, false)
	maps.Copy(q.secrets, secrets)
	w := webhookOf(q.Answers(edits))
	w.Authentication.Secret = q.secrets["MessagePasswordToken"]
	return w
}

// WebhookIn is what the saved message route of a state file says of it; without its
// secret, which no state file has.
func WebhookIn(f state.File) Webhook { return webhookOf(f.Steps[MessageRoute].Answers) }

// webhookOf reads the answers of a message route in either edition.
func webhookOf(answers Answers) Webhook {
	return Webhook{
		URL:    cmp.Or(answers["MessageUrl"], answers["RouteUrl"]),
		Method: cmp.Or(answers["MessageUrlMethod"], answers["RouteType"]),
		Authentication: api.WebhookAuthentication{
			Type: answers["MessageAuthenticationType"], Username: answers["MessageUsername"],
		},
	}
}
