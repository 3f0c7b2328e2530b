package sandbox_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/api/sandbox"
)

func parse(t *testing.T, texts ...string) []sandbox.Fault {
	t.Helper()
	var faults []sandbox.Fault
	for _, text := range texts {
		f, err := sandbox.ParseFault(text)
		require.NoError(t, err)
		faults = append(faults, f)
	}
	return faults
}

func TestParseFault(t *testing.T) {
	for text, want := range map[string]sandbox.Fault{
		"hang":                 {Name: "hang", Count: 1},
		"rate-limit:5":         {Name: "rate-limit", Count: 5},
		"drop@test-message":    {Name: "drop", Step: "test-message", Count: 1},
		"unauthorized@account": {Name: "unauthorized", Step: "account", Count: 1},
		"html@availability:12": {Name: "html", Step: "availability", Count: 12},
	} {
		got, err := sandbox.ParseFault(text)
		require.NoError(t, err, text)
		require.Equal(t, want, got)
		require.Equal(t, text, got.String())
	}
}

// Rule: a fault that is not understood is refused, with what would be.
func TestParseFaultSaysWhatWouldDo(t *testing.T) {
	for text, want := range map[string]string{
		"":                           `unknown fault "" (known: unauthorized, message-route-required, `,
		"rate-limt":                  "did you mean rate-limit?",
		"Hang":                       "did you mean hang?",
		"xyzzyxyzzy":                 `unknown fault "xyzzyxyzzy" (known: unauthorized, `,
		"hang@acount":                "did you mean account?",
		"hang@":                      "name a step after the @: authenticate, account, message-route, ",
		"hang@account@drop":          `unknown step "account@drop"`,
		"order-failed@drop":          `unknown step "drop"`,
		"no-reply@account":           "only step test-message can have no-reply, not account",
		"order-pending@test-message": "only step provision can have order-pending",
		"hang:0":                     `count "0" must be a whole number, 1 or more`,
		"hang:-1":                    `count "-1" must be`,
		"hang:":                      `count "" must be`,
		"hang:many":                  `count "many" must be`,
		"hang:2:3":                   `count "2:3" must be`,
		"hang:2@account":             `count "2@account" must be`,
		"hang:9999999999999":         "",
	} {
		_, err := sandbox.ParseFault(text)
		if want == "" {
			require.NoError(t, err, text)
			continue
		}
		require.ErrorContains(t, err, want, text)
	}
}

// Rule: the list of faults is that of the contract.
func TestFaultsAreThoseOfTheContract(t *testing.T) {
	var names []string
	for _, kind := range sandbox.Faults() {
		require.NotEmpty(t, kind.Effect, kind.Name)
		names = append(names, kind.Name)
	}
	require.Equal(t, []string{"unauthorized", "message-route-required", "number-in-use", "email-exists",
		"invalid-account", "rate-limit", "server-error", "html", "malformed", "missing-id", "soft-failure",
		"no-numbers", "slow", "hang", "drop", "refuse", "order-pending", "order-failed", "problem-details",
		"undelivered", "no-receipt", "no-reply", "no-lookup"}, names)
}

func TestNewRefusesFaultsThatDoNotExist(t *testing.T) {
	for _, f := range []sandbox.Fault{{Name: "flood"}, {Name: "hang", Step: "lunch"}, {Name: "hang", Count: -1}} {
		_, err := sandbox.New(sandbox.Options{Faults: []sandbox.Fault{f}})
		require.Error(t, err)
	}
}

