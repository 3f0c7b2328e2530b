package steps

import (
	"maps"
	"strings"

	"telegent-setup/api"
)

// Webhook is how the service will call the customer's webhook.
type Webhook struct {
	URL, Method    string
	Authentication api.WebhookAuthentication
}

// Webhook is what a form says of the webhook whose address is the answer to key, with
// the edits and the secrets of a person over what is known.
func (r *Runner) Webhook(step, key string, edits Answers, secrets map[string]api.Secret) Webhook {
	full, _ := r.Questionnaire(step, false).complete(edits)
	r.mu.Lock()
	known := maps.Clone(r.secrets)
	r.mu.Unlock()
	maps.Copy(known, secrets)
	w := Webhook{URL: full[key], Method: full[key+"Method"]}
	if kind, ok := full["RouteType"]; ok && key == "RouteUrl" {
		w.Method = kind
	}
	prefix := strings.TrimSuffix(key, "Url")
	w.Authentication = api.WebhookAuthentication{
		Type: full[prefix+"AuthenticationType"], Username: full[prefix+"Username"], Secret: known[prefix+"PasswordToken"],
	}
	return w
}
