// Package state keeps a setup on disk: the state file with its lock, and
// beside it the journal of what was sent and answered. Neither holds a secret.
//
// The files, for a state file state.json: state.json.lock is held by the run
// that may write, state.json.journal is the journal, state.json.sandbox is the
// data of the embedded sandbox, and state.json.tmp is a save under way.
//
// The package imports nothing of this program but api/text.
package state

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// ErrNotFlushed is the error of a save that took the place of the one before,
// and that a crash of the machine might still undo.
var ErrNotFlushed = errors.New("saved, but not flushed to the disk")

// UnusableError is a state file that cannot be used: damaged, or from a newer
// version. The file is left as it is.
type UnusableError struct{ Path, Reason string }

// Error implements error.
func (e *UnusableError) Error() string { return e.Path + ": " + e.Reason }

// Store is the state file of one run: locked from Open to Close, unless it is
// only read. It is safe for use by several goroutines.
type Store struct {
	path     string // As it was named.
	target   string // What is replaced: path, or what it links to.
	disk     disk
	lock     *lock
	readOnly bool // Nothing is written, and there is no lock.
	existed  bool

	mu     sync.Mutex
	file   File
	closed bool
}

// Open locks path and loads it; a file that is not there is a new setup. The
// directory is made, 0700, when it is missing. The error is ErrInUse while
// another run holds the file, an *UnusableError when it is no state file or its
// lock no file of the user's own, or one of the operating system, as a journal
// that is none.
func Open(path string) (*Store, error) { return open(path, realDisk()) }

func open(path string, d disk) (*Store, error) {
	target, err := resolve(path)
	if err != nil {
		return nil, fmt.Errorf("find state file %s: %w", path, err)
	}
	if err := makeDir(filepath.Dir(target), d); err != nil {
		return nil, fmt.Errorf("make the directory of state file %s: %w", path, err)
	}
	held, err := takeLock(target)
	if err != nil {
		return nil, err
	}
	f, existed, err := Read(path)
	if err == nil {
		err = checkJournal(path)
	}
	if err != nil {
		_ = held.Unlock()
		return nil, err
	}
	return &Store{path: path, target: target, disk: d, lock: held, existed: existed, file: f}, nil
}

// OpenReadOnly loads path for one who only looks: it takes no lock, and what is
// saved stays in memory. The errors are those of Read.
func OpenReadOnly(path string) (*Store, error) {
	f, existed, err := Read(path)
	if err != nil {
		return nil, err
	}
	return &Store{path: path, readOnly: true, existed: existed, file: f}, nil
}

// maxSize is the size in bytes above which a file is not read: no setup comes
// near it, and what does is something else.
const maxSize = 16 << 20

// Read loads a file without locking it; false when there is none. Saves are
// atomic, so that it is whole even while a run goes on.
func Read(path string) (f File, found bool, err error) {
	in, err := openRegular(path, os.O_RDONLY, os.Stat)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return File{}.normal(), false, nil
	case errors.Is(err, errIrregular):
		return File{}, true, &UnusableError{Path: path, Reason: errIrregular.Error()}
	case err != nil:
		return File{}, true, fmt.Errorf("open state file: %w", err)
	}
	defer func() { _ = in.Close() }()
	data, err := io.ReadAll(io.LimitReader(in, maxSize+1))
	switch {
	case err != nil:
		return File{}, true, fmt.Errorf("read state file: %w", err)
	case len(data) > maxSize:
		return File{}, true, &UnusableError{Path: path, Reason: "too large for a state file"}
	}
	if f, err = Decode(data); err != nil {
		return File{}, true, &UnusableError{Path: path, Reason: err.Error()}
	}
	return f, true, nil
}

// Path is the path of the state file as it was given to Open.
func (s *Store) Path() string { return s.path }

// Existed says whether there was a file to load.
func (s *Store) Existed() bool { return s.existed }

// File returns a deep copy of the content as last loaded or saved.
func (s *Store) File() File {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.file.Clone()
}

// Save replaces the file atomically and flushes file and directory. After an
// error the file is as before, and so is File, unless it is ErrNotFlushed: then
// the new file has taken its place already. A run whose lock file was removed
// gets a *LostLockError, and its file is left to the run that comes after it.
// errors.Is tells a full disk (syscall.ENOSPC) and a missing right
// (fs.ErrPermission).
func (s *Store) Save(f File) (err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer func() {
		if err != nil {
			err = fmt.Errorf("save state file %s: %w", s.path, err)
		}
	}()
	if s.closed {
		return os.ErrClosed
	}
	f = f.normal()
	f.inherit(s.file)
	if s.readOnly {
		s.file = f
		return nil
	}
	data, err := Encode(f)
	if err != nil {
		return err
	}
	replaced, err := replace(s.guarded(), s.target, s.lock.tempPath(s.target), func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
	if !replaced {
		return err
	}
	s.file = f
	if err != nil {
		return fmt.Errorf("%w: %w", ErrNotFlushed, err)
	}
	return nil
}

// guarded is the disk, which replaces the file only while the lock is held.
func (s *Store) guarded() disk {
	d := s.disk
	d.rename = func(from, to string) error {
		return inDirectory(filepath.Dir(to), func() error {
			if err := s.lock.verify(); err != nil {
				return err
			}
			return s.disk.rename(from, to)
		})
	}
	return d
}

// Close gives the lock back. Closing twice does nothing.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	if s.readOnly {
		return nil
	}
	if err := s.lock.Unlock(); err != nil {
		return fmt.Errorf("unlock state file %s: %w", s.path, err)
	}
	return nil
}
