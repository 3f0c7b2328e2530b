package api

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

// transport answers requests from memory; a connection is had unless it says
// otherwise.
type transport func(*http.Request) (*http.Response, error)

func (f transport) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func connected(r *http.Request) {
	if t := httptrace.ContextClientTrace(r.Context()); t != nil && t.GotConn != nil {
		t.GotConn(httptrace.GotConnInfo{})
	}
}

func reply(status int, body string, headers ...string) transport {
	return func(r *http.Request) (*http.Response, error) {
		connected(r)
		resp := &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body)), Request: r}
		for i := 0; i+1 < len(headers); i += 2 {
			resp.Header.Set(headers[i], headers[i+1])
		}
		return resp, nil
	}
}

// inTurn answers with each in turn, and goes on with the last.
func inTurn(calls *int, all ...transport) transport {
	return func(r *http.Request) (*http.Response, error) {
		*calls++
		return all[min(*calls, len(all))-1](r)
	}
}

func refuseConnection(*http.Request) (*http.Response, error) {
	return nil, &net.OpError{Op: "dial", Err: errors.New("connection refused")}
}

func cut(r *http.Request) (*http.Response, error) {
	connected(r)
	return nil, io.ErrUnexpectedEOF
}

func hang(r *http.Request) (*http.Response, error) {
	connected(r)
	<-r.Context().Done()
	return nil, r.Context().Err()
}

func newTestClient(t *testing.T, base string, rt http.RoundTripper) *Client {
	t.Helper()
	u, err := ParseBaseURL(base)
	require.NoError(t, err)
	return New(Options{BaseURL: u, UserAgent: "telegent-setup/test", Transport: rt})
}

const testBase = "https://api.telegent.test/v1.0"

func TestTheRequestIsTheOneOfTheGuide(t *testing.T) {
	var got *http.Request
	var body []byte
	c := newTestClient(t, testBase+"/", transport(func(r *http.Request) (*http.Response, error) {
		got = r
		body, _ = io.ReadAll(r.Body)
		return reply(200, `{"SubscriberId":"TSUID-1"}`)(r)
	}))
	call := CreateSubscriber(SubscriberRequest{
		Name: "Ada <&> Söhne", Email: "ada@example.com", Password: NewSecret(`p"w`), AccountID: "AID-1",
		PhoneNumbers: []string{"+13105551234"}, Role: "Subscriber",
	})
	_, err := c.Do(t.Context(), call, NewSecret("tok-1"), Watch{})
	require.NoError(t, err)
	require.Equal(t, "POST https://api.telegent.test/v1.0/subscribers/create", got.Method+" "+got.URL.String())
	require.Equal(t, "Bearer tok-1", got.Header.Get("Authorization"))
	require.Equal(t, "application/json", got.Header.Get("Accept"))
	require.Equal(t, "telegent-setup/test", got.Header.Get("User-Agent"))
	require.Equal(t, `{"Name":"Ada <&> Söhne","Email":"ada@example.com","Password":"p\"w","AccountId":"AID-1","PhoneNumbers":["+13105551234"],"Role":"Subscriber"}`, string(body))
}

func TestTheTokenCallLiesBesideTheBasePath(t *testing.T) {
	for base, want := range map[string]string{
		"https://host/v1.0":        "https://host/v1.1/oauth/token",
		"https://host/v1.0/":       "https://host/v1.1/oauth/token",
		"https://host/proxy/v1.0":  "https://host/proxy/v1.1/oauth/token",
		"https://host":             "https://host/v1.1/oauth/token",
		"http://127.0.0.1:80/v1.0": "http://127.0.0.1:80/v1.1/oauth/token",
	} {
		require.Equal(t, want, newTestClient(t, base, nil).URL(CreateToken(TokenRequest{})), base)
	}
}

func TestBaseURL(t *testing.T) {
	for _, ok := range []string{"https://api.telegent.com/v1.0", "http://localhost:1/v1.0", "http://127.9.9.9", "http://[::1]:8080/v1.0/"} {
		_, err := ParseBaseURL(ok)
		require.NoError(t, err, ok)
	}
	for bad, says := range map[string]string{
		"http://api.telegent.com/v1.0":  "https://",
		"http://localhost.evil.example": "https://",
		"https://u:p@host/v1.0":         "user name or password",
		"https://host/v1.0?x=1":         "query",
		"ftp://host":                    "https://",
		"host/v1.0":                     "not a URL",
		"":                              "not a URL",
	} {
		_, err := ParseBaseURL(bad)
		require.ErrorContains(t, err, says, bad)
		require.NotContains(t, err.Error(), "u:p")
	}
}

