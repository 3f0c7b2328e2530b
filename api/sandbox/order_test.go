package sandbox_test

import (
	"net/url"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/api/sandbox"
)

const edition2026 = api.Edition2026

// ask asks for the last order.
func (c *client) ask() reply {
	c.t.Helper()
	return c.get("/v1.0/numbers/order", "OrderId="+c.filled["order"])
}

// Rule: an order is Submitted, then Pending as often as told, then Completed,
// and only then is there a number; asking again changes nothing. The ID of the
// number is not in the order, but in the number's own details.
func TestOrders(t *testing.T) {
	for orders, pending := range map[int]int{0: 1, 3: 3} {
		s, c := open(t, sandbox.Options{Edition: edition2026, Orders: orders})
		c.walk("availability")
		got := c.step("provision", nil)
		require.Equal(t, "Submitted", got.body["OrderStatus"])
		require.Regexp(t, "^JNUOID-", got.body["OrderId"])
		for _, key := range []string{"PhoneNumberAssigned", "PhoneNumberId", "QRCode", "ICCID", "ErrorMessage"} {
			require.Nil(t, got.body[key], key)
		}
		for range pending {
			got = c.ask()
			require.Equal(t, "Pending", got.body["OrderStatus"])
			require.Empty(t, got.body["PhoneNumbersOrdered"])
			require.Empty(t, s.Objects().Numbers)
		}
		got = c.ask()
		require.Equal(t, "Completed", got.body["OrderStatus"])
		require.Equal(t, "Provision", got.body["OrderType"])
		number := rows(got.body["PhoneNumbersOrdered"])[0]["Number"].(string)
		require.Regexp(t, `^\+1801`, number)
		require.NotContains(t, got.text, "TNID-")
		require.Equal(t, got.text, c.ask().text)

		details := c.get("/v1.0/numbers", url.Values{"PhoneNumber": {number}}.Encode()).body
		require.Equal(t, s.Objects().Numbers, []string{details["TNID"].(string)})
		require.Equal(t, c.filled["order"], details["OrderId"])
		require.Equal(t, "Active", details["Status"])
		require.Regexp(t, `^https://quickchart\.io/qr\?text=LPA:1\$[A-Z.]+\$[0-9A-F]{32}&size=300$`, details["QrActivationLink"])
		require.Regexp(t, `^8901\d{15}$`, details["Iccid"])
	}
}

// Rule: an order that takes no time is answered with its number.
func TestOrdersThatAreCompleteAtOnce(t *testing.T) {
	s, c := open(t, sandbox.Options{Edition: edition2026, Orders: -1})
	c.walk("availability")
	got := c.step("provision", change{"ICCID": "8901000000000000001", "ZipCode": "84101"}).body
	require.Equal(t, "Complete", got["OrderStatus"])
	require.Equal(t, s.Objects().PhoneNumbers, []string{got["PhoneNumberAssigned"].(string)})
	require.Equal(t, s.Objects().Numbers, []string{got["PhoneNumberId"].(string)})
	require.Contains(t, got["QRCode"], "https://quickchart.io/qr?text=LPA:1$")
	require.Equal(t, "8901000000000000001", got["ICCID"])
	require.Equal(t, "84101", got["ZipCode"])
	require.Nil(t, got["ErrorMessage"])
	require.Equal(t, "Completed", c.ask().body["OrderStatus"])
}

// Rule: an order may name a subscriber, who then has the number.
func TestOrdersForASubscriber(t *testing.T) {
	s, c := open(t, sandbox.Options{Edition: edition2026, Orders: -1})
	c.walk("availability")
	require.Equal(t, 200, c.step("subscriber", change{"PhoneNumbers": nil}).status)
	one := s.Objects().Subscribers[0]
	got := c.step("provision", change{"AssignedSubscriberId": one}).body
	require.Equal(t, one, got["SubscriberId"])
	number := url.Values{"Number": {got["PhoneNumberAssigned"].(string)}}
	require.Equal(t, one, c.get("/v1.0/numbers", number.Encode()).body["AssignedSubscriberId"])
}

