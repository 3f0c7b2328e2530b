package sandbox_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/api/sandbox"
)

type change = map[string]any

type refusal struct {
	step    string
	change  change
	status  int
	message string
}

// requireRefusals takes the guide up to the step, changes the call as told,
// and wants it refused and nothing created.
func requireRefusals(t *testing.T, edition api.Edition, cases map[string]refusal) {
	t.Helper()
	for name, tc := range cases {
		t.Run(string(edition)+" "+name, func(t *testing.T) {
			s, c := open(t, sandbox.Options{Edition: edition})
			c.walk(ahead(tc.step))
			before := s.Objects()
			requireRefused(t, c.step(tc.step, tc.change), tc.status, tc.message)
			require.Equal(t, before, s.Objects())
		})
	}
}

// Rule: what both editions refuse, they refuse in the words of the guide.
func TestRefusalsOfBothEditions(t *testing.T) {
	for _, edition := range api.Editions() {
		requireRefusals(t, edition, map[string]refusal{
			"wrong key":              {"authenticate", change{"AccountKey": "DID-1"}, 401, "Unauthorized"},
			"wrong secret":           {"authenticate", change{"AccountSecret": "guess"}, 401, "Unauthorized"},
			"no secret":              {"authenticate", change{"AccountSecret": nil}, 400, "AccountSecret is required"},
			"no account name":        {"account", change{"AccountName": ""}, 400, "AccountName is required"},
			"blank route name":       {"message-route", change{"RouteName": "  "}, 400, "RouteName is required"},
			"voice route type":       {"voice-route", change{"RouteType": "Pigeon"}, 400, "RouteType must be one of Trunk"},
			"page 0":                 {"availability", change{"PageNumber": 0}, 400, "PageNumber must be 1 or more"},
			"page as text":           {"availability", change{"PageNumber": "1"}, 400, "PageNumber must be a whole number"},
			"no page":                {"availability", change{"PageNumber": nil}, 400, "PageNumber is required"},
			"short area code":        {"availability", change{"AreaCode": "80"}, 400, "AreaCode must be 3 digits"},
			"area code as a number":  {"availability", change{"AreaCode": 801}, 400, "AreaCode must be a string"},
			"letters in zip code":    {"availability", change{"ZipCode": "8404x"}, 400, "ZipCode must be 5 digits"},
			"no message type":        {"availability", change{"MessageType": nil}, 400, "MessageType is required"},
			"no message route":       {"provision", change{"MessageRouteId": nil}, 400, "MessageRouteId is required"},
			"empty message route":    {"provision", change{"MessageRouteId": ""}, 400, "MessageRouteId is required"},
			"unknown message route":  {"provision", change{"MessageRouteId": guideMRID}, 400, "MessageRouteId does not exist"},
			"unknown voice route":    {"provision", change{"VoiceRouteId": guideCRID}, 400, "VoiceRouteId does not exist"},
			"voice without a route":  {"provision", change{"VoiceRouteId": nil}, 400, "VoiceRouteId is required when VoiceEnabled is true"},
			"iot for a2p":            {"provision", change{"NumberType": "iot", "MessageType": "a2p"}, 400, "NumberType iot does not support MessageType a2p"},
			"number type of search":  {"provision", change{"NumberType": "mobile"}, 400, "NumberType must be one of mvno, iot"},
			"flag as text":           {"provision", change{"MessageEnabled": "true"}, 400, "MessageEnabled must be true or false"},
			"unknown account":        {"subscriber", change{"AccountId": guideAccount}, 400, "Invalid AccountId"},
			"email without a domain": {"subscriber", change{"Email": "john"}, 400, "Email must be an email address"},
			"email with a name":      {"subscriber", change{"Email": "John <john@example.com>"}, 400, "Email must be an email address"},
			"no password":            {"subscriber", change{"Password": ""}, 400, "Password is required"},
			"unknown role":           {"subscriber", change{"Role": "Owner"}, 400, "Role must be one of Subscriber, Manager, Account Admin"},
			"foreign number":         {"subscriber", change{"PhoneNumbers": []string{"+13105557777"}}, 400, "Phone number does not belong to account"},
			"one number as text":     {"subscriber", change{"PhoneNumbers": guideNumber}, 400, "PhoneNumbers must be an array"},
			"a number not E.164":     {"subscriber", change{"PhoneNumbers": []string{"3105551234"}}, 400, "PhoneNumbers must be in E.164"},
			"foreign sender":         {"test-message", change{"From": "+13105557777"}, 400, "Phone number does not belong to account"},
			"sender not E.164":       {"test-message", change{"From": "(310) 555-1234"}, 400, "From must be in E.164"},
		})
	}
}

