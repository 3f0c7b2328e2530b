// Package report keeps what happens in a run and tells of it: events as JSON, the
// journal beside the state file, and the support report, which is made from
// both, holds no secret, and can be read back and replayed.
//
// It may import steps, state and api.
package report

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"time"

	"telegent-setup/api"
	"telegent-setup/state"
	"telegent-setup/steps"
)

// Report is what support gets to see of a setup: its state, and what was
// recorded of its runs, the oldest first. It holds no secret.
type Report struct {
	Program Program
	Created time.Time // UTC, whole seconds.
	Edition string
	BaseURL string
	State   state.File
	Runs    []Run
	Cut     Cut
}

// Program is the program that made a report.
type Program struct {
	Version  string `json:"version"`
	Go       string `json:"go"`
	Platform string `json:"platform"` // "linux/amd64".
}

// Cut counts what a report leaves out, for its size or because it could not be
// read.
type Cut struct {
	Runs    int `json:"runs,omitempty"`    // The oldest ones.
	Answers int `json:"answers,omitempty"` // Cut short.
	Calls   int `json:"calls,omitempty"`   // The oldest ones of the only run.
	Records int `json:"records,omitempty"` // Not readable.
}

// Options are what a report is made from.
type Options struct {
	Version  string        // Of this program.
	Created  time.Time     // The time of making it.
	Redactor *api.Redactor // The secrets that are known; nil when none is.
}

// ErrNoSetup means that there is no setup yet.
var ErrNoSetup = errors.New("there is no setup to report on yet")

// FromFile makes a report of the setup with the state file at path, without its lock.
// The error is ErrNoSetup, one of state.Read, or one of the operating system.
func FromFile(path string, o Options) (Report, error) {
	file, found, err := state.Read(path)
	if err != nil {
		return Report{}, err
	}
	runs, err := state.ReadJournal(state.JournalPath(path))
	if err != nil {
		return Report{}, err
	}
	if !found && len(runs) == 0 {
		return Report{}, ErrNoSetup
	}
	return New(file, runs, o)
}

// FromRunner makes a report of the setup of a runner, with its run as far as it went.
func FromRunner(r *steps.Runner) (Report, error) {
	made, err := FromFile(r.StatePath(), Options{Version: r.Version(), Created: time.Now(), Redactor: r.Redactor()})
	if err != nil {
		return Report{}, fmt.Errorf("make a report: %w", err)
	}
	return made, nil
}

// New makes a report. Everything in it is cleaned and redacted once more.
func New(file state.File, journal []state.Run, o Options) (Report, error) {
	if o.Redactor == nil {
		o.Redactor = &api.Redactor{}
	}
	file, err := reported(file, o.Redactor)
	if err != nil {
		return Report{}, fmt.Errorf("redact the state: %w", err)
	}
	r := Report{
		Program: Program{o.Version, runtime.Version(), runtime.GOOS + "/" + runtime.GOARCH},
		Created: o.Created.UTC().Truncate(time.Second), State: file,
	}
	for _, recorded := range journal {
		var run Run
		for _, line := range recorded.Lines {
			event, err := ReadRecord(api.ForRecord(line, o.Redactor), false)
			if err != nil {
				r.Cut.Records++ // A later program may have written it.
				continue
			}
			run.Events = append(run.Events, event)
		}
		if len(run.Events) > 0 {
			r.Runs = append(r.Runs, run)
		}
	}
	r.Edition, r.BaseURL = file.Edition, file.BaseURL
	if n := len(r.Runs); n > 0 {
		begun, _ := r.Runs[n-1].Started()
		r.Edition, r.BaseURL = cmp.Or(r.Edition, begun.Edition), cmp.Or(r.BaseURL, begun.BaseURL)
	}
	r.shorten(mailSize)
	return r, nil
}

// reported is a state as a report has it: what this program knows of it, without
// personal values and what URLs should hide.
func reported(f state.File, redactor *api.Redactor) (state.File, error) {
	f = f.Known()
	maps.DeleteFunc(f.IDs, func(id, _ string) bool { return !slices.Contains(steps.IDs(), steps.ID(id)) })
	for id, s := range f.Steps {
		step, known := steps.Find(id)
		if !known {
			delete(f.Steps, id)
			continue
		}
		told := map[string]bool{}
		for _, form := range step.Forms {
			for _, fd := range form.Fields {
				told[fd.Key] = told[fd.Key] || fd.Kind != steps.Secret && !fd.Personal
			}
		}
		maps.DeleteFunc(s.Answers, func(key, _ string) bool { return !told[key] })
		s.ESIM, s.Before, s.Unsettled = "", nil, nil
		f.Steps[id] = s
	}
	data, err := state.Encode(f)
	if err != nil {
		return state.File{}, err
	}
	return state.Decode(api.ForRecord(data, redactor))
}
