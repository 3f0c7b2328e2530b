package session

import (
	"fmt"
	"io"
	"os"
	"time"

	"telegent-setup/api"
	"telegent-setup/steps"
	"telegent-setup/steps/answers"
	"telegent-setup/steps/report"
)

// Report makes a report of the setup, without its lock. What the environment
// gives as a secret is redacted wherever it stands. The error is one of
// report.FromFile.
func (o Options) Report(created time.Time) (path string, made report.Report, err error) {
	if path, err = o.Path(); err != nil {
		return path, made, err
	}
	redactor := &api.Redactor{}
	for _, edition := range []api.Edition{api.Edition2025, api.Edition2026} {
		given := steps.NewGiven()
		answers.Environment(given, edition, o.Getenv)
		for _, secret := range given.Secrets {
			redactor.Add(secret)
		}
	}
	made, err = report.FromFile(path, report.Options{Version: o.Version, Created: created, Redactor: redactor})
	if err == nil {
		_, err = known(path, made.State)
	}
	return path, made, err
}

// ReadReport reads a report that may come from anybody. The error is a
// *UsageError when it is none, else one of the machine.
func ReadReport(path string) (report.Report, error) {
	const remedy = "Give a file that telegent-setup report wrote."
	data, err := readFile(path, "the report", report.MaxSize, remedy)
	if err != nil {
		return report.Report{}, err
	}
	read, err := report.Read(data)
	if err != nil {
		return read, &UsageError{fmt.Sprintf("%s cannot be used: %v", path, err), remedy}
	}
	return read, nil
}

// readFile reads a file that a person names, of which what is said in messages;
// of one that is larger than most bytes it reads so much that this is seen. A
// directory is a *UsageError.
func readFile(path, what string, most int64, remedy string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read: %w", what, err)
	}
	defer func() { _ = f.Close() }()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return nil, &UsageError{path + " is a directory", remedy}
	}
	data, err := io.ReadAll(io.LimitReader(f, most+1))
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read: %w", what, err)
	}
	return data, nil
}