func TestWhatBecomesOfACall(t *testing.T) {
	for name, tc := range map[string]struct {
		answer    transport
		kind      Kind
		message   string
		uncertain bool
		calls     int
	}{
		"conflict":               {reply(409, `{"StatusCode":409,"Message":"Email already exists","TransactionLogId":"T-1"}`), Refused, "Email already exists", false, 1},
		"lower case":             {reply(400, `{"successful":false,"error":"Invalid AccountId"}`), Refused, "Invalid AccountId", false, 1},
		"plain text":             {reply(422, "bad \x1b[31mthing\x1b[0m\u202e"), Refused, "bad thing", false, 1},
		"empty body":             {reply(403, ""), Refused, "", false, 1},
		"nested error":           {reply(400, `{"error":{"code":7,"message":"no such area"}}`), Refused, "no such area", false, 1},
		"list of errors":         {reply(400, `{"errors":[{"message":"a"},{"message":"b"}]}`), Refused, "a; b", false, 1},
		"200 that refuses":       {reply(200, `{"Successful":false,"ErrorMessage":"No credit"}`), Refused, "No credit", false, 1},
		"200 in any letter case": {reply(200, `{"SUCCESSFUL":"False","data":{"AccountId":"AID-1"}}`), Refused, "", false, 1},
		"200 with an error":      {reply(200, `{"Data":{"AccountId":"","errorMessage":"nope"}}`), Refused, "nope", false, 1},
		"redirect":               {reply(307, "", "Location", "https://u:p@portal.example/login?token=x"), Refused, "", false, 1},
		"server error":           {reply(500, `{"Message":"boom"}`), ServerError, "boom", true, 1},
		"gateway page":           {reply(502, "<html>Bad gateway</html>", "Content-Type", "text/html"), ServerError, "", true, 1},
		"request timeout":        {reply(408, ""), Timeout, "", true, 1},
		"cut":                    {cut, Network, "", true, 1},
		"hang":                   {hang, Timeout, "", true, 1},
		"never connected":        {refuseConnection, NotConnected, "", false, 3},
		"rate limit":             {reply(429, `{"Message":"slow down"}`), Throttled, "slow down", false, 5},
		"rate limit, long":       {reply(429, "", "Retry-After", "121"), Throttled, "", false, 1},
		"rate limit, very long":  {reply(429, "", "Retry-After", "99999999999"), Throttled, "", false, 1},
		"rate limit, year 9999":  {reply(429, "", "Retry-After", "Fri, 31 Dec 9999 23:59:59 GMT"), Throttled, "", false, 1},
		"rate limit, endless":    {reply(429, "", "Retry-After", "99999999999999999999"), Throttled, "", false, 1},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				calls := 0
				c := newTestClient(t, testBase, inTurn(&calls, tc.answer))
				_, err := c.Do(t.Context(), CreateAccount(AccountRequest{}), NewSecret("token"), Watch{})
				var e *Error
				require.ErrorAs(t, err, &e)
				require.Equal(t, tc.kind, e.Kind)
				require.Equal(t, tc.message, e.Message)
				require.Equal(t, tc.uncertain, e.Uncertain())
				require.Equal(t, tc.calls, calls)
				require.NotNil(t, e.Exchange)
				require.NotContains(t, e.Error()+e.Location, "u:p")
			})
		})
	}
}

func TestSuccessIsNotMistakenForRefusal(t *testing.T) {
	for _, body := range []string{
		`{"AccountId":"AID-1"}`, `{"Successful":true,"Data":{"AccountId":"AID-1"}}`, `{"accountId":"AID-1","error":null,"ErrorMessage":""}`,
		`{"data":{"ACCOUNTID":"AID-1","error":false}}`, `[{"AccountId":"AID-1"}]`, `{"success":true,"data":[{"AccountId":"AID-1"}]}`,
		`{"AccountId":"AID-1","Data":null}`,
	} {
		c := newTestClient(t, testBase, reply(201, body))
		a, err := c.Do(t.Context(), CreateAccount(AccountRequest{}), NewSecret("token"), Watch{})
		require.NoError(t, err, body)
		var v Account
		require.NoError(t, a.Decode(&v), body)
		require.Equal(t, Text("AID-1"), v.AccountID, body)
	}
}

