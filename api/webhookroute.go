package api

import "net/url"

// WebhookRouteRequest creates a message route in edition 2026-04. What is
// empty is left out.
type WebhookRouteRequest struct {
	RouteName                 string
	MessageURL                string `json:"MessageUrl"`
	MessageURLMethod          string `json:"MessageUrlMethod"`
	MessageRouteEnabled       bool
	MessageAuthenticationType string
	MessageUsername           string
	MessagePasswordToken      Secret
	CallbackMessageURL        string
	CallbackMessageURLMethod  string
	AccountID                 string
}

func (r WebhookRouteRequest) open(reveal func(string, Secret) string) any {
	secret := ""
	if !r.MessagePasswordToken.Empty() {
		secret = reveal("TELEGENT_WEBHOOK_PASSWORD", r.MessagePasswordToken)
	}
	return struct {
		RouteName                 string
		MessageURL                string `json:"MessageUrl"`
		MessageURLMethod          string `json:"MessageUrlMethod"`
		MessageRouteEnabled       bool
		MessageAuthenticationType string
		MessageUsername           string `json:",omitempty"`
		MessagePasswordToken      string `json:",omitempty"`
		CallbackMessageURL        string `json:"CallbackMessageUrl,omitempty"`
		CallbackMessageURLMethod  string `json:"CallbackMessageUrlMethod,omitempty"`
		AccountID                 string `json:"AccountId"`
	}{
		r.RouteName, r.MessageURL, r.MessageURLMethod, r.MessageRouteEnabled, r.MessageAuthenticationType,
		r.MessageUsername, secret, r.CallbackMessageURL, r.CallbackMessageURLMethod, r.AccountID,
	}
}

// CreateWebhookRoute is the call of edition 2026-04.
func CreateWebhookRoute(r WebhookRouteRequest) Call { return post("/message/routes", r) }

// LookUpMessageRoute asks whether a message route exists (edition 2026-04).
func LookUpMessageRoute(id string) Call {
	return Call{Method: "GET", Path: "/message/routes", Query: url.Values{"MessageRouteId": {id}}}
}
