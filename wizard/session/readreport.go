package session

import (
	"fmt"
	"io"
	"os"

	"telegent-setup/steps/report"
)

// ReadReport reads a report that may come from anybody. The error is a
// *UsageError when it is none, else one of the machine.
func ReadReport(path string) (report.Report, error) {
	f, err := os.Open(path)
	if err != nil {
		return report.Report{}, fmt.Errorf("open the report: %w", err)
	}
	defer func() { _ = f.Close() }()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return report.Report{}, &UsageError{path + " is a directory", "Give a file that telegent-setup report wrote."}
	}
	data, err := io.ReadAll(io.LimitReader(f, report.MaxSize+1))
	if err != nil {
		return report.Report{}, fmt.Errorf("read the report: %w", err)
	}
	read, err := report.Read(data)
	if err != nil {
		return read, &UsageError{fmt.Sprintf("%s cannot be used: %v", path, err), "Give a file that telegent-setup report wrote."}
	}
	return read, nil
}