// Rule: a refusing fault answers as the service does, at its step, creates
// nothing, and is over after its count.
func TestRefusingFaults(t *testing.T) {
	cases := map[string]struct {
		hits    string // The step that it hits.
		status  int
		message string
	}{
		"unauthorized":                  {"account", 401, "Unauthorized"},
		"unauthorized@authenticate":     {"authenticate", 401, "Unauthorized"},
		"unauthorized@subscriber":       {"subscriber", 401, "Unauthorized"},
		"message-route-required":        {"provision", 400, "MessageRouteId is required"},
		"number-in-use":                 {"provision", 409, "Phone number already in use"},
		"email-exists":                  {"subscriber", 409, "Email already exists"},
		"invalid-account":               {"subscriber", 400, "Invalid AccountId"},
		"invalid-account@message-route": {"message-route", 400, "Invalid AccountId"},
		"rate-limit":                    {"account", 429, "Rate limit exceeded"},
		"rate-limit@authenticate":       {"authenticate", 429, "Rate limit exceeded"},
		"server-error@provision":        {"provision", 500, "Internal server error"},
		"server-error@availability":     {"availability", 500, "Internal server error"},
		"no-numbers@provision":          {"provision", 400, "No numbers available"},
	}
	for _, edition := range api.Editions() {
		for name, tc := range cases {
			t.Run(string(edition)+" "+name, func(t *testing.T) {
				s, c := open(t, sandbox.Options{Edition: edition, Faults: parse(t, name+":2")})
				if tc.hits != "authenticate" {
					c.walk(ahead(tc.hits))
				}
				before := s.Objects()
				for range 2 {
					got := c.step(tc.hits, nil)
					requireRefused(t, got, tc.status, tc.message)
					if tc.status == 429 {
						require.Equal(t, "1", got.header.Get("Retry-After"))
					}
				}
				require.Equal(t, before, s.Objects())
				require.Equal(t, http.StatusOK, c.step(tc.hits, nil).status)
			})
		}
	}
}

// Rule: without a step, a fault that any step can have waits for a call that
// creates something.
func TestFaultsWithoutAStepHitTheNextCreatingCall(t *testing.T) {
	_, c := open(t, sandbox.Options{Faults: parse(t, "server-error:3")})
	require.Equal(t, 200, c.step("authenticate", nil).status)
	require.Equal(t, 200, c.step("availability", nil).status)
	for _, id := range []string{"account", "message-route", "voice-route"} {
		require.Equal(t, 500, c.step(id, nil).status, id)
	}
	c.walk("test-message")
}

// Rule: faults are taken in the order in which they were given, one a call.
func TestFaultsFollowOneAnother(t *testing.T) {
	_, c := open(t, sandbox.Options{Faults: parse(t, "server-error@account", "rate-limit", "soft-failure@account")})
	var got []int
	for range 4 {
		got = append(got, c.step("account", nil).status)
	}
	require.Equal(t, []int{500, 429, 200, 200}, got)
}

func TestFaultHTML(t *testing.T) {
	_, c := open(t, sandbox.Options{Faults: parse(t, "html")})
	got := c.step("account", nil)
	require.Equal(t, http.StatusBadGateway, got.status)
	require.Equal(t, "text/html", got.header.Get("Content-Type"))
	require.Contains(t, got.text, "<title>502 Bad Gateway</title>")
}

func TestFaultSoftFailure(t *testing.T) {
	s, c := open(t, sandbox.Options{Faults: parse(t, "soft-failure")})
	got := c.step("account", nil)
	require.Equal(t, http.StatusOK, got.status)
	require.Equal(t, false, got.body["Successful"])
	require.NotEmpty(t, got.body["ErrorMessage"])
	require.Empty(t, s.Objects())
}

func TestFaultNoNumbers(t *testing.T) {
	for _, edition := range api.Editions() {
		_, c := open(t, sandbox.Options{Edition: edition, Faults: parse(t, "no-numbers")})
		require.Contains(t, c.step("availability", nil).text, `"AvailableNumberAreas":[]`)
		require.NotContains(t, c.step("availability", nil).text, `"ResultsTotal":0`)
	}
}

// Rule: the corrupted answer of a call that was carried out has no ID that can be
// read, and the call cannot be made twice.
func TestSpoilingFaults(t *testing.T) {
	for _, edition := range api.Editions() {
		for _, name := range []string{"malformed", "missing-id"} {
			for _, one := range calls(edition) {
				t.Run(string(edition)+" "+name+" "+one.step, func(t *testing.T) {
					s, c := open(t, sandbox.Options{Edition: edition, Faults: parse(t, name+"@"+one.step)})
					if one.step != "authenticate" {
						c.walk(ahead(one.step))
					}
					before := len(made(s))
					got := c.step(one.step, nil)
					require.Equal(t, http.StatusOK, got.status)
					if name == "malformed" {
						require.False(t, json.Valid([]byte(got.text)), got.text)
					} else {
						require.NotNil(t, got.body)
						for _, id := range idsOf[one.step] {
							require.NotContains(t, got.body, id)
						}
					}
					if one.step != "authenticate" && one.step != "availability" {
						require.Greater(t, len(made(s)), before)
					}
				})
			}
		}
	}
}

