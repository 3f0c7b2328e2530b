// Package api is the client of the Telegent API: it makes the calls that it is
// handed as data, and has what every call shares: the base URL, the bearer token,
// retries, pace, redaction and the reading of answers.
//
// It is strict in writing, to the letter of the guide, and liberal in reading:
// answers come bare or in an envelope, keys in any letter case, numbers as
// strings and strings as numbers, refusals with HTTP 200.
//
// The package imports nothing of this program but api/text, which is below it.
package api

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"time"

	"golang.org/x/time/rate"

	"telegent-setup/api/text"
)

// Options is what a Client is made from. Zero values are sensible.
type Options struct {
	BaseURL   *url.URL          // From ParseBaseURL.
	UserAgent string            // "telegent-setup/1.0.0".
	Timeout   time.Duration     // For one try; 30 s when zero.
	Transport http.RoundTripper // For tests; newTransport when nil.
}

// Client sends calls to one base URL. It keeps the pace of the standard tier,
// tries again what cannot have been carried out, and never anything else.
type Client struct {
	opt      Options
	http     *http.Client
	redactor *Redactor
	pace     *rate.Limiter
}

// The standard tier allows 50 requests a minute: a burst and a minute's refill
// together never exceed it in any 60 seconds.
const (
	paceBurst  = 30
	paceRefill = 20 // A minute.
)

// New makes a Client. What is secret in the address of its proxy is a secret of the
// run from the beginning.
func New(opt Options) *Client {
	if opt.Timeout == 0 {
		opt.Timeout = 30 * time.Second
	}
	if opt.Transport == nil {
		opt.Transport = newTransport(opt.Timeout)
	}
	c := &Client{
		opt:      opt,
		redactor: &Redactor{},
		pace:     rate.NewLimiter(rate.Every(time.Minute/paceRefill), paceBurst),
		http: &http.Client{
			Transport:     opt.Transport,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
	for _, s := range proxySecrets(opt.Transport, opt.BaseURL) {
		c.redactor.Add(s)
	}
	return c
}

// BaseURL is the URL that paths are relative to.
func (c *Client) BaseURL() *url.URL { return c.opt.BaseURL }

// Redactor knows the secrets of this run.
func (c *Client) Redactor() *Redactor { return c.redactor }

// Close gives up idle connections.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// URL is the full URL of a call.
func (c *Client) URL(call Call) string {
	u := c.opt.BaseURL.JoinPath(call.Path)
	u.RawQuery = call.Query.Encode()
	return u.String()
}

// Watch is told what happens during a call. Any of its functions may be nil.
type Watch struct {
	Calling   func(try int)                        // From 1, before each try.
	Waiting   func(reason string, until time.Time) // Before each wait: "rate limit", "connection", "pace".
	Exchanged func(Exchange)                       // After each try.
}

// maxAnswer is how much of an answer is read, in bytes.
const maxAnswer = 16 << 20

// Do sends a call with a bearer token and returns its answer. The error is
// always an *Error.
func (c *Client) Do(ctx context.Context, call Call, token Secret, watch Watch) (Answer, error) {
	return c.send(ctx, exchange{call: call, token: token, watch: watch})
}

// exchange is one call under way. takeToken takes the token out of a raw answer of
// success before anything in it is redacted; of an answer in which it finds none the
// whole body is redacted, since it may hold one all the same.
type exchange struct {
	call      Call
	token     Secret
	watch     Watch
	takeToken func(raw []byte) bool
}

// request makes the HTTP request of a call.
func (c *Client) request(ctx context.Context, x exchange) (*http.Request, error) {
	body, err := x.call.Body.write(Member.secret)
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, x.call.Method, c.URL(x.call), bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("make the request: %w", err)
	}
	// Without GetBody nothing that may have been carried out is sent again
	// behind the program's back.
	req.GetBody = nil
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", c.opt.UserAgent)
	if !x.token.Empty() {
		req.Header.Set("Authorization", "Bearer "+x.token.value)
	}
	return req, nil
}

// once sends a call one time.
func (c *Client) once(ctx context.Context, x exchange) (Answer, *Error) {
	start := time.Now()
	try, cancel := context.WithTimeout(ctx, c.opt.Timeout)
	defer cancel()
	connected := false
	try = httptrace.WithClientTrace(try, &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) { connected = true }})
	req, err := c.request(try, x)
	if err != nil {
		return Answer{}, &Error{Kind: NotConnected, Err: err}
	}
	answer, failed := c.roundTrip(ctx, req, &connected)
	if failed == nil {
		tokenless := x.takeToken != nil && answer.Status < 300 && !x.takeToken(answer.Body)
		answer.HTML = looksHTML(answer.Header, answer.Body)
		answer.Body = safe(answer.Body, c.redactor)
		failed = answer.check()
		if tokenless { // It may hold a token where nobody looks for one.
			answer.Body = []byte(`"` + text.Redacted + `"`)
		}
	}
	if failed != nil {
		c.present(failed)
	}
	record := c.record(x.call, start, answer, failed)
	if failed != nil {
		failed.Exchange = &record
	}
	if x.watch.Exchanged != nil {
		x.watch.Exchanged(record)
	}
	return answer, failed
}

// present makes the words of an error fit to be shown that do not come from the
// body of an answer: whoever made them may have put a secret in. They are redacted
// before they are cut.
func (c *Client) present(e *Error) {
	e.Location = text.Cut(c.forRecord(e.Location), 200)
	if e.Err != nil {
		e.Err = &shownError{text.Cut(c.forRecord(e.Err.Error()), longest), e.Err}
	}
}

// roundTrip carries out one request and reads the whole answer, raw.
func (c *Client) roundTrip(ctx context.Context, req *http.Request, connected *bool) (Answer, *Error) {
	resp, err := c.http.Do(req)
	if err != nil {
		if ue, ok := errors.AsType[*url.Error](err); ok { // It would repeat the URL.
			err = ue.Err
		}
		return Answer{}, broken(ctx, err, *connected)
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode < 200 { // 101, or a line like "HTTP/1.1 000 OK".
		return Answer{}, unreadable(resp, fmt.Errorf("the status line says %03d", resp.StatusCode))
	}
	raw, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer+1))
	raw = bytes.TrimPrefix(raw, []byte("\ufeff")) // Some servers begin their JSON with a byte order mark.
	switch {
	case garbled(err):
		return Answer{}, unreadable(resp, fmt.Errorf("read the answer: %w", err))
	case err != nil && !whole(raw):
		return Answer{}, broken(ctx, fmt.Errorf("read the answer: %w", err), true)
	case len(raw) > maxAnswer:
		return Answer{}, unreadable(resp, errors.New("the answer is larger than 16 MiB"))
	}
	return Answer{Status: resp.StatusCode, Header: resp.Header, Body: raw}, nil
}

// unreadable is the error of an answer that came and cannot be read.
func unreadable(resp *http.Response, err error) *Error {
	return &Error{Kind: Unexpected, Status: resp.StatusCode, Sent: true, Err: err}
}

// whole says whether a body ends where its JSON does: what was cut then was no part
// of the answer.
func whole(body []byte) bool {
	body = bytes.TrimSpace(body)
	return len(body) > 0 && (body[0] == '{' || body[0] == '[') && json.Valid(body)
}

// garbled says whether an answer came, and its compression is broken.
func garbled(err error) bool {
	var corrupt flate.CorruptInputError
	return errors.As(err, &corrupt) || errors.Is(err, gzip.ErrHeader) || errors.Is(err, gzip.ErrChecksum)
}