func TestRefusalsOf2025(t *testing.T) {
	requireRefusals(t, api.Edition2025, map[string]refusal{
		"no account type":       {"account", change{"AccountType": nil}, 400, "AccountType is required"},
		"billing email":         {"account", change{"BillingEmail": "billing"}, 400, "BillingEmail must be an email address"},
		"admin email":           {"account", change{"AdminEmail": 5}, 400, "AdminEmail must be a string"},
		"webhook without https": {"message-route", change{"RouteUrl": "http://example.com/"}, 400, "RouteUrl must be an https:// URL"},
		"webhook not a URL":     {"message-route", change{"RouteUrl": "example.com"}, 400, "RouteUrl must be an https:// URL"},
		"webhook method":        {"message-route", change{"RouteType": "PUT"}, 400, "RouteType must be one of POST, GET"},
		"no delivery reports":   {"message-route", change{"DeliveryReports": nil}, 400, "DeliveryReports is required"},
		"voice over https":      {"voice-route", change{"VoiceUrl": "https://example.com"}, 400, "VoiceUrl must be a sip: or sips: address"},
		"sip to nowhere":        {"voice-route", change{"VoiceUrl": "sip:"}, 400, "VoiceUrl must be a sip: or sips: address"},
		"no voice URL":          {"voice-route", change{"VoiceUrl": nil}, 400, "VoiceUrl is required"},
		"search of no kind":     {"availability", change{"NumberType": "mvno"}, 400, "NumberType must be one of mobile, voip"},
		"no order":              {"provision", change{"OrderId": nil}, 400, "OrderId is required"},
		"no number":             {"provision", change{"PhoneNumber": nil}, 400, "PhoneNumber is required"},
		"number not E.164":      {"provision", change{"PhoneNumber": "+1 310 555 1234"}, 400, "PhoneNumber must be in E.164"},
		"310 555 0000 is taken": {"provision", change{"PhoneNumber": "+13105550000"}, 409, "Phone number already in use"},
		"801 555 0000 is taken": {"provision", change{"PhoneNumber": "+18015550000"}, 409, "Phone number already in use"},
		"receiver not E.164":    {"test-message", change{"To": "+0310"}, 400, "To must be in E.164"},
		"no message":            {"test-message", change{"Message": ""}, 400, "Message is required"},
		"no numbers":            {"subscriber", change{"PhoneNumbers": []string{}}, 400, "PhoneNumbers is required"},
	})
}

