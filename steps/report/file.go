package report

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"telegent-setup/api"
	"telegent-setup/api/text"
	"telegent-setup/state"
	"telegent-setup/steps"
)

// formatVersion is the version of the format of reports.
const formatVersion = 1

// MaxSize is the most bytes that a report may have to be read.
const MaxSize = 16 << 20

// reportObject is the JSON of a report.
type reportObject struct {
	Report  int             `json:"report"`
	Program Program         `json:"program"`
	Created time.Time       `json:"created"`
	Edition string          `json:"edition"`
	BaseURL string          `json:"base_url"`
	State   json.RawMessage `json:"state"`
	Runs    []runObject     `json:"runs"`
	Cut     Cut             `json:"cut,omitzero"`
}

type runObject struct {
	Events []json.RawMessage `json:"events"`
}

// Write writes the report as one JSON object.
func (r Report) Write(w io.Writer) error {
	file, err := state.Encode(r.State)
	if err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	o := reportObject{
		Report: formatVersion, Program: r.Program, Created: r.Created, Edition: r.Edition, BaseURL: r.BaseURL,
		State: file, Runs: []runObject{}, Cut: r.Cut,
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
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(o); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	return nil
}

// Save writes the report to a new file, mode 0600. The error is fs.ErrExist when
// there is one: nothing is overwritten.
func (r Report) Save(path string) (err error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	defer func() {
		if err != nil {
			_ = os.Remove(path)
		}
	}()
	if err := errors.Join(r.Write(f), f.Close()); err != nil {
		return fmt.Errorf("write the report %s: %w", path, err)
	}
	return nil
}

// SaveIn writes the report to a new file in a directory, named for the time when
// it was made: telegent-setup-report-20261123-034500.json. It returns the path.
func (r Report) SaveIn(dir string) (path string, err error) {
	name := "telegent-setup-report-" + r.Created.Format("20060102-150405")
	for n := 1; ; n++ {
		path = filepath.Join(dir, name+".json")
		if n > 1 {
			path = filepath.Join(dir, fmt.Sprintf("%s-%d.json", name, n))
		}
		if err := r.Save(path); !errors.Is(err, fs.ErrExist) {
			return path, err
		}
	}
}

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
	o, err := decode[reportObject](data, true)
	if err != nil {
		return Report{}, err
	}
	return o.report()
}

func (o reportObject) report() (Report, error) {
	clean(&o.Program.Version, &o.Program.Go, &o.Program.Platform, &o.Edition, &o.BaseURL)
	r := Report{Program: o.Program, Created: o.Created.UTC().Truncate(time.Second), Edition: o.Edition, BaseURL: o.BaseURL, Cut: o.Cut}
	switch {
	case !datable(o.Created):
		return Report{}, errors.New("created: the time is out of its range")
	case len(o.State) == 0:
		return Report{}, errors.New("state is missing")
	case min(o.Cut.Runs, o.Cut.Answers, o.Cut.Calls, o.Cut.Records) < 0:
		return Report{}, errors.New("cut: a number is out of its range")
	}
	file, err := state.Decode(o.State)
	if err == nil {
		r.State, err = reported(file, &api.Redactor{})
	}
	if err != nil {
		return Report{}, fmt.Errorf("state: %w", err)
	}
	for i, recorded := range o.Runs {
		var events []steps.Event
		for n, line := range recorded.Events {
			event, err := ReadRecord(line, true)
			if err != nil {
				return Report{}, fmt.Errorf("run %d, event %d: %w", i+1, n+1, err)
			}
			events = append(events, event)
		}
		r.Runs = append(r.Runs, Run{events})
	}
	return r, nil
}
