package api

import (
	"io"
	"net/http"
	"net/url"
	"telegent-setup/api/text"
	"testing"

	"github.com/stretchr/testify/require"
)

// Rule: a body is written in the order of its members, dots nest, and a secret is
// opened for the wire alone.
func TestABodyIsWrittenInOrder(t *testing.T) {
	var sent string
	var header http.Header
	c := newTestClient(t, testBase, transport(func(r *http.Request) (*http.Response, error) {
		body, err := io.ReadAll(r.Body)
		require.NoError(t, err)
		sent, header = string(body), r.Header
		return reply(200, `{}`)(r)
	}))
	call := Call{Method: "POST", Path: "/x", Body: Body{
		{Path: "Z", Value: "<é&\n>"},
		{Path: "Address.City", Value: "Lehi"},
		{Path: "On", Value: true},
		{Path: "Address.Geo.Lat", Value: 40},
		{Path: "To", Value: []map[string]string{{"Number": "+1"}, {"Number": "+2"}}},
		{Path: "None", Value: []string(nil)},
		{Path: "Password", Value: NewSecret(`p"w`), Env: "TELEGENT_PASSWORD"},
		{Path: "Pin", Value: NewSecret("12345678")},
		{Path: "A", Value: []string{"a", "b"}},
	}}
	_, err := c.Do(t.Context(), call, NewSecret("tok-123"), Watch{})
	require.NoError(t, err)
	written := func(password, pin string) string {
		return `{"Z":"<é&\n>","Address":{"City":"Lehi","Geo":{"Lat":40}},"On":true,"To":[{"Number":"+1"},{"Number":"+2"}],"None":[],"Password":"` +
			password + `","Pin":"` + pin + `","A":["a","b"]}`
	}
	require.Equal(t, written(`p\"w`, "12345678"), sent)
	require.Equal(t, "application/json", header.Get("Content-Type"))
	safe, err := call.SafeBody()
	require.NoError(t, err)
	require.Equal(t, written(text.Redacted, text.Redacted), string(safe))
	curl := c.Curl(call)
	require.Contains(t, curl, `"Password": "'"$TELEGENT_PASSWORD"'",`)
	require.Contains(t, curl, `"Pin": "[redacted]",`)
}

// Rule: what could not be written as the guide has it is not sent at all.
func TestABodyHoldsPlainValues(t *testing.T) {
	c := newTestClient(t, testBase, nil)
	_, err := c.Do(t.Context(), Call{Method: "POST", Path: "/x", Body: Body{{Path: "A", Value: struct{ B Secret }{}}}}, Secret{}, Watch{})
	require.ErrorContains(t, err, "A: a struct")
	var e *Error
	require.ErrorAs(t, err, &e)
	require.False(t, e.Uncertain())
}

// Rule: a look-up sends its query and no body, and its record does not hold what
// it looked for.
func TestALookUpHasNoBody(t *testing.T) {
	var got *http.Request
	var recorded Exchange
	c := newTestClient(t, testBase, transport(func(r *http.Request) (*http.Response, error) {
		got = r
		return reply(200, `{"Number":"+13105551234"}`)(r)
	}))
	call := Call{Method: "GET", Path: "/numbers", Query: url.Values{"PhoneNumber": {"+13105551234"}, "Filter": {"a b&c"}}}
	_, err := c.Do(t.Context(), call, NewSecret("tok-123"), Watch{Exchanged: func(x Exchange) { recorded = x }})
	require.NoError(t, err)
	require.Equal(t, testBase+"/numbers?Filter=a+b%26c&PhoneNumber=%2B13105551234", got.URL.String())
	require.Equal(t, "+13105551234", got.URL.Query().Get("PhoneNumber"))
	require.Zero(t, got.ContentLength)
	require.NotContains(t, got.Header, "Content-Type")
	require.Equal(t, testBase+"/numbers?Filter=[redacted]&PhoneNumber=[redacted]", recorded.URL)
	require.Equal(t, "curl -X GET '"+testBase+`/numbers?Filter=[redacted]&PhoneNumber=[redacted]' \
  -H "Authorization: Bearer $TELEGENT_TOKEN" \
  -H 'Accept: application/json'`, recorded.Curl)
	require.Empty(t, recorded.Request)
	require.Contains(t, c.Curl(call), "PhoneNumber=%2B13105551234")
}
