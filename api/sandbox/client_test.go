package sandbox_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/api/sandbox"
	"telegent-setup/api/sandbox/sandboxtest"
)

// host is where the sandbox is reached in memory.
const host = "http://sandbox.test"

// client calls a sandbox as a person with cURL would: it sends bodies as they
// stand in testdata, with the placeholders filled in.
type client struct {
	t       *testing.T
	edition api.Edition
	root    string // Of the server, without the base path.
	http    *http.Client
	tokens  map[string]string // By path; edition 2025-12 keeps its one under "".
	filled  map[string]string // What stands for a placeholder.
}

// reply is an answer with its body read.
type reply struct {
	status int
	header http.Header
	text   string
	body   map[string]any // Nil when the body is no JSON object.
}

// call is one request of the guide.
type call struct {
	step, path, file string
	save             map[string]string // Key of the answer -> the placeholder that it fills.
}

func open(t *testing.T, o sandbox.Options) (*sandbox.Sandbox, *client) {
	t.Helper()
	s, err := sandbox.New(o)
	require.NoError(t, err)
	return s, connect(t, o.Edition, host, sandboxtest.Transport{Handler: s})
}

func connect(t *testing.T, edition api.Edition, root string, through http.RoundTripper) *client {
	t.Helper()
	if edition == "" {
		edition = api.Edition2025
	}
	return &client{
		t: t, edition: edition, root: root,
		http:   &http.Client{Transport: through},
		tokens: map[string]string{},
		filled: map[string]string{
			"your-account-key-here":    sandbox.Key,
			"your-account-secret-here": sandbox.Secret,
			"[email protected]":        "someone@example.com",
			"https://api.telegent.com": root,
		},
	}
}

// calls are the eight calls of the guide, in order.
func calls(edition api.Edition) []call {
	paths := []string{"/v1.1/oauth/token", "/v1.0/accounts/create", "/v1.0/message/send"}
	number := map[string]string{"PhoneNumber": guideNumber}
	if edition == api.Edition2026 {
		paths = []string{"/v1.0/oauth2/tokens", "/v1.0/account/create", "/v1.0/message/outbound"}
		number = map[string]string{"OrderId": "order"}
	}
	return []call{
		{"authenticate", paths[0], "1-authenticate", nil},
		{"account", paths[1], "2-account", map[string]string{"AccountId": guideAccount}},
		{"message-route", "/v1.0/message/routes", "3-message-route", map[string]string{"MessageRouteId": guideMRID}},
		{"voice-route", "/v1.0/voice/routes", "4-voice-route", map[string]string{"CallRouteId": guideCRID}},
		{"availability", "/v1.0/numbers/availability", "5-availability", nil},
		{"provision", "/v1.0/numbers/provision", "6-provision", number},
		{"subscriber", "/v1.0/subscribers/create", "7-subscriber", nil},
		{"test-message", paths[2], "8-test-message", nil},
	}
}

// The samples of the guide that stand for what was saved.
const (
	guideAccount = "AID-a1b2c3d4-e5f6-7890-abcd-ef1234567890"
	guideMRID    = "MRID-12345678-abcd-1234-5678-abcdef123456"
	guideCRID    = "CRID-87654321-dcba-4321-8765-fedcba987654"
	guideNumber  = "+13105551234"
)

func step(edition api.Edition, id string) call {
	for _, c := range calls(edition) {
		if c.step == id {
			return c
		}
	}
	panic("no step " + id)
}

// body is the documented body of a step with the placeholders filled in and
// some fields changed; a nil value leaves a field out.
func (c *client) body(id string, changes map[string]any) string {
	c.t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", string(c.edition), step(c.edition, id).file+".json"))
	require.NoError(c.t, err)
	var pairs []string
	for placeholder, value := range c.filled {
		pairs = append(pairs, placeholder, value)
	}
	filled := strings.NewReplacer(pairs...).Replace(string(text))
	if len(changes) == 0 {
		return filled
	}
	var fields map[string]any
	require.NoError(c.t, json.Unmarshal([]byte(filled), &fields))
	for key, value := range changes {
		if fields[key] = value; value == nil {
			delete(fields, key)
		}
	}
	changed, err := json.Marshal(fields)
	require.NoError(c.t, err)
	return string(changed)
}

// try sends a request as it is told.
func (c *client) try(ctx context.Context, method, path, body string, header http.Header) (reply, error) {
	c.t.Helper()
	r, err := http.NewRequestWithContext(ctx, method, c.root+path, strings.NewReader(body))
	require.NoError(c.t, err)
	r.Header = header
	response, err := c.http.Do(r)
	if err != nil {
		return reply{}, err
	}
	defer func() { _ = response.Body.Close() }()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return reply{}, err
	}
	got := reply{status: response.StatusCode, header: response.Header, text: string(text)}
	_ = json.Unmarshal(bytes.TrimSpace(text), &got.body)
	return got, nil
}

