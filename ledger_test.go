package main

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/api/sandbox"
	"telegent-setup/steps"
)

// moment is a point in the life of a request, as the service sees it.
type moment string

const (
	arrived  moment = "as it arrives"        // Nothing has been carried out.
	carried  moment = "as it is carried out" // No byte of the answer has left.
	answered moment = "as it is answered"    // The whole answer has left.
)

// ledger stands in for the service: a sandbox on a loopback port that writes
// down what arrives.
type ledger struct {
	box *sandbox.Sandbox
	url string // The base URL.

	mu       sync.Mutex
	arrivals []string // "POST /v1.0/accounts/create", in order.
	bodies   []string // Of each.
	at       func(n int, m moment) (cut bool)
	tamper   func(w http.ResponseWriter, r *http.Request) bool // Answers in the sandbox's place.
}

// newLedger starts a service. Orders are complete when they are first asked for.
func newLedger(t *testing.T, edition api.Edition, faults ...string) *ledger {
	t.Helper()
	o := sandbox.Options{Edition: edition, Orders: -1}
	for _, text := range faults {
		f, err := sandbox.ParseFault(text)
		require.NoError(t, err)
		o.Faults = append(o.Faults, f)
	}
	box, err := sandbox.New(o)
	require.NoError(t, err)
	l := &ledger{box: box}
	server := httptest.NewServer(l)
	t.Cleanup(server.Close)
	l.url = server.URL + "/v1.0"
	return l
}

// on calls f at every moment of every request, which count from 1. Where f says
// so, the connection is cut.
func (l *ledger) on(f func(n int, m moment) (cut bool)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.at = f
}

// instead lets f answer; where it returns false the sandbox does.
func (l *ledger) instead(f func(w http.ResponseWriter, r *http.Request) bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.tamper = f
}

// ServeHTTP implements http.Handler.
func (l *ledger) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	r.Body = io.NopCloser(bytes.NewReader(body))
	l.mu.Lock()
	l.arrivals = append(l.arrivals, r.Method+" "+r.URL.Path)
	l.bodies = append(l.bodies, string(body))
	n, at, tamper := len(l.arrivals), l.at, l.tamper
	l.mu.Unlock()
	pass := func(m moment) {
		if at != nil && at(n, m) {
			panic(http.ErrAbortHandler)
		}
	}
	pass(arrived)
	if tamper != nil && tamper(w, r) {
		return
	}
	answer := httptest.NewRecorder()
	l.box.ServeHTTP(answer, r)
	pass(carried)
	maps.Copy(w.Header(), answer.Header())
	w.WriteHeader(answer.Code)
	_, _ = answer.Body.WriteTo(w)
	_ = http.NewResponseController(w).Flush()
	pass(answered)
}

// seen is every request so far.
func (l *ledger) seen() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.arrivals)
}

// sent is every request so far, with its body.
func (l *ledger) sent() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	all := slices.Clone(l.arrivals)
	for i, body := range l.bodies {
		all[i] += " " + body
	}
	return all
}

// asked counts the calls that would create what a step creates.
func (l *ledger) asked(step string) int {
	count := 0
	for _, call := range l.seen() {
		if creates(call) == step {
			count++
		}
	}
	return count
}

// creates is the step whose call this is; empty for a call that creates nothing.
func creates(call string) string {
	method, path, _ := strings.Cut(call, " ")
	if method != http.MethodPost {
		return ""
	}
	return map[string]string{
		"/v1.0/accounts/create":    steps.Account,
		"/v1.0/account/create":     steps.Account,
		"/v1.0/message/routes":     steps.MessageRoute,
		"/v1.0/voice/routes":       steps.VoiceRoute,
		"/v1.0/numbers/provision":  steps.Provision,
		"/v1.0/subscribers/create": steps.Subscriber,
		"/v1.0/message/send":       steps.TestMessage,
		"/v1.0/message/outbound":   steps.TestMessage,
	}[path]
}

// holds is what the service holds, by the names of the state file. Of several
// it is the last.
func (l *ledger) holds() map[string]string {
	o := l.box.Objects()
	all := map[string]string{}
	for name, ids := range map[string][]string{
		"AccountId": o.Accounts, "MRID": o.MessageRoutes, "CRID": o.VoiceRoutes, "TNID": o.Numbers,
		"PhoneNumber": o.PhoneNumbers, "SubscriberId": o.Subscribers, "MessageId": o.Messages,
	} {
		if len(ids) > 0 {
			all[name] = ids[len(ids)-1]
		}
	}
	return all
}

// counts is how many of each the service holds, by step.
func (l *ledger) counts() map[string]int {
	o := l.box.Objects()
	return map[string]int{
		steps.Account: len(o.Accounts), steps.MessageRoute: len(o.MessageRoutes), steps.VoiceRoute: len(o.VoiceRoutes),
		steps.Provision: max(len(o.Numbers), len(o.Orders)), steps.Subscriber: len(o.Subscribers), steps.TestMessage: len(o.Messages),
	}
}

// settleOrders asks for every order until it is complete, as support would.
func (l *ledger) settleOrders(t *testing.T) {
	t.Helper()
	for _, id := range l.box.Objects().Orders {
		path := "/v1.0/numbers/order"
		token := struct{ Token string }{}
		body := `{"AccountKey":"` + sandbox.Key + `","AccountSecret":"` + sandbox.Secret + `","ApiEndpoint":"http://127.0.0.1` + path + `"}`
		require.NoError(t, json.Unmarshal(l.directly(http.MethodPost, "/v1.0/oauth2/tokens", "", body), &token))
		require.Contains(t, string(l.directly(http.MethodGet, path+"?OrderId="+id, token.Token, "")), "Complete")
	}
}

// directly asks the sandbox without leaving a trace in the ledger.
func (l *ledger) directly(method, target, token, body string) []byte {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+token)
	answer := httptest.NewRecorder()
	l.box.ServeHTTP(answer, r)
	text, _ := io.ReadAll(answer.Body)
	return text
}
