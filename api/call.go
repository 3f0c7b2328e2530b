package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
)

// Call is one request as the guide documents it, before the base URL and the
// token are added. It is plain data, so that it can be shown before it is sent.
type Call struct {
	Method string
	Path   string     // Relative to the base URL; "../v1.1/oauth/token" is beside it.
	Query  url.Values // Nil when there is none.
	Body   any        // A request type of this package; nil when there is none.
}

// opener is a request that carries a Secret: open gives the twin that is
// written on the wire, with every secret as reveal gives it; name is the
// environment variable that the secret may stand in.
type opener interface {
	open(reveal func(name string, s Secret) string) any
}

// body writes the request as JSON, with its secrets as reveal gives them.
func (c Call) body(reveal func(name string, s Secret) string) ([]byte, error) {
	if c.Body == nil {
		return nil, nil
	}
	value := c.Body
	if o, ok := value.(opener); ok {
		value = o.open(reveal)
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(value); err != nil {
		return nil, fmt.Errorf("write the request body: %w", err)
	}
	return bytes.TrimRight(b.Bytes(), "\n"), nil
}

// SafeBody is the request body with its secrets redacted, for screens and
// records.
func (c Call) SafeBody() ([]byte, error) {
	return c.body(func(string, Secret) string { return Redacted })
}

func post(path string, body any) Call { return Call{Method: "POST", Path: path, Body: body} }
