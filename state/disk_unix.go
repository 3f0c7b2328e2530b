//go:build !windows

package state

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"
)

const (
	openFlags = syscall.O_NONBLOCK
	noFollow  = syscall.O_NOFOLLOW
)

// foreign says whether a file belongs neither to the user nor to the owner of
// its directory.
func foreign(file, dir fs.FileInfo) bool {
	f, known := file.Sys().(*syscall.Stat_t)
	d, alsoKnown := dir.Sys().(*syscall.Stat_t)
	return known && alsoKnown && int(f.Uid) != os.Geteuid() && f.Uid != d.Uid
}

// makePrivate makes the mode of a file 0600, whatever the umask took from it.
func makePrivate(f *os.File) error {
	info, err := f.Stat()
	if err != nil || info.Mode().Perm() == 0o600 {
		return err
	}
	if err := f.Chmod(0o600); !errors.Is(err, fs.ErrPermission) {
		return err
	}
	return nil // It is ours, so that the file system has no modes.
}

// fileNumber is what no other file on the disk has at the same time.
func fileNumber(info fs.FileInfo) string {
	stat, known := info.Sys().(*syscall.Stat_t)
	if !known {
		return ""
	}
	return fmt.Sprintf("-%d", stat.Ino)
}

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
