package sandbox

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"
)

// maxBody is the most that a request may carry, in bytes. The largest of the
// guide's has some hundreds.
const maxBody = 1 << 20

// request is a call with its fields. The methods that read fields note the
// first that is wrong in problem and go on, so that an endpoint reads all of
// them and then asks once.
type request struct {
	query   url.Values
	now     time.Time
	fields  map[string]json.RawMessage
	prefix  string // Of the keys in messages, for nested objects.
	problem *string
}

// readBody reads the whole body: only then does the server notice a client
// that hangs up.
func readBody(w http.ResponseWriter, r *http.Request) ([]byte, *answer) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err == nil {
		return body, nil
	}
	a := refuse(http.StatusBadRequest, "The request body could not be read")
	if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
		a = refuse(http.StatusRequestEntityTooLarge, "The request body is larger than %d bytes", tooLarge.Limit)
	}
	return nil, &a
}

// parse reads the body as the JSON object that every POST sends.
func (r *request) parse(contentType string, body []byte) *answer {
	if media, _, err := mime.ParseMediaType(contentType); err != nil || media != "application/json" {
		a := refuse(http.StatusUnsupportedMediaType, "Content-Type must be application/json")
		return &a
	}
	if !utf8.Valid(body) || json.Unmarshal(body, &r.fields) != nil || r.fields == nil {
		a := refuse(http.StatusBadRequest, "The request body must be a JSON object")
		return &a
	}
	return nil
}

// refused is the answer to a request with a wrong field, or nil.
func (r *request) refused() *answer {
	if *r.problem == "" {
		return nil
	}
	a := refuse(http.StatusBadRequest, "%s", *r.problem)
	return &a
}

// wrong notes what is wrong with a field: "AccountName is required".
func (r *request) wrong(key, what string) {
	if *r.problem == "" {
		*r.problem = r.prefix + key + " " + what
	}
}

// given reads a field into value; null counts as not given.
func (r *request) given(key, kind string, value any) bool {
	text, ok := r.fields[key]
	if !ok || string(text) == "null" {
		return false
	}
	if json.Unmarshal(text, value) != nil {
		r.wrong(key, "must be "+kind)
		return false
	}
	return true
}

// optional reads text that may be left out.
func (r *request) optional(key string) string {
	var text string
	r.given(key, "a string", &text)
	return text
}

// text reads text that must be there.
func (r *request) text(key string) string {
	text := r.optional(key)
	if strings.TrimSpace(text) == "" {
		r.wrong(key, "is required")
	}
	return text
}

// flag reads a boolean that must be there.
func (r *request) flag(key string) bool {
	var value bool
	if !r.given(key, "true or false", &value) {
		r.wrong(key, "is required")
	}
	return value
}

// optionalFlag reads a boolean that may be left out.
func (r *request) optionalFlag(key string) bool {
	var value bool
	r.given(key, "true or false", &value)
	return value
}

// choice reads one of some values.
func (r *request) choice(key string, values ...string) string {
	return r.oneOf(key, r.text(key), values)
}

// optionalChoice checks for one of some values, or nothing.
func (r *request) optionalChoice(key string, values ...string) {
	if value := r.optional(key); value != "" {
		r.oneOf(key, value, values)
	}
}

// nested reads an object within the object.
func (r *request) nested(key string) *request {
	inner := *r
	inner.fields = nil
	if !r.given(key, "an object", &inner.fields) {
		r.wrong(key, "is required")
	}
	inner.prefix = r.prefix + key + "."
	return &inner
}
