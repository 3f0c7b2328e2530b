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
var ErrDamaged = errors.New("not the data of a sandbox")

const storeVersion = 2

// file keeps the store between runs. With an empty path it keeps nothing.
type file struct {
	path string
	last []byte // What is stored.
}

// load reads the store; a file that is not there is an empty one.
func (f *file) load() (store, error) {
	if f.path == "" {
		return store{Version: storeVersion}, nil
	}
	text, err := os.ReadFile(f.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		b := store{Version: storeVersion}
		f.last, err = encodeStore(b)
		return b, err
	case err != nil:
		return store{}, fmt.Errorf("read the sandbox data: %w", err)
	}
	b, err := decodeStore(text)
	if err != nil {
		return store{}, fmt.Errorf("read the sandbox data %s: %w: %w", f.path, ErrDamaged, err)
	}
	f.last, err = encodeStore(b)
	return b, err
}

// stored is the store as it was when it was last loaded or saved.
func (f *file) stored() store {
	b, err := decodeStore(f.last)
	if err != nil {
		panic(fmt.Sprintf("decode the sandbox data: %v", err)) // encodeStore wrote it.
	}
	return b
}

// save replaces the file when the store has changed. It is not flushed to
// disk: after a power cut a rehearsal may be begun again.
func (f *file) save(b store) error {
	if f.path == "" {
		return nil
	}
	text, err := encodeStore(b)
	if err != nil || bytes.Equal(text, f.last) {
		return err
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
func replace(path string, text []byte) (err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	name := path + ".tmp"
	if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	temp, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(name)
		}
	}()
	// The umask has no say: the next run must read it.
	err = temp.Chmod(0o600)
	if err == nil {
		_, err = temp.Write(text)
	}
	if err := errors.Join(err, temp.Close()); err != nil {
		return err
	}
	return os.Rename(name, path)
}

func encodeStore(b store) ([]byte, error) {
	text, err := json.MarshalIndent(b, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("encode the sandbox data: %w", err)
	}
	return append(text, '\n'), nil
}

func decodeStore(data []byte) (store, error) {
	var b store
	if err := text.DecodeJSON(data, &b); err != nil {
		return store{}, err
	}
	if b.Version != storeVersion {
		return store{}, fmt.Errorf("version %d is not %d", b.Version, storeVersion)
	}
	return b, nil
}
