package sandbox

import (
	"net/http"
	"slices"
	"strings"

	"telegent-setup/api"
)

// The steps of the guide that an endpoint can belong to, for faults.
const (
	stepAuthenticate = "authenticate"
	stepAccount      = "account"
	stepMessageRoute = "message-route"
	stepVoiceRoute   = "voice-route"
	stepAvailability = "availability"
	stepProvision    = "provision"
	stepSubscriber   = "subscriber"
	stepTestMessage  = "test-message"
)

func stepNames() []string {
	return []string{stepAuthenticate, stepAccount, stepMessageRoute, stepVoiceRoute,
		stepAvailability, stepProvision, stepSubscriber, stepTestMessage}
}

// endpoint is one call that the service offers.
type endpoint struct {
	method  string
	step    string // Empty for look-ups.
	open    bool   // Needs no token.
	creates bool
	serve   func(*Sandbox, *request) answer
}

const basePath = "/v1.0"

// endpoints are the calls of an edition, by path.
func endpoints(edition api.Edition) map[string][]endpoint {
	if edition == api.Edition2026 {
		return endpoints2026()
	}
	return map[string][]endpoint{
		"/v1.1/oauth/token":                {signIn()},
		basePath + "/accounts/create":      {creating(stepAccount, (*Sandbox).createAccount)},
		basePath + "/message/routes":       {creating(stepMessageRoute, (*Sandbox).createMessageRoute)},
		basePath + "/voice/routes":         {creating(stepVoiceRoute, (*Sandbox).createVoiceRoute)},
		basePath + "/numbers/availability": {searching()},
		basePath + "/numbers/provision":    {creating(stepProvision, (*Sandbox).provision)},
		basePath + "/subscribers/create":   {creating(stepSubscriber, (*Sandbox).createSubscriber)},
		basePath + "/message/send":         {creating(stepTestMessage, (*Sandbox).sendMessage)},
	}
}

func endpoints2026() map[string][]endpoint {
	return map[string][]endpoint{
		basePath + "/oauth2/tokens":  {signIn()},
		basePath + "/account/create": {creating(stepAccount, (*Sandbox).createBilledAccount)},
		basePath + "/message/routes": {
			creating(stepMessageRoute, (*Sandbox).createMessageRoute2026),
			lookUp("", (*Sandbox).findMessageRoute),
		},
		basePath + "/voice/routes": {
			creating(stepVoiceRoute, (*Sandbox).createVoiceRoute2026),
			lookUp("", (*Sandbox).findVoiceRoute),
		},
		basePath + "/numbers":              {lookUp("", (*Sandbox).findNumber)},
		basePath + "/numbers/availability": {searching()},
		basePath + "/numbers/provision":    {creating(stepProvision, (*Sandbox).order)},
		basePath + "/numbers/order":        {lookUp(stepProvision, (*Sandbox).followOrder)},
		basePath + "/subscribers/create":   {creating(stepSubscriber, (*Sandbox).createSubscriber)},
		basePath + "/message/outbound":     {creating(stepTestMessage, (*Sandbox).sendOutbound)},
	}
}

func signIn() endpoint {
	return endpoint{method: http.MethodPost, step: stepAuthenticate, open: true, serve: (*Sandbox).issueToken}
}

func searching() endpoint {
	return endpoint{method: http.MethodPost, step: stepAvailability, serve: (*Sandbox).search}
}

func creating(step string, serve func(*Sandbox, *request) answer) endpoint {
	return endpoint{method: http.MethodPost, step: step, creates: true, serve: serve}
}

func lookUp(step string, serve func(*Sandbox, *request) answer) endpoint {
	return endpoint{method: http.MethodGet, step: step, serve: serve}
}

// route finds the endpoint of a request, or the 404 or 405 that it gets.
func (s *Sandbox) route(r *http.Request) (endpoint, *answer) {
	offered, ok := s.endpoints[r.URL.Path]
	if !ok {
		a := refuse(http.StatusNotFound, "No such endpoint")
		return endpoint{}, &a
	}
	i := slices.IndexFunc(offered, func(e endpoint) bool { return e.method == r.Method })
	if i >= 0 {
		return offered[i], nil
	}
	var methods []string
	for _, e := range offered {
		methods = append(methods, e.method)
	}
	a := refuse(http.StatusMethodNotAllowed, "Method not allowed")
	a.header = http.Header{"Allow": {strings.Join(methods, ", ")}}
	return endpoint{}, &a
}
