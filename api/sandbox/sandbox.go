package sandbox

import (
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"telegent-setup/api"
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
	Edition   api.Edition   // Empty is 2025-12.
	Data      string        // File that keeps what is created, JSON; empty keeps it in memory only.
	Faults    []Fault       // Tried in this order; each ends after its Count.
	TokenLife time.Duration // How long a token lasts, at least a second; 0 is 15 minutes.
	Orders    int           // How often an order of edition 2026-04 is "Pending" when asked for; 0 is once, below 0 it is complete at once.
	Areas     bool          // Availability lists areas only, as edition 2026-04 always does.
	Many      int           // When above 0, the numbers on offer lie in this many areas, one in each (at most MaxAreas).
	Envelope  bool          // Answers come as {"Successful": true, "Data": {...}} instead of bare.

	Now      func() time.Time  // The clock, safe for concurrent use; nil is the machine's.
	Webhooks http.RoundTripper // Carries the calls of webhooks; nil is the network of this machine.
	Log      func(Entry)       // Is told of every request once it is answered, one at a time; nil is nobody.
}

const defaultTokenLife = 15 * time.Minute

// Sandbox is the service. It is safe for concurrent use.
type Sandbox struct {
	edition   api.Edition
	endpoints map[string][]endpoint // By path.
	offer     offer
	tokenLife time.Duration
	pending   int
	areasOnly bool
	envelope  bool
	now       func() time.Time
	sender    webhook.Sender
	log       requestLog

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
	s := &Sandbox{
		edition:   api.Edition2025,
		tokenLife: defaultTokenLife,
		areasOnly: o.Areas,
		envelope:  o.Envelope,
		now:       o.Now,
		sender:    newSender(o.Webhooks),
		log:       requestLog{emit: o.Log},
		tokens:    map[string]token{},
		secrets:   map[string]map[string]string{},
		file:      &file{path: o.Data},
	}
	if s.now == nil {
		s.now = time.Now
	}
	if o.Edition != "" {
		edition, err := api.ParseEdition(string(o.Edition))
		if err != nil {
			return nil, fmt.Errorf("open the sandbox: %w", err)
		}
		s.edition = edition
	}
	if s.edition == api.Edition2026 {
		if s.pending = max(o.Orders, 0); o.Orders == 0 {
			s.pending = 1
		}
	}
	if o.TokenLife != 0 {
		s.tokenLife = o.TokenLife
	}
	if s.tokenLife < time.Second {
		return nil, errors.New("open the sandbox: a token must last a second at least")
	}
	s.endpoints = endpoints(s.edition)
	if err := s.fill(o); err != nil {
		return nil, fmt.Errorf("open the sandbox: %w", err)
	}
	return s, nil
}

// fill gives the sandbox what it offers, its faults and its store.
func (s *Sandbox) fill(o Options) (err error) {
	if s.offer, err = newOffer(o.Many); err != nil {
		return err
	}
	if s.faults, err = checkFaults(o.Faults); err != nil {
		return err
	}
	s.store, err = s.file.load()
	return err
}

// ServeHTTP implements http.Handler.
func (s *Sandbox) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	arrived := s.now()
	body, refusal := readBody(w, r)
	if refusal != nil {
		s.write(w, *refusal)
		s.log.record(arrived, r, refusal.status, refusal.did)
		return
	}
	reply, effect := s.answer(r, body)
	if !effect.wait(r.Context()) {
		s.log.record(arrived, r, 0, reply.did)
		panic(http.ErrAbortHandler) // Cuts the connection without an answer.
	}
	s.write(w, reply)
	s.log.record(arrived, r, reply.status, reply.did)
}

// answer carries the request out and says what becomes of the answer on its
// way back.
func (s *Sandbox) answer(r *http.Request, body []byte) (answer, effect) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.now()
	if wait := s.pace.admit(now); wait > 0 {
		return tooMany(wait), effect{}
	}
	e, refusal := s.route(r)
	if refusal != nil {
		return *refusal, effect{}
	}
	if e.kind != signsIn {
		if refusal := s.checkToken(r, now); refusal != nil {
			return *refusal, effect{}
		}
	}
	f := s.faultFor(e)
	if f == nil {
		return s.carryOut(e, r, body, now, ""), effect{}
	}
	if !f.carriesOut() {
		f.used()
		return s.refuseFor(f, e)
	}
	reply := s.carryOut(e, r, body, now, f.Name)
	if !reply.ok() && f.Name != faultSlow {
		return reply, effect{} // A fault waits for a call that can be carried out.
	}
	f.used()
	return s.corrupt(f, reply)
}

// carryOut checks and answers the request, and stores what it changed. The
// fault may say how: a message that is not delivered, an order that fails.
func (s *Sandbox) carryOut(e endpoint, r *http.Request, body []byte, now time.Time, fault string) answer {
	req := newRequest(r.URL.Query(), now, fault)
	if r.Method == http.MethodPost {
		if refusal := req.parse(r.Header.Get("Content-Type"), body); refusal != nil {
			return *refusal
		}
	}
	reply := e.serve(s, req)
	if !reply.ok() {
		return reply
	}
	if err := s.file.save(s.store); err != nil {
		s.store = s.file.stored()
		return refuse(http.StatusInternalServerError, "The sandbox could not keep this: %v", err)
	}
	if reply.then != nil {
		reply.then()
	}
	return reply
}

// Objects lists the IDs of everything that was created, oldest first.
type Objects struct {
	Accounts, MessageRoutes, VoiceRoutes []string
	Numbers                              []string // TNIDs.
	PhoneNumbers                         []string // E.164, in the order of Numbers.
	Orders                               []string // Those that took their time or failed, and all of edition 2026-04.
	Subscribers, Messages                []string
}

// Objects is what the sandbox holds now.
func (s *Sandbox) Objects() Objects {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.store.objects()
}
