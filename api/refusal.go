package api

import (
	"bytes"
	"encoding/json"
	"strings"
)

// deepest is how far into nested error objects the words are looked for.
const deepest = 4

// refusal is what an answer may say of itself, at any status.
type refusal struct {
	Successful, Success         json.RawMessage
	Error, ErrorMessage, Errors json.RawMessage
	Message, Detail, Title      json.RawMessage
	ErrorDescription            json.RawMessage `json:"error_description"`
	TransactionLogID            json.RawMessage `json:"TransactionLogId"`
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

// message is what the service says of the refusal.
func (r refusal) message(depth int) string {
	for _, v := range []json.RawMessage{r.Message, r.ErrorMessage, r.Error, r.ErrorDescription, r.Detail, r.Errors, r.Title} {
		if s := words(v, depth); s != "" {
			return s
		}
	}
	return ""
}

// words is what a value says of an error; empty when it tells of none.
func words(v json.RawMessage, depth int) string {
	if s := said(v, depth); meaning(s) {
		return s
	}
	return ""
}

// meaning says whether text in an error field tells of an error.
func meaning(s string) bool {
	switch strings.ToLower(s) {
	case "", "false", "true", "0", "none", "null", "{}", "[]":
		return false
	}
	return true
}

// said is the text in a JSON value: of a list its parts, of an object its
// message or, when it has none, the object as it stands.
func said(v json.RawMessage, depth int) string {
	v = bytes.TrimSpace(v)
	if len(v) == 0 || depth == 0 {
		return ""
	}
	switch v[0] {
	case '{':
		var r refusal
		if json.Unmarshal(v, &r) == nil {
			if s := r.message(depth - 1); s != "" {
				return s
			}
		}
		return CleanLine(string(v))
	case '[':
		var list []json.RawMessage
		_ = json.Unmarshal(v, &list) // What cannot be read says nothing.
		var parts []string
		for _, item := range list[:min(len(list), 8)] {
			if s := said(item, depth-1); s != "" {
				parts = append(parts, s)
			}
		}
		return strings.Join(parts, "; ")
	}
	var t Text
	_ = t.UnmarshalJSON(v)
	return CleanLine(string(t))
}
