// Package sandboxtest reaches a sandbox without a network, for tests. It
// imports nothing of this program.
package sandboxtest

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
)

// Transport carries requests to a handler, each in the goroutine of its caller,
// so that tests can have a clock of their own.
type Transport struct{ Handler http.Handler }

// RoundTrip implements http.RoundTripper. A connection that the handler cuts is
// io.EOF.
func (t Transport) RoundTrip(r *http.Request) (*http.Response, error) {
	ctx := r.Context()
	incoming := r.Clone(ctx)
	incoming.RequestURI = r.URL.RequestURI()
	if incoming.Body == nil {
		incoming.Body = http.NoBody
	}
	defer func() { _ = incoming.Body.Close() }() // RoundTrip must close it; nothing depends on how that goes.
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if trace := httptrace.ContextClientTrace(ctx); trace != nil && trace.GotConn != nil {
		trace.GotConn(httptrace.GotConnInfo{}) // A client may want to know that the call left.
	}
	answered := httptest.NewRecorder()
	if t.cuts(answered, incoming) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		return nil, fmt.Errorf("the connection was cut: %w", io.EOF)
	}
	response := answered.Result()
	response.Request = r
	return response, nil
}

// cuts lets the handler answer, and says whether it cut the connection instead.
func (t Transport) cuts(w http.ResponseWriter, r *http.Request) (cut bool) {
	defer func() {
		switch p := recover(); p {
		case nil:
		case http.ErrAbortHandler:
			cut = true
		default:
			panic(p)
		}
	}()
	t.Handler.ServeHTTP(w, r)
	return false
}
