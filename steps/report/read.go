package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"telegent-setup/api"
	"telegent-setup/state"
)

// MaxSize is the most bytes that a report may have to be read.
const MaxSize = 16 << 20

// What a report may hold, so that a stranger's file cannot be much more than it
// seems.
const (
	deepest  = 32    // Containers within containers.
	widest   = 20000 // Members of one.
	maxItems = 2e6   // Tokens in all.
)

// Read reads a report. It may come from anybody: its text is cleaned and
// redacted like an answer of the service, and what no report can hold is an
// error that says what and where.
func Read(data []byte) (Report, error) {
	switch {
	case len(data) > MaxSize:
		return Report{}, errors.New("larger than 16 MiB")
	case !utf8.Valid(data):
		return Report{}, errors.New("not UTF-8 text")
	}
	if err := shallow(data); err != nil {
		return Report{}, err
	}
	data = api.ForRecord(data, &api.Redactor{})
	if err := shallow(data); err != nil { // Keys that were told apart by what cannot be seen.
		return Report{}, err
	}
	var version struct {
		Report *int `json:"report"`
	}
	switch err := json.Unmarshal(data, &version); {
	case err != nil || version.Report == nil:
		return Report{}, errors.New("no report of telegent-setup")
	case *version.Report > formatVersion:
		return Report{}, errors.New("written by a newer version of telegent-setup")
	case *version.Report < formatVersion:
		return Report{}, errors.New("of a version that never was")
	}
	var o reportObject
	if err := decode(data, true, &o); err != nil {
		return Report{}, err
	}
	return o.report()
}

func (o reportObject) report() (Report, error) {
	r := Report{
		Program: Program{oneLine(o.Program.Version), oneLine(o.Program.Go), oneLine(o.Program.Platform)},
		Created: o.Created.UTC().Truncate(time.Second), Edition: oneLine(o.Edition), BaseURL: oneLine(o.BaseURL),
	}
	switch {
	case !datable(o.Created):
		return Report{}, errors.New("created: the time is out of its range")
	case len(o.State) == 0:
		return Report{}, errors.New("state is missing")
	}
	file, err := state.Decode(o.State)
	if err != nil {
		return Report{}, fmt.Errorf("state: %w", err)
	}
	if r.State, err = reported(file, &api.Redactor{}); err != nil {
		return Report{}, fmt.Errorf("state: %w", err)
	}
	for i, recorded := range o.Runs {
		var run Run
		for n, line := range recorded.Events {
			event, err := ReadRecord(line, true)
			if err != nil {
				return Report{}, fmt.Errorf("run %d, event %d: %w", i+1, n+1, err)
			}
			run.Events = append(run.Events, event)
		}
		r.Runs = append(r.Runs, run)
	}
	if o.Cut != nil {
		r.Cut = *o.Cut
	}
	if r.Cut.Runs < 0 || r.Cut.Answers < 0 || r.Cut.Calls < 0 || r.Cut.Records < 0 {
		return Report{}, errors.New("cut: a number is out of its range")
	}
	return r, nil
}

// shallow goes over JSON without keeping it: one value, not too deep, no
// container too wide, and no key twice, in whatever letter case.
func shallow(data []byte) error {
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
	key := strings.ToLower(name)
	if c.keys[key] {
		return fmt.Errorf("%q is there twice", api.Cut(oneLine(name), 40))
	}
	c.keys[key] = true
	return nil
}
