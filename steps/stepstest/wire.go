package stepstest

import (
	"io"
	"net/http"
	"net/http/httptrace"
	"strings"
	"sync"

	"telegent-setup/steps"
)

// Wire carries requests to the sandbox, and lets a test look and interfere.
type Wire struct {
	Before func(r *http.Request, body string) (*http.Response, error) // Nil, nil goes on.
	Calls  []string                                                   // "POST /v1.0/accounts/create".
	Bodies []string

	next http.RoundTripper
}

// RoundTrip implements http.RoundTripper.
func (w *Wire) RoundTrip(r *http.Request) (*http.Response, error) {
	body, _ := io.ReadAll(r.Body)
	r.Body = io.NopCloser(strings.NewReader(string(body)))
	w.Calls = append(w.Calls, r.Method+" "+r.URL.Path)
	w.Bodies = append(w.Bodies, string(body))
	if w.Before != nil {
		if resp, err := w.Before(r, string(body)); resp != nil || err != nil {
			return resp, err
		}
	}
	return w.Carry(r)
}

// Carry takes a request to the sandbox, whatever Before makes of it.
func (w *Wire) Carry(r *http.Request) (*http.Response, error) { return w.next.RoundTrip(r) }

// Connect lets a request know that it has a connection, and so may have arrived.
func Connect(r *http.Request) {
	if t := httptrace.ContextClientTrace(r.Context()); t != nil && t.GotConn != nil {
		t.GotConn(httptrace.GotConnInfo{})
	}
}

// Respond answers a request in the place of the sandbox.
func Respond(r *http.Request, status int, body string) (*http.Response, error) {
	Connect(r)
	return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
}

// Events is an observer that remembers.
type Events struct {
	All []steps.Event // To be read when nothing is under way.
	mu  sync.Mutex
}

// Observe implements steps.Observer.
func (e *Events) Observe(event steps.Event) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.All = append(e.All, event)
	return nil
}
