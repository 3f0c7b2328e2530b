package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"telegent-setup/state"
)

// formatVersion is the version of the format of reports.
const formatVersion = 1

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
		Report: formatVersion, Program: r.Program, Created: r.Created, Edition: r.Edition, BaseURL: r.BaseURL,
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
