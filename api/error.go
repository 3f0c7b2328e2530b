package api

import (
	"bytes"
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"

	"telegent-setup/api/text"
)

// Kind says what became of a call that brought no usable answer.
type Kind int

// The kinds of error.
const (
	Refused      Kind = iota // A complete answer that refuses: 3xx, 4xx, or 200 that says so.
	Throttled                // 429, and the tries or the patience are used up.
	ServerError              // 5xx.
	Unexpected               // A complete answer that cannot be read.
	MissingID                // A success without the ID.
	Network                  // The connection or the answer was cut.
	Timeout                  // No answer in time.
	NotConnected             // No connection could be made; nothing was sent.
	Canceled                 // The person or a signal cancelled the wait.
)

// Error is a call without a usable answer.
type Error struct {
	Kind             Kind
	Status           int          // HTTP status, 0 without an answer.
	Message          string       // The service's own words, cleaned, one line.
	Fields           []FieldError // What Message says of fields; most refusals name none.
	TransactionLogID string
	TraceID          string
	Location         string        // Of a redirect: where it points, without user info and query.
	HTML             bool          // The answer was a web page.
	Reason           Reason        // Of NotConnected: what stood in the way.
	RetryAfter       time.Duration // Of Throttled: what the service asked for; 0 when it did not.
	Sent             bool          // The request may have reached the service.
	Err              error         // The cause, for logs; nil for a refusal.
	Exchange         *Exchange     // The call, redacted.
}

// Reason is what stood in the way of a connection.
type Reason int

// The reasons why no connection could be made.
const (
	Unreachable    Reason = iota // No route, no network.
	NoSuchHost                   // DNS knows no such name, or does not answer.
	RefusedPort                  // Nothing listens there.
	Untrusted                    // TLS: a certificate that is not trusted, or no TLS at all.
	ProxyFailed                  // The proxy of the environment does not let it through.
	ConnectTimeout               // Nobody answered in time.
)

// Error implements error, without anything of the answer's body.
func (e *Error) Error() string {
	switch {
	case e.Status != 0 && e.Message != "":
		return fmt.Sprintf("HTTP %d: %s", e.Status, e.Message)
	case e.Status != 0:
		return fmt.Sprintf("HTTP %d %s", e.Status, http.StatusText(e.Status))
	case e.Err != nil:
		return e.Err.Error()
	}
	return "no answer"
}

// shownError is an error in words that may be shown.
type shownError struct {
	words string
	cause error
}

// Error implements error.
func (e *shownError) Error() string { return e.words }

// Unwrap gives the cause, whose own words are a stranger's.
func (e *shownError) Unwrap() error { return e.cause }

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Uncertain says whether the call may have been carried out all the same.
func (e *Error) Uncertain() bool {
	switch e.Kind {
	case Refused, Throttled, NotConnected:
		return false
	case Canceled:
		return e.Sent
	}
	return true
}

// longest is how much of the service's words is kept, in characters.
const longest = 500

// check turns an answer that is no success into an *Error.
func (a Answer) check() *Error {
	ok := a.Status >= 200 && a.Status < 300
	if ok && !mayHold(a.Body, "success", "error") {
		return nil
	}
	all := readRefusals(a.Body)
	if ok {
		ok = len(all) == 0 || !all[0].refused() && (len(all) < 2 || !all[1].refused())
	}
	if ok {
		return nil
	}
	e := &Error{Kind: kindOf(a.Status), Status: a.Status, Sent: true, HTML: a.HTML}
	for _, r := range slices.Backward(all) {
		if s := r.message(deepest); s != "" {
			e.Message, e.Fields = s, fieldErrors(r.Errors, deepest)
		}
		e.TransactionLogID = cmp.Or(said(r.TransactionLogID, 1), e.TransactionLogID)
		e.TraceID = cmp.Or(said(r.TraceID, 1), e.TraceID)
	}
	if len(all) == 0 && !e.HTML {
		e.Message = plainWords(a.Body)
	}
	e.Message = presentable(e.Message)
	for i, f := range e.Fields {
		e.Fields[i].Message = presentable(f.Message)
	}
	if a.Status >= 300 && a.Status < 400 {
		e.Location = place(a.Header.Get("Location"))
	}
	return e
}

// plainWords are those of an answer that is no JSON object: a text, or a string or
// list of JSON. Broken JSON has none.
func plainWords(body []byte) string {
	switch body = bytes.TrimSpace(body); {
	case json.Valid(body):
		return words(body, deepest)
	case bytes.HasPrefix(body, []byte("{")), bytes.HasPrefix(body, []byte("[")):
		return ""
	}
	return text.Collapse(string(body[:min(len(body), 8*longest)]))
}

// presentable makes the service's words, which are redacted, fit for a person.
func presentable(s string) string { return text.Cut(HideURLs(hidePersonal(s)), longest) }

func kindOf(status int) Kind {
	switch {
	case status == http.StatusTooManyRequests:
		return Throttled
	case status == http.StatusRequestTimeout:
		return Timeout
	case status >= 500:
		return ServerError
	}
	return Refused
}

func looksHTML(h http.Header, body []byte) bool {
	return strings.Contains(strings.ToLower(h.Get("Content-Type")), "html") ||
		bytes.HasPrefix(bytes.TrimSpace(body), []byte("<"))
}

// broken turns an error of the transport into an *Error. sent says whether a
// connection was there to send on.
func broken(ctx context.Context, err error, sent bool) *Error {
	e := &Error{Kind: Network, Sent: sent, Err: err}
	var nerr net.Error
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		e.Kind = Canceled
	case !sent:
		e.Kind, e.Reason = NotConnected, ReasonOf(err)
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &nerr) && nerr.Timeout():
		e.Kind = Timeout
	}
	return e
}

// ReasonOf says what stood in the way of a connection, from the error of a transport.
func ReasonOf(err error) Reason {
	var (
		op      *net.OpError
		dns     *net.DNSError
		record  tls.RecordHeaderError
		cert    *tls.CertificateVerificationError
		unknown x509.UnknownAuthorityError
		nerr    net.Error
	)
	switch {
	case errors.As(err, &op) && op.Op == "proxyconnect", strings.Contains(err.Error(), "proxyconnect"):
		return ProxyFailed
	case errors.As(err, &dns):
		return NoSuchHost
	case errors.As(err, &record), errors.As(err, &cert), errors.As(err, &unknown), strings.Contains(err.Error(), "tls: "):
		return Untrusted
	case errors.As(err, &nerr) && nerr.Timeout():
		return ConnectTimeout
	case strings.Contains(err.Error(), "refused"):
		return RefusedPort
	}
	return Unreachable
}
