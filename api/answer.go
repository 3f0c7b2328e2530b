package api

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"unicode"

	"telegent-setup/api/text"
)

// Text is a JSON string, number or boolean read as text. null is empty.
type Text string

// UnmarshalJSON implements json.Unmarshaler.
func (t *Text) UnmarshalJSON(b []byte) error {
	switch {
	case bytes.Equal(b, []byte("null")):
		return nil
	case b[0] == '{' || b[0] == '[':
		return fmt.Errorf("text expected, got %.20s", b)
	case b[0] != '"':
		*t = Text(b)
		return nil
	case bytes.IndexByte(b, '\\') < 0: // As most are, of which a search may find 30,000.
		*t = Text(b[1 : len(b)-1])
		return nil
	}
	return json.Unmarshal(b, (*string)(t))
}

// First returns the first of several texts that is not empty, on one line: the
// names under which an ID may come.
func First(texts ...Text) string {
	for _, t := range texts {
		if s := text.Collapse(string(t)); s != "" {
			return s
		}
	}
	return ""
}

// Answer is a complete answer of the service, cleaned and redacted.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
	HTML   bool // It is a web page.
}

// Decode reads the answer, bare or in its envelope, into v. Letter case of
// keys does not matter. The error is an *Error of kind Unexpected.
func (a Answer) Decode(v any) error {
	inner, err := unwrap(a.Body)
	if err == nil {
		err = json.Unmarshal(inner, v)
	}
	if err != nil {
		return &Error{Kind: Unexpected, Status: a.Status, HTML: a.HTML, Sent: true, Err: fmt.Errorf("read the answer: %w", err)}
	}
	return nil
}

// unwrap takes an answer out of its envelope: {"Data": {...}}, or a list
// of one.
func unwrap(body []byte) ([]byte, error) {
	body = bytes.TrimSpace(body)
	for range 3 {
		switch {
		case len(body) == 0:
			return nil, errors.New("the answer is empty")
		case body[0] == '[':
			all := list(body)
			if len(all) != 1 {
				return nil, fmt.Errorf("a list of %d where one object is expected", len(all))
			}
			body = all[0]
			continue
		case body[0] != '{':
			return nil, fmt.Errorf("an object expected, got %.20q", body)
		}
		inner, ok := enveloped(body)
		if !ok {
			return body, nil
		}
		body = inner
	}
	return body, nil
}

// enveloped returns the content of an envelope, when body is one.
func enveloped(body []byte) ([]byte, bool) {
	var envelope struct{ Data, Result, Response json.RawMessage }
	if !mayHold(body, `data"`, `result"`, `response"`) || json.Unmarshal(body, &envelope) != nil {
		return nil, false
	}
	for _, inner := range [][]byte{envelope.Data, envelope.Result, envelope.Response} {
		inner = bytes.TrimSpace(inner)
		if len(inner) > 0 && (inner[0] == '{' || inner[0] == '[' && len(inner) > 2) {
			return inner, true
		}
	}
	return nil, false
}

func looksHTML(h http.Header, body []byte) bool {
	return strings.Contains(strings.ToLower(h.Get("Content-Type")), "html") ||
		bytes.HasPrefix(bytes.TrimSpace(body), []byte("<"))
}

// mayHold says whether one of some words, in lower case and shorter than 32 bytes, can
// be in a body: it is, or it may be spelled in some other way. Long bodies without the
// words need not be parsed for them.
func mayHold(body []byte, words ...string) bool {
	var part [8192]byte // A copy of the whole would cost more than the rest of it.
	for len(body) > 0 {
		n := min(len(body), len(part))
		for i, c := range body[:n] {
			if part[i] = smallLetters[c]; part[i] == 0 {
				return true
			}
		}
		if slices.ContainsFunc(words, func(w string) bool { return bytes.Contains(part[:n], []byte(w)) }) {
			return true
		}
		if n == len(body) {
			break
		}
		body = body[n-32:]
	}
	return false
}

// smallLetters is printable ASCII in lower case; an escape and everything else is 0.
var smallLetters = func() (small [256]byte) {
	for c := byte(' '); c < 0x7f; c++ {
		small[c] = byte(unicode.ToLower(rune(c)))
	}
	small['\n'], small['\t'], small['\\'] = '\n', '\t', 0
	return small
}()

// How much of a refusal is read.
const (
	longest      = 500 // Characters of the service's words.
	deepest      = 4   // Error objects within each other.
	mostErrors   = 20  // Parts of a list.
	longestField = 100 // Characters of a field's name.
)

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
		e.Message = cmp.Or(r.message(deepest), e.Message)
		e.TransactionLogID = cmp.Or(said(r.TransactionLogID, 1), e.TransactionLogID)
		e.TraceID = cmp.Or(said(r.TraceID, 1), e.TraceID)
	}
	if len(all) == 0 && !e.HTML {
		e.Message = plainWords(a.Body)
	}
	e.Message = presentable(e.Message)
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
	if s := fieldErrors(r.Errors, depth); s != "" {
		return s
	}
	for _, v := range []json.RawMessage{r.Message, r.ErrorMessage, r.Error, r.ErrorDescription, r.Detail, r.Errors, r.Title} {
		if s := words(v, depth); s != "" {
			return s
		}
	}
	return ""
}

// fieldErrors words {"$.AreaCode": ["Area code must be a valid 3-digit code"]} on one
// line, in its order.
func fieldErrors(v json.RawMessage, depth int) string {
	var parts []string
	fields, _ := text.Members(v)
	for _, m := range fields {
		field := text.Cut(text.Collapse(strings.TrimPrefix(strings.TrimPrefix(m.Key, "$"), ".")), longestField)
		for _, part := range list(m.Value) {
			s := words(part, depth-1)
			if s == "" || len(parts) == mostErrors {
				continue
			}
			if field != "" {
				s = field + ": " + s
			}
			if last := len(parts) - 1; last >= 0 {
				parts[last] = strings.TrimSuffix(parts[last], ".")
			}
			parts = append(parts, s)
		}
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
		all, _ := text.Members(v)
		for _, m := range all {
			if s := said(m.Value, depth-1); s != "" && len(parts) < mostErrors {
				parts = append(parts, text.Cut(text.Collapse(m.Key), longestField)+": "+s)
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

// list are the values in an array, or the value that is none.
func list(v json.RawMessage) []json.RawMessage {
	var all []json.RawMessage
	if json.Unmarshal(v, &all) != nil {
		return []json.RawMessage{v}
	}
	return all
}
