package sandbox

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"telegent-setup/api/text"
)

// ErrDamaged is a data file that is not what a sandbox wrote.
var ErrDamaged = errors.New("it cannot be used")

const storeVersion = 3

// file keeps the store between runs. With an empty path it keeps nothing.
type file struct {
	path string
	last []byte // What is stored.
}

// load reads the store; a file that is not there is an empty one.
func (f *file) load() (b store, err error) {
	f.last = encodeStore(store{Version: storeVersion})
	if f.path != "" {
		switch data, err := os.ReadFile(f.path); {
		case err == nil:
			f.last = data
		case !errors.Is(err, fs.ErrNotExist):
			return store{}, fmt.Errorf("read the sandbox data: %w", err)
		}
	}
	if b, err = f.stored(); err != nil {
		return store{}, fmt.Errorf("read the sandbox data %s: %w: %w", f.path, ErrDamaged, err)
	}
	return b, nil
}

// stored is the store as it was when it was last loaded or saved.
func (f *file) stored() (store, error) {
	var b store
	err := text.DecodeJSON(f.last, &b)
	if told := err == nil || b.Version > 0; told && b.Version != storeVersion { // It stands before what only that version knows.
		err = fmt.Errorf("its format is %d, and that of this version of telegent-setup %d", b.Version, storeVersion)
	}
	if err != nil {
		return store{}, err
	}
	if b.Records == nil {
		b.Records = map[string][]object{}
	}
	return b, nil
}

// save replaces the file when the store has changed. It is not flushed to
// disk: after a power cut a rehearsal may be begun again.
func (f *file) save(b store) error {
	if f.path == "" {
		return nil
	}
	text := encodeStore(b)
	if bytes.Equal(text, f.last) {
		return nil
	}
	if err := replace(f.path, text); err != nil {
		return fmt.Errorf("store the sandbox data: %w", err)
	}
	f.last = text
	return nil
}

// replace writes a file under another name first, so that the file is always
// a whole one. The other name is always the same, so that a program killed
// here leaves no more than one.
func replace(path string, text []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	name := path + ".tmp"
	_ = os.Remove(name)
	err := os.WriteFile(name, text, 0o600)
	if err == nil {
		err = os.Chmod(name, 0o600) // The umask has no say: the next run must read it.
	}
	if err == nil {
		err = os.Rename(name, path)
	}
	if err != nil {
		_ = os.Remove(name)
	}
	return err
}

func encodeStore(b store) []byte {
	text, err := json.MarshalIndent(b, "", "  ")
	if err != nil {
		panic(fmt.Sprintf("encode the sandbox data: %v", err)) // All of it came as JSON.
	}
	return append(text, '\n')
}
