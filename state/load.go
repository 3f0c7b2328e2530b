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
	f, err := openRegular(path, os.O_RDONLY, os.Stat)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, false, nil
	case errors.Is(err, errIrregular):
		return nil, true, &UnusableError{Path: path, Reason: errIrregular.Error()}
	case err != nil:
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
