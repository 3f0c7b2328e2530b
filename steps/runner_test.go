package steps_test

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/api/sandbox"
	"telegent-setup/state"
	"telegent-setup/steps"
)

const base = "http://127.0.0.1:1/v1.0"

// setup is a runner over a sandbox and a state file of its own.
type setup struct {
	*steps.Runner
	store  *state.Store
	box    *sandbox.Sandbox
	wire   *wire
	events *events
}

// events is an observer that remembers.
type events struct {
	mu  sync.Mutex
	all []steps.Event
}

func (e *events) Observe(ev steps.Event) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.all = append(e.all, ev)
}

// wire carries requests to the sandbox, and lets a test look and interfere.
type wire struct {
	next   http.RoundTripper
	before func(r *http.Request, body string) (*http.Response, error) // Nil, nil goes on.
	calls  []string
	bodies []string
}

func (w *wire) RoundTrip(r *http.Request) (*http.Response, error) {
	body, _ := io.ReadAll(r.Body)
	r.Body = io.NopCloser(strings.NewReader(string(body)))
	w.calls = append(w.calls, r.Method+" "+r.URL.Path)
	w.bodies = append(w.bodies, string(body))
	if w.before != nil {
		if resp, err := w.before(r, string(body)); resp != nil || err != nil {
			return resp, err
		}
	}
	return w.next.RoundTrip(r)
}

func connect(r *http.Request) {
	if t := httptrace.ContextClientTrace(r.Context()); t != nil && t.GotConn != nil {
		t.GotConn(httptrace.GotConnInfo{})
	}
}

func respond(r *http.Request, status int, body string) (*http.Response, error) {
	connect(r)
	return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
}

func newBox(t *testing.T, faults ...string) *sandbox.Sandbox {
	t.Helper()
	return newBoxOf(t, sandbox.Options{}, faults...)
}

