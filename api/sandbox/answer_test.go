package sandbox_test

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/api/sandbox"
)

// ticking is a clock that goes on by so much whenever it is looked at.
func ticking(step time.Duration) func() time.Time {
	now := time.Date(2026, 11, 23, 3, 45, 0, 0, time.UTC)
	return func() time.Time {
		now = now.Add(step)
		return now
	}
}

// keysOf are the keys of an answer, those within others after a dot; of a list
// those of its first object.
func keysOf(body map[string]any) []string {
	var all []string
	for key, value := range body {
		if list, ok := value.([]any); ok && len(list) > 0 {
			value = list[0]
		}
		all = append(all, key)
		if inner, ok := value.(map[string]any); ok {
			for _, name := range keysOf(inner) {
				all = append(all, key+"."+name)
			}
		}
	}
	return slices.Sorted(slices.Values(all))
}

func requireKeys(t *testing.T, want []string, got reply) {
	t.Helper()
	require.Equal(t, http.StatusOK, got.status, got.text)
	require.Equal(t, "application/json; charset=utf-8", got.header.Get("Content-Type"))
	require.ElementsMatch(t, want, keysOf(got.body))
}

var (
	routeKeys2025 = []string{"RouteName", "RouteUrl", "RouteType", "RouteEnabled", "DeliveryReports", "MessageRouteId"}
	routeKeys2026 = []string{
		"RouteName", "MessageUrl", "MessageUrlMethod", "MessageRouteEnabled", "MessageAuthenticationType", "MessageUsername",
		"MessagePasswordToken", "CallbackMessageUrl", "CallbackMessageUrlMethod", "CallbackMessageAuthenticationType",
		"CallbackMessageUsername", "CallbackMessagePasswordToken", "AccountId", "MessageRouteId",
	}
	addressKeys = []string{
		"BillingAddress", "BillingAddress.Street1", "BillingAddress.Street2", "BillingAddress.City", "BillingAddress.State",
		"BillingAddress.Zip", "BillingAddress.Country",
	}
	voiceKeys2025  = []string{"RouteName", "RouteType", "VoiceUrl", "RouteEnabled", "CallRouteId"}
	voiceKeys2026  = []string{"RouteName", "RouteType", "TrunkUri1", "TrunkTransport1", "TrunkEnabled1", "RouteEnabled", "AccountId", "CallRouteId"}
	subscriberKeys = []string{"SubscriberId", "Name", "Email", "AccountId", "PhoneNumbers", "Role"}
	atOnceKeys     = []string{
		"OrderDate", "OrderId", "OrderStatus", "PhoneNumberAssigned", "PhoneNumberId", "QRCode", "ZipCode", "ICCID", "ErrorMessage", "SubscriberId",
	}
	followedKeys = []string{"OrderDate", "OrderId", "OrderStatus", "OrderStatusMessage", "OrderType", "PhoneNumbersOrdered", "PhoneNumbersOrdered.Number"}
)

// within are the keys of a list's objects.
func within(list string, keys []string) []string {
	all := []string{list}
	for _, key := range keys {
		all = append(all, list+"."+key)
	}
	return all
}

// Rule: the calls of the guide answer with the documented keys and no others.
func TestCallsAnswerWithTheDocumentedKeys(t *testing.T) {
	areas := append([]string{"ResultsTotal"}, within("AvailableNumberAreas", []string{"NGP", "AreaCode", "Zipcode"})...)
	want := map[api.Edition]map[string][]string{
		api.Edition2025: {
			"authenticate":  {"successful", "token", "tokenExpiry", "expires_in", "error"},
			"account":       {"AccountId", "AccountName", "AccountType", "BillingEmail", "AdminEmail"},
			"message-route": routeKeys2025,
			"voice-route":   voiceKeys2025,
			"availability":  append(within("NumbersAvailable", []string{"Number"}), areas...),
			"provision": {
				"OrderId", "PhoneNumber", "NumberType", "MessageType", "MessageRouteId", "VoiceRouteId", "MessageEnabled", "VoiceEnabled", "TNID",
			},
			"subscriber":   subscriberKeys,
			"test-message": {"MessageId", "Status"},
		},
		api.Edition2026: {
			"authenticate":  {"successful", "token", "tokenExpiry", "error"},
			"account":       append([]string{"AccountId", "AccountName", "AccountAdmin"}, addressKeys...),
			"message-route": routeKeys2026,
			"voice-route":   voiceKeys2026,
			"availability":  areas,
			"provision":     atOnceKeys,
			"subscriber":    subscriberKeys,
			"test-message":  {"MessageId", "Status"},
		},
	}
	for edition, steps := range want {
		for id, keys := range steps {
			t.Run(string(edition)+" "+id, func(t *testing.T) {
				_, c := open(t, sandbox.Options{Edition: edition})
				c.walk(ahead(id))
				requireKeys(t, keys, c.step(id, nil))
			})
		}
	}
}

