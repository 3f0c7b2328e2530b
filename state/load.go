package state

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// maxSize is the size in bytes above which a file is not read: no setup comes
// near it, and what does is something else.
const maxSize = 16 << 20

// load reads and decodes the file at path; false when there is none.
func load(path string) (File, bool, error) {
	data, found, err := readRegular(path)
	if err != nil || !found {
		return File{}.normal(), found, err
	}
	f, err := Decode(data)
	if err != nil {
		return File{}, true, &UnusableError{Path: path, Reason: err.Error()}
	}
	return f, true, nil
}

// readRegular reads a regular file of at most maxSize bytes; false when there
// is none.
func readRegular(path string) (data []byte, found bool, err error) {
	if err := usable(path); errors.Is(err, fs.ErrNotExist) {
		return nil, false, nil
	} else if err != nil {
		return nil, true, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, true, fmt.Errorf("open state file: %w", err)
	}
	defer func() { _ = f.Close() }()
	data, err = io.ReadAll(io.LimitReader(f, maxSize+1))
	if err != nil {
		return nil, true, fmt.Errorf("read state file: %w", err)
	}
	if len(data) > maxSize {
		return nil, true, &UnusableError{Path: path, Reason: "too large for a state file"}
	}
	return data, true, nil
}

// usable tells whether path can be a state file, fs.ErrNotExist when there is
// none.
func usable(path string) error {
	err := regular(path)
	if errors.Is(err, errIrregular) {
		return &UnusableError{Path: path, Reason: errIrregular.Error()}
	}
	if err != nil {
		return fmt.Errorf("find state file: %w", err)
	}
	return nil
}

var errIrregular = errors.New("not a regular file")

// regular tells whether path is a file that can be read to its end. It is asked
// before opening, for opening a pipe would wait for a writer.
func regular(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return &fs.PathError{Op: "read", Path: path, Err: errIrregular}
	}
	return nil
}
