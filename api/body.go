package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Body is the JSON object of a request, in the order of its members.
type Body []Member

// Member is one value of a request body.
type Member struct {
	Path  string // A dot nests: "BillingAddress.City".
	Value any    // A string, bool, int, []string, []map[string]string, or Secret.
	Env   string // Of a Secret: the shell variable that stands for it in a cURL command.
}

// write writes the body as JSON, with its secrets as reveal gives them. Members
// of one nested object stand together, where the first of them does.
func (b Body) write(reveal func(m Member) string) ([]byte, error) {
	if b == nil {
		return nil, nil
	}
	whole := &object{}
	for _, m := range b {
		value, err := m.encode(reveal)
		if err != nil {
			return nil, fmt.Errorf("write the request body: %s: %w", m.Path, err)
		}
		whole.member(m.Path).value = value
	}
	return whole.append(nil), nil
}

// secret opens the value for the wire.
func (m Member) secret() string {
	s, _ := m.Value.(Secret)
	return s.value
}

// encode is the value as JSON.
func (m Member) encode(reveal func(m Member) string) ([]byte, error) {
	value := m.Value
	switch v := value.(type) {
	case Secret:
		value = reveal(m)
	case []string:
		if v == nil { // An empty list, which is not null.
			value = []string{}
		}
	case string, bool, int, []map[string]string:
	default:
		return nil, fmt.Errorf("a %T cannot stand in it", v)
	}
	return encode(value), nil
}

// encode writes a value that cannot fail to encode, without escaping HTML.
func encode(value any) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(value)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

// object is a part of a body that is being written: a value, or an object with
// members.
type object struct {
	key     string
	value   []byte
	members []*object
}

// member finds the place of a path, and makes it where there is none.
func (o *object) member(path string) *object {
	key, rest, nested := strings.Cut(path, ".")
	i := slices.IndexFunc(o.members, func(m *object) bool { return m.key == key })
	if i < 0 {
		i = len(o.members)
		o.members = append(o.members, &object{key: key})
	}
	if nested {
		return o.members[i].member(rest)
	}
	return o.members[i]
}

// append writes the object behind b.
func (o *object) append(b []byte) []byte {
	if o.value != nil {
		return append(b, o.value...)
	}
	b = append(b, '{')
	for i, m := range o.members {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(append(b, encode(m.key)...), ':')
		b = m.append(b)
	}
	return append(b, '}')
}