func newBoxOf(t *testing.T, o sandbox.Options, faults ...string) *sandbox.Sandbox {
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

// start opens a run over the state file at path.
func start(t *testing.T, path string, box *sandbox.Sandbox, given map[string]steps.Answers) *setup {
	t.Helper()
	return startIn(t, "", path, box, given)
}

// startIn opens a run in a named edition.
func startIn(t *testing.T, edition api.Edition, path string, box *sandbox.Sandbox, given map[string]steps.Answers) *setup {
	t.Helper()
	u, err := api.ParseBaseURL(base)
	require.NoError(t, err)
	store, err := state.Open(path)
	require.NoError(t, err)
	t.Cleanup(func() { _ = store.Close() })
	file, err := steps.Settle(path, store.File(), steps.Wanted{Edition: edition, Sandbox: true, BaseURL: base})
	require.NoError(t, err)
	s := &setup{store: store, box: box, wire: &wire{next: sandbox.Transport(box)}, events: &events{}}
	s.Runner = steps.New(steps.Config{
		Client: api.New(api.Options{BaseURL: u, UserAgent: "telegent-setup/test", Transport: s.wire}),
		Store:  store, File: file, Given: given, Observer: s.events, Named: edition != "",
		Regive: func(api.Edition) map[string]steps.Answers { return given },
	})
	return s
}

func fresh(t *testing.T, faults ...string) *setup {
	t.Helper()
	return start(t, filepath.Join(t.TempDir(), "state.json"), newBox(t, faults...), nil)
}

// walk submits steps with the answers that their forms open with, until one
// fails or last is done.
func (s *setup) walk(t *testing.T, last string) error {
	t.Helper()
	for _, step := range steps.All() {
		if st := s.Status(step.ID).Status; st == state.Done || st == state.Skipped {
			continue
		}
		if _, err := s.Submit(t.Context(), step.ID, s.Prefill(step.ID), false); err != nil {
			return err
		}
		if step.ID == last {
			break
		}
	}
	return nil
}

// again opens a new run over the same file and sandbox, as after a restart.
func (s *setup) again(t *testing.T) *setup {
	t.Helper()
	require.NoError(t, s.store.Close())
	return start(t, s.StatePath(), s.box, nil)
}

func (s *setup) onDisk(t *testing.T) state.File {
	t.Helper()
	f, _, err := state.Read(s.StatePath())
	require.NoError(t, err)
	return f
}

func TestTheReadyAnswersWalkThroughAllEightSteps(t *testing.T) {
	s := fresh(t)
	require.NoError(t, s.walk(t, ""))
	_, more := s.Next()
	require.False(t, more)
	ids := s.Saved()
	for id, prefix := range map[steps.ID]string{steps.AccountID: "AID-", steps.MRID: "MRID-", steps.CRID: "CRID-", steps.TNID: "TNID-", steps.SubscriberID: "TSUID-", steps.MessageID: "TMID-", steps.PhoneNumber: "+1310"} {
		require.True(t, strings.HasPrefix(ids[id], prefix), "%s is %q", id, ids[id])
	}
	require.Equal(t, []string{
		"POST /v1.1/oauth/token", "POST /v1.0/accounts/create", "POST /v1.0/message/routes", "POST /v1.0/voice/routes",
		"POST /v1.0/numbers/availability", "POST /v1.0/numbers/provision", "POST /v1.0/subscribers/create", "POST /v1.0/message/send",
	}, s.wire.calls, "one call a step, and one token for all")
	data, err := os.ReadFile(s.StatePath())
	require.NoError(t, err)
	require.NotContains(t, string(data), "sandbox-secret")
	require.NotContains(t, string(data), "SecurePass123!")
}

func TestASkippedVoiceRouteIsLeftOutOfWhatFollows(t *testing.T) {
	s := fresh(t)
	require.NoError(t, s.walk(t, steps.MessageRoute))
	require.NoError(t, s.Skip(steps.VoiceRoute))
	require.NoError(t, s.walk(t, ""))
	require.JSONEq(t, `{"NumberType":"mobile","MessageType":"p2p","MessageEnabled":true,"VoiceEnabled":false,"PageNumber":1,"AreaCode":"801","ZipCode":""}`, s.wire.bodies[3])
	require.Contains(t, s.wire.bodies[4], `"VoiceEnabled":false`)
	require.NotContains(t, s.wire.bodies[4], "VoiceRouteId")
	require.ErrorIs(t, s.Reopen(steps.VoiceRoute), steps.ErrNotNow, "a number is provisioned")
}

func TestASkippedStepCanBeReopenedBeforeTheNumber(t *testing.T) {
	s := fresh(t)
	require.NoError(t, s.walk(t, steps.MessageRoute))
	require.NoError(t, s.Skip(steps.VoiceRoute))
	require.NoError(t, s.Reopen(steps.VoiceRoute))
	next, _ := s.Next()
	require.Equal(t, steps.VoiceRoute, next.ID)
	require.ErrorIs(t, s.Skip(steps.Account), steps.ErrNotNow, "only an optional step is skipped")
}

func TestSentIsOnDiskBeforeTheCallLeaves(t *testing.T) {
	s := fresh(t)
	for _, step := range steps.All() {
		var seen state.Status
		s.wire.before = func(r *http.Request, _ string) (*http.Response, error) {
			if !strings.HasSuffix(r.URL.Path, "/token") {
				seen = s.onDisk(t).Steps[step.ID].Status
			}
			return nil, nil
		}
		_, err := s.Submit(t.Context(), step.ID, s.Prefill(step.ID), false)
		require.NoError(t, err)
		if step.Creates {
			require.Equal(t, state.Sent, seen, step.ID)
		}
		require.Equal(t, state.Done, s.onDisk(t).Steps[step.ID].Status, step.ID)
	}
}

func TestAnUnattendedWalkWrites14Times(t *testing.T) {
	s := fresh(t)
	writes, last := 0, ""
	count := func() {
		data, _ := os.ReadFile(s.StatePath())
		if string(data) != last {
			writes, last = writes+1, string(data)
		}
	}
	s.wire.before = func(*http.Request, string) (*http.Response, error) { count(); return nil, nil }
	for _, step := range steps.All() {
		_, err := s.Submit(t.Context(), step.ID, s.Prefill(step.ID), false)
		require.NoError(t, err)
		count()
	}
	require.Equal(t, 14, writes, "two for each of the six creating steps, one for each other")
}

func TestUnknownOutcomes(t *testing.T) {
	for fault, issue := range map[string]string{
		"drop@account": "network", "refuse@account": "network", "malformed@account": "unexpected-answer",
		"missing-id@account": "missing-id", "server-error@account": "server-error", "html@account": "server-error",
	} {
		t.Run(fault, func(t *testing.T) {
			s := fresh(t, fault)
			var u *steps.Unknown
			require.ErrorAs(t, s.walk(t, steps.Account), &u)
			require.Equal(t, issue, u.Issue)
			require.Equal(t, 5, u.Exit)
			require.Equal(t, state.Sent, s.onDisk(t).Steps[steps.Account].Status)
			calls := len(s.wire.calls)

			s = s.again(t)
			_, err := s.Submit(t.Context(), steps.Account, s.Prefill(steps.Account), false)
			require.ErrorAs(t, err, &u, "it is not sent again by itself")
			require.Empty(t, s.wire.calls)
			require.Equal(t, 2, calls)

			_, err = s.Submit(t.Context(), steps.Account, s.Prefill(steps.Account), true)
			require.NoError(t, err, "told to, it is")
		})
	}
}

func TestAFirstCallThatArrivedIsToldFromARefusal(t *testing.T) {
	s := fresh(t, "drop@subscriber")
	var u *steps.Unknown
	require.ErrorAs(t, s.walk(t, ""), &u)
	require.False(t, u.Arrived)
	_, err := s.Submit(t.Context(), steps.Subscriber, s.Prefill(steps.Subscriber), true)
	require.ErrorAs(t, err, &u)
	require.True(t, u.Arrived)
	require.Equal(t, "email-exists", u.Issue)
	require.Equal(t, state.Sent, s.onDisk(t).Steps[steps.Subscriber].Status)

	s = s.again(t)
	require.True(t, s.Pending(steps.Subscriber).Arrived, "it is remembered")
	ids, err := s.Adopt(steps.Subscriber, steps.Answers{"SubscriberId": "TSUID-9"})
	require.NoError(t, err)
	require.Equal(t, steps.Saved{steps.SubscriberID: "TSUID-9"}, ids)
	require.Equal(t, state.Done, s.onDisk(t).Steps[steps.Subscriber].Status)
}

func TestAResendThatDoesNotGetThroughLeavesTheOutcomeUnknown(t *testing.T) {
	for name, interfere := range map[string]func(*http.Request, string) (*http.Response, error){
		"no connection": func(*http.Request, string) (*http.Response, error) {
			return nil, &net.OpError{Op: "dial", Err: errors.New("connection refused")}
		},
		"no token": func(r *http.Request, _ string) (*http.Response, error) {
			if strings.HasSuffix(r.URL.Path, "token") {
				return respond(r, 500, "")
			}
			return respond(r, 401, "")
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := fresh(t, "drop@account")
			require.Error(t, s.walk(t, steps.Account))
			s.wire.before = interfere
			_, err := s.Submit(t.Context(), steps.Account, s.Prefill(steps.Account), true)
			var u *steps.Unknown
			require.ErrorAs(t, err, &u)
			require.Equal(t, state.Sent, s.onDisk(t).Steps[steps.Account].Status)
		})
	}
}