func TestRetryAfterIsObeyed(t *testing.T) {
	for name, tc := range map[string]struct {
		header func() string
		want   time.Duration
	}{
		"seconds":    {func() string { return "7" }, 7 * time.Second},
		"date":       {func() string { return time.Now().Add(30 * time.Second).UTC().Format(http.TimeFormat) }, 30 * time.Second},
		"decimals":   {func() string { return " 1.5" }, 2 * time.Second},
		"negative":   {func() string { return "-5" }, time.Second},
		"year 1":     {func() string { return "Mon, 01 Jan 0001 00:00:00 GMT" }, time.Second},
		"year 10000": {func() string { return "Sat, 01 Jan 10000 00:00:00 GMT" }, time.Second},
		"short year": {func() string { return "Monday, 01-Jan-70 00:00:00 GMT" }, time.Second},
		"past":       {func() string { return time.Now().Add(-time.Hour).UTC().Format(http.TimeFormat) }, 0},
		"none":       {func() string { return "" }, time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				calls := 0
				c := newTestClient(t, testBase, inTurn(&calls, reply(429, "", "Retry-After", tc.header()), reply(200, `{}`)))
				start := time.Now()
				var until time.Time
				_, err := c.Do(t.Context(), CreateAccount(AccountRequest{}), NewSecret("token"), Watch{Waiting: func(reason string, u time.Time) {
					require.Equal(t, "rate limit", reason)
					until = u
				}})
				require.NoError(t, err)
				require.Equal(t, tc.want, time.Since(start))
				require.Equal(t, tc.want, until.Sub(start))
			})
		})
	}
}

func TestNoMoreThan50RequestsInAny60Seconds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var sent []time.Time
		c := newTestClient(t, testBase, transport(func(r *http.Request) (*http.Response, error) {
			sent = append(sent, time.Now())
			return reply(200, `{}`)(r)
		}))
		for range 200 {
			_, err := c.Do(t.Context(), CreateAccount(AccountRequest{}), NewSecret("token"), Watch{})
			require.NoError(t, err)
		}
		for i := range len(sent) - 50 {
			require.Greater(t, sent[i+50].Sub(sent[i]), 60*time.Second)
		}
	})
}

func TestCancellingAWaitSendsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		calls := 0
		c := newTestClient(t, testBase, inTurn(&calls, reply(429, "", "Retry-After", "60")))
		_, err := c.Do(ctx, CreateAccount(AccountRequest{}), NewSecret("token"), Watch{Waiting: func(string, time.Time) { cancel() }})
		var e *Error
		require.ErrorAs(t, err, &e)
		require.Equal(t, Canceled, e.Kind)
		require.False(t, e.Uncertain())
		require.Equal(t, 1, calls)
	})
}

func TestCancellingACallThatLeftIsUncertain(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	c := newTestClient(t, testBase, transport(func(r *http.Request) (*http.Response, error) {
		connected(r)
		cancel()
		return nil, r.Context().Err()
	}))
	_, err := c.Do(ctx, CreateAccount(AccountRequest{}), NewSecret("token"), Watch{})
	var e *Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, Canceled, e.Kind)
	require.True(t, e.Uncertain())
}

func TestAnAnswerOver16MiBIsNotRead(t *testing.T) {
	c := newTestClient(t, testBase, reply(200, `{"AccountId":"`+strings.Repeat("x", maxAnswer)+`"}`))
	_, err := c.Do(t.Context(), CreateAccount(AccountRequest{}), NewSecret("token"), Watch{})
	var e *Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, Unexpected, e.Kind)
}

func TestRedirectsAreNotFollowed(t *testing.T) {
	calls := 0
	c := newTestClient(t, testBase, inTurn(&calls, reply(302, "", "Location", "/elsewhere"), reply(200, `{}`)))
	_, err := c.Do(t.Context(), CreateAccount(AccountRequest{}), NewSecret("token"), Watch{})
	require.Error(t, err)
	require.Equal(t, 1, calls)
}

func TestReasonsWhyNoConnectionCouldBeMade(t *testing.T) {
	for want, err := range map[Reason]error{
		NoSuchHost:     &net.OpError{Op: "dial", Err: &net.DNSError{Err: "no such host"}},
		RefusedPort:    &net.OpError{Op: "dial", Err: errors.New("connect: connection refused")},
		Untrusted:      errors.New("tls: failed to verify certificate: x509: unknown authority"),
		ProxyFailed:    &net.OpError{Op: "proxyconnect", Err: errors.New("refused")},
		Unreachable:    &net.OpError{Op: "dial", Err: errors.New("network is unreachable")},
		ConnectTimeout: &net.OpError{Op: "dial", Err: context.DeadlineExceeded},
	} {
		require.Equal(t, want, ReasonOf(&url.Error{Op: "Post", Err: err}), err.Error())
	}
}

