package state

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"time"

	"golang.org/x/sys/windows"
)

// Windows has no such flags, and no pipes or devices under the names of files.
const openFlags, noFollow = 0, 0

// foreign says nothing here: rights are in lists, and not the owner's.
func foreign(_, _ fs.FileInfo) bool { return false }

// makePrivate does nothing: a file has the rights of its directory.
func makePrivate(*os.File) error { return nil }

// fileNumber is not needed: a file that is open cannot be removed.
func fileNumber(fs.FileInfo) string { return "" }

// rename tries again for a while: a virus scanner, an indexer or a reader of
// ours may hold either file open for a moment.
func rename(from, to string) error {
	const tries = 8
	wait := 5 * time.Millisecond
	for try := 1; ; try++ {
		err := os.Rename(from, to)
		held := errors.Is(err, windows.ERROR_SHARING_VIOLATION) ||
			errors.Is(err, windows.ERROR_LOCK_VIOLATION) ||
			errors.Is(err, windows.ERROR_ACCESS_DENIED)
		if !held || try == tries {
			return err
		}
		time.Sleep(wait)
		wait *= 2
	}
}

// directory stands for one: Windows has no way to flush it by itself.
type directory struct{ io.Writer }

func openDir(string) (handle, error) { return directory{io.Discard}, nil }

func (directory) Sync() error  { return nil }
func (directory) Close() error { return nil }
