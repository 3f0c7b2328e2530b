package steps

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime"
	"time"

	"telegent-setup/api"
	"telegent-setup/state"
)

// reportVersion is the version of the format of reports.
const reportVersion = 1

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

// ReportOptions are what a report is made from.
type ReportOptions struct {
	Version  string        // Of this program.
	Created  time.Time     // The time of making it.
	Redactor *api.Redactor // The secrets that are known; nil when none is.
}

// ErrNothingToReport means that there is no setup yet.
var ErrNothingToReport = errors.New("there is no setup to report on yet")

// ReportOn makes a report of the setup with the state file at path, without its
// lock. The error is ErrNothingToReport, one of state.Read, or one of the
// operating system.
func ReportOn(path string, o ReportOptions) (Report, error) {
	file, found, err := state.Read(path)
	if err != nil {
		return Report{}, err
	}
	runs, err := state.ReadJournal(state.JournalPath(path))
	if err != nil {
		return Report{}, err
	}
	if !found && len(runs) == 0 {
		return Report{}, ErrNothingToReport
	}
	return NewReport(file, runs, o)
}

// NewReport makes a report. Everything in it is cleaned and redacted once more.
func NewReport(file state.File, journal []state.Run, o ReportOptions) (Report, error) {
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
	r.shorten(maxReport)
	return r, nil
}

// reported is a state as a report has it: what this program knows of it, without
// personal values and what URLs should hide.
func reported(f state.File, redactor *api.Redactor) (state.File, error) {
	known := state.File{
		Edition: f.Edition, BaseURL: f.BaseURL, Sandbox: f.Sandbox, AccountKey: f.AccountKey,
		PhoneNumber: f.PhoneNumber, IDs: map[string]string{}, Steps: map[string]state.Step{},
	}
	for _, id := range IDs() {
		known.IDs[string(id)] = f.IDs[string(id)]
	}
	for _, step := range All() {
		s, ok := f.Steps[step.ID]
		if !ok {
			continue
		}
		one := state.Step{Status: s.Status, Updated: s.Updated, Answers: map[string]string{}, OrderID: s.OrderID, QRCode: s.QRCode}
		for _, form := range step.Forms {
			for _, fd := range form.Fields {
				if v := s.Answers[fd.Key]; v != "" && fd.Kind != Secret {
					one.Answers[fd.Key] = v
				}
			}
		}
		if s.Error != nil {
			one.Error = &state.StepError{Issue: s.Error.Issue, Message: s.Error.Message}
		}
		known.Steps[step.ID] = one
	}
	for _, h := range f.History {
		known.History = append(known.History, state.Replaced{ID: h.ID, Value: h.Value, Replaced: h.Replaced})
	}
	data, err := state.Encode(known)
	if err != nil {
		return state.File{}, err
	}
	return state.Decode(api.ForRecord(data, redactor))
}

// reportObject is the JSON of a report.
type reportObject struct {
	Report  int             `json:"report"`
	Program Program         `json:"program"`
	Created time.Time       `json:"created"`
	Edition string          `json:"edition"`
	BaseURL string          `json:"base_url"`
	State   json.RawMessage `json:"state"`
	Runs    []runObject     `json:"runs"`
	Cut     *Cut            `json:"cut,omitempty"`
}

type runObject struct {
	Events []json.RawMessage `json:"events"`
}

// Write writes the report as one JSON object.
func (r Report) Write(w io.Writer) error {
	data, err := r.encode()
	if err != nil {
		return err
	}
	if _, err := w.Write(data); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	return nil
}

func (r Report) encode() ([]byte, error) {
	file, err := state.Encode(r.State)
	if err != nil {
		return nil, fmt.Errorf("write the report: %w", err)
	}
	o := reportObject{
		Report: reportVersion, Program: r.Program, Created: r.Created, Edition: r.Edition, BaseURL: r.BaseURL,
		State: file, Runs: []runObject{},
	}
	for _, run := range r.Runs {
		events := []json.RawMessage{}
		for _, e := range run.Events {
			if line, kept := Record(e); kept {
				events = append(events, line)
			}
		}
		o.Runs = append(o.Runs, runObject{events})
	}
	if r.Cut != (Cut{}) {
		o.Cut = &r.Cut
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(o); err != nil {
		return nil, fmt.Errorf("write the report: %w", err)
	}
	return b.Bytes(), nil
}
