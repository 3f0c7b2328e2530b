package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"

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

// Body is the JSON object of a request, in the order of its members.
type Body []Member

// Member is one value of a request body.
type Member struct {
	Path  string // A dot nests: "BillingAddress.City".
	Value any    // A string, bool, int, []string, []map[string]string, or Secret.
	Env   string // Of a Secret: the shell variable that stands for it in a cURL command.
}

// secret opens the value for the wire.
func (m Member) secret() string {
	s, _ := m.Value.(Secret)
	return s.value
}

// write writes the body as JSON, with its secrets as reveal gives them. Members
// of one nested object stand together, where the first of them does.
func (b Body) write(reveal func(m Member) string) ([]byte, error) {
	if b == nil {
		return nil, nil
	}
	out := []byte("{")
	written := map[string]bool{}
	for _, m := range b {
		key, _, nested := strings.Cut(m.Path, ".")
		if written[key] {
			continue
		}
		if len(written) > 0 {
			out = append(out, ',')
		}
		written[key] = true
		out = append(append(out, encode(key)...), ':')
		write := m.write
		if nested {
			write = b.within(key).write
		}
		value, err := write(reveal)
		if err != nil {
			return nil, err
		}
		out = append(out, value...)
	}
	return append(out, '}'), nil
}

// within are the members of a nested object.
func (b Body) within(key string) Body {
	var inner Body
	for _, m := range b {
		if rest, found := strings.CutPrefix(m.Path, key+"."); found {
			m.Path = rest
			inner = append(inner, m)
		}
	}
	return inner
}

// write writes the value as JSON.
func (m Member) write(reveal func(m Member) string) ([]byte, error) {
	switch v := m.Value.(type) {
	case Secret:
		return encode(reveal(m)), nil
	case []string:
		return encode(append([]string{}, v...)), nil // An empty list is not null.
	case string, bool, int, []map[string]string:
		return encode(v), nil
	default:
		return nil, fmt.Errorf("write the request body: %s: a %T cannot stand in it", m.Path, v)
	}
}

// encode writes a value that cannot fail to encode, without escaping HTML.
func encode(value any) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(value)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}
