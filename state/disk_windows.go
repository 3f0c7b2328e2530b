package state

import (
	"errors"
	"io"
	"os"
	"time"

	"golang.org/x/sys/windows"
)

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
