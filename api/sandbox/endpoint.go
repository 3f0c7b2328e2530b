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
	method, path string
	kind         callKind
	step         string
	fields       []field
	serve        func(*Sandbox, *request) *answer
}

// callKind is what a call is for; faults tell them apart.
type callKind int

const (
	signsIn callKind = iota // Needs no token.
	creates
	looksUp // What a step has created.
	asks    // For numbers on offer, or how far an order is.
)

const (
	basePath = "/v1.0"
	get      = http.MethodGet
	post     = http.MethodPost
)

// endpoints are the calls of an edition, by path: what the steps send, and
// what can be asked afterwards.
func endpoints(edition api.Edition) map[string][]endpoint {
	calls := slices.Concat(calls2025(), sharedCalls(edition))
	if edition == api.Edition2026 {
		calls = slices.Concat(calls2026(), sharedCalls(edition))
	}
	all := map[string][]endpoint{}
	for _, e := range calls {
		if !strings.HasPrefix(e.path, "/v1.") {
			e.path = basePath + e.path
		}
		all[e.path] = append(all[e.path], e)
	}
	return all
}

func calls2025() []endpoint {
	credentials := []field{anyText("AccountKey"), anyText("AccountSecret")}
	message := []field{phone("From"), phone("To"), anyText("Message")}
	return []endpoint{
		{post, "/v1.1/oauth/token", signsIn, stepAuthenticate, credentials, (*Sandbox).issueToken}, // Beside the base path.
		{post, "/accounts/create", creates, stepAccount, accounts.fields[api.Edition2025], accounts.create},
		{post, "/numbers/provision", creates, stepProvision, numberFields2025(), (*Sandbox).provision},
		{post, "/message/send", creates, stepTestMessage, message, (*Sandbox).sendMessage},
	}
}

func calls2026() []endpoint {
	credentials := []field{anyText("AccountKey"), anyText("AccountSecret"), fullURL("ApiEndpoint")}
	message := append(optional(anyText("CampaignId")), phone("From"), receivers("To"), anyText("Body"))
	sent := []field{anyText("MessageId")}
	return []endpoint{
		{post, "/oauth2/tokens", signsIn, stepAuthenticate, credentials, (*Sandbox).issueToken},
		{post, "/OAuth2/tokens", signsIn, stepAuthenticate, credentials, (*Sandbox).issueToken},
		{post, "/account/create", creates, stepAccount, accounts.fields[api.Edition2026], accounts.create},
		{post, "/numbers/provision", creates, stepProvision, numberFields2026(), (*Sandbox).order},
		{post, "/message/outbound", creates, stepTestMessage, message, (*Sandbox).sendMessage},
		{post, "/message/device-delivery", looksUp, stepTestMessage, sent, (*Sandbox).findDeviceDelivery},
	}
}

// sharedCalls have the same paths in both editions.
func sharedCalls(edition api.Edition) []endpoint {
	by := func(id string) []field { return []field{anyText(id)} }
	number, page := []field{askedNumber()}, optional(askedPage())
	return []endpoint{
		{post, "/message/routes", creates, stepMessageRoute, messageRoutes.fields[edition], messageRoutes.create},
		{post, "/voice/routes", creates, stepVoiceRoute, voiceRoutes.fields[edition], voiceRoutes.create},
		{post, "/numbers/availability", asks, stepAvailability, searchFields(edition), (*Sandbox).search},
		{post, "/subscribers/create", creates, stepSubscriber, subscribers.fields[edition], subscribers.create},

		{get, "/account", looksUp, stepAccount, by("AccountId"), accounts.find},
		{get, "/distributor/accounts", looksUp, stepAccount, nil, accounts.listAll},
		{get, "/message/routes", looksUp, stepMessageRoute, by("MessageRouteId"), messageRoutes.find},
		{get, "/account/message/routes", looksUp, stepMessageRoute, nil, messageRoutes.listAll},
		{get, "/voice/routes", looksUp, stepVoiceRoute, by("CallRouteId"), voiceRoutes.find},
		{get, "/account/voice/routes", looksUp, stepVoiceRoute, nil, voiceRoutes.listAll},
		{get, "/numbers/order", asks, stepProvision, by("OrderId"), (*Sandbox).followOrder},
		{get, "/numbers", looksUp, stepProvision, number, (*Sandbox).findNumber},
		{get, "/numbers/inventory", looksUp, stepProvision, page, (*Sandbox).listNumbers},
		{get, "/subscribers/get", looksUp, stepSubscriber, by("SubscriberId"), subscribers.find},
		{get, "/distributor/subscribers", looksUp, stepSubscriber, nil, subscribers.listAll},
		{get, "/message/details", looksUp, stepTestMessage, by("MessageId"), (*Sandbox).findMessage},
		{get, "/message/search", looksUp, stepTestMessage, append(number, page...), (*Sandbox).searchMessages},
	}
}

// route finds the endpoint of a request, or the 404 or 405 that it gets.
func (s *Sandbox) route(r *http.Request) (endpoint, *answer) {
	var methods []string
	for _, e := range s.endpoints[r.URL.Path] {
		if e.method == r.Method {
			return e, nil
		}
		methods = append(methods, e.method)
	}
	if methods == nil {
		return endpoint{}, refuse(http.StatusNotFound, "No such endpoint")
	}
	a := refuse(http.StatusMethodNotAllowed, "Method not allowed")
	a.header = http.Header{"Allow": {strings.Join(methods, ", ")}}
	return endpoint{}, a
}
