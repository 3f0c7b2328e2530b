package state

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

// ErrInUse means that another run holds the file, or may hold it.
var ErrInUse = errors.New("in use by another run")

// LostLockError is a lock file that somebody removed or replaced while its run
// held it, so that another run may hold the state file by now. It is an
// ErrInUse.
type LostLockError struct{ Path string }

// Error implements error.
func (e *LostLockError) Error() string {
	return "the lock file " + e.Path + " was removed while this run held it, so another run may have begun"
}

// Remedy says what to do.
func (e *LostLockError) Remedy() string {
	return "See that no other run is at work, then start again: progress is saved up to here."
}

// Is implements errors.Is.
func (e *LostLockError) Is(target error) bool { return target == ErrInUse }

// lock is held by the run that may write. The lock is a file of its own, since
// the state file is replaced at every save and a lock on it would go with the
// old one.
//
// The lock file is never removed by this program: between our unlocking and
// removing it another run may have locked it, and a third would then make and
// lock a new one. It is empty, and the system gives the lock back when a run
// dies.
type lock struct {
	*flock.Flock
	info fs.FileInfo // Of the file that is locked.
}

// takeLock takes the lock of a state file without waiting for another run.
func takeLock(state string) (held *lock, err error) {
	path := lockPath(state)
	err = inDirectory(filepath.Dir(path), func() error {
		held, err = tryLock(path)
		return err
	})
	switch {
	case errors.Is(err, ErrInUse):
		return nil, fmt.Errorf("state file %s: %w", state, err)
	case errors.Is(err, errIrregular), errors.Is(err, errForeign):
		return nil, &UnusableError{Path: path, Reason: "a lock file must be a regular file of your own: remove this"}
	case err != nil && !errors.As(err, new(*UnusableError)):
		return nil, fmt.Errorf("lock state file %s: %w", state, err)
	}
	return held, err
}

// tryLock tries again when the file is removed between its opening and its
// locking: a lock on a file that has no name keeps nobody out.
func tryLock(path string) (*lock, error) {
	const tries = 100
	for range tries {
		f, err := openOwn(path, os.O_RDWR|os.O_CREATE)
		if err != nil {
			return nil, err
		}
		_ = f.Close() // What is locked opens the file by itself.
		held := flock.New(path, flock.SetFlag(os.O_RDWR|openFlags|noFollow))
		locked, err := held.TryLock()
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue
		case err != nil:
			return nil, err
		case !locked:
			return nil, ErrInUse
		}
		info, err := held.Stat()
		if err != nil {
			return nil, errors.Join(err, held.Unlock())
		}
		l := &lock{held, info}
		if err = l.verify(); err == nil {
			return l, nil
		}
		if err = errors.Join(err, held.Unlock()); !errors.As(err, new(*LostLockError)) {
			return nil, err
		}
	}
	return nil, &UnusableError{Path: path, Reason: "it is removed again and again: end the program that does that"}
}

// verify finds out whether the file that is locked still has its name.
func (l *lock) verify() error {
	info, err := os.Lstat(l.Path())
	if errors.Is(err, fs.ErrNotExist) || err == nil && !os.SameFile(info, l.info) {
		return &LostLockError{l.Path()}
	}
	return err
}

// tempPath is the name of a save under way. It is that of the lock, since a run
// that has lost its lock may still be writing when the next one saves.
func (l *lock) tempPath(state string) string { return state + ".tmp" + fileNumber(l.info) }

// inDirectory carries out what no two runs may do at once in a directory, though
// somebody removes a lock file: take a lock, and put a new state file in place
// of the old one. Where a directory cannot be locked, as on Windows and network
// file systems, it does without.
func inDirectory(dir string, do func() error) error {
	const patience, pause = 5 * time.Second, time.Millisecond // It takes others far less than a millisecond.
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	held := flock.New(dir, flock.SetFlag(os.O_RDONLY))
	if _, err := held.TryLockContext(ctx, pause); errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("another program has locked the directory %s", dir)
	}
	defer func() { _ = held.Unlock() }() // Nothing depends on it: closed, it is given back too.
	return do()
}
