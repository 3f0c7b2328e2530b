package state

import (
	"cmp"
	"errors"
	"io"
	"io/fs"
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
	io.WriteCloser
	Sync() error
}

func realDisk() disk {
	return disk{openDir: openDir, create: create, rename: rename, remove: os.Remove}
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
// file temp, atomically and durably: it is flushed before it takes its name, or a
// crash could leave the name to an empty file, and the directory is flushed after. It
// says whether the new content has taken its place; when not, the old content is
// untouched and nothing is left beside it. Only the holder of the state file's lock
// may call it.
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

var (
	errIrregular = errors.New("not a regular file")
	errForeign   = errors.New("a file of another user")
)

// openRegular opens a file that can be read to its end. What it is, is asked
// before opening too, since opening a device may do something; and it never
// waits, as opening a pipe would.
func openRegular(path string, flag int, stat func(string) (fs.FileInfo, error)) (*os.File, error) {
	info, err := stat(path)
	switch {
	case err == nil && !info.Mode().IsRegular():
		return nil, &fs.PathError{Op: "open", Path: path, Err: errIrregular}
	case err != nil && (flag&os.O_CREATE == 0 || !errors.Is(err, fs.ErrNotExist)):
		return nil, err
	}
	f, err := os.OpenFile(path, flag|openFlags, 0o600)
	if err != nil {
		return nil, err
	}
	if info, err = f.Stat(); err == nil && !info.Mode().IsRegular() {
		err = &fs.PathError{Op: "open", Path: path, Err: errIrregular}
	}
	if err != nil {
		_ = f.Close()
		return nil, err
	}
	return f, nil
}

// openBeside opens a file beside the state file for reading. A symbolic link is
// not followed: nobody needs one there, and it might lead anywhere.
func openBeside(path string) (*os.File, error) {
	return openRegular(path, os.O_RDONLY|noFollow, os.Lstat)
}

// openOwn opens a file beside the state file for writing, and makes it private.
func openOwn(path string, flag int) (*os.File, error) {
	f, err := openRegular(path, flag|noFollow, os.Lstat)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil {
		err = own(path, info)
	}
	if err == nil {
		err = makePrivate(f)
	}
	if err != nil {
		_ = f.Close()
		return nil, err
	}
	return f, nil
}

// own refuses a file that is no regular one, or that belongs neither to the user
// nor to the owner of its directory, who could replace it anyway.
func own(path string, info fs.FileInfo) error {
	if !info.Mode().IsRegular() {
		return &fs.PathError{Op: "open", Path: path, Err: errIrregular}
	}
	dir, err := os.Stat(filepath.Dir(path))
	if err == nil && foreign(info, dir) {
		err = &fs.PathError{Op: "open", Path: path, Err: errForeign}
	}
	return err
}
