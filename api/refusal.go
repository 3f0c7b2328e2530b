package api

import (
	"bytes"
	"cmp"
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"telegent-setup/api/text"
)

// How much of a refusal is read.
const (
	longest      = 500 // Characters of the service's words.
	deepest      = 4   // Error objects within each other.
	mostErrors   = 20  // Parts of a list.
	longestField = 100 // Characters of a field's name.
)

// FieldError is what the service says of one field of a request.
type FieldError struct {
	Field   string // As in the request: "AreaCode", "BillingAddress.City"; empty when it does not say.
	Message string
}

// check turns an answer that is no success into an *Error.
func (a Answer) check() *Error {
	ok := a.Status >= 200 && a.Status < 300
	if ok && !mayHold(a.Body, "success", "error") {
		return nil
	}
	all := readRefusals(a.Body)
	if ok && !slices.ContainsFunc(all, refusal.refused) {
		return nil
	}
	e := &Error{Kind: kindOf(a.Status), Status: a.Status, Sent: true, HTML: a.HTML}
	for _, r := range slices.Backward(all) {
		if s := r.message(deepest); s != "" {
			e.Message, e.Fields = s, fieldErrors(r.Errors, deepest)
		}
		e.TransactionLogID = cmp.Or(said(r.TransactionLogID, 1), e.TransactionLogID)
		e.TraceID = cmp.Or(said(r.TraceID, 1), e.TraceID)
	}
	if len(all) == 0 && !e.HTML {
		e.Message = plainWords(a.Body)
	}
	e.Message = presentable(e.Message)
	for i, f := range e.Fields {
		e.Fields[i].Message = presentable(f.Message)
	}
	if a.Status >= 300 && a.Status < 400 {
		e.Location = place(a.Header.Get("Location"))
	}
	return e
}

// plainWords are those of an answer that is no JSON object: a text, or a string or
// list of JSON. Broken JSON has none.
func plainWords(body []byte) string {
	switch body = bytes.TrimSpace(body); {
	case json.Valid(body):
		return words(body, deepest)
	case bytes.HasPrefix(body, []byte("{")), bytes.HasPrefix(body, []byte("[")):
		return ""
	}
	return text.Collapse(string(body[:min(len(body), 8*longest)]))
}

// presentable makes the service's words, which are redacted, fit for a person.
func presentable(s string) string { return text.Cut(HideURLs(hidePersonal(s)), longest) }

func kindOf(status int) Kind {
	switch {
	case status == http.StatusTooManyRequests:
		return Throttled
	case status == http.StatusRequestTimeout:
		return Timeout
	case status >= 500:
		return ServerError
	}
	return Refused
}

// refusal is what an answer may say of itself, at any status.
type refusal struct {
	Successful, Success         json.RawMessage
	Error, ErrorMessage, Errors json.RawMessage
	Message, Detail, Title      json.RawMessage
	ErrorDescription            json.RawMessage `json:"error_description"`
	TransactionLogID            json.RawMessage `json:"TransactionLogId"`
	TraceID                     json.RawMessage `json:"TraceId"`
}

// readRefusals reads what a body says of itself, and what the content of its
// envelope says.
func readRefusals(body []byte) []refusal {
	var all []refusal
	for range 2 {
		var r refusal
		if json.Unmarshal(body, &r) != nil {
			break
		}
		all = append(all, r)
		inner, ok := enveloped(body)
		if !ok {
			break
		}
		body = inner
	}
	return all
}

// refused says whether an answer with a status of success refuses all the same.
func (r refusal) refused() bool {
	for _, flag := range []json.RawMessage{r.Successful, r.Success} {
		if s := said(flag, deepest); strings.EqualFold(s, "false") || s == "0" {
			return true
		}
	}
	return words(r.Error, deepest) != "" || words(r.ErrorMessage, deepest) != "" || strings.EqualFold(said(r.Error, deepest), "true")
}

// message is what the service says of the refusal: of the fields first, since
// beside them the rest says only that something is wrong.
func (r refusal) message(depth int) string {
	if s := sentences(fieldErrors(r.Errors, depth)); s != "" {
		return s
	}
	for _, v := range []json.RawMessage{r.Message, r.ErrorMessage, r.Error, r.ErrorDescription, r.Detail, r.Errors, r.Title} {
		if s := words(v, depth); s != "" {
			return s
		}
	}
	return ""
}

// fieldErrors reads {"$.AreaCode": ["Area code must be a valid 3-digit code"]}, in
// its order.
func fieldErrors(v json.RawMessage, depth int) []FieldError {
	var all []FieldError
	for _, m := range members(v) {
		field := text.Cut(text.Collapse(strings.TrimPrefix(strings.TrimPrefix(m.key, "$"), ".")), longestField)
		for _, part := range list(m.value) {
			if s := words(part, depth-1); s != "" && len(all) < mostErrors {
				all = append(all, FieldError{field, s})
			}
		}
	}
	return all
}

// sentences words errors of fields on one line.
func sentences(all []FieldError) string {
	var parts []string
	for i, e := range all {
		s := e.Message
		if e.Field != "" {
			s = e.Field + ": " + s
		}
		if i < len(all)-1 {
			s = strings.TrimSuffix(s, ".")
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, "; ")
}

// words is what a value says of an error; empty when it tells of none.
func words(v json.RawMessage, depth int) string {
	s := said(v, depth)
	switch strings.ToLower(s) {
	case "false", "true", "0", "none", "null":
		return ""
	}
	return s
}

// said is the text in a JSON value, never JSON itself: of a list its parts, of an
// object its message or, when it has none, its members.
func said(v json.RawMessage, depth int) string {
	v = bytes.TrimSpace(v)
	if len(v) == 0 || depth == 0 {
		return ""
	}
	var parts []string
	switch v[0] {
	case '{':
		var r refusal
		if json.Unmarshal(v, &r) == nil {
			if s := r.message(depth - 1); s != "" {
				return s
			}
		}
		for _, m := range members(v) {
			if s := said(m.value, depth-1); s != "" && len(parts) < mostErrors {
				parts = append(parts, text.Cut(text.Collapse(m.key), longestField)+": "+s)
			}
		}
	case '[':
		for _, item := range list(v) {
			if s := said(item, depth-1); s != "" && len(parts) < mostErrors {
				parts = append(parts, s)
			}
		}
	default:
		var t Text
		_ = t.UnmarshalJSON(v)
		if s := strings.TrimSpace(string(t)); json.Valid([]byte(s)) && strings.HasPrefix(s, "{") { // JSON within JSON.
			return said(json.RawMessage(s), depth-1)
		}
		return text.Collapse(string(t))
	}
	return strings.Join(parts, "; ")
}

// jsonMember is one member of a JSON object.
type jsonMember struct {
	key   string
	value json.RawMessage
}

// members are those of an object, in its order; none of what is no object.
func members(v json.RawMessage) []jsonMember {
	dec := json.NewDecoder(bytes.NewReader(v))
	if open, err := dec.Token(); err != nil || open != json.Delim('{') {
		return nil
	}
	var all []jsonMember
	for dec.More() {
		key, err := dec.Token()
		var m jsonMember
		if err != nil || dec.Decode(&m.value) != nil {
			return nil
		}
		m.key, _ = key.(string)
		all = append(all, m)
	}
	return all
}

// list are the values in an array, or the value that is none.
func list(v json.RawMessage) []json.RawMessage {
	var all []json.RawMessage
	if json.Unmarshal(v, &all) != nil {
		return []json.RawMessage{v}
	}
	return all
}
