package api

import "net/url"

// WebhookRouteRequest creates a message route in edition 2026-04. What is
// empty is left out.
type WebhookRouteRequest struct {
	RouteName                 string
	MessageURL                string
	MessageURLMethod          string
	MessageRouteEnabled       bool
	MessageAuthenticationType string
	MessageUsername           string
	MessagePasswordToken      Secret
	CallbackMessageURL        string
	CallbackMessageURLMethod  string
	AccountID                 string
}

// CreateWebhookRoute is the call of edition 2026-04.
func CreateWebhookRoute(r WebhookRouteRequest) Call {
	body := Body{
		{Path: "RouteName", Value: r.RouteName},
		{Path: "MessageUrl", Value: r.MessageURL},
		{Path: "MessageUrlMethod", Value: r.MessageURLMethod},
		{Path: "MessageRouteEnabled", Value: r.MessageRouteEnabled},
		{Path: "MessageAuthenticationType", Value: r.MessageAuthenticationType},
		{Path: "MessageUsername", Value: r.MessageUsername},
	}
	if !r.MessagePasswordToken.Empty() {
		body = append(body, Member{Path: "MessagePasswordToken", Value: r.MessagePasswordToken, Env: "TELEGENT_WEBHOOK_PASSWORD"})
	}
	body = append(body,
		Member{Path: "CallbackMessageUrl", Value: r.CallbackMessageURL},
		Member{Path: "CallbackMessageUrlMethod", Value: r.CallbackMessageURLMethod},
		Member{Path: "AccountId", Value: r.AccountID},
	)
	return post("/message/routes", body.filled("MessageUsername", "CallbackMessageUrl", "CallbackMessageUrlMethod"))
}

// LookUpMessageRoute asks whether a message route exists (edition 2026-04).
func LookUpMessageRoute(id string) Call {
	return Call{Method: "GET", Path: "/message/routes", Query: url.Values{"MessageRouteId": {id}}}
}
