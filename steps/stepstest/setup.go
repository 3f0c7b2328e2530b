// Package stepstest opens runs for tests: a runner over a sandbox and a state
// file of its own, a wire that a test looks at and interferes with, and an
// observer that remembers.
//
// It may import steps, state, api and api/sandbox, and only tests import it.
package stepstest

import (
	"io"
	"net/http"
	"net/http/httptrace"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/api/sandbox"
	"telegent-setup/api/sandbox/sandboxtest"
	"telegent-setup/state"
	"telegent-setup/steps"
)

// Base is the URL that the calls of a run are relative to. Nothing listens there:
// the wire leads to the sandbox.
const Base = "http://127.0.0.1:1/v1.0"

// Version is that of the program in a run.
const Version = "1.2.3"

// Setup is a runner over a sandbox and a state file of its own.
type Setup struct {
	*steps.Runner
	Box    *sandbox.Sandbox
	Wire   *Wire
	Events *Events

	options Options
	store   *state.Store
}

// Options are what may differ from one run to another.
type Options struct {
	Edition  api.Edition                            // The edition that is named; none when empty.
	Live     bool                                   // The setup is of the real service, without ready answers.
	Given    map[string]steps.Answers               // Answers given ahead, by step.
	Read     func(api.Edition) (steps.Given, error) // What was given ahead, in the place of Given; may be nil.
	Observer steps.Observer                         // Is told of everything before Events is; may be nil.
}

// Open opens a run over the state file at path, which it holds until the test
// ends.
func Open(t *testing.T, path string, box *sandbox.Sandbox, o Options) *Setup {
	t.Helper()
	u, err := api.ParseBaseURL(Base)
	require.NoError(t, err)
	store, err := state.Open(path)
	require.NoError(t, err)
	t.Cleanup(func() { _ = store.Close() })
	file, err := steps.Resolve(path, store.File(), steps.Wanted{Edition: o.Edition, Sandbox: !o.Live, BaseURL: Base})
	require.NoError(t, err)
	s := &Setup{Box: box, Wire: &Wire{next: sandboxtest.Transport{Handler: box}}, Events: &Events{}, options: o, store: store}
	observers := steps.Observers{s.Events}
	if o.Observer != nil {
		observers = steps.Observers{o.Observer, s.Events}
	}
	read := o.Read
	if read == nil {
		read = func(api.Edition) (steps.Given, error) { return steps.Given{Answers: o.Given}, nil }
	}
	s.Runner = steps.New(steps.Config{
		Client: api.New(api.Options{BaseURL: u, UserAgent: "telegent-setup/test", Transport: s.Wire}),
		Store:  store, File: file, Observer: observers, Version: Version,
		Edition: steps.EditionFinder{Named: o.Edition != "", Read: read},
	})
	return s
}

// NewBox makes a sandbox with faults, NAME[@STEP][:COUNT].
func NewBox(t *testing.T, o sandbox.Options, faults ...string) *sandbox.Sandbox {
	t.Helper()
	for _, f := range faults {
		p, err := sandbox.ParseFault(f)
		require.NoError(t, err)
		o.Faults = append(o.Faults, p)
	}
	box, err := sandbox.New(o)
	require.NoError(t, err)
	return box
}

// Walk carries steps out with the answers that are known, until one fails or last
// is done.
func (s *Setup) Walk(t *testing.T, last string) error {
	t.Helper()
	for _, step := range steps.All() {
		if st := s.Status(step.ID).Status; st == state.Done || st == state.Skipped {
			continue
		}
		if err := s.CarryOut(t, step.ID); err != nil {
			return err
		}
		if step.ID == last {
			break
		}
	}
	return nil
}

// CarryOut carries a step out with the answers that are known; a search chooses
// nothing.
func (s *Setup) CarryOut(t *testing.T, step string) error {
	t.Helper()
	if s.Form(step).Search == nil {
		_, err := s.Submit(t.Context(), step, false)
		return err
	}
	if _, err := s.Search(t.Context(), step, 0); err != nil {
		return err
	}
	return s.Choose(step, nil)
}

// Again opens a new run over the same file and sandbox, as after a restart.
func (s *Setup) Again(t *testing.T) *Setup {
	t.Helper()
	require.NoError(t, s.store.Close())
	return Open(t, s.StatePath(), s.Box, s.options)
}

// With is Again, with answers given ahead.
func (s *Setup) With(t *testing.T, given map[string]steps.Answers) *Setup {
	t.Helper()
	s.options.Given = given
	return s.Again(t)
}

// OnDisk is the state file as it stands.
func (s *Setup) OnDisk(t *testing.T) state.File {
	t.Helper()
	f, _, err := state.Read(s.StatePath())
	require.NoError(t, err)
	return f
}

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