func TestTokens(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for name, tc := range map[string]struct {
			body   string
			value  string
			expiry time.Duration
		}{
			"bare":        {`{"token":"t-12345"}`, "t-12345", 0},
			"envelope":    {`{"Successful":true,"Data":{"Token":"t-12345","tokenExpiry":"` + time.Now().UTC().Add(time.Hour).Format("01/02/2006 03:04:05 PM") + `"}}`, "t-12345", time.Hour},
			"oauth":       {`{"access_token":"t-12345","expires_in":300}`, "t-12345", 5 * time.Minute},
			"camel":       {`{"AccessToken":"t-12345","expires_in":"60"}`, "t-12345", time.Minute},
			"past expiry": {`{"token":"t-12345","tokenExpiry":"05/02/1999 06:36:13 PM"}`, "t-12345", 0},
			"none":        {`{"hello":"world"}`, "", 0},
			"not a token": {`{"token":"two words"}`, "", 0},
			"page":        {`<html></html>`, "", 0},
		} {
			c := newTestClient(t, testBase, reply(200, tc.body))
			var recorded Exchange
			token, err := c.Token(t.Context(), CreateToken(TokenRequest{AccountKey: "k", AccountSecret: NewSecret("s3cret")}), Watch{Exchanged: func(x Exchange) { recorded = x }})
			if tc.value == "" {
				require.Error(t, err, name)
				continue
			}
			require.NoError(t, err, name)
			require.True(t, token.Value.Equal(NewSecret(tc.value)), name)
			require.NotContains(t, recorded.Answer, tc.value, name)
			require.NotContains(t, recorded.Curl+string(recorded.Request), "s3cret", name)
			if tc.expiry == 0 {
				require.Zero(t, token.Expiry, name)
			} else {
				require.WithinDuration(t, time.Now().Add(tc.expiry), token.Expiry, time.Second, name)
			}
		}
	})
}

// Rule: an error after the connection was had is never tried again, whatever it
// says: HTTP/2 words a bad header of an answer as it does one of a request.
func TestABadHeaderInAnAnswerIsNoReasonToSendAgain(t *testing.T) {
	calls := 0
	c := newTestClient(t, testBase, transport(func(r *http.Request) (*http.Response, error) {
		calls++
		connected(r)
		return nil, errors.New(`stream error: stream ID 1; PROTOCOL_ERROR; invalid header field value for "x-a"`)
	}))
	_, err := c.Do(t.Context(), CreateAccount(AccountRequest{}), NewSecret("tok-123"), Watch{})
	var e *Error
	require.ErrorAs(t, err, &e)
	require.True(t, e.Uncertain())
	require.Equal(t, 1, calls)
}

func TestWhatARedirectNamesIsRedacted(t *testing.T) {
	c := newTestClient(t, testBase, reply(302, "", "Location", "https://elsewhere.test/tok-1234567/x?y=z"))
	c.Redactor().Add(NewSecret("tok-1234567"))
	_, err := c.Do(t.Context(), CreateAccount(AccountRequest{}), NewSecret("tok-1234567"), Watch{})
	var e *Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, "https://elsewhere.test/[redacted]/x", e.Location)
}

func TestASignInRefusedWith200IsARefusal(t *testing.T) {
	c := newTestClient(t, testBase, reply(200, `{"Successful":false,"Message":"Account suspended"}`))
	_, err := c.Token(t.Context(), CreateToken(TokenRequest{AccountKey: "k"}), Watch{})
	var e *Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, []any{Refused, "Account suspended"}, []any{e.Kind, e.Message})
}

func TestAnErrorFlagRefuses(t *testing.T) {
	for body, refuses := range map[string]bool{
		`{"error":true,"message":"no"}`: true, `{"error":"no"}`: true, `{"error":false}`: false, `{"error":null}`: false, `{"error":"","ErrorMessage":" "}`: false, `{"Errors":{},"Error":[]}`: false, `{"AccountId":"AID-1"}`: false,
	} {
		c := newTestClient(t, testBase, reply(200, body))
		_, err := c.Do(t.Context(), CreateAccount(AccountRequest{}), NewSecret("tok-123"), Watch{})
		require.Equal(t, refuses, err != nil, body)
	}
}

func TestAnAnswerThatIsNotWhatItsHeaderSaysIsUnexpected(t *testing.T) {
	var body bytes.Buffer
	z := gzip.NewWriter(&body)
	_, _ = z.Write([]byte(`{"AccountId":"AID-1"}`))
	_ = z.Close()
	broken := body.Bytes()
	broken[len(broken)-6] ^= 0xff // Of the checksum.
	c := newTestClient(t, testBase, transport(func(r *http.Request) (*http.Response, error) {
		connected(r)
		unzip, err := gzip.NewReader(bytes.NewReader(broken))
		require.NoError(t, err)
		return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: unzip, Request: r}, nil
	}))
	_, err := c.Do(t.Context(), CreateAccount(AccountRequest{}), NewSecret("tok-123"), Watch{})
	var e *Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, Unexpected, e.Kind)
}

func TestAByteOrderMarkIsNoPartOfAnAnswer(t *testing.T) {
	c := newTestClient(t, testBase, reply(200, "\ufeff"+`{"AccountId":"AID-1","Url":"https:\/\/x"}`))
	a, err := c.Do(t.Context(), CreateAccount(AccountRequest{}), NewSecret("tok-123"), Watch{})
	require.NoError(t, err)
	require.True(t, json.Valid(a.Body))
}
