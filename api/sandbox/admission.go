package sandbox

import (
	"crypto/rand"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"telegent-setup/api"
)

// token is what the sandbox knows of a bearer token that it gave out.
type token struct {
	expiry time.Time
	path   string // Edition 2026-04: the one endpoint that it is for.
}

const tokenLife = 15 * time.Minute

// issueToken answers the token call (guide, Step 1). The sandbox compares
// endpoints by path: it does not know its own host name.
func (s *Sandbox) issueToken(r *request) *answer {
	endpoint, err := url.Parse(r.fields.text("ApiEndpoint"))
	if s.opt.Edition == api.Edition2026 && (err != nil || s.endpoints[endpoint.Path] == nil) {
		return refuse(http.StatusBadRequest, "ApiEndpoint must be the full URL of an endpoint")
	}
	if r.fields["AccountKey"] != Key || r.fields["AccountSecret"] != Secret {
		return refuse(http.StatusUnauthorized, "Unauthorized: AccountKey or AccountSecret is wrong")
	}
	maps.DeleteFunc(s.tokens, func(_ string, t token) bool { return !r.now.Before(t.expiry) })
	value, t := rand.Text(), token{expiry: r.now.Add(tokenLife)}
	body := object{
		"successful":  true,
		"token":       value,
		"tokenExpiry": t.expiry.UTC().Format(dateLayout),
		"error":       "",
	}
	did := "issued a token"
	if s.opt.Edition == api.Edition2026 {
		t.path = endpoint.Path
		did += " for " + t.path
	} else {
		body["expires_in"] = int(tokenLife / time.Second)
	}
	s.tokens[value] = t
	return done(did, body, "token")
}

// checkToken refuses a request whose Authorization header does not carry a
// token that is good for it.
func (s *Sandbox) checkToken(r *http.Request, now time.Time) *answer {
	scheme, value, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	t, known := s.tokens[strings.TrimSpace(value)]
	switch {
	case !strings.EqualFold(scheme, "Bearer"):
		return refuse(http.StatusUnauthorized, "Unauthorized: the Authorization header carries no Bearer token")
	case !known:
		return refuse(http.StatusUnauthorized, "Unauthorized: the token is not valid")
	case !now.Before(t.expiry):
		return refuse(http.StatusUnauthorized, "Unauthorized: the token has expired")
	case t.path != "" && t.path != r.URL.Path:
		return refuse(http.StatusForbidden, "Token scope: this token was issued for another ApiEndpoint")
	}
	return nil
}

// The rate limit of the standard tier (guide, Rate Limits).
const (
	paceLimit  = 50
	paceWindow = time.Minute
)

// pace counts the requests of the last minute, oldest first.
type pace []time.Time

// admit lets a request in, or says how long it must wait. Requests that are
// turned away do not count, so that the wait it names is the whole wait.
func (p *pace) admit(now time.Time) time.Duration {
	for len(*p) > 0 && now.Sub((*p)[0]) >= paceWindow {
		*p = (*p)[1:]
	}
	if len(*p) >= paceLimit {
		return paceWindow - now.Sub((*p)[0])
	}
	*p = append(*p, now)
	return 0
}

// tooMany is the answer over the rate limit. Retry-After is in whole seconds,
// so it is rounded up: a client that obeys it is let in.
func tooMany(wait time.Duration) *answer {
	a := refuse(http.StatusTooManyRequests, fmt.Sprintf("Rate limit exceeded: %d requests per minute", paceLimit))
	seconds := int64((wait + time.Second - 1) / time.Second)
	a.header = http.Header{"Retry-After": {strconv.FormatInt(seconds, 10)}}
	return a
}
