package sandbox

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
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

// request is a call whose fields are as the guide has them.
type request struct {
	fields  object            // But for what must not be kept.
	secrets map[string]string // The fields that must not be kept as they are.
	problem string            // The first that was wrong: "AccountName is required".
	now     time.Time
	fault   string // That says how the call is carried out, or empty.
}

// readBody reads the whole body: only then does the server notice a client
// that hangs up.
func readBody(w http.ResponseWriter, r *http.Request) ([]byte, *answer) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	switch tooLarge, ok := errors.AsType[*http.MaxBytesError](err); {
	case ok:
		return nil, refuse(http.StatusRequestEntityTooLarge, fmt.Sprintf("The request body is larger than %d bytes", tooLarge.Limit))
	case err != nil:
		return nil, refuse(http.StatusBadRequest, "The request body could not be read")
	}
	return body, nil
}

// read reads the fields of a call: from the query of a GET, else from the JSON
// object that every POST sends.
func (e endpoint) read(r *http.Request, body []byte) (*request, *answer) {
	var given object
	media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case e.method == http.MethodGet:
		given = queried(r.URL.Query(), e.fields)
	case err != nil || media != "application/json":
		return nil, refuse(http.StatusUnsupportedMediaType, "Content-Type must be application/json")
	case !utf8.Valid(body) || json.Unmarshal(body, &given) != nil || given == nil:
		return nil, refuse(http.StatusBadRequest, "The request body must be a JSON object")
	}
	q := &request{fields: object{}, secrets: map[string]string{}}
	q.take(e.fields, given, q.fields, "")
	if q.problem != "" {
		return nil, refuse(http.StatusBadRequest, q.problem)
	}
	return q, nil
}

// queried gives the fields of a query, whose keys count in any letter case.
func queried(query url.Values, fields []field) object {
	given := object{}
	for _, f := range fields {
		for _, name := range slices.Sorted(maps.Keys(query)) {
			value, also := query.Get(name), cmp.Or(f.also, f.key)
			if value != "" && (strings.EqualFold(name, f.key) || strings.EqualFold(name, also)) {
				given[f.key] = value
			}
		}
	}
	return given
}

// take keeps the fields of an object that are there, and notes the first that
// is wrong; the prefix leads to a nested object.
func (r *request) take(fields []field, given, kept object, prefix string) {
	for _, f := range fields {
		if value := given[f.key]; value != nil {
			kept[f.key] = value
		}
		if problem := r.check(f, given, kept, prefix); problem != "" {
			r.problem = cmp.Or(r.problem, prefix+f.key+" "+problem)
		}
	}
}

// check says what is wrong with a field, and keeps the fields that depend on it.
func (r *request) check(f field, given, kept object, prefix string) (problem string) {
	value := given[f.key]
	text, _ := value.(string)
	switch {
	case isBlank(value) && f.or != "" && isBlank(given[f.or]):
		return "or " + f.or + " is required"
	case isBlank(value) && !f.optional:
		return "is required"
	case isBlank(value):
		return ""
	case f.nested != nil:
		inner, ok := value.(map[string]any)
		if !ok {
			return "must be an object"
		}
		nested := object{}
		kept[f.key] = nested
		r.take(f.nested, inner, nested, prefix+f.key+".")
		return ""
	}
	problem = f.check(value)
	if problem == "" && f.keep != nil && f.keep(text) != text {
		r.secrets[f.key], kept[f.key] = text, f.keep(text)
	}
	r.take(f.brings[text], given, kept, prefix)
	return problem
}

// page is the page of a list that is asked for; the first if none is.
func (r *request) page() int {
	n, err := strconv.ParseFloat(fmt.Sprint(r.fields["PageNumber"]), 64)
	if err != nil {
		return 1
	}
	return int(min(n, math.MaxInt32))
}

// isBlank says whether a value counts as not given.
func isBlank(value any) bool {
	switch value := value.(type) {
	case nil:
		return true
	case string:
		return strings.TrimSpace(value) == ""
	case []any:
		return len(value) == 0
	}
	return false
}
