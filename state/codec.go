package state

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"telegent-setup/api/text"
)

var errNewer = errors.New("written by a newer version of telegent-setup")

// unknown are the keys of an object that this program has no field for: a later
// program wrote them, and they are written back.
type unknown struct{ keys map[string]json.RawMessage }

// keeper is a pointer to a struct that embeds unknown.
type keeper interface {
	keep(keys map[string]json.RawMessage)
}

func (u *unknown) keep(keys map[string]json.RawMessage) { u.keys = keys }

// write encodes known, a struct, and the unknown keys after its own.
func (u unknown) write(known any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(known); err != nil || len(u.keys) == 0 {
		return b.Bytes(), err
	}
	end := b.Len() - len("}\n")
	if err := enc.Encode(u.keys); err != nil {
		return nil, err
	}
	comma := []byte(",")
	if end == len("{") { // It has no key of its own.
		comma = nil
	}
	return slices.Replace(b.Bytes(), end, end+len("}\n{"), comma...), nil
}

// Encode writes a file as a state file has it. What Decode would not read back
// is an error.
func Encode(f File) ([]byte, error) {
	f = f.normal()
	if err := f.validate(); err != nil {
		return nil, err
	}
	data, err := f.MarshalJSON()
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := json.Indent(&b, data, "", "  "); err != nil {
		return nil, err
	}
	if b.Len() <= maxSize {
		return b.Bytes(), nil
	}
	if len(data) > maxSize { // Without indents what was read can be written.
		return nil, fmt.Errorf("%d bytes are more than a state file may hold", len(data))
	}
	return data, nil
}

// MarshalJSON implements json.Marshaler.
func (f File) MarshalJSON() ([]byte, error) {
	type known File
	ids := map[string]any{}
	for id, value := range f.otherIDs {
		ids[id] = value
	}
	for id, value := range f.IDs {
		ids[id] = value
	}
	return f.write(struct {
		Version int `json:"version"`
		known
		IDs map[string]any `json:"ids"` // In place of File.IDs.
	}{Version, known(f), ids})
}

// MarshalJSON implements json.Marshaler.
func (s Step) MarshalJSON() ([]byte, error) {
	type known Step
	return s.write(known(s))
}

// MarshalJSON implements json.Marshaler.
func (a Area) MarshalJSON() ([]byte, error) {
	type known Area
	return a.write(known(a))
}

// MarshalJSON implements json.Marshaler.
func (d Delivery) MarshalJSON() ([]byte, error) {
	type known Delivery
	return d.write(known(d))
}

// MarshalJSON implements json.Marshaler.
func (e StepError) MarshalJSON() ([]byte, error) {
	type known StepError
	return e.write(known(e))
}

// MarshalJSON implements json.Marshaler.
func (r Replaced) MarshalJSON() ([]byte, error) {
	type known Replaced
	return r.write(known(r))
}

// Decode reads a state file. It is stricter than encoding/json: keys differ by
// case, none is there twice, and null is no value. Its errors name what is wrong
// and where, and quote nothing but cleaned keys.
func Decode(data []byte) (File, error) {
	f, err := decode(data)
	if err != nil && !errors.Is(err, errNewer) {
		err = fmt.Errorf("damaged: %w", err)
	}
	return f, err
}

func decode(data []byte) (f File, err error) {
	switch {
	case len(data) == 0:
		return f, errors.New("the file is empty")
	case !utf8.Valid(data):
		return f, errors.New("not UTF-8 text")
	}
	var whole json.RawMessage
	if err := json.Unmarshal(data, &whole); err != nil {
		return f, fmt.Errorf("line %d cannot be read as JSON", 1+lines(data, err))
	}
	var compact bytes.Buffer // So that unknown values are the same however they were indented.
	if err := json.Compact(&compact, whole); err != nil {
		return f, err
	}
	top, err := members("", compact.Bytes())
	if err != nil {
		return f, err
	}
	if err := checkVersion(top); err != nil {
		return f, err
	}
	if err := f.readIDs(top); err != nil {
		return f, err
	}
	if err := readFields("", top, reflect.ValueOf(&f).Elem(), &f); err != nil {
		return f, err
	}
	f = f.normal()
	return f, f.validate()
}

// lines counts the lines before the place where the JSON went wrong.
func lines(data []byte, err error) int {
	var syntax *json.SyntaxError
	if !errors.As(err, &syntax) {
		return 0
	}
	end := min(max(syntax.Offset-1, 0), int64(len(data)))
	return bytes.Count(data[:end], []byte("\n"))
}

