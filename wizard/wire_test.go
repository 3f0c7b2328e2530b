package wizard

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"telegent-setup/api/sandbox"
	"telegent-setup/api/sandbox/sandboxtest"
)

// wire carries requests to the sandbox. The IDs that it lets out are the same
// in every run, so that screens can be compared.
type wire struct {
	next  http.RoundTripper
	box   *sandbox.Sandbox
	mu    sync.Mutex
	calls []string // "POST /v1.0/accounts/create"
	body  []string
	names map[string]string // Of the sandbox's IDs, and back.
	count map[string]int
	down  bool // No connection can be made.
	stuck bool // No answer comes.

	answered func(path string) // What happens between an answer and its arrival; may be nil.
}

func newWire(t *testing.T, st stage) *wire {
	t.Helper()
	o := sandbox.Options{Edition: st.edition, Areas: st.areas, Many: st.many}
	for _, name := range st.faults {
		f, err := sandbox.ParseFault(name)
		require.NoError(t, err)
		o.Faults = append(o.Faults, f)
	}
	box, err := sandbox.New(o)
	require.NoError(t, err)
	return &wire{next: sandboxtest.Transport{Handler: box}, box: box, names: map[string]string{}, count: map[string]int{}}
}

var anID = regexp.MustCompile(`\b(?:[A-Z]+-)?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b`)

// aCode is the random end of the activation code of an eSIM.
var aCode = regexp.MustCompile(`\$[0-9A-F]{32}`)

// RoundTrip implements http.RoundTripper.
func (w *wire) RoundTrip(r *http.Request) (*http.Response, error) {
	var body []byte
	if r.Body != nil {
		body, _ = io.ReadAll(r.Body)
	}
	switch {
	case w.down:
		return nil, errDown
	case w.stuck:
		<-r.Context().Done()
		return nil, r.Context().Err()
	}
	w.mu.Lock()
	w.calls = append(w.calls, r.Method+" "+r.URL.Path)
	w.body = append(w.body, string(body))
	body = anID.ReplaceAllFunc(body, func(id []byte) []byte { return []byte(w.real(string(id))) })
	query := anID.ReplaceAllStringFunc(r.URL.RawQuery, w.real)
	w.mu.Unlock()
	r = r.Clone(r.Context())
	r.URL.RawQuery = query
	r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	resp, err := w.next.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.answered != nil {
		w.answered(r.URL.Path)
	}
	answer = aCode.ReplaceAll(answer, []byte("$$0123456789ABCDEF0123456789ABCDEF"))
	answer = anID.ReplaceAllFunc(answer, func(id []byte) []byte { return []byte(w.fixed(string(id))) })
	resp.Body, resp.ContentLength = io.NopCloser(bytes.NewReader(answer)), int64(len(answer))
	return resp, nil
}

func (w *wire) real(id string) string {
	if r, ok := w.names[id]; ok {
		return r
	}
	return id
}

func (w *wire) fixed(id string) string {
	if n, ok := w.names[id]; ok {
		return n
	}
	prefix := id[:len(id)-len("a1b2c3d4-e5f6-7890-abcd-ef1234567801")]
	w.count[prefix]++
	n := fmt.Sprintf("%sa1b2c3d4-e5f6-7890-abcd-ef12345678%02d", prefix, w.count[prefix])
	w.names[id], w.names[n] = n, id
	return n
}

// sent lists the calls that left, without those for tokens.
func (w *wire) sent() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	var all []string
	for _, c := range w.calls {
		if !strings.Contains(c, "/oauth") {
			all = append(all, strings.TrimPrefix(c, "POST /v1.0"))
		}
	}
	return all
}

// errDown is a machine that is off the network.
var errDown = &net.OpError{Op: "dial", Net: "tcp", Err: errors.Join(syscall.ECONNREFUSED)}

// created lists the calls that may have created something.
func (w *wire) created() []string {
	var all []string
	for _, call := range w.sent() {
		if !strings.HasPrefix(call, "GET ") {
			all = append(all, call)
		}
	}
	return all
}
