package steps

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"telegent-setup/api"
	"telegent-setup/api/text"
)

// longestID is how long an ID may be, in bytes, to be one.
const longestID = 200

// errMissingID means that an answer of success lacks the ID.
var errMissingID = errors.New("the answer holds no ID")

// object is a JSON object whose keys are read in any letter case.
type object map[string]json.RawMessage

func (o *object) UnmarshalJSON(data []byte) error {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(data, &members); err != nil {
		return err
	}
	*o = make(object, len(members))
	for key, value := range members {
		(*o)[strings.ToLower(key)] = value
	}
	return nil
}

// text is the first of several members that holds text, a number or a boolean,
// on one line; of a list of objects like {Number: ...}, its texts.
func (o object) text(names ...string) string {
	for _, name := range names {
		raw, there := o[strings.ToLower(name)]
		if !there {
			continue
		}
		var t api.Text
		if json.Unmarshal(raw, &t) == nil {
			if s := api.First(t); s != "" {
				return s
			}
			continue
		}
		var numbers []string
		for _, item := range o.list(name) {
			numbers = append(numbers, item.text("Number"))
		}
		if s := strings.Join(numbers, ", "); s != "" {
			return s
		}
	}
	return ""
}

// list is a member that is an array of objects.
func (o object) list(name string) []object {
	var list []object
	if json.Unmarshal(o[strings.ToLower(name)], &list) != nil {
		return nil
	}
	return list
}

// e164 is a text as E.164: a service may leave the plus out, let it arrive as a
// blank, or write the number for people. It is empty when that is no number.
func e164(value string) string {
	value = strings.TrimSpace(value)
	if n, guessed := text.E164(value); n != "" && !guessed {
		return n
	}
	if plus := "+" + value; text.IsE164(plus) {
		return plus
	}
	n, _ := text.E164(value)
	return n
}

// in is the value of an ID in an object; empty when it is not there.
func (r Result) in(o object) string {
	value := o.text(r.Names...)
	if r.ID == PhoneNumber {
		return e164(value)
	}
	return value
}

// ids reads the IDs that an answer gives.
func (f *Form) ids(answer api.Answer) (Saved, error) {
	var o object
	if err := answer.Decode(&o); err != nil {
		if f.Accept && !answer.HTML { // A page is of a network that wants a person to sign in first.
			return Saved{}, nil
		}
		return nil, err
	}
	ids := Saved{}
	for _, result := range f.Result {
		value := result.in(o)
		if value == "" && !result.Optional {
			return nil, errMissingID
		}
		if err := plausible(result.ID, value); err != nil {
			return nil, err
		}
		if value != "" {
			ids[result.ID] = value
		}
	}
	return ids, nil
}

// plausible says why a value cannot be saved as an ID; nil when it can.
func plausible(id ID, value string) error {
	switch {
	case strings.Contains(value, text.Redacted):
		return fmt.Errorf("the %s is a secret of this run", id)
	case len(value) > longestID:
		return fmt.Errorf("the %s is %d characters long", id, len(value))
	}
	return nil
}

// unreadable is an answer of success that does not say what it should.
func unreadable(answer api.Answer, err error) error {
	if _, ok := errors.AsType[*api.Error](err); ok {
		return err
	}
	kind := api.Unexpected
	if errors.Is(err, errMissingID) {
		kind = api.MissingID
	}
	return &api.Error{Kind: kind, Status: answer.Status, HTML: answer.HTML, Sent: true, Err: err}
}