// checkVersion takes the version out of the keys of a file. It is looked at
// first: a newer file may differ in everything else.
func checkVersion(top map[string]json.RawMessage) error {
	raw, found := top["version"]
	if !found {
		return errors.New("version is missing")
	}
	delete(top, "version")
	version := 0
	if err := read("version", raw, reflect.ValueOf(&version).Elem()); err != nil {
		return err
	}
	switch {
	case version > Version:
		return errNewer
	case version < Version:
		return errors.New("version is unknown")
	}
	return nil
}

// readIDs takes the IDs out of the keys of a file. A later program may keep
// something else than a string among them.
func (f *File) readIDs(top map[string]json.RawMessage) error {
	raw, found := top["ids"]
	if !found {
		return nil
	}
	delete(top, "ids")
	ids, err := members("ids", raw)
	if err != nil {
		return err
	}
	known := []string{"AccountId", "MRID", "CRID", "TNID", "SubscriberId", "MessageId"}
	for id, value := range ids {
		if value[0] == '"' || slices.Contains(known, id) {
			continue
		}
		if f.otherIDs == nil {
			f.otherIDs = map[string]json.RawMessage{}
		}
		f.otherIDs[id] = value
		delete(ids, id)
	}
	return readMap("ids", ids, reflect.ValueOf(&f.IDs).Elem())
}

// validate finds a step without a status, or with one that there is none of.
func (f File) validate() error {
	for _, id := range slices.Sorted(maps.Keys(f.Steps)) {
		if !slices.Contains([]Status{Todo, Sent, Done, Failed, Skipped}, f.Steps[id].Status) {
			return fault(join(join("steps", id), "status"), "is no known status")
		}
	}
	return nil
}

// members reads the keys of an object, cleaned.
func members(path string, raw json.RawMessage) (map[string]json.RawMessage, error) {
	object, ok := text.Members(raw)
	if !ok {
		return nil, fault(path, "is no object")
	}
	all := map[string]json.RawMessage{}
	for _, m := range object {
		key := text.OneLine(m.Key)
		if _, twice := all[key]; twice {
			return nil, fault(join(path, key), "is there twice")
		}
		all[key] = m.Value
	}
	return all, nil
}

// read reads a value into v, and calls it path in errors.
func read(path string, raw json.RawMessage, v reflect.Value) error {
	others, object := reflect.TypeAssert[keeper](v.Addr())
	switch {
	case v.Kind() == reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		return read(path, raw, v.Elem())
	case v.Kind() == reflect.Slice:
		return readSlice(path, raw, v)
	case object, v.Kind() == reflect.Map:
		all, err := members(path, raw)
		if err != nil {
			return err
		}
		if object {
			return readFields(path, all, v, others)
		}
		return readMap(path, all, v)
	}
	err := json.Unmarshal(raw, v.Addr().Interface())
	at, isTime := reflect.TypeAssert[time.Time](v)
	if err != nil || string(raw) == "null" || isTime && (at.UTC().Year() < 0 || at.UTC().Year() > 9999) {
		return fault(path, "is no "+typeName(v))
	}
	return nil
}

func typeName(v reflect.Value) string {
	switch v.Kind() {
	case reflect.Bool:
		return "boolean"
	case reflect.Int:
		return "whole number"
	}
	return strings.ToLower(v.Type().Name())
}

// readFields reads the keys of an object into the fields of v that are tagged
// with them, and has the others kept.
func readFields(path string, all map[string]json.RawMessage, v reflect.Value, others keeper) error {
	for i := range v.NumField() {
		key, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
		raw, found := all[key]
		if key == "" || !found {
			continue
		}
		if err := read(join(path, key), raw, v.Field(i)); err != nil {
			return err
		}
		delete(all, key)
	}
	if len(all) > 0 {
		others.keep(all)
	}
	return nil
}

func readMap(path string, all map[string]json.RawMessage, v reflect.Value) error {
	v.Set(reflect.MakeMap(v.Type()))
	for _, key := range slices.Sorted(maps.Keys(all)) {
		value := reflect.New(v.Type().Elem()).Elem()
		if err := read(join(path, key), all[key], value); err != nil {
			return err
		}
		v.SetMapIndex(reflect.ValueOf(key), value)
	}
	return nil
}

func readSlice(path string, raw json.RawMessage, v reflect.Value) error {
	var all []json.RawMessage
	if err := json.Unmarshal(raw, &all); err != nil || all == nil {
		return fault(path, "is no array")
	}
	v.Set(reflect.MakeSlice(v.Type(), len(all), len(all)))
	for i, raw := range all {
		if err := read(fmt.Sprintf("%s[%d]", path, i), raw, v.Index(i)); err != nil {
			return err
		}
	}
	return nil
}

// join makes the path of a key, cut short, since the file chose it.
func join(path, key string) string {
	return strings.TrimPrefix(path+"."+text.Cut(key, 40), ".")
}

func fault(path, what string) error { return errors.New(cmp.Or(path, "the file") + " " + what) }