// Rule: a product is read in any letter case.
func TestProductsInAnyCase(t *testing.T) {
	_, c := open(t, sandbox.Options{Edition: edition2026})
	c.walk("availability")
	for _, product := range []string{"SMS-Only", "sms+data", "SMS+DATA+VOICE", "Data-Only"} {
		require.Equal(t, 200, c.step("provision", change{"ProductType": product}).status, product)
	}
}

// Rule: a number of a SIM card in a machine has no voice.
func TestMachinesHaveNoVoice(t *testing.T) {
	_, c := open(t, sandbox.Options{Edition: edition2026})
	c.walk("availability")
	require.Equal(t, 200, c.step("provision", change{"NumberType": "iot", "VoiceEnabled": false, "VoiceRouteId": nil}).status)
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
		number := c.step("provision", change{"AreaCode": place[0], "ZipCode": place[1]}).body["PhoneNumberAssigned"].(string)
		require.Regexp(t, want, number)
		require.False(t, seen[number], "given out twice")
		seen[number] = true
	}
}

// Rule: two orders that are both under way do not hold the same number.
func TestOrdersUnderWayHoldTheirNumber(t *testing.T) {
	s, c := open(t, sandbox.Options{Edition: edition2026, Many: 1})
	c.walk("voice-route")
	zip := c.search("", "", 1).AvailableNumberAreas[0].Zipcode
	place := change{"AreaCode": "", "ZipCode": zip}
	c.step("provision", place)
	first := c.filled["order"]
	c.step("provision", place)
	require.Equal(t, "Pending", c.ask().body["OrderStatus"])
	got := c.ask()
	require.Equal(t, "Rejected", got.body["OrderStatus"])
	require.Equal(t, "No numbers available in the requested area", got.body["OrderStatusMessage"])
	require.Empty(t, got.body["PhoneNumbersOrdered"])
	c.filled["order"] = first
	c.follow()
	require.Len(t, s.Objects().Numbers, 1)
	require.Len(t, s.Objects().Orders, 2)
}

// Rule: an order whose ID was lost leads to a number all the same: the
// inventory has it.
func TestLostOrdersAreInTheInventory(t *testing.T) {
	s, c := open(t, sandbox.Options{Edition: edition2026, Faults: parse(t, "drop@provision")})
	c.walk("availability")
	_, err := c.tryStep(t.Context(), "provision", nil)
	require.Error(t, err)
	row := rows(c.get("/v1.0/numbers/inventory", "Filter=All").body["PhoneNumbers"])[0]
	require.Equal(t, c.filled[guideMRID], row["MessageRouteId"])
	require.Equal(t, s.Objects().Numbers, []string{row["Tnid"].(string)})
}

// Rule: with order-pending an order takes 10 s, however often it is asked for;
// in edition 2025-12 it is answered with the number that was requested.
func TestFaultOrderPending(t *testing.T) {
	for _, edition := range api.Editions() {
		synctest.Test(t, func(t *testing.T) {
			s, c := open(t, sandbox.Options{Edition: edition, Faults: parse(t, "order-pending")})
			c.walk("availability")
			got := c.step("provision", nil)
			require.Equal(t, "Submitted", got.body["OrderStatus"])
			if edition == api.Edition2025 {
				c.filled["order"] = "TEST-ORDER-001"
				require.Equal(t, guideNumber, rows(got.body["PhoneNumbersRequested"])[0]["Number"])
				requireRefused(t, c.step("provision", nil), 409, "Phone number already in use")
			}
			for range 4 {
				require.Equal(t, "Processing", c.ask().body["OrderStatus"])
			}
			time.Sleep(10*time.Second - time.Nanosecond)
			require.Empty(t, rows(c.get("/v1.0/numbers/inventory", "").body["PhoneNumbers"]))
			require.Equal(t, "Processing", c.ask().body["OrderStatus"])
			time.Sleep(time.Nanosecond)
			got = c.ask()
			require.Equal(t, "Completed", got.body["OrderStatus"])
			number := rows(got.body["PhoneNumbersOrdered"])[0]["Number"].(string)
			require.Equal(t, []string{number}, s.Objects().PhoneNumbers)
		})
	}
}