// idsOf are the keys that name what a step has created.
var idsOf = map[string][]string{
	"authenticate":  {"token"},
	"account":       {"AccountId"},
	"message-route": {"MessageRouteId"},
	"voice-route":   {"CallRouteId"},
	"availability":  {"ResultsTotal", "AvailableNumberAreas", "NumbersAvailable"},
	"provision":     {"TNID", "OrderId", "PhoneNumberId", "PhoneNumberAssigned"},
	"subscriber":    {"SubscriberId"},
	"test-message":  {"MessageId"},
}

// made are the IDs of all that was created.
func made(s *sandbox.Sandbox) []string {
	o := s.Objects()
	var all []string
	for _, ids := range [][]string{o.Accounts, o.MessageRoutes, o.VoiceRoutes, o.Numbers, o.Orders, o.Subscribers, o.Messages} {
		all = append(all, ids...)
	}
	return all
}

// Rule: a fault that carries the call out waits for a call that can be.
func TestSpoilingFaultsWaitForACallThatWorks(t *testing.T) {
	for _, name := range []string{"malformed", "missing-id", "drop"} {
		s, c := open(t, sandbox.Options{Faults: parse(t, name+"@account")})
		requireRefused(t, c.step("account", change{"AccountName": nil}), 400, "AccountName is required")
		got, err := c.tryStep(t.Context(), "account", nil)
		require.Len(t, s.Objects().Accounts, 1, name)
		require.True(t, err != nil || got.body["AccountId"] == nil, name)
	}
}

// Rule: drop carries the call out and refuse does not; either way no answer
// comes, over a network and without one.
func TestCuttingFaults(t *testing.T) {
	for name, created := range map[string]int{"drop": 1, "refuse": 0} {
		for _, network := range []bool{false, true} {
			s, c := open(t, sandbox.Options{Faults: parse(t, name)})
			if network {
				server, err := sandbox.Start("127.0.0.1:0", s)
				require.NoError(t, err)
				defer func() { require.NoError(t, server.Close()) }()
				c = connect(t, "", strings.TrimSuffix(server.URL(), "/v1.0"), &http.Transport{DisableKeepAlives: true})
			}
			_, err := c.tryStep(t.Context(), "account", nil)
			require.ErrorIs(t, err, io.EOF, name)
			require.Len(t, s.Objects().Accounts, created, name)
			require.Equal(t, http.StatusOK, c.step("account", nil).status)
		}
	}
}

// Rule: slow answers after 3 s, and gives up when the client does; the call is
// carried out in either case.
func TestFaultSlow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, c := open(t, sandbox.Options{Faults: parse(t, "slow:2")})
		c.headers("")
		start := time.Now()
		require.Equal(t, http.StatusOK, c.step("account", nil).status)
		require.Equal(t, 3*time.Second, time.Since(start))

		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		start = time.Now()
		_, err := c.tryStep(ctx, "account", nil)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.Equal(t, time.Second, time.Since(start))
		require.Len(t, s.Objects().Accounts, 2)
	})
}

// Rule: hang never answers and carries nothing out.
func TestFaultHang(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, c := open(t, sandbox.Options{Faults: parse(t, "hang@authenticate", "hang@account")})
		for _, id := range []string{"authenticate", "account"} {
			ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
			defer cancel()
			start := time.Now()
			_, err := c.tryStep(ctx, id, nil)
			require.ErrorIs(t, err, context.DeadlineExceeded, id)
			require.Equal(t, time.Hour, time.Since(start))
		}
		require.Empty(t, s.Objects())
	})
}

// Rule: other calls are answered while one hangs.
func TestHangingHoldsNobodyElseUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, c := open(t, sandbox.Options{Faults: parse(t, "hang")})
		c.headers("")
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() {
			_, err := c.tryStep(ctx, "account", nil)
			ended <- err
		}()
		synctest.Wait()
		require.Equal(t, http.StatusOK, c.step("account", nil).status)
		cancel()
		require.ErrorIs(t, <-ended, context.Canceled)
	})
}
