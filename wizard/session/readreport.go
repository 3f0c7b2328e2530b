package session

import (
	"fmt"
	"io"
	"os"

	"telegent-setup/steps"
)

// ReadReport reads a report that may come from anybody. The error is a
// *UsageError when it is none, else one of the machine.
func ReadReport(path string) (steps.Report, error) {
	f, err := os.Open(path)
	if err != nil {
		return steps.Report{}, fmt.Errorf("open the report: %w", err)
	}
	defer func() { _ = f.Close() }()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return steps.Report{}, &UsageError{path + " is a directory", "Give a file that telegent-setup report wrote."}
	}
	data, err := io.ReadAll(io.LimitReader(f, steps.MaxReport+1))
	if err != nil {
		return steps.Report{}, fmt.Errorf("read the report: %w", err)
	}
	report, err := steps.ReadReport(data)
	if err != nil {
		return report, &UsageError{fmt.Sprintf("%s cannot be used: %v", path, err), "Give a file that telegent-setup report wrote."}
	}
	return report, nil
}