func TestATokenCallThatFailsLeavesTheStepUnsent(t *testing.T) {
	s := fresh(t)
	require.NoError(t, s.walk(t, steps.Authenticate))
	s = s.again(t)
	s.wire.before = func(r *http.Request, _ string) (*http.Response, error) { return respond(r, 503, "") }
	_, err := s.Submit(t.Context(), steps.Account, s.Prefill(steps.Account), false)
	var f *steps.Failure
	require.ErrorAs(t, err, &f, "the creating call did not leave, so nothing is unknown")
	require.Equal(t, "server-error", f.Issue)
	require.Equal(t, 5, f.Exit)
	require.Equal(t, state.Failed, s.onDisk(t).Steps[steps.Account].Status)
	require.Len(t, s.wire.calls, 1)
}

func TestATokenThatIsRefusedIsRenewedOnce(t *testing.T) {
	s := fresh(t, "unauthorized@account")
	require.NoError(t, s.walk(t, steps.Account))
	require.Equal(t, []string{"POST /v1.1/oauth/token", "POST /v1.0/accounts/create", "POST /v1.1/oauth/token", "POST /v1.0/accounts/create"}, s.wire.calls)

	s = fresh(t, "unauthorized@account:2")
	var f *steps.Failure
	require.ErrorAs(t, s.walk(t, steps.Account), &f)
	require.Equal(t, "unauthorized", f.Issue)
	require.Equal(t, steps.Authenticate, f.FixStep)
	require.Len(t, s.wire.calls, 4)
	require.Equal(t, state.Failed, s.onDisk(t).Steps[steps.Account].Status)
}

