package api

import (
	"encoding/base64"
	"net/http"
)

// WebhookAuthentication is how the service proves itself to a webhook
// (MessageAuthenticationType and what belongs to it, edition 2026-04).
type WebhookAuthentication struct {
	Type     string // "None", "Basic" or "Bearer"; empty is None.
	Username string // Of Basic.
	Secret   Secret // The password of Basic, the token of Bearer.
}

// Authorize writes the header of a request to the webhook.
func (a WebhookAuthentication) Authorize(h http.Header) {
	switch a.Type {
	case "Basic":
		h.Set("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(a.Username+":"+a.Secret.value)))
	case "Bearer":
		h.Set("Authorization", "Bearer "+a.Secret.value)
	}
}