// Rule: with order-failed an order fails, first without a number and then with
// one, says why, and leaves the number to others.
func TestFaultOrderFailed(t *testing.T) {
	_, c := open(t, sandbox.Options{Edition: edition2026, Faults: parse(t, "order-failed:2")})
	c.walk("availability")
	require.Equal(t, "Submitted", c.step("provision", nil).body["OrderStatus"])
	c.ask()
	got := c.ask().body
	require.Equal(t, "Failed", got["OrderStatus"])
	require.Equal(t, "The carrier could not activate the number", got["OrderStatusMessage"])
	require.Empty(t, got["PhoneNumbersOrdered"])

	c.step("provision", nil)
	c.ask()
	got = c.ask().body
	require.Equal(t, "Error", got["OrderStatus"])
	require.Equal(t, "8A-ACCOUNT_NUM_REQ_OR_INCORRECT", got["OrderStatusMessage"])
	failed := rows(got["PhoneNumbersOrdered"])[0]["Number"]

	c.step("provision", nil)
	require.Equal(t, failed, rows(c.follow().body["PhoneNumbersOrdered"])[0]["Number"])
}

// Rule: in edition 2025-12, and where orders take no time, the failure is in
// the answer to the order.
func TestFaultOrderFailedAtOnce(t *testing.T) {
	for _, edition := range api.Editions() {
		s, c := open(t, sandbox.Options{Edition: edition, Orders: -1, Faults: parse(t, "order-failed@provision:2")})
		c.walk("availability")
		got := c.step("provision", nil)
		requireKeys(t, atOnceKeys, got)
		require.Equal(t, "Failed", got.body["OrderStatus"])
		require.Equal(t, "The carrier could not activate the number", got.body["ErrorMessage"])
		require.Nil(t, got.body["PhoneNumberAssigned"])
		got = c.step("provision", nil)
		require.Equal(t, "Error", got.body["OrderStatus"])
		require.NotNil(t, got.body["PhoneNumberAssigned"])
		require.Nil(t, got.body["PhoneNumberId"])
		require.Empty(t, s.Objects().Numbers)
		require.Equal(t, 200, c.step("provision", nil).status)
		require.Len(t, s.Objects().Numbers, 1)
	}
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

// Rule: a number that was provisioned for one account is none of another's.
func TestNumbersBelongToTheirAccount(t *testing.T) {
	_, c := open(t, sandbox.Options{Edition: edition2026})
	c.walk("provision")
	c.step("account", nil) // A second account; its ID is the one that is filled in now.
	requireRefused(t, c.step("subscriber", nil), 400, "Phone number does not belong to account")
}

// Rule: a voice route takes what is documented for its type.
func TestVoiceRoutes(t *testing.T) {
	_, c := open(t, sandbox.Options{Edition: edition2026})
	c.walk("message-route")
	for name, fields := range map[string]change{
		"IP and port":      {"TrunkUri1": nil, "TrunkIp1": "192.0.2.1", "TrunkPort1": 5060},
		"port as text":     {"TrunkIp1": "2001:db8::1", "TrunkPort1": "5061", "TrunkTransport1": "TLS"},
		"URI over https":   {"TrunkUri1": "https://sip.example.com"},
		"URI without kind": {"TrunkUri1": "sip.example.com", "TrunkTransport1": nil},
		"webhook":          {"RouteType": "URL", "VoiceUrl": "https://example.com/voice", "VoiceUrlMethod": "GET", "VoiceAuthenticationType": "Bearer", "VoicePasswordToken": "s3cret"},
		"forward":          {"RouteType": "Forward", "TrunkUri1": nil, "TrunkTransport1": nil, "TrunkEnabled1": nil},
	} {
		got := c.step("voice-route", fields)
		require.Equal(t, 200, got.status, "%s: %s", name, got.text)
		require.NotContains(t, got.text, "s3cret")
	}
}

// Rule: a fault of the provisioning step can hit the question that follows the
// order, once the order itself has got through.
func TestFaultsCanHitTheQuestionAfterTheOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, c := open(t, sandbox.Options{Edition: edition2026, Faults: parse(t, "slow@provision", "server-error@provision")})
		c.walk("availability")
		require.Equal(t, 200, c.step("provision", nil).status)
		requireRefused(t, c.ask(), 500, "")
		c.follow()
	})
}