func TestAWrongSecretIsSaidAndCanBeMended(t *testing.T) {
	s := fresh(t)
	s.Keep("AccountSecret", api.NewSecret("wrong-one"))
	var f *steps.Failure
	require.ErrorAs(t, s.SignIn(t.Context()), &f)
	require.Equal(t, "unauthorized", f.Issue)
	require.Equal(t, "AccountSecret", f.FixField)
	require.Contains(t, f.Solution, "Telegent representative")
	require.False(t, s.SignedIn())
	s.Keep("AccountSecret", api.NewSecret("sandbox-secret"))
	require.NoError(t, s.SignIn(t.Context()))
	require.True(t, s.SignedIn())
}

func TestResumingGoesOnAtTheFirstStepThatIsNotDone(t *testing.T) {
	s := fresh(t)
	require.NoError(t, s.walk(t, steps.MessageRoute))
	s = s.again(t)
	require.True(t, s.Resumed())
	require.False(t, s.SignedIn())
	next, ok := s.Next()
	require.True(t, ok)
	require.Equal(t, steps.VoiceRoute, next.ID)
	require.NoError(t, s.SignIn(t.Context()))
	require.NoError(t, s.walk(t, ""))
	require.Len(t, s.box.Objects().Accounts, 1)
}

func TestNextNeverNamesAuthenticateOnceALaterStepHasBegun(t *testing.T) {
	s := fresh(t)
	require.NoError(t, s.walk(t, ""))
	s = s.again(t)
	s.Keep("AccountSecret", api.NewSecret("wrong-one"))
	require.Error(t, s.SignIn(t.Context()))
	_, more := s.Next()
	require.False(t, more)
}

func TestTheOrderIDIsMadeOnceAndNewAfterARefusal(t *testing.T) {
	s := fresh(t, "server-error@provision", "number-in-use")
	require.Error(t, s.walk(t, ""))
	order := func() string { return orderID(t, s.wire.bodies[len(s.wire.bodies)-1]) }
	first := order()
	require.NotEmpty(t, first)
	require.Equal(t, first, s.onDisk(t).Steps[steps.Provision].OrderID, "saved before it is sent")

	s = s.again(t)
	require.Contains(t, s.Preview(steps.Provision, s.Prefill(steps.Provision)), first, "shown as it will be sent")
	_, err := s.Submit(t.Context(), steps.Provision, s.Prefill(steps.Provision), true)
	require.Error(t, err)
	require.Equal(t, first, order(), "the same order again has the same ID")
}

func TestTheOrderIDIsNewAfterARefusal(t *testing.T) {
	s := fresh(t, "number-in-use")
	var f *steps.Failure
	require.ErrorAs(t, s.walk(t, ""), &f)
	first := orderID(t, s.wire.bodies[len(s.wire.bodies)-1])
	require.Empty(t, s.onDisk(t).Steps[steps.Provision].OrderID)
	_, err := s.Submit(t.Context(), steps.Provision, s.Prefill(steps.Provision), false)
	require.NoError(t, err)
	require.NotEqual(t, first, orderID(t, s.wire.bodies[len(s.wire.bodies)-1]))
}