// Rule: look-ups answer with the documented keys and no others, in both
// editions, and with what was created.
func TestLookUpsAnswerWithTheDocumentedKeys(t *testing.T) {
	message := []string{"MessageId", "Direction", "To", "From", "Body", "CreatedOn", "Status"}
	found := []string{"MessageID", "Direction", "Status", "To", "From", "Body"}
	for _, edition := range api.Editions() {
		route, voice, account := routeKeys2025, voiceKeys2025, []string{"AccountId", "AccountName", "TotalSubscribers"}
		message, found := message, found
		if edition == api.Edition2026 {
			route, voice, account = routeKeys2026, voiceKeys2026, append(account, addressKeys...)
			message, found = append(message, "To.Number"), append(found, "To.Number")
		}
		s, c := open(t, sandbox.Options{Edition: edition, Now: ticking(3 * time.Second)})
		c.walk("test-message")
		made := s.Objects()
		order := made.Orders
		if edition == api.Edition2025 {
			order = []string{"TEST-ORDER-001"}
		}
		for path, tc := range map[string]struct {
			query url.Values
			keys  []string
		}{
			"/account":                 {url.Values{"AccountId": made.Accounts}, account},
			"/distributor/accounts":    {nil, append(within("Results", account), "TotalResults")},
			"/message/routes":          {url.Values{"MessageRouteId": made.MessageRoutes}, route},
			"/account/message/routes":  {nil, append(within("Results", route), "TotalRoutes")},
			"/voice/routes":            {url.Values{"CallRouteID": made.VoiceRoutes}, voice},
			"/account/voice/routes":    {nil, append(within("Results", []string{"CallRouteId", "RouteName", "CallRouteStatus"}), "TotalRoutes")},
			"/numbers/order":           {url.Values{"OrderId": order}, followedKeys},
			"/subscribers/get":         {url.Values{"SubscriberId": made.Subscribers}, subscriberKeys},
			"/distributor/subscribers": {nil, append(within("Results", subscriberKeys), "TotalResults")},
			"/message/details":         {url.Values{"MessageId": made.Messages}, message},
			"/message/search":          {url.Values{"PhoneNumber": made.PhoneNumbers}, append(within("Results", found), "ResultsTotalRecords", "ResultsPages")},
			"/numbers": {url.Values{"PhoneNumber": made.PhoneNumbers}, []string{
				"Number", "TNID", "OrderId", "Status", "MessageRouteId", "VoiceRouteId", "AssignedSubscriberId", "Iccid", "QrActivationLink",
			}},
			"/numbers/inventory": {url.Values{"Filter": {"All"}}, append(within("PhoneNumbers", []string{"Number", "Tnid", "Status", "MessageRouteId"}), "TotalResults", "PageNumber")},
		} {
			t.Run(string(edition)+path, func(t *testing.T) {
				c := *c
				c.t = t
				got := c.get("/v1.0"+path, tc.query.Encode())
				requireKeys(t, tc.keys, got)
				for _, ids := range tc.query {
					if path != "/numbers/inventory" {
						require.Contains(t, got.text, ids[0])
					}
				}
			})
		}
	}
}

// Rule: what a create answer repeats is what was sent, but for passwords.
func TestCreateAnswersRepeatTheObject(t *testing.T) {
	_, c := open(t, sandbox.Options{Edition: edition2026})
	c.walk("account")
	got := c.step("message-route", nil)
	require.Equal(t, "Primary Message Route", got.body["RouteName"])
	require.Equal(t, true, got.body["MessageRouteEnabled"])
	require.Equal(t, "sandbox-password-token", got.body["MessagePasswordToken"])
	require.NotContains(t, got.text, "webhook-password")
	looked := c.get("/v1.0/message/routes", "MessageRouteId="+c.filled[guideMRID])
	require.Equal(t, got.body, looked.body)
}

// Rule: a token of either spelling of the path of edition 2026-04 is the same.
func TestBothSpellingsOfTheTokenCall(t *testing.T) {
	_, c := open(t, sandbox.Options{Edition: edition2026})
	body := c.body("authenticate", change{"ApiEndpoint": host + "/v1.0/distributor/accounts"})
	got, err := c.try(t.Context(), "POST", "/v1.0/OAuth2/tokens", body, http.Header{"Content-Type": {"application/json"}})
	require.NoError(t, err)
	c.tokens["/v1.0/distributor/accounts"] = got.body["token"].(string)
	require.EqualValues(t, 0, c.get("/v1.0/distributor/accounts", "").body["TotalResults"])
}