// headers are those of a call with a token that is good for the path.
func (c *client) headers(path string) http.Header {
	c.t.Helper()
	key := ""
	if c.edition == api.Edition2026 {
		key = path
	}
	if c.tokens[key] == "" {
		got := c.signIn(path, nil)
		require.Equal(c.t, http.StatusOK, got.status, got.text)
		c.tokens[key] = got.body["token"].(string)
	}
	return http.Header{"Content-Type": {"application/json"}, "Authorization": {"Bearer " + c.tokens[key]}}
}

// signIn asks for a token for the path.
func (c *client) signIn(path string, changes map[string]any) reply {
	c.t.Helper()
	all := map[string]any{}
	if c.edition == api.Edition2026 {
		all["ApiEndpoint"] = c.root + path
	}
	maps.Copy(all, changes)
	got, err := c.try(c.t.Context(), http.MethodPost, step(c.edition, "authenticate").path,
		c.body("authenticate", all), http.Header{"Content-Type": {"application/json"}})
	require.NoError(c.t, err)
	return got
}

// tryStep sends the documented call of a step, with some fields changed.
func (c *client) tryStep(ctx context.Context, id string, changes map[string]any) (reply, error) {
	c.t.Helper()
	if id == "authenticate" {
		return c.try(ctx, http.MethodPost, step(c.edition, id).path,
			c.body(id, changes), http.Header{"Content-Type": {"application/json"}})
	}
	path := step(c.edition, id).path
	return c.try(ctx, http.MethodPost, path, c.body(id, changes), c.headers(path))
}

// step sends the documented call of a step and keeps what the guide says to
// save.
func (c *client) step(id string, changes map[string]any) reply {
	c.t.Helper()
	got, err := c.tryStep(c.t.Context(), id, changes)
	require.NoError(c.t, err)
	for key, placeholder := range step(c.edition, id).save {
		if value, ok := got.body[key].(string); ok {
			c.filled[placeholder] = value
		}
	}
	return got
}

// get looks something up.
func (c *client) get(path, query string) reply {
	c.t.Helper()
	header := c.headers(path)
	header.Del("Content-Type")
	got, err := c.try(c.t.Context(), http.MethodGet, path+"?"+query, "", header)
	require.NoError(c.t, err)
	return got
}

// walk takes the steps of the guide up to and including the last one named,
// following the order of edition 2026-04 to its end.
func (c *client) walk(last string) {
	c.t.Helper()
	c.walkFrom("authenticate", last)
}

// walkFrom takes the steps of the guide between two, both included.
func (c *client) walkFrom(first, last string) {
	c.t.Helper()
	walking := false
	for _, one := range calls(c.edition) {
		if walking = walking || one.step == first; !walking {
			continue
		}
		got := c.step(one.step, nil)
		require.Equal(c.t, http.StatusOK, got.status, "%s: %s", one.step, got.text)
		if one.step == "provision" && c.edition == api.Edition2026 {
			c.follow()
		}
		if one.step == last {
			return
		}
	}
}

// follow asks for the order until it is complete.
func (c *client) follow() reply {
	c.t.Helper()
	for range 5 {
		got := c.get("/v1.0/numbers/order", "OrderId="+c.filled["order"])
		if got.body["OrderStatus"] == "Completed" {
			c.filled[guideNumber] = rows(got.body["PhoneNumbersOrdered"])[0]["Number"].(string)
			return got
		}
	}
	require.Fail(c.t, "the order is never complete")
	return reply{}
}

// rows are the objects of a list in an answer.
func rows(list any) []map[string]any {
	var all []map[string]any
	for _, one := range list.([]any) {
		all = append(all, one.(map[string]any))
	}
	return all
}

// requireRefused wants an error answer in the service's words.
func requireRefused(t *testing.T, got reply, status int, message string) {
	t.Helper()
	require.Equal(t, status, got.status, got.text)
	require.EqualValues(t, status, got.body["StatusCode"])
	require.Contains(t, got.body["Message"], message)
	require.NotEmpty(t, got.body["TransactionLogId"])
}

// ahead is the step before the one named, for which walk has to stop.
func ahead(id string) string {
	steps := calls(api.Edition2025)
	for i, one := range steps {
		if one.step == id && i > 0 {
			return steps[i-1].step
		}
	}
	return "authenticate"
}