func orderID(t *testing.T, body string) string {
	t.Helper()
	var v struct {
		OrderID string `json:"OrderId"`
	}
	require.NoError(t, json.Unmarshal([]byte(body), &v))
	return v.OrderID
}

func TestChoosingANumberCarriesItIntoProvisioning(t *testing.T) {
	given := map[string]steps.Answers{steps.Provision: {"PhoneNumber": "+13105550000"}}
	s := start(t, filepath.Join(t.TempDir(), "state.json"), newBox(t), given)
	require.Equal(t, "+13105550000", s.Prefill(steps.Provision)["PhoneNumber"])
	require.NoError(t, s.walk(t, steps.VoiceRoute))
	results, err := s.Search(t.Context(), s.Prefill(steps.Availability))
	require.NoError(t, err)
	require.True(t, results.Numbers)
	require.NoError(t, s.Choose(s.Prefill(steps.Availability), &results.Rows[1]))
	require.Equal(t, results.Rows[1].Number, s.Prefill(steps.Provision)["PhoneNumber"], "what was chosen beats what was given ahead")
	require.NoError(t, s.walk(t, ""))
	require.Equal(t, results.Rows[1].Number, s.Saved()[steps.PhoneNumber])
}

func TestNothingAvailableIsNoSuccess(t *testing.T) {
	s := fresh(t, "no-numbers")
	var f *steps.Failure
	require.ErrorAs(t, s.walk(t, ""), &f)
	require.Equal(t, []any{"no-numbers", 4, steps.Availability}, []any{f.Issue, f.Exit, f.FixStep})
}

func TestAReplacedIDIsKeptInTheHistoryAndTheNewOneIsUsed(t *testing.T) {
	s := fresh(t, "message-route-required")
	var f *steps.Failure
	require.ErrorAs(t, s.walk(t, ""), &f)
	require.Equal(t, steps.MessageRoute, f.FixStep)
	old := s.Saved()[steps.MRID]
	ids, err := s.Submit(t.Context(), steps.MessageRoute, s.Prefill(steps.MessageRoute), false)
	require.NoError(t, err)
	require.NotEqual(t, old, ids[steps.MRID])
	require.Equal(t, old, s.onDisk(t).History[0].Value)
	require.NoError(t, s.walk(t, ""))
	require.Contains(t, s.wire.bodies[len(s.wire.bodies)-3], ids[steps.MRID])
}

func TestRedoingADoneStepThatIsRefusedLeavesItDone(t *testing.T) {
	s := fresh(t)
	require.NoError(t, s.walk(t, steps.Account))
	s.wire.before = func(r *http.Request, _ string) (*http.Response, error) { return respond(r, 400, `{"Message":"no"}`) }
	_, err := s.Submit(t.Context(), steps.Account, s.Prefill(steps.Account), false)
	require.Error(t, err)
	require.Equal(t, state.Done, s.onDisk(t).Steps[steps.Account].Status)
	require.NotEmpty(t, s.Saved()[steps.AccountID])
}

func TestCancellingBeforeAnythingIsSentChangesNothing(t *testing.T) {
	s := fresh(t)
	require.NoError(t, s.walk(t, steps.Authenticate))
	ctx, cancel := context.WithCancel(t.Context())
	s.wire.before = func(r *http.Request, _ string) (*http.Response, error) {
		cancel() // In the middle of connecting.
		return nil, r.Context().Err()
	}
	_, err := s.Submit(ctx, steps.Account, s.Prefill(steps.Account), false)
	require.ErrorIs(t, err, context.Canceled)
	require.Equal(t, state.Todo, s.Status(steps.Account).Status)
}

