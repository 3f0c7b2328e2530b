package steps

import (
	"cmp"
	"maps"
	"strings"

	"telegent-setup/api"
	"telegent-setup/state"
)

// Webhook is how the service will call the customer's webhook.
type Webhook struct {
	URL, Method    string
	Authentication api.WebhookAuthentication
}

// Webhook is what a form says of the webhook whose address is the answer to key, with
// the edits and the secrets of a person over what is known.
func (r *Runner) Webhook(step, key string, edits Answers, secrets map[string]api.Secret) Webhook {
	q := r.Questionnaire(step, false)
	full := q.Answers(edits)
	maps.Copy(q.secrets, secrets)
	w := Webhook{URL: full[key], Method: full[key+"Method"]}
	if kind, ok := full["RouteType"]; ok && key == "RouteUrl" {
		w.Method = kind
	}
	prefix := strings.TrimSuffix(key, "Url")
	w.Authentication = api.WebhookAuthentication{
		Type: full[prefix+"AuthenticationType"], Username: full[prefix+"Username"], Secret: q.secrets[prefix+"PasswordToken"],
	}
	return w
}

// WebhookIn is how the saved message route of a state file calls its webhook, in
// either edition; without its secret, which no state file has.
func WebhookIn(f state.File) Webhook {
	answers := f.Steps[MessageRoute].Answers
	return Webhook{
		URL:    cmp.Or(answers["MessageUrl"], answers["RouteUrl"]),
		Method: cmp.Or(answers["MessageUrlMethod"], answers["RouteType"]),
		Authentication: api.WebhookAuthentication{
			Type: answers["MessageAuthenticationType"], Username: answers["MessageUsername"],
		},
	}
}
