package sandbox_test

import (
	"net/http"
	"net/url"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/api/sandbox"
)

// status asks what has become of a message.
func (c *client) status(id string) any {
	c.t.Helper()
	return c.get("/v1.0/message/details", "MessageId="+id).body["Status"]
}

// messages are those of the customer's number, newest first.
func (c *client) messages() []map[string]any {
	c.t.Helper()
	got := c.get("/v1.0/message/search", url.Values{"PhoneNumber": {c.filled[guideNumber]}}.Encode())
	require.Equal(c.t, http.StatusOK, got.status, got.text)
	return rows(got.body["Results"])
}

// send takes the guide to its end and gives the message's ID. The number of
// edition 2025-12 is the guide's own.
func (c *client) send() string {
	c.t.Helper()
	if c.edition == api.Edition2025 {
		c.filled[guideNumber] = guideNumber
	}
	c.walk("subscriber")
	return c.sendAgain()
}

func (c *client) sendAgain() string {
	c.t.Helper()
	return c.step("test-message", nil).body["MessageId"].(string)
}

// Rule: a message is Queued, Sent, and Delivered 1.2 s after it was sent; half
// a second later the texted phone has answered it.
func TestMessagesAreDeliveredAndAnswered(t *testing.T) {
	for _, edition := range api.Editions() {
		synctest.Test(t, func(t *testing.T) {
			_, c := open(t, sandbox.Options{Edition: edition})
			id := c.send()
			for _, next := range []struct {
				after  time.Duration
				status string
			}{{0, "Queued"}, {399 * time.Millisecond, "Queued"}, {time.Millisecond, "Sent"}, {799 * time.Millisecond, "Sent"}, {time.Millisecond, "Delivered"}} {
				time.Sleep(next.after)
				require.Equal(t, next.status, c.status(id))
			}
			require.Len(t, c.messages(), 1)
			time.Sleep(499 * time.Millisecond)
			require.Len(t, c.messages(), 1)
			time.Sleep(time.Millisecond)
			all := c.messages()
			require.Len(t, all, 2)
			require.Equal(t, "Inbound", all[0]["Direction"])
			require.Equal(t, "Received", all[0]["Status"])
			require.Equal(t, "+13105559999", all[0]["From"])
			require.Equal(t, id, all[1]["MessageID"])
			require.Equal(t, "Delivered", all[1]["Status"])

			answer := c.get("/v1.0/message/details", "MessageId="+all[0]["MessageID"].(string)).body
			require.Equal(t, all[0]["Body"], answer["Body"])
			require.Equal(t, all[0]["To"], answer["To"])
		})
	}
}

// Rule: To is a number in edition 2025-12 and an array in edition 2026-04, and
// every phone of the array answers.
func TestReceiversAreWrittenAsTheEditionDoes(t *testing.T) {
	_, c := open(t, sandbox.Options{Now: ticking(3 * time.Second)})
	id := c.send()
	require.Equal(t, "+13105559999", c.get("/v1.0/message/details", "MessageId="+id).body["To"])

	_, c = open(t, sandbox.Options{Edition: edition2026, Now: ticking(3 * time.Second)})
	c.send()
	to := []change{{"Number": "+13105558888"}, {"Number": "+13105557777"}}
	id = c.step("test-message", change{"To": to, "CampaignId": "C-1"}).body["MessageId"].(string)
	require.Equal(t, "+13105557777", rows(c.get("/v1.0/message/details", "MessageId="+id).body["To"])[1]["Number"])
	var from []any
	for _, m := range c.messages() {
		if m["Direction"] == "Inbound" {
			from = append(from, m["From"])
		}
	}
	require.ElementsMatch(t, []any{"+13105558888", "+13105557777", "+13105559999"}, from)
}

// Rule: the handset's own word follows that of the network.
func TestDeviceDelivery(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const path = "/v1.0/message/device-delivery"
		_, c := open(t, sandbox.Options{Edition: edition2026})
		id := c.send()
		ask := func(id string) reply {
			got, err := c.try(t.Context(), "POST", path, `{"MessageId": "`+id+`"}`, c.headers(path))
			require.NoError(t, err)
			return got
		}
		require.Equal(t, "Queued", ask(id).body["DeviceDeliveryStatus"])
		require.Nil(t, ask(id).body["DeliveredOn"])
		time.Sleep(1200 * time.Millisecond)
		got := ask(id)
		requireKeys(t, []string{"MessageId", "DeviceDeliveryStatus", "DeliveredOn", "DeviceType"}, got)
		require.Equal(t, "Delivered", got.body["DeviceDeliveryStatus"])
		require.NotEmpty(t, got.body["DeliveredOn"])
		requireRefused(t, ask("TMID-1"), 404, "MessageId does not exist or belongs to a different account")
	})
}

// Rule: the faults of a message hit one message each, and the next is
// delivered and answered. They outlast the sandbox that had them.
func TestMessageFaults(t *testing.T) {
	for name, want := range map[string]struct {
		status   string
		messages int
	}{
		"undelivered":           {"Undelivered", 1},
		"no-receipt":            {"Sent", 1},
		"no-reply@test-message": {"Delivered", 1},
		"":                      {"Delivered", 2},
	} {
		synctest.Test(t, func(t *testing.T) {
			o := sandbox.Options{Data: t.TempDir() + "/data"}
			if name != "" {
				o.Faults = parse(t, name)
			}
			_, c := open(t, o)
			id := c.send()
			time.Sleep(time.Minute)
			filled := c.filled
			_, c = open(t, sandbox.Options{Data: o.Data})
			c.filled = filled
			require.Equal(t, want.status, c.status(id), name)
			require.Len(t, c.messages(), want.messages, name)
			next := c.sendAgain()
			time.Sleep(time.Minute)
			require.Equal(t, "Delivered", c.status(next))
			require.Len(t, c.messages(), want.messages+2)
		})
	}
}

