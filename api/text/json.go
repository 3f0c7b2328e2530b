package text

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What JSON from outside may hold, so that it cannot be much more than it seems.
const (
	deepest  = 32    // Containers within containers.
	widest   = 20000 // Members of one.
	maxItems = 2e6   // Values in all.
)

// DecodeJSON reads one JSON value into v, as CheckJSON has it, and refuses keys
// that v does not know.
func DecodeJSON(data []byte, v any) error {
	if err := CheckJSON(data); err != nil {
		return err
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	return dec.Decode(v)
}

// CheckJSON goes over JSON without keeping it: UTF-8, one value and nothing after
// it, not too deep, no container too wide, and no key twice: encoding/json would
// let the last of two win, and tells no capitals from small letters.
func CheckJSON(data []byte) error {
	if !utf8.Valid(data) {
		return errors.New("not UTF-8 text")
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	var open []*container
	for items := 0; ; items++ {
		token, err := dec.Token()
		switch {
		case errors.Is(err, io.EOF) && len(open) == 0 && items > 0:
			return nil
		case err != nil:
			return fmt.Errorf("cannot be read as JSON at byte %d", dec.InputOffset())
		case items > 0 && len(open) == 0:
			return errors.New("more than one JSON value")
		case items > maxItems:
			return errors.New("too many values")
		}
		if token == json.Delim('}') || token == json.Delim(']') {
			open = open[:len(open)-1]
			continue
		}
		if len(open) > 0 {
			if err := open[len(open)-1].take(token); err != nil {
				return err
			}
		}
		switch token {
		case json.Delim('{'):
			open = append(open, &container{keys: map[string]bool{}})
		case json.Delim('['):
			open = append(open, &container{})
		}
		if len(open) > deepest {
			return fmt.Errorf("nested more than %d deep", deepest)
		}
	}
}

// container is an array, or an object with the keys seen so far.
type container struct {
	keys  map[string]bool // Nil for an array.
	items int
}

// take counts a token of the container: of an object, keys and values in turn.
func (c *container) take(token json.Token) error {
	c.items++
	if c.items > 2*widest {
		return fmt.Errorf("more than %d members in one place", widest)
	}
	if c.keys == nil || c.items%2 == 0 {
		return nil
	}
	name, _ := token.(string)
	key := strings.Map(foldCase, name)
	if c.keys[key] {
		return fmt.Errorf("%q is there twice", Cut(OneLine(name), 40))
	}
	c.keys[key] = true
	return nil
}

// foldCase gives one rune for all that encoding/json takes for the same letter.
func foldCase(r rune) rune {
	for {
		next := unicode.SimpleFold(r)
		if next <= r {
			return next
		}
		r = next
	}
}

// Member is a key of a JSON object and its value.
type Member struct {
	Key   string
	Value json.RawMessage
}

// Members are those of an object, in its order; false for what is no object.
func Members(object []byte) (all []Member, ok bool) {
	dec := json.NewDecoder(bytes.NewReader(object))
	if open, err := dec.Token(); err != nil || open != json.Delim('{') {
		return nil, false
	}
	for dec.More() {
		key, err := dec.Token()
		var m Member
		if err != nil || dec.Decode(&m.Value) != nil {
			return nil, false
		}
		m.Key, _ = key.(string)
		all = append(all, m)
	}
	return all, true
}
