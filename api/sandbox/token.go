package sandbox

import (
	"crypto/rand"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"time"

	"telegent-setup/api"
)

// token is what the sandbox knows of a bearer token that it gave out.
type token struct {
	expiry time.Time
	path   string // Edition 2026-04: the one endpoint that it is for.
}

// issueToken answers the token call (guide, Step 1).
func (s *Sandbox) issueToken(r *request) answer {
	key, secret := r.text("AccountKey"), r.text("AccountSecret")
	path := ""
	if s.edition == api.Edition2026 {
		path = s.endpointPath(r)
	}
	if refusal := r.refused(); refusal != nil {
		return *refusal
	}
	if key != Key || secret != Secret {
		return refuse(http.StatusUnauthorized, "Unauthorized: AccountKey or AccountSecret is wrong")
	}
	maps.DeleteFunc(s.tokens, func(_ string, t token) bool { return !r.now.Before(t.expiry) })
	value, expiry := rand.Text(), r.now.Add(s.tokenLife)
	s.tokens[value] = token{expiry: expiry, path: path}
	body := object{
		"successful":  true,
		"token":       value,
		"tokenExpiry": expiry.UTC().Format(dateLayout),
		"error":       "",
	}
	did := "issued a token"
	if s.edition == api.Edition2026 {
		did += " for " + path
	} else {
		body["expires_in"] = int(s.tokenLife / time.Second)
	}
	return done(did, body, "token")
}

// endpointPath reads ApiEndpoint, the full URL of the endpoint that the token
// is for. The sandbox compares by path: it does not know its own host name.
func (s *Sandbox) endpointPath(r *request) string {
	const key = "ApiEndpoint"
	text := r.text(key)
	if text == "" {
		return ""
	}
	u, err := url.Parse(text)
	if err != nil || u.Host == "" {
		r.wrong(key, "must be a full URL")
		return ""
	}
	if _, ok := s.endpoints[u.Path]; !ok {
		r.wrong(key, "must be the full URL of an endpoint")
	}
	return u.Path
}

// checkToken refuses a request whose Authorization header does not carry a
// token that is good for it.
func (s *Sandbox) checkToken(r *http.Request, now time.Time) *answer {
	scheme, value, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	t, known := s.tokens[strings.TrimSpace(value)]
	var a answer
	switch {
	case !strings.EqualFold(scheme, "Bearer"):
		a = refuse(http.StatusUnauthorized, "Unauthorized: the Authorization header carries no Bearer token")
	case !known:
		a = refuse(http.StatusUnauthorized, "Unauthorized: the token is not valid")
	case !now.Before(t.expiry):
		a = refuse(http.StatusUnauthorized, "Unauthorized: the token has expired")
	case t.path != "" && t.path != r.URL.Path:
		a = refuse(http.StatusForbidden, "Token scope: this token was issued for another ApiEndpoint")
	default:
		return nil
	}
	return &a
}