func TestRefusalsOf2026(t *testing.T) {
	address := func(leave string) change {
		all := change{"Street1": "1 Main Street", "City": "Lehi", "State": "UT", "Zip": "84043"}
		delete(all, leave)
		return change{"BillingAddress": all}
	}
	requireRefusals(t, api.Edition2026, map[string]refusal{
		"no endpoint":               {"authenticate", change{"ApiEndpoint": nil}, 400, "ApiEndpoint is required"},
		"endpoint without host":     {"authenticate", change{"ApiEndpoint": "/v1.0/account/create"}, 400, "ApiEndpoint must be a full URL"},
		"endpoint unknown":          {"authenticate", change{"ApiEndpoint": host + "/v1.0/accounts/create"}, 400, "ApiEndpoint must be the full URL of an endpoint"},
		"no admin":                  {"account", change{"AccountAdmin": nil}, 400, "AccountAdmin is required"},
		"no address":                {"account", change{"BillingAddress": nil}, 400, "BillingAddress is required"},
		"address as text":           {"account", change{"BillingAddress": "Lehi"}, 400, "BillingAddress must be an object"},
		"no street":                 {"account", address("Street1"), 400, "BillingAddress.Street1 is required"},
		"no zip":                    {"account", address("Zip"), 400, "BillingAddress.Zip is required"},
		"webhook without https":     {"message-route", change{"MessageUrl": "http://example.com/"}, 400, "MessageUrl must be an https:// URL"},
		"no webhook method":         {"message-route", change{"MessageUrlMethod": nil}, 400, "MessageUrlMethod is required"},
		"webhook authentication":    {"message-route", change{"MessageAuthenticationType": "Digest"}, 400, "MessageAuthenticationType must be one of None, Basic, Bearer"},
		"callback without https":    {"message-route", change{"CallbackMessageUrl": "ftp://example.com"}, 400, "CallbackMessageUrl must be an https:// URL"},
		"message route, account":    {"message-route", change{"AccountId": guideAccount}, 400, "Invalid AccountId"},
		"callback authentication":   {"message-route", change{"CallbackMessageAuthenticationType": "Digest"}, 400, "CallbackMessageAuthenticationType must be one of"},
		"no trunk":                  {"voice-route", change{"TrunkUri1": nil}, 400, "TrunkIp1 or TrunkUri1 is required"},
		"trunk IP":                  {"voice-route", change{"TrunkIp1": "192.0.2"}, 400, "TrunkIp1 must be an IP address"},
		"trunk port":                {"voice-route", change{"TrunkPort1": 70000}, 400, "TrunkPort1 must be a port"},
		"trunk over http":           {"voice-route", change{"TrunkUri1": "http://sip.example.com"}, 400, "TrunkUri1 must be a sip: or sips: address or an https:// URL"},
		"voice webhook":             {"voice-route", change{"RouteType": "URL"}, 400, "VoiceUrl is required"},
		"voice webhook over http":   {"voice-route", change{"RouteType": "URL", "VoiceUrl": "http://example.com"}, 400, "VoiceUrl must be an https:// URL"},
		"iot with voice":            {"provision", change{"NumberType": "iot"}, 400, "NumberType iot does not support VoiceEnabled"},
		"unknown subscriber":        {"provision", change{"AssignedSubscriberId": "TSUID-1"}, 400, "AssignedSubscriberId does not exist"},
		"trunk transport":           {"voice-route", change{"TrunkTransport1": "SCTP"}, 400, "TrunkTransport1 must be one of UDP, TCP, TLS"},
		"voice route, account":      {"voice-route", change{"AccountId": guideAccount}, 400, "Invalid AccountId"},
		"search of voip":            {"availability", change{"NumberType": "voip"}, 400, "NumberType must be one of mobile"},
		"number of no place":        {"provision", change{"AreaCode": ""}, 400, "AreaCode or ZipCode is required"},
		"unknown product":           {"provision", change{"ProductType": "Fax"}, 400, "ProductType must be one of Sms-Only"},
		"no product":                {"provision", change{"ProductType": nil}, 400, "ProductType is required"},
		"data as text":              {"provision", change{"DataEnabled": "no"}, 400, "DataEnabled must be true or false"},
		"provision, account":        {"provision", change{"AccountId": guideAccount}, 400, "Invalid AccountId"},
		"receiver as text":          {"test-message", change{"To": "+13105559999"}, 400, "To must be an array of objects"},
		"receiver in another case":  {"test-message", change{"To": []change{{"number": "+13105559999"}}}, 400, "To must hold a Number in E.164"},
		"message in the old field":  {"test-message", change{"Body": nil, "Message": "Hello"}, 400, "Body is required"},
		"nobody to send to":         {"test-message", change{"To": []change{}}, 400, "To is required"},
		"two receivers, one broken": {"test-message", change{"To": []change{{"Number": "+13105559999"}, {"Number": "5"}}}, 400, "To must hold a Number in E.164"},
	})
}

// Rule: webhooks on this machine may be http, since the sandbox is here too.
func TestLoopbackWebhooksNeedNoTLS(t *testing.T) {
	for _, url := range []string{"http://127.0.0.1:8080/messages", "http://localhost/m", "http://[::1]:9/m"} {
		_, c := open(t, sandbox.Options{})
		require.Equal(t, http.StatusOK, c.step("message-route", change{"RouteUrl": url}).status, url)
	}
}

// Rule: what was given out once is not given out again.
func TestNothingIsGivenOutTwice(t *testing.T) {
	_, c := open(t, sandbox.Options{})
	c.walk("subscriber")
	requireRefused(t, c.step("provision", nil), 409, "Phone number already in use")
	requireRefused(t, c.step("subscriber", nil), 409, "Email already exists")
	requireRefused(t, c.step("subscriber", change{"Email": "SomeOne@Example.com"}), 409, "Email already exists")
	require.Equal(t, 200, c.step("subscriber", change{"Email": "other@example.com"}).status)
}

