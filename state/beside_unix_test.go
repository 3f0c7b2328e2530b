//go:build !windows

package state

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// noFiles make what is no regular file of the user's own at a path, or skip.
func noFiles() map[string]func(t *testing.T, path string) {
	return map[string]func(t *testing.T, path string){
		"a pipe":      func(t *testing.T, path string) { require.NoError(t, syscall.Mkfifo(path, 0o600)) },
		"a directory": func(t *testing.T, path string) { require.NoError(t, os.Mkdir(path, 0o700)) },
		"a link to a file": func(t *testing.T, path string) {
			require.NoError(t, os.Symlink(filepath.Join(outside(t), "mine"), path))
		},
		"a link to nothing": func(t *testing.T, path string) {
			require.NoError(t, os.Symlink(filepath.Join(outside(t), "nothing"), path))
		},
		"a device": func(t *testing.T, path string) { require.NoError(t, os.Symlink("/dev/null", path)) },
		"a file of another user": func(t *testing.T, path string) {
			write(t, path, "")
			if err := os.Chown(path, 12345, -1); err != nil {
				t.Skip(err)
			}
		},
	}
}

// outside is a directory with one file, which nothing may change.
func outside(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	write(t, filepath.Join(dir, "mine"), "mine")
	t.Cleanup(func() {
		require.Equal(t, []string{"mine"}, names(t, dir), "a link was followed")
		require.Equal(t, "mine", readAll(t, filepath.Join(dir, "mine")), "a link was followed")
	})
	return dir
}

func TestALockIsARegularFileOfTheUsersOwn(t *testing.T) {
	for name, makeOne := range noFiles() {
		t.Run(name, func(t *testing.T) {
			path := newPath(t)
			write(t, path, contractFile)
			makeOne(t, lockPath(path))
			_, openErr := Open(path)
			_, resetErr := Reset(path, resetTime())
			for _, err := range []error{openErr, resetErr} {
				var unusable *UnusableError
				require.ErrorAs(t, err, &unusable)
				require.Equal(t, lockPath(path), unusable.Path)
			}
			require.Equal(t, contractFile, readAll(t, path))
		})
	}
}

func TestAJournalIsARegularFileOfTheUsersOwn(t *testing.T) {
	for name, makeOne := range noFiles() {
		t.Run(name, func(t *testing.T) {
			path := newPath(t)
			makeOne(t, JournalPath(path))
			_, openErr := Open(path)
			_, journalErr := OpenJournal(JournalPath(path), 20, 1<<20)
			for _, err := range []error{openErr, journalErr} {
				var wrong *fs.PathError
				require.ErrorAs(t, err, &wrong)
				require.Equal(t, JournalPath(path), wrong.Path)
			}
			held, err := takeLock(path)
			require.NoError(t, err, "the lock is given back")
			require.NoError(t, held.Unlock())
		})
	}
}

func TestAJournalThatIsALinkIsNotRead(t *testing.T) {
	path := journalPath(t)
	target := filepath.Join(t.TempDir(), "real")
	write(t, target, startLine)
	require.NoError(t, os.Symlink(target, path))
	_, err := ReadJournal(path)
	require.ErrorIs(t, err, errIrregular)
	require.ErrorContains(t, err, path)
}

func TestAPipeIsNoStateFile(t *testing.T) {
	path := newPath(t)
	require.NoError(t, syscall.Mkfifo(path, 0o600))
	_, openErr := Open(path)
	_, _, readErr := Read(path)
	_, resetErr := Reset(path, resetTime())
	for _, err := range []error{openErr, readErr, resetErr} {
		require.ErrorAs(t, err, new(*UnusableError))
	}
}

// Rule: what we make is ours to enter, read and write, and nobody else's,
// whatever the umask.
func TestTheUmaskDecidesNothing(t *testing.T) {
	for _, umask := range []int{0, 0o022, 0o177, 0o777} {
		dir := filepath.Join(t.TempDir(), "made", "by us")
		path := filepath.Join(dir, "state.json")
		func() {
			defer syscall.Umask(syscall.Umask(umask)) // No other test runs beside this one.
			s, err := Open(path)
			require.NoError(t, err)
			require.NoError(t, s.Save(File{}))
			require.NoError(t, s.Save(File{}))
			j, err := OpenJournal(JournalPath(path), 1, 1)
			require.NoError(t, err)
			for range 2 { // So that the next opening writes it anew.
				require.NoError(t, j.Append(map[string]string{"event": "start"}))
			}
			require.NoError(t, j.Close())
			j, err = OpenJournal(JournalPath(path), 1, 1)
			require.NoError(t, err)
			require.NoError(t, j.Close())
			require.NoError(t, s.Close())
		}()
		for name, mode := range map[string]fs.FileMode{
			filepath.Dir(dir): 0o700, dir: 0o700, path: 0o600, lockPath(path): 0o600, JournalPath(path): 0o600,
		} {
			info, err := os.Stat(name)
			require.NoError(t, err)
			require.Equal(t, mode, info.Mode().Perm(), "umask %04o: %s", umask, name)
		}
	}
}

func TestANameLeavesRoomForThoseBesideIt(t *testing.T) {
	for _, length := range []int{230, 231, 247, 251, 255, 256, 5000} {
		path := filepath.Join(t.TempDir(), strings.Repeat("x", length))
		s, err := Open(path)
		if length > 230 {
			var unusable *UnusableError
			require.ErrorAs(t, err, &unusable, length)
			require.Contains(t, unusable.Reason, "name")
			require.Empty(t, names(t, filepath.Dir(path)))
			continue
		}
		require.NoError(t, err)
		require.NoError(t, s.Save(File{}))
		j, err := OpenJournal(JournalPath(path), 1, 1)
		require.NoError(t, err)
		require.NoError(t, j.Append(struct{}{}))
		require.NoError(t, j.Close())
		require.NoError(t, s.Close())
	}
}