// Rule: each look-up of edition 2026-04 needs a token of its own, whatever it
// asks for.
func TestLookUpsNeedTheirOwnToken(t *testing.T) {
	_, c := open(t, sandbox.Options{Edition: edition2026})
	c.walk("account")
	foreign := c.headers("/v1.0/distributor/accounts")
	got, err := c.try(t.Context(), "GET", "/v1.0/account?AccountId="+c.filled[guideAccount], "", foreign)
	require.NoError(t, err)
	requireRefused(t, got, 403, "Token scope")
	require.Equal(t, 200, c.get("/v1.0/account", "AccountId="+c.filled[guideAccount]).status)
}

// Rule: what is not there is 404 in the service's words, what is not named
// 400.
func TestLookUpsOfWhatIsNotThere(t *testing.T) {
	for _, edition := range api.Editions() {
		_, c := open(t, sandbox.Options{Edition: edition})
		c.walk("availability")
		for path, tc := range map[string][2]string{
			"/account":         {"AccountId", "AID-1"},
			"/message/routes":  {"MessageRouteId", "MRID-1"},
			"/voice/routes":    {"CallRouteId", "CRID-1"},
			"/numbers":         {"PhoneNumber", "+18015550100"},
			"/numbers/order":   {"OrderId", "JNUOID-1"},
			"/subscribers/get": {"SubscriberId", "TSUID-1"},
			"/message/details": {"MessageId", "TMID-1"},
			"/message/search":  {"PhoneNumber", "+18015550100"},
		} {
			requireRefused(t, c.get("/v1.0"+path, url.Values{tc[0]: {tc[1]}}.Encode()), 404, tc[0]+" does not exist or belongs to a different account")
			requireRefused(t, c.get("/v1.0"+path, ""), 400, tc[0]+" is required")
		}
		requireRefused(t, c.get("/v1.0/numbers", "PhoneNumber=five"), 400, "PhoneNumber must be in E.164")
		requireRefused(t, c.get("/v1.0/numbers/inventory", "PageNumber=0"), 400, "PageNumber must be 1 or more")
	}
}

// Rule: a number is found under both keys in any letter case, with its +, with
// the blank that a + becomes, and without either.
func TestNumbersAreFoundHoweverTheyAreWritten(t *testing.T) {
	_, c := open(t, sandbox.Options{})
	c.walk("provision")
	for _, query := range []string{
		"PhoneNumber=%2B13105551234", "PhoneNumber=+13105551234", "phoneNumber=13105551234", "Number=13105551234", "number=%2b13105551234",
	} {
		require.Equal(t, guideNumber, c.get("/v1.0/numbers", query).body["Number"], query)
	}
}

// Rule: a number says whose it is: the subscriber's who was created with it.
func TestNumbersKnowTheirSubscriber(t *testing.T) {
	s, c := open(t, sandbox.Options{})
	c.walk("provision")
	query := url.Values{"PhoneNumber": {guideNumber}}.Encode()
	require.Nil(t, c.get("/v1.0/numbers", query).body["AssignedSubscriberId"])
	require.EqualValues(t, 0, c.get("/v1.0/account", "AccountId="+c.filled[guideAccount]).body["TotalSubscribers"])
	c.step("subscriber", nil)
	require.Equal(t, s.Objects().Subscribers[0], c.get("/v1.0/numbers", query).body["AssignedSubscriberId"])
	require.EqualValues(t, 1, c.get("/v1.0/account", "AccountId="+c.filled[guideAccount]).body["TotalSubscribers"])
}

// Rule: the inventory has 100 numbers on a page, none twice, all in the end.
func TestInventoryHasPages(t *testing.T) {
	_, c := open(t, sandbox.Options{Many: 101, Now: ticking(2 * time.Second)})
	c.walk("voice-route")
	for _, number := range c.search("", "", 1).numbers() {
		require.Equal(t, 200, c.step("provision", change{"PhoneNumber": number}).status)
	}
	seen := map[string]bool{}
	for page, want := range map[string]int{"1": 100, "2": 1, "3": 0} {
		got := c.get("/v1.0/numbers/inventory", "Filter=All&PageNumber="+page)
		require.EqualValues(t, 101, got.body["TotalResults"])
		require.Len(t, rows(got.body["PhoneNumbers"]), want)
		for _, row := range rows(got.body["PhoneNumbers"]) {
			seen[row["Number"].(string)] = true
		}
	}
	require.Len(t, slices.Collect(maps.Keys(seen)), 101)
}

// Rule: lists without anything in them are empty, not missing.
func TestEmptyLists(t *testing.T) {
	_, c := open(t, sandbox.Options{})
	for path, list := range map[string]string{
		"/distributor/accounts": "Results", "/account/message/routes": "Results", "/account/voice/routes": "Results",
		"/numbers/inventory": "PhoneNumbers", "/distributor/subscribers": "Results",
	} {
		require.Contains(t, c.get("/v1.0"+path, "").text, `"`+list+`":[]`)
	}
}