// Rule: each path takes the methods of its edition, with a token; an endpoint
// of the other edition does not exist.
func TestPathsAndMethods(t *testing.T) {
	json := http.Header{"Content-Type": {"application/json"}}
	cases := map[string]struct {
		edition      api.Edition
		method, path string
		status       int
		allow        string
	}{
		"unknown":                   {api.Edition2025, "POST", "/v1.0/nothing", 404, ""},
		"token beside the base":     {api.Edition2025, "POST", "/v1.0/oauth/token", 404, ""},
		"token of 2026 in 2025":     {api.Edition2025, "POST", "/v1.0/oauth2/tokens", 404, ""},
		"token of 2025 in 2026":     {api.Edition2026, "POST", "/v1.1/oauth/token", 404, ""},
		"account of 2025 in 2026":   {api.Edition2026, "POST", "/v1.0/accounts/create", 404, ""},
		"trailing slash":            {api.Edition2025, "POST", "/v1.0/accounts/create/", 404, ""},
		"get a token":               {api.Edition2025, "GET", "/v1.1/oauth/token", 405, "POST"},
		"put an account":            {api.Edition2025, "PUT", "/v1.0/accounts/create", 405, "POST"},
		"send by GET":               {api.Edition2025, "GET", "/v1.0/message/send", 405, "POST"},
		"post a look-up":            {api.Edition2025, "POST", "/v1.0/numbers/inventory", 405, "GET"},
		"handset's word in 2025":    {api.Edition2025, "POST", "/v1.0/message/device-delivery", 404, ""},
		"delete a route in 2026":    {api.Edition2026, "DELETE", "/v1.0/message/routes", 405, "POST, GET"},
		"no token":                  {api.Edition2025, "POST", "/v1.0/accounts/create", 401, ""},
		"no token for a look-up":    {api.Edition2026, "GET", "/v1.0/numbers", 401, ""},
		"no token for a subscriber": {api.Edition2026, "POST", "/v1.0/subscribers/create", 401, ""},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			_, c := open(t, sandbox.Options{Edition: tc.edition})
			got, err := c.try(t.Context(), tc.method, tc.path, "{}", json)
			require.NoError(t, err)
			requireRefused(t, got, tc.status, "")
			require.Equal(t, tc.allow, got.header.Get("Allow"))
		})
	}
}

// Rule: a body is a JSON object of bounded size that says that it is JSON.
func TestBodies(t *testing.T) {
	cases := map[string]struct {
		contentType, body string
		status            int
	}{
		"a form":              {"application/x-www-form-urlencoded", "{}", 415},
		"of no type":          {"", "{}", 415},
		"with a charset":      {"application/json; charset=utf-8", "{}", 400}, // For the fields.
		"empty":               {"application/json", "", 400},
		"cut short":           {"application/json", `{"AccountName": "My`, 400},
		"an array":            {"application/json", "[]", 400},
		"null":                {"application/json", "null", 400},
		"followed by another": {"application/json", "{} {}", 400},
		"not UTF-8":           {"application/json", "{\"AccountName\": \"\xff\"}", 400},
		"huge":                {"application/json", `{"AccountName": "` + strings.Repeat("a", 1<<20) + `"}`, 413},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			_, c := open(t, sandbox.Options{})
			header := c.headers("")
			header.Set("Content-Type", tc.contentType)
			got, err := c.try(t.Context(), "POST", "/v1.0/accounts/create", tc.body, header)
			require.NoError(t, err)
			requireRefused(t, got, tc.status, "")
		})
	}
}

// Rule: the Authorization header carries a token that the sandbox gave out.
func TestAuthorization(t *testing.T) {
	_, c := open(t, sandbox.Options{})
	good := c.headers("").Get("Authorization")
	for value, status := range map[string]int{
		good:                                    200,
		strings.Replace(good, "Be", "be", 1):    200,
		strings.TrimPrefix(good, "Bearer "):     401,
		"Bearer ":                               401,
		"Bearer guess":                          401,
		"Basic " + good[len("Bearer "):]:        401,
		good + "x":                              401,
		strings.Replace(good, "Bearer", "B", 1): 401,
	} {
		header := http.Header{"Content-Type": {"application/json"}, "Authorization": {value}}
		got, err := c.try(t.Context(), "POST", "/v1.0/accounts/create", c.body("account", nil), header)
		require.NoError(t, err)
		require.Equal(t, status, got.status, value)
	}
}
