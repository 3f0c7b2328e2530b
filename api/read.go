package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"

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
	case bytes.IndexByte(b, '\\') < 0:
		*t = Text(b[1 : len(b)-1])
		return nil
	}
	var s string
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	*t = Text(s)
	return nil
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
	mayBe := mayHold(body, `"data"`, `"result"`, `"response"`)
	for range 3 {
		switch {
		case len(body) == 0:
			return nil, fmt.Errorf("the answer is empty")
		case body[0] == '[':
			var list []json.RawMessage
			if err := json.Unmarshal(body, &list); err != nil {
				return nil, err
			}
			if len(list) != 1 {
				return nil, fmt.Errorf("a list of %d where one object is expected", len(list))
			}
			body = list[0]
			continue
		case body[0] != '{':
			return nil, fmt.Errorf("an object expected, got %.20q", body)
		case !mayBe:
			return body, nil
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
	if err := json.Unmarshal(body, &envelope); err != nil {
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

// mayHold says whether one of some words, in lower case, can be in a body: it is, or
// it may be spelled in some other way, since the body holds an escape or anything but
// printable ASCII. Long bodies without the words need not be parsed for them.
func mayHold(body []byte, words ...string) bool {
	for _, c := range body {
		if c == '\\' || c >= 0x7f || c < ' ' && c != '\n' && c != '\t' {
			return true
		}
	}
	lower := bytes.ToLower(body)
	return slices.ContainsFunc(words, func(w string) bool { return bytes.Contains(lower, []byte(w)) })
}
