package report

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"telegent-setup/api"
	"telegent-setup/api/text"
	"telegent-setup/state"
)

// MaxSize is the most bytes that a report may have to be read.
const MaxSize = 16 << 20

// Read reads a report. It may come from anybody: its text is cleaned and
// redacted like an answer of the service, and what no report can hold is an
// error that says what and where.
func Read(data []byte) (Report, error) {
	if len(data) > MaxSize {
		return Report{}, errors.New("larger than 16 MiB")
	}
	if err := text.CheckJSON(data); err != nil {
		return Report{}, err
	}
	data = api.ForRecord(data, &api.Redactor{})
	if err := text.CheckJSON(data); err != nil { // Keys that were told apart by what cannot be seen.
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
