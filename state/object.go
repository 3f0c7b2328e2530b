package state

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"telegent-setup/api/text"
)

// decoder takes a file apart. It goes on after a fault, and err is the first.
type decoder struct{ err error }

func (d *decoder) fail(at, what string) {
	if d.err == nil {
		d.err = fmt.Errorf("%s %s", at, what)
	}
}

// object is a JSON object that is being taken apart: what is known is taken
// out, and what is left was written by a later program.
type object struct {
	d    *decoder
	at   string // The way to it, for messages: "steps.account".
	left map[string]json.RawMessage
}

// object reads the keys of one object, cleaned; nil when raw is none, or has a
// key twice. encoding/json by itself would let the last of two win.
func (d *decoder) object(at string, raw json.RawMessage) *object {
	o := &object{d: d, at: at, left: map[string]json.RawMessage{}}
	in := json.NewDecoder(bytes.NewReader(raw))
	if open, _ := in.Token(); open != json.Delim('{') {
		d.fail(o.name(), "is no object")
		return nil
	}
	for in.More() {
		name, _ := in.Token()
		key, _ := name.(string)
		key = text.OneLine(key)
		var value json.RawMessage
		if err := in.Decode(&value); err != nil {
			d.fail(o.path(key), "cannot be read")
			return nil
		}
		if _, twice := o.left[key]; twice {
			d.fail(o.path(key), "is there twice")
			return nil
		}
		o.left[key] = value
	}
	return o
}

// name is what messages call the object itself.
func (o *object) name() string {
	if o.at == "" {
		return "the file"
	}
	return o.at
}

// path is what messages call a key: cut short, since the file chose it.
func (o *object) path(key string) string {
	const most = 40
	if r := []rune(key); len(r) > most {
		key = string(r[:most]) + "..."
	}
	if o.at == "" {
		return key
	}
	return o.at + "." + key
}

// take removes a known key and reads it into v; false when it is not there or
// of another type. Null is of another type, which encoding/json would let pass.
func (o *object) take(key, what string, v any) bool {
	if o == nil {
		return false
	}
	raw, found := o.left[key]
	if !found {
		return false
	}
	delete(o.left, key)
	if string(raw) == "null" || json.Unmarshal(raw, v) != nil {
		o.d.fail(o.path(key), "is no "+what)
		return false
	}
	return true
}

func (o *object) text(key string, v *string)      { o.take(key, "string", v) }
func (o *object) boolean(key string, v *bool)     { o.take(key, "boolean", v) }
func (o *object) integer(key string, v *int) bool { return o.take(key, "whole number", v) }
func (o *object) isText(key string) bool          { return o.left[key][0] == '"' }
func (o *object) keys() []string                  { return slices.Sorted(maps.Keys(o.left)) }

// instant takes a time in RFC 3339.
func (o *object) instant(key string, v *time.Time) {
	text := ""
	if !o.take(key, "string", &text) {
		return
	}
	t, err := time.Parse(time.RFC3339, text)
	if err != nil || !writable(t.UTC()) {
		o.d.fail(o.path(key), "is no time")
		return
	}
	*v = seconds(t)
}

// object takes an object; nil when it is not there, or is none.
func (o *object) object(key string) *object {
	raw, found := o.left[key]
	if !found {
		return nil
	}
	delete(o.left, key)
	return o.d.object(o.path(key), raw)
}

// objects takes an array of objects.
func (o *object) objects(key string) []*object {
	var raws []json.RawMessage
	o.take(key, "array", &raws)
	var all []*object
	for i, raw := range raws {
		if one := o.d.object(fmt.Sprintf("%s[%d]", o.path(key), i), raw); one != nil {
			all = append(all, one)
		}
	}
	return all
}

// rest is what nobody took; nil when that is nothing.
func (o *object) rest() map[string]json.RawMessage {
	if len(o.left) == 0 {
		return nil
	}
	return o.left
}
