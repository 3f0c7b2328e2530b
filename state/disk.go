package state

import (
	"cmp"
	"errors"
	"io"
	"os"
	"path/filepath"
)

// disk is what replace needs of the operating system. Tests put one in its
// place that writes down what happens, or fails.
type disk struct {
	openDir func(name string) (handle, error) // To flush it.
	create  func(name string) (handle, error) // Mode 0600; fails when the name is taken.
	rename  func(from, to string) error       // Over what is there.
	remove  func(name string) error
}

// handle is an open file or directory.
type handle interface {
	io.Writer
	Sync() error
	Close() error
}

func realDisk() disk {
	return disk{
		openDir: openDir,
		create:  create,
		rename:  rename,
		remove:  os.Remove,
	}
}

// create makes a private file; what is there, even a link, is an error.
func create(name string) (handle, error) {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	if err := makePrivate(f); err != nil {
		return nil, errors.Join(err, f.Close(), os.Remove(name))
	}
	return f, nil
}

// replace puts what write writes in the place of the file at path, by way of the
// file temp, atomically and durably: it is flushed before it takes its name, or a crash could leave the
// name to an empty file, and the directory is flushed after. It says whether
// the new content has taken its place; after an error it mostly has not, and
// then the old content is untouched and nothing is left beside it. Only the
// holder of the state file's lock may call it.
func replace(d disk, path, temp string, write func(io.Writer) error) (replaced bool, err error) {
	dir, err := d.openDir(filepath.Dir(path))
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, dir.Close()) }()
	if err := fill(d, temp, write); err != nil {
		return false, err
	}
	if err := d.rename(temp, path); err != nil {
		_ = d.remove(temp)
		return false, err
	}
	return true, dir.Sync()
}

// fill writes and flushes a new file, or leaves none.
func fill(d disk, name string, write func(io.Writer) error) error {
	f, err := d.create(name)
	if errors.Is(err, os.ErrExist) {
		// A run that was killed left it; nobody else writes under our lock.
		_ = d.remove(name)
		f, err = d.create(name)
	}
	if err != nil {
		return err
	}
	if err = write(f); err == nil {
		err = f.Sync()
	}
	if err = cmp.Or(err, f.Close()); err != nil {
		_ = d.remove(name)
	}
	return err
}

// flush makes the names in a directory durable.
func flush(d disk, dir string) error {
	f, err := d.openDir(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
