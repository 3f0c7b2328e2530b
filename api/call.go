package api

import (
	"net/url"
	"telegent-setup/api/text"
)

// Call is one request as the guide documents it, before the base URL and the
// token are added. It is plain data, so that it can be shown before it is sent.
type Call struct {
	Method  string
	Path    string     // Relative to the base URL; "../v1.1/oauth/token" is beside it.
	Query   url.Values // Nil when there is none.
	Body    Body       // Nil when there is none.
	NoToken bool       // It is the call for the token, and carries none.
}

// SafeBody is the request body with its secrets redacted, for screens and
// records.
func (c Call) SafeBody() ([]byte, error) {
	return c.Body.write(func(Member) string { return text.Redacted })
}
