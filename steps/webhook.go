package steps

import (
	"cmp"
	"maps"

	"telegent-setup/api"
	"telegent-setup/state"
)

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
