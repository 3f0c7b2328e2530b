package webhook

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"

	"telegent-setup/api"
	"telegent-setup/api/text"
)

// Route is how the service calls a webhook: what a message route says of it.
type Route struct {
	URL            *url.URL
	Method         string // "POST" or "GET".
	Authentication api.WebhookAuthentication
}

// NewRoute reads a route. No method is POST. The errors are for people.
func NewRoute(address, method string, authentication api.WebhookAuthentication) (Route, error) {
	u, err := parseURL(address)
	if err != nil {
		return Route{}, err
	}
	r := Route{URL: u, Method: strings.ToUpper(cmp.Or(method, http.MethodPost)), Authentication: authentication}
	if r.Method != http.MethodPost && r.Method != http.MethodGet {
		return Route{}, fmt.Errorf("a webhook is not called by %q: give POST or GET", text.Collapse(method))
	}
	switch a := authentication; {
	case a.Type == "" || a.Type == "None":
	case a.Type != "Basic" && a.Type != "Bearer":
		return Route{}, fmt.Errorf("unknown authentication %q: give None, Basic or Bearer", text.Collapse(a.Type))
	case a.Type == "Basic" && a.Username == "":
		return Route{}, errors.New("basic authentication needs a user name: give one")
	case a.Secret.Empty():
		return Route{}, fmt.Errorf("%s authentication needs a password or token: give one", a.Type)
	}
	return r, nil
}

func parseURL(address string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(address))
	switch {
	case err != nil || u.Hostname() == "" || text.Collapse(u.Host) != u.Host:
		return nil, errors.New("that is not a full URL: give one as in https://example.com/messages")
	case u.Scheme != "https" && u.Scheme != "http":
		return nil, fmt.Errorf("the URL begins with %s: begin it with https://", text.Collapse(u.Scheme))
	}
	u.Fragment, u.RawFragment = "", ""
	return u, nil
}

// String is the URL as it may be shown: without user info and query values.
func (r Route) String() string { return api.HideURLs(text.Collapse(r.URL.String())) }

// port is that of the URL, or of its scheme.
func (r Route) port() string {
	return cmp.Or(r.URL.Port(), map[string]string{"http": "80", "https": "443"}[r.URL.Scheme])
}

func (r Route) hostPort() string { return net.JoinHostPort(r.URL.Hostname(), r.port()) }

// request is the call of the webhook: a JSON body by POST, the query by GET.
func (r Route) request(ctx context.Context, c Content, userAgent string) (*http.Request, error) {
	target := *r.URL
	var body []byte
	if r.Method == http.MethodGet {
		target.RawQuery = joinQueries(target.RawQuery, c.query())
	} else {
		body = c.json()
	}
	q, err := http.NewRequestWithContext(ctx, r.Method, target.String(), bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("call the webhook: %w", err)
	}
	if body != nil {
		q.Header.Set("Content-Type", "application/json")
	}
	q.Header.Set("User-Agent", userAgent)
	r.Authentication.Authorize(q.Header)
	return q, nil
}

func joinQueries(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "&" + b
}
