package sandbox

import (
	"encoding/json"
	"errors"
	"io"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
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
	fault   string // That says how the call is carried out, or empty.
	fields  map[string]json.RawMessage
	read    object            // The fields as they were read, but for what must not be kept.
	secrets map[string]string // The fields that must not be kept as they are.
	prefix  string            // Of the keys in messages, for nested objects.
	problem *string
}

func newRequest(query url.Values, now time.Time, fault string) *request {
	return &request{query: query, now: now, fault: fault, read: object{}, secrets: map[string]string{}, problem: new(string)}
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

// asked reads what a look-up asks for by one of some keys, in any letter case.
func (r *request) asked(keys ...string) string {
	for _, key := range keys {
		for _, name := range slices.Sorted(maps.Keys(r.query)) {
			if value := r.query.Get(name); strings.EqualFold(name, key) && value != "" {
				return value
			}
		}
	}
	r.wrong(keys[0], "is required")
	return ""
}

// askedPhone reads the number that a look-up asks for. Its + may have arrived
// as a blank, or be left out.
func (r *request) askedPhone() string {
	const key = "PhoneNumber"
	digits := strings.TrimPrefix(strings.TrimSpace(r.asked(key, "Number")), "+")
	if digits == "" {
		return ""
	}
	r.checkPhone(key, "+"+digits)
	return "+" + digits
}

// askedPage reads which page of a list is asked for; the first if none is.
func (r *request) askedPage() int {
	const key = "PageNumber"
	if !r.query.Has(key) {
		return 1
	}
	page, err := strconv.Atoi(r.query.Get(key))
	if err != nil || page < 1 {
		r.wrong(key, "must be 1 or more")
	}
	return page
}

// given reads a field; null counts as not given.
func given[T any](r *request, key, kind string) (value T, ok bool) {
	text, ok := r.fields[key]
	if !ok || string(text) == "null" {
		return value, false
	}
	if json.Unmarshal(text, &value) != nil {
		r.wrong(key, "must be "+kind)
		return value, false
	}
	r.read[key] = value
	return value, true
}

// keepOnly puts what may be kept in the place of a field that must not be.
func (r *request) keepOnly(key, kept string) {
	r.secrets[key] = r.read.text(key)
	r.read[key] = kept
}

// optional reads text that may be left out.
func (r *request) optional(key string) string {
	text, _ := given[string](r, key, "a string")
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
	value, ok := given[bool](r, key, "true or false")
	if !ok {
		r.wrong(key, "is required")
	}
	return value
}

// optionalFlag reads a boolean that may be left out.
func (r *request) optionalFlag(key string) { given[bool](r, key, "true or false") }

// choice reads one of some values.
func (r *request) choice(key string, values ...string) string {
	return r.oneOf(key, r.text(key), values)
}

// optionalChoice reads one of some values, or nothing.
func (r *request) optionalChoice(key string, values ...string) {
	r.oneOf(key, r.optional(key), values)
}

// nested reads an object within the object.
func (r *request) nested(key string) *request {
	inner := *r
	var ok bool
	if inner.fields, ok = given[map[string]json.RawMessage](r, key, "an object"); !ok {
		r.wrong(key, "is required")
	}
	inner.read = object{}
	r.read[key] = inner.read // As far as it is read: what follows fills it.
	inner.prefix = r.prefix + key + "."
	return &inner
}
