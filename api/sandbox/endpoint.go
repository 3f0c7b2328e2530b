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
	method string
	step   string
	kind   callKind
	serve  func(*Sandbox, *request) answer
}

// callKind is what a call is for; faults tell them apart.
type callKind int

const (
	signsIn  callKind = iota // Needs no token.
	searches                 // For numbers.
	creates
	follows // An order.
	looksUp // What a step has created.
)

const basePath = "/v1.0"

// endpoints are the calls of an edition, by path: what the steps send, and
// what can be asked afterwards.
func endpoints(edition api.Edition) map[string][]endpoint {
	all := map[string][]endpoint{}
	offer := func(method string, kind callKind, step, path string, serve func(*Sandbox, *request) answer) {
		all[path] = append(all[path], endpoint{method, step, kind, serve})
	}
	post := func(kind callKind, step, path string, serve func(*Sandbox, *request) answer) {
		offer(http.MethodPost, kind, step, basePath+path, serve)
	}
	if edition == api.Edition2026 {
		post(signsIn, stepAuthenticate, "/oauth2/tokens", (*Sandbox).issueToken)
		post(signsIn, stepAuthenticate, "/OAuth2/tokens", (*Sandbox).issueToken)
		post(creates, stepAccount, "/account/create", (*Sandbox).createBilledAccount)
		post(creates, stepMessageRoute, "/message/routes", (*Sandbox).createMessageRoute2026)
		post(creates, stepVoiceRoute, "/voice/routes", (*Sandbox).createVoiceRoute2026)
		post(creates, stepProvision, "/numbers/provision", (*Sandbox).order)
		post(creates, stepTestMessage, "/message/outbound", (*Sandbox).sendOutbound)
		post(looksUp, stepTestMessage, "/message/device-delivery", (*Sandbox).findDeviceDelivery)
	} else {
		offer(http.MethodPost, signsIn, stepAuthenticate, "/v1.1/oauth/token", (*Sandbox).issueToken)
		post(creates, stepAccount, "/accounts/create", (*Sandbox).createAccount)
		post(creates, stepMessageRoute, "/message/routes", (*Sandbox).createMessageRoute)
		post(creates, stepVoiceRoute, "/voice/routes", (*Sandbox).createVoiceRoute)
		post(creates, stepProvision, "/numbers/provision", (*Sandbox).provision)
		post(creates, stepTestMessage, "/message/send", (*Sandbox).sendMessage)
	}
	post(searches, stepAvailability, "/numbers/availability", (*Sandbox).search)
	post(creates, stepSubscriber, "/subscribers/create", (*Sandbox).createSubscriber)
	offer(http.MethodGet, follows, stepProvision, basePath+"/numbers/order", (*Sandbox).followOrder)
	for path, asked := range lookUps() {
		offer(http.MethodGet, looksUp, asked.step, basePath+path, asked.serve)
	}
	return all
}

// lookUp is a question for what a step has created.
type lookUp struct {
	step  string
	serve func(*Sandbox, *request) answer
}

// lookUps are what both editions can be asked.
func lookUps() map[string]lookUp {
	return map[string]lookUp{
		"/account":                 {stepAccount, (*Sandbox).findAccount},
		"/distributor/accounts":    {stepAccount, (*Sandbox).listAccounts},
		"/message/routes":          {stepMessageRoute, (*Sandbox).findMessageRoute},
		"/account/message/routes":  {stepMessageRoute, (*Sandbox).listMessageRoutes},
		"/voice/routes":            {stepVoiceRoute, (*Sandbox).findVoiceRoute},
		"/account/voice/routes":    {stepVoiceRoute, (*Sandbox).listVoiceRoutes},
		"/numbers":                 {stepProvision, (*Sandbox).findNumber},
		"/numbers/inventory":       {stepProvision, (*Sandbox).listNumbers},
		"/subscribers/get":         {stepSubscriber, (*Sandbox).findSubscriber},
		"/distributor/subscribers": {stepSubscriber, (*Sandbox).listSubscribers},
		"/message/details":         {stepTestMessage, (*Sandbox).findMessage},
		"/message/search":          {stepTestMessage, (*Sandbox).searchMessages},
	}
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
