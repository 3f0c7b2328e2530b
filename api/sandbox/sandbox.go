// Package sandbox is the Telegent service in a box: an http.Handler that
// answers as the service does, in one of the two editions, and that fails on
// request. A setup can be rehearsed against it from the first call to the last
// without an account, without a network and at no cost, with any HTTP client:
// it checks what the service checks and knows nothing of this program.
//
// It takes the credentials Key and Secret, and keeps what is created (in a
// file when Options.Data names one). Passwords and tokens are never kept
// there: those of a subscriber are forgotten at once, those of webhooks when
// the sandbox ends.
//
// From the rest of the program the package imports the name of the edition,
// what is this machine, the cleaning of text and the calling of webhooks, and
// nothing else, so that a wrong request cannot be read back as right.
package sandbox

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"

	"telegent-setup/api"
	"telegent-setup/api/text"
	"telegent-setup/api/webhook"
)

// The credentials that the sandbox accepts; all others get 401.
const (
	Key    = "sandbox-key"
	Secret = "sandbox-secret"
)

// Options say how a sandbox behaves. The zero value is a fresh service of
// edition 2025-12 that keeps everything in memory and never fails.
type Options struct {
	Edition api.Edition // Empty is 2025-12.
	Data    string      // File that keeps what is created, JSON; empty keeps it in memory only.
	Faults  []Fault     // Tried in this order; each ends after its Count.
	Orders  int         // How often an order of edition 2026-04 is "Pending" when asked for; 0 is once, below 0 it is complete at once.
	Areas   bool        // Availability lists areas only, as edition 2026-04 always does.
	Many    int         // When above 0, the numbers on offer lie in this many areas, one in each (at most MaxAreas).

	Now      func() time.Time  // The clock, safe for concurrent use; nil is the machine's.
	Webhooks http.RoundTripper // Carries the calls of webhooks; nil is the network of this machine.
	Log      func(Entry)       // Is told of every request once it is answered, one at a time; nil is nobody.
}

// Sandbox is the service. It is safe for concurrent use.
type Sandbox struct {
	opt       Options // Complete.
	endpoints map[string][]endpoint
	offer     []offered
	sender    webhook.Sender
	logging   sync.Mutex // Held while the log is told.

	mu      sync.Mutex // Guards what follows.
	faults  []Fault
	tokens  map[string]token
	secrets map[string]map[string]string // What the store must not hold, by the ID of its object and the field.
	pace    pace
	store   store
	file    *file
}

// New opens a sandbox, with what its data file holds. A data file that cannot
// be read as one gives an error that wraps ErrDamaged, and is left as it is.
func New(o Options) (*Sandbox, error) {
	s, err := open(o)
	if err != nil {
		return nil, fmt.Errorf("open the sandbox: %w", err)
	}
	return s, nil
}

func open(o Options) (s *Sandbox, err error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Edition, err = api.ParseEdition(string(cmp.Or(o.Edition, api.Edition2025))); err != nil {
		return nil, err
	}
	if o.Orders = max(cmp.Or(o.Orders, 1), 0); o.Edition == api.Edition2025 {
		o.Orders = 0
	}
	s = &Sandbox{
		opt:       o,
		endpoints: endpoints(o.Edition),
		sender:    newSender(o.Webhooks),
		tokens:    map[string]token{},
		secrets:   map[string]map[string]string{},
		file:      &file{path: o.Data},
	}
	if s.offer, err = newOffer(o.Many); err != nil {
		return nil, err
	}
	if s.faults, err = checkFaults(o.Faults); err != nil {
		return nil, err
	}
	s.store, err = s.file.load()
	return s, err
}

// ServeHTTP implements http.Handler.
func (s *Sandbox) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	arrived := s.opt.Now()
	body, reply := readBody(w, r)
	if reply == nil {
		reply = s.answer(r, body)
	}
	if !hold(r.Context(), reply.fault) {
		reply.status = 0
		s.record(arrived, r, reply)
		panic(http.ErrAbortHandler) // Cuts the connection without an answer.
	}
	reply.write(w)
	s.record(arrived, r, reply)
}

// answer carries the request out, unless a fault keeps it from that.
func (s *Sandbox) answer(r *http.Request, body []byte) *answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.opt.Now()
	if wait := s.pace.admit(now); wait > 0 {
		return tooMany(wait)
	}
	e, refusal := s.route(r)
	if refusal == nil && e.kind != signsIn {
		refusal = s.checkToken(r, now)
	}
	if refusal != nil {
		return refusal
	}
	f := s.faultFor(e)
	if f == nil {
		return s.carryOut(e, r, body, now, "")
	}
	var reply *answer
	if refuse := f.kind().refuse; refuse != nil {
		reply = refuse(s, e)
	} else if reply = s.carryOut(e, r, body, now, f.Name); !reply.ok() && f.Name != faultSlow {
		return reply // A fault waits for a call that can be carried out.
	}
	if f.Name != faultNoLookUp {
		f.Count--
	}
	reply.corrupt(f.Name)
	reply.fault, reply.did = f.Name, "fault "+f.Name+": "+reply.did
	return reply
}

// carryOut checks and answers the request, and stores what it changed. The
// fault may say how: a message that is not delivered, an order that fails.
func (s *Sandbox) carryOut(e endpoint, r *http.Request, body []byte, now time.Time, fault string) *answer {
	q, refusal := e.read(r, body)
	if refusal != nil {
		return refusal
	}
	q.now, q.fault = now, fault
	reply := e.serve(s, q)
	if !reply.ok() {
		return reply
	}
	if err := s.file.save(s.store); err != nil {
		s.store, _ = s.file.stored() // It can be read: it was read or written before.
		return refuse(http.StatusInternalServerError, "The sandbox could not keep this: "+err.Error())
	}
	s.call(reply.calls)
	return reply
}

// slowness is how long the slow fault keeps the answer back.
const slowness = 3 * time.Second

// hold keeps an answer back as its fault has it; false means that the
// connection is cut instead.
func hold(ctx context.Context, fault string) bool {
	switch fault {
	case faultHang:
		<-ctx.Done()
		return false
	case faultDrop, faultRefuse:
		return false
	case faultSlow:
		select {
		case <-time.After(slowness):
		case <-ctx.Done():
			return false
		}
	}
	return true
}

// Entry is a request and what became of it. Its texts have no control
// characters and fit on a line.
type Entry struct {
	Time   time.Time // When it arrived.
	Method string
	Path   string // Without the query.
	Status int    // 0 when the connection was cut.
	Did    string // In words: "created account AID-...", "refused: Email already exists".
}

// record tells of a request.
func (s *Sandbox) record(arrived time.Time, r *http.Request, a *answer) {
	if s.opt.Log == nil {
		return
	}
	line := func(s string) string { return text.Cut(text.Collapse(s), 200) }
	s.logging.Lock()
	defer s.logging.Unlock()
	s.opt.Log(Entry{arrived, line(r.Method), line(r.URL.Path), a.status, line(a.did)})
}
