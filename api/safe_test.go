package api

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"telegent-setup/api/text"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"
)

func TestASecretPrintsAsNothing(t *testing.T) {
	s := NewSecret("hunter2")
	quoted, err := json.Marshal(map[string]any{"s": s, "p": &s, "l": []Secret{s}})
	require.NoError(t, err)
	var log strings.Builder
	slog.New(slog.NewTextHandler(&log, nil)).Info("m", "s", s)
	all := fmt.Sprintf("%v %+v %#v %s %q %x %d %v", s, s, s, s, s, s, s, struct{ S Secret }{s}) + string(quoted) + log.String()
	require.NotContains(t, all, "hunter2")
	require.NotContains(t, all, fmt.Sprintf("%x", "hunter2"))
	require.Equal(t, 7, s.Len())
}

var secrets = []string{`p"w'\x`, "påsswörd-✓", "a+b/c d&e=f%", "<script>&", "SecurePass123!", "line\nbreak", "12345678"}

func TestAnEchoedSecretIsRedactedHoweverItIsWritten(t *testing.T) {
	for _, secret := range secrets {
		r := &Redactor{}
		r.Add(NewSecret(secret))
		once, _ := json.Marshal(secret)
		twice, _ := json.Marshal(string(once))
		for name, echo := range map[string]string{
			"raw":    secret,
			"query":  "https://x/?p=" + url.QueryEscape(secret) + "&x=1",
			"path":   "https://x/" + url.PathEscape(secret),
			"json":   string(once),
			"nested": string(twice),
			"base64": base64.StdEncoding.EncodeToString([]byte(secret)),
			"basic":  "Basic " + base64.StdEncoding.EncodeToString([]byte("user:"+secret)),
		} {
			body, _ := json.Marshal(map[string]any{"Message": "got " + echo, echo: []string{echo}})
			safeBody := string(safe(body, r))
			require.True(t, json.Valid([]byte(safeBody)))
			require.Contains(t, safeBody, text.Redacted, "%s: %s", name, echo)
			require.NotContains(t, safeBody, secret, name)
		}
	}
}

func TestAnEscapedSecretIsRedacted(t *testing.T) {
	r := &Redactor{}
	r.Add(NewSecret("hunter22"))
	got := string(safe([]byte(`{"Message":"\u0068unt\u0065r22 and h\u0000unter22"}`), r))
	require.Equal(t, `{"Message":"[redacted] and [redacted]"}`, got)
}

func TestSecretKeysAreHiddenWhateverTheyHold(t *testing.T) {
	got := string(safe([]byte(`{"Token":"a","access_token" : {"x":[1,2]},"tokenExpiry":"soon","MessagePasswordToken":12,"password":null,"ok":"yes"}`), &Redactor{}))
	require.Equal(t, `{"Token":"[redacted]","access_token" :"[redacted]","tokenExpiry":"soon","MessagePasswordToken":"[redacted]","password":null,"ok":"yes"}`, got)
}

func TestAShortSecretIsRedactedOnlyWhole(t *testing.T) {
	r := &Redactor{}
	r.Add(NewSecret("1"))
	require.Equal(t, `{"a":"[redacted]","b":"AID-111"}`, string(safe([]byte(`{"a":"1","b":"AID-111"}`), r)))
}

func TestRecordsHidePersonalValuesAndURLs(t *testing.T) {
	var got Exchange
	c := newTestClient(t, testBase, reply(200, `{"QRCode":"LPA:1$x","ICCID":"8901","url":"https://u:pw@h/p?key=val&b=c"}`, "Date", "now", "Set-Cookie", "id=1"))
	_, err := c.Do(t.Context(), CreateMessageRoute(MessageRouteRequest{RouteURL: "https://me:pw@hook.example/x?sig=abc"}), NewSecret("tok-123"), Watch{Exchanged: func(x Exchange) { got = x }})
	require.NoError(t, err)
	all, _ := json.Marshal(got)
	for _, secret := range []string{"LPA", "8901", "me:pw", "u:pw", "abc\"", "=val", "tok-123", "Set-Cookie"} {
		require.NotContains(t, string(all), secret)
	}
	require.Contains(t, got.Curl, `"Authorization: Bearer $TELEGENT_TOKEN"`)
	require.Equal(t, map[string]string{"Date": "now"}, got.Headers)
}