func TestCancellingACallThatLeftIsUnknown(t *testing.T) {
	s := fresh(t)
	require.NoError(t, s.walk(t, steps.Authenticate))
	ctx, cancel := context.WithCancel(t.Context())
	s.wire.before = func(r *http.Request, _ string) (*http.Response, error) {
		connect(r)
		cancel()
		return nil, r.Context().Err()
	}
	_, err := s.Submit(ctx, steps.Account, s.Prefill(steps.Account), false)
	var u *steps.Unknown
	require.ErrorAs(t, err, &u)
	require.Equal(t, state.Sent, s.onDisk(t).Steps[steps.Account].Status)
}

func TestAConnectionThatWasNeverMadeIsAFailure(t *testing.T) {
	s := fresh(t)
	require.NoError(t, s.walk(t, steps.Authenticate))
	s.wire.before = func(*http.Request, string) (*http.Response, error) {
		return nil, &net.OpError{Op: "dial", Err: errors.New("connection refused")}
	}
	_, err := s.Submit(t.Context(), steps.Account, s.Prefill(steps.Account), false)
	var f *steps.Failure
	require.ErrorAs(t, err, &f)
	require.Equal(t, []any{"network", 5}, []any{f.Issue, f.Exit})
	require.Equal(t, state.Failed, s.onDisk(t).Steps[steps.Account].Status)
	s.wire.before = nil
	require.NoError(t, s.walk(t, steps.Account), "a failed step is simply sent again")
}

func TestDraftsKeepWhatWasTyped(t *testing.T) {
	s := fresh(t)
	require.NoError(t, s.Draft(steps.MessageRoute, steps.Answers{"RouteName": "  Mine ", "RouteUrl": "https://me:pw@example.com/x", "RouteEnabled": "no"}))
	s = s.again(t)
	got := s.Prefill(steps.MessageRoute)
	require.Equal(t, "Mine", got["RouteName"])
	require.Equal(t, "false", got["RouteEnabled"])
	require.NotContains(t, got["RouteUrl"], "pw", "a URL with a password in it is not kept")
	require.False(t, s.Resumed(), "typing is not progress")
}

func TestAMessageIsDoneWithoutItsID(t *testing.T) {
	for body, done := range map[string]bool{`{"Status":"Queued"}`: true, ``: true, `<html>`: false, `{"broken`: false} {
		s := fresh(t)
		require.NoError(t, s.walk(t, steps.Subscriber))
		s.wire.before = func(r *http.Request, _ string) (*http.Response, error) { return respond(r, 200, body) }
		_, err := s.Submit(t.Context(), steps.TestMessage, s.Prefill(steps.TestMessage), false)
		require.Equal(t, done, err == nil, "%q: %v", body, err)
	}
}

func TestAdoptingANumber(t *testing.T) {
	for name, tc := range map[string]struct {
		answers steps.Answers
		tnid    string
		bad     bool
	}{
		"both":      {steps.Answers{"PhoneNumber": "+13105557777", "TNID": "NID-1"}, "NID-1", false},
		"unknown":   {steps.Answers{"PhoneNumber": "+13105557777", "TNID": "unknown"}, "", false},
		"left out":  {steps.Answers{"PhoneNumber": "+13105557777"}, "", false},
		"bad":       {steps.Answers{"PhoneNumber": "3105557777", "TNID": "NID-1"}, "", true},
		"no number": {steps.Answers{"TNID": "NID-1"}, "", true},
	} {
		s := fresh(t)
		_, err := s.Adopt(steps.Provision, tc.answers)
		if tc.bad {
			var invalid *steps.Invalid
			require.ErrorAs(t, err, &invalid, name)
			continue
		}
		require.NoError(t, err, name)
		require.Equal(t, tc.tnid, s.Saved()[steps.TNID], name)
		require.Equal(t, "+13105557777", s.Saved()[steps.PhoneNumber], name)
		require.Empty(t, s.wire.calls, name)
	}
}

func TestAnotherKeyIsRefusedOnceTheSetupHasBegun(t *testing.T) {
	s := fresh(t)
	require.NoError(t, s.walk(t, steps.Account))
	_, err := s.Submit(t.Context(), steps.Authenticate, steps.Answers{"AccountKey": "DID-2"}, false)
	var invalid *steps.Invalid
	require.ErrorAs(t, err, &invalid)
	require.Contains(t, invalid.Error(), "sandbox-key")
}