// Rule: 100 messages on a page, none twice, all in the end.
func TestMessagesHavePages(t *testing.T) {
	_, c := open(t, sandbox.Options{Now: ticking(2 * time.Second)})
	c.send()
	for range 60 {
		c.sendAgain()
	}
	seen := map[any]bool{}
	for page, want := range map[string]int{"1": 100, "2": 22, "3": 0} {
		got := c.get("/v1.0/message/search", "phoneNumber=13105551234&PageNumber="+page).body
		require.EqualValues(t, 122, got["ResultsTotalRecords"])
		require.EqualValues(t, 2, got["ResultsPages"])
		require.Len(t, rows(got["Results"]), want)
		for _, m := range rows(got["Results"]) {
			seen[m["MessageID"]] = true
		}
	}
	require.Len(t, seen, 122)
}

// Rule: with no-lookup every look-up is refused, or those of a step, for good;
// calls of the steps and orders are not.
func TestFaultNoLookUp(t *testing.T) {
	ways := func(c *client) map[string]int {
		got := map[string]int{}
		for range 2 {
			for _, path := range []string{"/distributor/accounts", "/message/routes", "/voice/routes", "/numbers", "/subscribers/get", "/message/search", "/numbers/order"} {
				got[path] = c.get("/v1.0"+path, "").status
			}
		}
		return got
	}
	for _, edition := range api.Editions() {
		_, c := open(t, sandbox.Options{Edition: edition, Faults: parse(t, "no-lookup"), Now: ticking(3 * time.Second)})
		c.walk("test-message")
		require.Equal(t, map[string]int{"/distributor/accounts": 403, "/message/routes": 403, "/voice/routes": 403, "/numbers": 403,
			"/subscribers/get": 403, "/message/search": 403, "/numbers/order": 400}, ways(c))
		requireRefused(t, c.get("/v1.0/numbers", ""), 403, "Forbidden")

		_, c = open(t, sandbox.Options{Edition: edition, Faults: parse(t, "no-lookup@account", "server-error@voice-route"), Now: ticking(3 * time.Second)})
		require.Equal(t, map[string]int{"/distributor/accounts": 403, "/message/routes": 400, "/voice/routes": 400, "/numbers": 400,
			"/subscribers/get": 400, "/message/search": 400, "/numbers/order": 400}, ways(c))
	}
}

// Rule: what was dropped at any step is found by looking for it.
func TestWhatWasDroppedIsThere(t *testing.T) {
	for _, edition := range api.Editions() {
		for id, where := range map[string][2]string{
			"account":       {"/distributor/accounts", "AID-"},
			"message-route": {"/account/message/routes", "MRID-"},
			"voice-route":   {"/account/voice/routes", "CRID-"},
			"provision":     {"/numbers/inventory", "TNID-"},
			"subscriber":    {"/distributor/subscribers", "TSUID-"},
			"test-message":  {"/message/search", "TMID-"},
		} {
			t.Run(string(edition)+" "+id, func(t *testing.T) {
				_, c := open(t, sandbox.Options{Edition: edition, Faults: parse(t, "drop@"+id)})
				c.walk(ahead(id))
				_, err := c.tryStep(t.Context(), id, nil)
				require.Error(t, err)
				number := url.Values{"PhoneNumber": {c.filled[guideNumber]}}
				if edition == api.Edition2025 {
					number.Set("PhoneNumber", guideNumber)
				}
				require.Contains(t, c.get("/v1.0"+where[0], number.Encode()).text, where[1])
			})
		}
	}
}

// Rule: problem-details refuses the hit call with the field and the sentence.
func TestFaultProblemDetails(t *testing.T) {
	for _, edition := range api.Editions() {
		for _, one := range calls(edition) {
			t.Run(string(edition)+" "+one.step, func(t *testing.T) {
				s, c := open(t, sandbox.Options{Edition: edition, Faults: parse(t, "problem-details@"+one.step)})
				if one.step != "authenticate" {
					c.walk(ahead(one.step))
				}
				before := s.Objects()
				got := c.step(one.step, nil)
				require.Equal(t, 400, got.status)
				require.Contains(t, got.header.Get("Content-Type"), "application/problem+json")
				require.ElementsMatch(t, []string{"Type", "Title", "Status", "Detail", "Errors", "TraceId"}, outer(got.body))
				require.EqualValues(t, 400, got.body["Status"])
				for field, sentences := range got.body["Errors"].(map[string]any) {
					require.Contains(t, c.body(one.step, nil), `"`+field[len("$."):]+`"`)
					require.NotEmpty(t, sentences.([]any)[0])
				}
				require.Equal(t, before, s.Objects())
				require.Equal(t, 200, c.step(one.step, nil).status)
			})
		}
	}
}

// outer are the keys of an object without those within.
func outer(body map[string]any) []string {
	var all []string
	for key := range body {
		all = append(all, key)
	}
	return all
}