func TestCurlIsTheCallAndASecretInItIsAVariable(t *testing.T) {
	c := newTestClient(t, testBase, nil)
	require.Equal(t, `curl -X POST 'https://api.telegent.test/v1.1/oauth/token' \
  -H 'Accept: application/json' \
  -H 'Content-Type: application/json' \
  -d '{
  "AccountKey": "it'\''s me",
  "AccountSecret": "'"$TELEGENT_ACCOUNT_SECRET"'"
}'`, c.Curl(CreateToken(TokenRequest{AccountKey: "it's me", AccountSecret: NewSecret("x")})))
}

func TestALongAnswerIsCutInTheRecord(t *testing.T) {
	var got Exchange
	c := newTestClient(t, testBase, reply(200, `{"list":["`+strings.Repeat("é", 20000)+`"]}`))
	_, err := c.Do(t.Context(), CreateAccount(AccountRequest{}), NewSecret("tok-123"), Watch{Exchanged: func(x Exchange) { got = x }})
	require.NoError(t, err)
	require.Less(t, len(got.Answer), longestRecord+100)
	require.Contains(t, got.Answer, "bytes more")
}

// Rule: what begins before the cut is hidden, wherever the cut is in it.
func TestNothingPersonalStandsAtTheCutOfARecord(t *testing.T) {
	for _, personal := range []string{`"Iccid":"some-card"`, `"n":"8901260852351239999"`, `"n":"LPA:1$smdp.example$some-card"`} {
		for before := range len(personal) {
			body := `{"a":"` + strings.Repeat("x", longestRecord-before-len(`{"a":"",`)) + `",` + personal + `,"b":"` + strings.Repeat("x", 1000) + `"}`
			kept := recordBody([]byte(body))
			require.NotRegexp(t, "some-c|89012608523512399", kept[longestRecord-100:], before)
		}
	}
}

func FuzzAnswer(f *testing.F) {
	for _, s := range []string{`{"AccountId":"AID-1"}`, `{"Successful":false,"error":{"message":["a",{"b":1}]}}`, `{"Data":[{"x":"\u202e\u001b[31m"}]}`, `<html>`, ``, `"x"`, `[[[[`, `{"token":{"a":[1,2,{"b":"c"}]},"n":-1.5e3}`, "\xff\xfe"} {
		f.Add([]byte(s), 200)
	}
	r := &Redactor{}
	r.Add(NewSecret("hunter22"))
	f.Fuzz(func(t *testing.T, body []byte, status int) {
		valid := json.Valid(body)
		clean := safe(body, r)
		if valid {
			require.True(t, json.Valid(clean), "JSON stays JSON: %q -> %q", body, clean)
		}
		require.NotContains(t, string(clean), "hunter22")
		require.Equal(t, string((&rewriter{redactor: r, hide: secretKey}).rewrite(body)), string(clean), "the quick look finds what the thorough one does")
		a := Answer{Status: status, Body: clean}
		if e := a.check(); e != nil {
			for _, r := range e.Message {
				require.False(t, unicode.IsControl(r), "%q", e.Message)
			}
			require.LessOrEqual(t, len([]rune(e.Message)), longest+1)
		}
		var v Availability
		_ = a.Decode(&v) // It must not panic.
		_ = readToken(body)
	})
}

func TestNothingInAValueBecomesShell(t *testing.T) {
	c := newTestClient(t, testBase, nil)
	for _, evil := range []string{"\uE000(id)\uE001", "$(id)", "`id`", "'; id; '"} {
		got := c.Curl(CreateToken(TokenRequest{AccountKey: evil, AccountSecret: NewSecret("x")}))
		require.Equal(t, 1, strings.Count(got, `'"$`), got)
		require.Contains(t, got, `"AccountKey": "`+strings.ReplaceAll(evil, "'", `'\''`)+`"`)
	}
}
