package sandbox_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/api/sandbox"
	"telegent-setup/api/sandbox/sandboxtest"
)

// Rule: every request is told of once, with what it did and when, and without
// any secret.
func TestLog(t *testing.T) {
	var lines []string
	_, c := open(t, sandbox.Options{
		Now:    ticking(time.Second),
		Faults: parse(t, "email-exists", "drop@message-route", "refuse@voice-route"),
		Log: func(e sandbox.Entry) {
			require.False(t, e.Time.IsZero())
			lines = append(lines, fmt.Sprintf("%s %s %d %s", e.Method, e.Path, e.Status, e.Did))
		},
	})
	c.walk("account")
	for _, id := range []string{"message-route", "voice-route"} {
		_, err := c.tryStep(t.Context(), id, nil)
		require.Error(t, err)
	}
	c.walkFrom("message-route", "provision")
	c.step("subscriber", nil)
	c.step("subscriber", change{"Email": "nobody"})
	id := c.sendAgain()
	c.get("/v1.0/message/details", "MessageId="+id)
	c.get("/v1.0/account", "AccountId=AID-1")
	got, err := c.try(t.Context(), "POST", "/v1.0/accounts/create", strings.Repeat("x", 1<<20+1), c.headers(""))
	require.NoError(t, err)
	require.Equal(t, 413, got.status)

	const uuid = `[0-9a-f-]{36}`
	for i, want := range []string{
		`POST /v1.1/oauth/token 200 issued a token`,
		`POST /v1.1/oauth/token 200 issued a token`,
		`POST /v1.0/accounts/create 200 created account AID-` + uuid,
		`POST /v1.0/message/routes 0 fault drop: created message route MRID-` + uuid + `, then cut the connection`,
		`POST /v1.0/voice/routes 0 fault refuse: nothing was carried out`,
		`POST /v1.0/message/routes 200 created message route MRID-` + uuid,
		`POST /v1.0/voice/routes 200 created voice route CRID-` + uuid,
		`POST /v1.0/numbers/availability 200 found 24 numbers in 3 areas`,
		`POST /v1.0/numbers/provision 200 provisioned \+13105551234, TNID-` + uuid,
		`POST /v1.0/subscribers/create 409 fault email-exists: refused: Email already exists`,
		`POST /v1.0/subscribers/create 400 refused: Email must be an email address`,
		`POST /v1.0/message/send 200 queued message TMID-` + uuid + `, its webhook is not on this machine and will not be called`,
		`GET /v1.0/message/details 200 found message TMID-` + uuid + `: Delivered`,
		`GET /v1.0/account 404 refused: AccountId does not exist or belongs to a different account`,
		`POST /v1.0/accounts/create 413 refused: The request body is larger than 1048576 bytes`,
	} {
		require.Regexp(t, "^"+want+"$", lines[i])
	}
	require.Len(t, lines, 15)
	all := strings.Join(lines, "\n")
	for _, secret := range []string{sandbox.Secret, "SecurePass123!", c.tokens[""], "Hello!"} {
		require.NotContains(t, all, secret)
	}
}

// Rule: an order is told of with its state, a token of edition 2026-04 with
// what it is for.
func TestLogOf2026(t *testing.T) {
	var did []string
	_, c := open(t, sandbox.Options{Edition: api.Edition2026, Log: func(e sandbox.Entry) { did = append(did, e.Did) }})
	c.walk("provision")
	require.Contains(t, did, "issued a token for /v1.0/account/create")
	require.Contains(t, did, "order "+c.filled["order"]+": Submitted")
	require.Equal(t, "order "+c.filled["order"]+": Completed", did[len(did)-1])
}

// Rule: text from outside is cleaned and cut before it is told.
func TestLogIsCleaned(t *testing.T) {
	var entries []sandbox.Entry
	s, err := sandbox.New(sandbox.Options{Log: func(e sandbox.Entry) { entries = append(entries, e) }})
	require.NoError(t, err)
	c := http.Client{Transport: sandboxtest.Transport{Handler: s}}
	got, err := c.Get(host + "/%1b%5b31m%0aPOST%E2%80%AEevil/" + strings.Repeat("a", 10_000))
	require.NoError(t, err)
	require.NoError(t, got.Body.Close())
	require.Len(t, entries, 1)
	require.LessOrEqual(t, len([]rune(entries[0].Path)), 201)
	require.NotRegexp(t, `[\x00-\x1f\x{202e}]`, entries[0].Path)
	require.Equal(t, 404, entries[0].Status)
}
