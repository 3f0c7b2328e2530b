package api

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
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
	Status           int    // HTTP status, 0 without an answer.
	Message          string // The service's own words, cleaned, one line.
	TransactionLogID string
	TraceID          string
	Location         string    // Of a redirect: where it points, without user info and query.
	HTML             bool      // The answer was a web page.
	Reason           Reason    // Of NotConnected: what stood in the way.
	Sent             bool      // The request may have reached the service.
	Err              error     // The cause, for logs; nil for a refusal.
	Exchange         *Exchange // The call, redacted.
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

// shownError is an error in words that may be shown: those of its cause are a
// stranger's.
type shownError struct {
	words string
	cause error
}

func (e *shownError) Error() string { return e.words }
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

// broken turns an error of the transport into an *Error. sent says whether a
// connection was there to send on.
func broken(ctx context.Context, err error, sent bool) *Error {
	e := &Error{Kind: Network, Sent: sent, Err: err}
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		e.Kind = Canceled
	case !sent:
		e.Kind, e.Reason = NotConnected, ReasonOf(err)
	case timedOut(err):
		e.Kind = Timeout
	}
	return e
}

func timedOut(err error) bool {
	e, ok := errors.AsType[net.Error](err)
	return ok && e.Timeout() || errors.Is(err, context.DeadlineExceeded)
}

// ReasonOf says what stood in the way of a connection, from the error of a transport.
func ReasonOf(err error) Reason {
	said := err.Error()
	switch {
	case strings.Contains(said, "proxyconnect"): // The Op of a net.OpError.
		return ProxyFailed
	case errors.As(err, new(*net.DNSError)):
		return NoSuchHost
	case strings.Contains(said, "tls: "), strings.Contains(said, "x509: "):
		return Untrusted
	case timedOut(err):
		return ConnectTimeout
	case strings.Contains(said, "refused"):
		return RefusedPort
	}
	return Unreachable
}
