package state

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

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
