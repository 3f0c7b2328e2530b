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
		all[e.path] = append(all[e.path], e)
	}
	return all
}

func calls2025() []endpoint {
	return []endpoint{
		{post, "/v1.1/oauth/token", signsIn, stepAuthenticate, []field{anyText("AccountKey"), anyText("AccountSecret")}, (*Sandbox).issueToken},
		{post, basePath + "/accounts/create", creates, stepAccount, accounts.fields[api.Edition2025], accounts.create},
		{post, basePath + "/numbers/provision", creates, stepProvision, numberFields2025(), (*Sandbox).provision},
		{post, basePath + "/message/send", creates, stepTestMessage, []field{phone("From"), phone("To"), anyText("Message")}, (*Sandbox).sendMessage},
	}
}

func calls2026() []endpoint {
	token := endpoint{post, basePath + "/oauth2/tokens", signsIn, stepAuthenticate,
		[]field{anyText("AccountKey"), anyText("AccountSecret"), fullURL("ApiEndpoint")}, (*Sandbox).issueToken}
	sameToken := token
	sameToken.path = basePath + "/OAuth2/tokens"
	return []endpoint{
		token, sameToken,
		{post, basePath + "/account/create", creates, stepAccount, accounts.fields[api.Edition2026], accounts.create},
		{post, basePath + "/numbers/provision", creates, stepProvision, numberFields2026(), (*Sandbox).order},
		{post, basePath + "/message/outbound", creates, stepTestMessage,
			[]field{phone("From"), receivers("To"), anyText("Body"), optional(anyText("CampaignId"))}, (*Sandbox).sendMessage},
		{post, basePath + "/message/device-delivery", looksUp, stepTestMessage, []field{anyText("MessageId")}, (*Sandbox).findDeviceDelivery},
	}
}

// sharedCalls have the same paths in both editions.
func sharedCalls(edition api.Edition) []endpoint {
	by := func(id string) []field { return []field{anyText(id)} }
	return []endpoint{
		{post, basePath + "/message/routes", creates, stepMessageRoute, messageRoutes.fields[edition], messageRoutes.create},
		{post, basePath + "/voice/routes", creates, stepVoiceRoute, voiceRoutes.fields[edition], voiceRoutes.create},
		{post, basePath + "/numbers/availability", asks, stepAvailability, searchFields(edition), (*Sandbox).search},
		{post, basePath + "/subscribers/create", creates, stepSubscriber, subscribers.fields[edition], subscribers.create},

		{get, basePath + "/account", looksUp, stepAccount, by("AccountId"), accounts.find},
		{get, basePath + "/distributor/accounts", looksUp, stepAccount, nil, accounts.listAll},
		{get, basePath + "/message/routes", looksUp, stepMessageRoute, by("MessageRouteId"), messageRoutes.find},
		{get, basePath + "/account/message/routes", looksUp, stepMessageRoute, nil, messageRoutes.listAll},
		{get, basePath + "/voice/routes", looksUp, stepVoiceRoute, by("CallRouteId"), voiceRoutes.find},
		{get, basePath + "/account/voice/routes", looksUp, stepVoiceRoute, nil, voiceRoutes.listAll},
		{get, basePath + "/numbers/order", asks, stepProvision, by("OrderId"), (*Sandbox).followOrder},
		{get, basePath + "/numbers", looksUp, stepProvision, []field{askedNumber()}, (*Sandbox).findNumber},
		{get, basePath + "/numbers/inventory", looksUp, stepProvision, []field{askedPage()}, (*Sandbox).listNumbers},
		{get, basePath + "/subscribers/get", looksUp, stepSubscriber, by("SubscriberId"), subscribers.find},
		{get, basePath + "/distributor/subscribers", looksUp, stepSubscriber, nil, subscribers.listAll},
		{get, basePath + "/message/details", looksUp, stepTestMessage, by("MessageId"), (*Sandbox).findMessage},
		{get, basePath + "/message/search", looksUp, stepTestMessage, []field{askedNumber(), askedPage()}, (*Sandbox).searchMessages},
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
