//go:build !windows

package state

import (
	"errors"
	"os"
	"syscall"
)

func rename(from, to string) error { return os.Rename(from, to) }

// directory is flushed like a file.
type directory struct{ *os.File }

func openDir(name string) (handle, error) {
	f, err := os.Open(name)
	return directory{f}, err
}

// Sync flushes the names in the directory. Some network file systems cannot,
// and say so; on them nothing better is to be had.
func (d directory) Sync() error {
	err := d.File.Sync()
	if errors.Is(err, errors.ErrUnsupported) || errors.Is(err, syscall.EINVAL) {
		return nil
	}
	return err
}
