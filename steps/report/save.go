package report

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

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