// Rule: what is typed while a call is under way never takes back that it was sent.
func TestADraftNeverUndoesAnotherSave(t *testing.T) {
	s := fresh(t)
	require.NoError(t, s.SignIn(t.Context()))
	var drafts sync.WaitGroup
	s.wire.before = func(*http.Request, string) (*http.Response, error) {
		for range 20 {
			drafts.Go(func() { _ = s.Draft(steps.Account, steps.Answers{"AccountName": "typed meanwhile"}) })
			drafts.Go(func() { _ = s.Draft(steps.MessageRoute, steps.Answers{"RouteName": rand.Text()}) })
		}
		return nil, nil
	}
	_, err := s.Submit(t.Context(), steps.Account, s.Prefill(steps.Account), false)
	require.NoError(t, err)
	drafts.Wait()
	kept := s.onDisk(t)
	require.Equal(t, state.Done, kept.Steps[steps.Account].Status)
	require.NotEmpty(t, kept.IDs[string(steps.AccountID)])
}

func TestTheNumberOfAnAnswerIsSavedAsOneThatCanBeCalled(t *testing.T) {
	for answered, want := range map[string]string{
		`"+13105559876"`: "+13105559876", `"13105559876"`: "+13105559876", `13105559876`: "+13105559876",
		`"soon"`: "+18015550111", `null`: "+18015550111", `"+1 (310) 555"`: "+18015550111",
	} {
		s := fresh(t)
		require.NoError(t, s.walk(t, steps.Availability))
		s.wire.before = func(r *http.Request, _ string) (*http.Response, error) {
			return respond(r, 200, `{"TNID":"TNID-1","PhoneNumber":`+answered+`}`)
		}
		answers := s.Prefill(steps.Provision)
		answers["PhoneNumber"] = "+18015550111"
		_, err := s.Submit(t.Context(), steps.Provision, answers, false)
		require.NoError(t, err)
		require.Equal(t, want, s.onDisk(t).PhoneNumber, answered)
	}
}

// Rule: what was carried out and could not be saved is said with its IDs, and
// what was only adopted is not said to have been carried out.
func TestWhatCannotBeSavedIsNamed(t *testing.T) {
	for name, tc := range map[string]struct {
		do   func(s *setup) error
		says string
	}{
		"created": {func(s *setup) error {
			_, err := s.Submit(context.Background(), steps.Account, s.Prefill(steps.Account), false)
			return err
		}, "account was carried out and gave AccountId AID-1, which could not be saved: note it."},
		"adopted": {func(s *setup) error {
			_, err := s.Adopt(steps.Account, steps.Answers{"AccountId": "AID-1"})
			return err
		}, "save account: "},
	} {
		t.Run(name, func(t *testing.T) {
			s := fresh(t)
			require.NoError(t, s.SignIn(t.Context()))
			block := func() { require.NoError(t, os.MkdirAll(s.StatePath()+".tmp/in the way", 0o700)) }
			s.wire.before = func(r *http.Request, _ string) (*http.Response, error) {
				block()
				return respond(r, 200, `{"AccountId":"AID-1"}`)
			}
			if name == "adopted" {
				block()
			}
			require.ErrorContains(t, tc.do(s), tc.says)
		})
	}
}

// Rule: a run that finds an outcome open says what the run before it said, and
// puts no words in the service's mouth.
func TestAnOpenOutcomeIsToldAsItCameAbout(t *testing.T) {
	for _, fault := range []string{"drop", "server-error", "missing-id", "html"} {
		t.Run(fault, func(t *testing.T) {
			s := fresh(t, fault+"@account")
			var u *steps.Unknown
			require.ErrorAs(t, s.walk(t, ""), &u)
			found := s.again(t).Pending(steps.Account)
			require.Equal(t, "Last time: "+u.Title, found.Title)
			require.Equal(t, []any{u.Issue, u.Message, u.Solution, u.Exit}, []any{found.Issue, found.Message, found.Solution, found.Exit})
		})
	}
}
