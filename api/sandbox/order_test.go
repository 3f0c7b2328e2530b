package sandbox_test

import (
	"net/url"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/api/sandbox"
)

const edition2026 = api.Edition2026

// Rule: an order is Submitted, then Pending as often as told, then Complete,
// and only then is there a number; asking again changes nothing.
func TestOrders(t *testing.T) {
	for orders, pending := range map[int]int{0: 1, 3: 3, -1: 0} {
		s, c := open(t, sandbox.Options{Edition: edition2026, Orders: orders})
		c.walk("availability")
		got := c.step("provision", nil)
		require.Equal(t, "Submitted", got.body["OrderStatus"])
		require.Regexp(t, "^JNUOID-", got.body["OrderId"])
		ask := func() reply { return c.get("/v1.0/numbers/order", "OrderId="+c.filled["order"]) }
		for range pending {
			got = ask()
			require.Equal(t, "Pending", got.body["OrderStatus"])
			require.Empty(t, got.body["PhoneNumberAssigned"])
			require.Empty(t, s.Objects().Numbers)
		}
		got = ask()
		require.Equal(t, "Complete", got.body["OrderStatus"])
		require.Regexp(t, `^\+1801`, got.body["PhoneNumberAssigned"])
		require.Regexp(t, "^https://.*/TNID-", got.body["QRCode"])
		require.Equal(t, []string{got.body["PhoneNumberId"].(string)}, s.Objects().Numbers)
		require.Equal(t, got.text, ask().text)
		require.Len(t, s.Objects().Numbers, 1)
	}
}

// Rule: the number lies in the area code that was asked for, else in the zip
// code, and no two orders get the same.
func TestOrdersGetANumberOfTheirArea(t *testing.T) {
	_, c := open(t, sandbox.Options{Edition: edition2026, Orders: -1})
	c.walk("availability")
	seen := map[string]bool{}
	for place, want := range map[[2]string]string{
		{"310", ""}:      `^\+1310`,
		{"310", "84101"}: `^\+1310`,
		{"999", "84101"}: `^\+1801`,
		{"", "02108"}:    `^\+1617`,
		{"", "02116"}:    `^\+1617`,
	} {
		require.Equal(t, 200, c.step("provision", change{"AreaCode": place[0], "ZipCode": place[1]}).status)
		number := c.follow().body["PhoneNumberAssigned"].(string)
		require.Regexp(t, want, number)
		require.False(t, seen[number], "given out twice")
		seen[number] = true
	}
}

// Rule: two orders that are both under way do not hold the same number.
func TestOrdersUnderWayHoldTheirNumber(t *testing.T) {
	s, c := open(t, sandbox.Options{Edition: edition2026, Many: 1, Orders: -1})
	c.walk("voice-route")
	zip := c.search("", "", 1).AvailableNumberAreas[0].Zipcode
	place := change{"AreaCode": "", "ZipCode": zip}
	c.step("provision", place)
	first := c.filled["order"]
	c.step("provision", place)
	got := c.get("/v1.0/numbers/order", "OrderId="+c.filled["order"])
	require.Equal(t, "Rejected", got.body["OrderStatus"])
	require.NotEmpty(t, got.body["ErrorMessage"])
	require.Equal(t, "Complete", c.get("/v1.0/numbers/order", "OrderId="+first).body["OrderStatus"])
	require.Len(t, s.Objects().Numbers, 1)
	require.Len(t, s.Objects().Orders, 2)
}

// Rule: each endpoint of edition 2026-04 needs its own token.
func TestTokensAreForOneEndpoint(t *testing.T) {
	_, c := open(t, sandbox.Options{Edition: edition2026})
	for _, one := range calls(edition2026)[1:] {
		foreign := "/v1.0/account/create"
		if one.path == foreign {
			foreign = "/v1.0/message/routes"
		}
		got, err := c.try(t.Context(), "POST", one.path, "{}", c.headers(foreign))
		require.NoError(t, err)
		requireRefused(t, got, 403, "Token scope")
	}
}

// Rule: only the path of ApiEndpoint counts: the sandbox may be reached under
// several names.
func TestTokenScopeIsAPath(t *testing.T) {
	_, c := open(t, sandbox.Options{Edition: edition2026})
	got := c.signIn("", change{"ApiEndpoint": "https://api.telegent.com/v1.0/account/create?x=1"})
	c.tokens["/v1.0/account/create"] = got.body["token"].(string)
	require.Equal(t, 200, c.step("account", nil).status)
}

// Rule: what was created can be looked up by its ID, and nothing else can.
func TestLookUps(t *testing.T) {
	_, c := open(t, sandbox.Options{Edition: edition2026})
	c.walk("test-message")
	cases := map[string]struct {
		path, key, id, name string
		value               any
	}{
		"message route": {"/v1.0/message/routes", "MessageRouteId", c.filled[guideMRID], "RouteName", "Primary Message Route"},
		"voice route":   {"/v1.0/voice/routes", "CallRouteId", c.filled[guideCRID], "RouteEnabled", true},
		"number":        {"/v1.0/numbers", "PhoneNumber", c.filled[guideNumber], "MessageRouteId", c.filled[guideMRID]},
		"order":         {"/v1.0/numbers/order", "OrderId", c.filled["order"], "OrderStatus", "Complete"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got := c.get(tc.path, url.Values{tc.key: {tc.id}}.Encode())
			require.Equal(t, 200, got.status, got.text)
			require.Equal(t, tc.id, got.body[tc.key])
			require.Equal(t, tc.value, got.body[tc.name])
			requireRefused(t, c.get(tc.path, ""), 400, tc.key+" is required")
			requireRefused(t, c.get(tc.path, url.Values{tc.key: {"+18005550123"}}.Encode()), 404, tc.key+" does not exist")
		})
	}
	requireRefused(t, c.get("/v1.0/numbers", "PhoneNumber=+18015550100"), 400, "PhoneNumber must be in E.164")
}

// Rule: a number that was provisioned for one account is none of another's.
func TestNumbersBelongToTheirAccount(t *testing.T) {
	_, c := open(t, sandbox.Options{Edition: edition2026})
	c.walk("provision")
	c.step("account", nil) // A second account; its ID is the one that is filled in now.
	requireRefused(t, c.step("subscriber", nil), 400, "Phone number does not belong to account")
}

// Rule: other kinds of voice route need no trunk.
func TestVoiceRouteWithoutTrunk(t *testing.T) {
	_, c := open(t, sandbox.Options{Edition: edition2026})
	c.walk("message-route")
	got := c.step("voice-route", change{"RouteType": "Forward", "TrunkUri1": nil, "TrunkTransport1": nil, "TrunkEnabled1": nil})
	require.Equal(t, 200, got.status, got.text)
}

// Rule: a fault of the provisioning step can hit the question that follows the
// order, once the order itself has got through.
func TestFaultsCanHitTheQuestionAfterTheOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, c := open(t, sandbox.Options{Edition: edition2026, Faults: parse(t, "slow@provision", "server-error@provision")})
		c.walk("availability")
		require.Equal(t, 200, c.step("provision", nil).status)
		requireRefused(t, c.get("/v1.0/numbers/order", "OrderId="+c.filled["order"]), 500, "")
		c.follow()
	})
}
