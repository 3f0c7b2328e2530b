// Package issues is the table of what can go wrong at the service and of what
// every face says then. The tests of the faces share it; it says what the guide
// and the contract want, and takes no word from the program.
//
// It may import api and api/sandbox.
package issues

import (
	"fmt"
	"net/http"
	"strings"
	"sync"

	"telegent-setup/api"
	"telegent-setup/api/sandbox"
)

// Case is one way in which a step fails, and what becomes of it.
type Case struct {
	Name    string
	Step    string      // Where it happens.
	Edition api.Edition // The only one in which it can; both when empty.

	Fault  string // Of the sandbox, which then fails by itself.
	Answer Answer // Else: what the service answers instead.
	Down   bool   // Else: no connection can be made.

	Issue    string // The code of the contract.
	Title    string // What happened; of a title that names the server, its end.
	Solution string // What to do, in full.
	Quote    string // The guide's sentence, where that is not the solution.
	Choice   string // The first way out that is offered.
	FixStep  string // The step that mends it.
	Unknown  bool   // Nobody knows whether it was carried out.
	Exit     int    // Of an unattended run.
}

// Answer is what comes instead of the service's own.
type Answer struct {
	Status int
	Body   string
	Hits   int // How many calls it hits; 0 is 1.
}

// Editions lists those in which the case can occur.
func (c Case) Editions() []api.Edition {
	if c.Edition != "" {
		return []api.Edition{c.Edition}
	}
	return []api.Edition{api.Edition2025, api.Edition2026}
}

// Service is the sandbox, failing as the case says.
func (c Case) Service(edition api.Edition) (http.Handler, error) {
	o := sandbox.Options{Edition: edition, Orders: -1} // An order is complete at once.
	if c.Fault != "" {
		fault, err := sandbox.ParseFault(c.Fault)
		if err != nil {
			return nil, fmt.Errorf("make the service: %w", err)
		}
		o.Faults = []sandbox.Fault{fault}
	}
	box, err := sandbox.New(o)
	if err != nil {
		return nil, fmt.Errorf("make the service: %w", err)
	}
	if c.Answer == (Answer{}) {
		return box, nil
	}
	return &spoiler{next: box, path: paths[c.Step][edition], answer: c.Answer, left: max(1, c.Answer.Hits)}, nil
}

// paths are how the URL of a step's call ends, in each edition.
var paths = map[string]map[api.Edition]string{
	"authenticate":  {api.Edition2025: "/oauth/token", api.Edition2026: "/oauth2/tokens"},
	"account":       {api.Edition2025: "/accounts/create", api.Edition2026: "/account/create"},
	"message-route": {api.Edition2025: "/message/routes", api.Edition2026: "/message/routes"},
	"voice-route":   {api.Edition2025: "/voice/routes", api.Edition2026: "/voice/routes"},
	"availability":  {api.Edition2025: "/numbers/availability", api.Edition2026: "/numbers/availability"},
	"provision":     {api.Edition2025: "/numbers/provision", api.Edition2026: "/numbers/provision"},
	"subscriber":    {api.Edition2025: "/subscribers/create", api.Edition2026: "/subscribers/create"},
	"test-message":  {api.Edition2025: "/message/send", api.Edition2026: "/message/outbound"},
}

// spoiler answers some calls in place of the service.
type spoiler struct {
	next   http.Handler
	path   string
	answer Answer

	mu   sync.Mutex
	left int
}

// ServeHTTP implements http.Handler.
func (s *spoiler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !s.hits(r) {
		s.next.ServeHTTP(w, r)
		return
	}
	switch s.answer.Status {
	case http.StatusTooManyRequests:
		w.Header().Set("Retry-After", "0")
	case http.StatusTemporaryRedirect:
		w.Header().Set("Location", Elsewhere)
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(s.answer.Status)
	_, _ = w.Write([]byte(s.answer.Body)) // Whoever went away does not want it.
}

func (s *spoiler) hits(r *http.Request) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.left == 0 || !strings.HasSuffix(r.URL.Path, s.path) {
		return false
	}
	s.left--
	return true
}
