package state

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// removeLock does what cleaners do. Windows does not let them.
func removeLock(t *testing.T, path string) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("a file that is open cannot be removed")
	}
	require.NoError(t, os.Remove(lockPath(path)))
}

func TestARunThatLostItsLockSavesNothingMore(t *testing.T) {
	for name, after := range map[string]func(t *testing.T, path string){
		"and nobody came": func(*testing.T, string) {},
		"and somebody made another": func(t *testing.T, path string) {
			require.NoError(t, os.WriteFile(lockPath(path), nil, 0o600))
		},
		"and another run took one": func(t *testing.T, path string) { mustOpen(t, path) },
	} {
		t.Run(name, func(t *testing.T) {
			path := newPath(t)
			s := mustOpen(t, path)
			require.NoError(t, s.Save(mustDecode(t, contractFile)))
			before := readAll(t, path)
			removeLock(t, path)
			after(t, path)

			err := s.Save(mustDecode(t, fullFile))
			var lost *LostLockError
			require.ErrorAs(t, err, &lost)
			require.Equal(t, lockPath(path), lost.Path)
			require.ErrorIs(t, err, ErrInUse)
			require.ErrorContains(t, err, path)
			require.Equal(t, before, readAll(t, path))
			require.Equal(t, mustDecode(t, contractFile), s.File())
			require.Equal(t, []string{"state.json"}, notLocks(names(t, filepath.Dir(path))))
		})
	}
}

// notLocks leaves out lock files.
func notLocks(names []string) []string {
	var others []string
	for _, name := range names {
		if filepath.Ext(name) != lockPath("") {
			others = append(others, name)
		}
	}
	return others
}

func TestTheNextRunGoesOnFromWhatWasSavedUnderTheLostLock(t *testing.T) {
	path := newPath(t)
	first := mustOpen(t, path)
	require.NoError(t, first.Save(mustDecode(t, contractFile)))
	removeLock(t, path)
	second := mustOpen(t, path)
	require.Equal(t, mustDecode(t, contractFile), second.File())
	require.ErrorIs(t, first.Save(File{}), ErrInUse)
	require.NoError(t, second.Save(mustDecode(t, fullFile)))
	require.NoError(t, first.Close())
	require.NoError(t, second.Save(mustDecode(t, fullFile)), "the lock of the second run is not given back with that of the first")
}

// Rule: of two runs that hold the file only one can save, whenever the lock is
// removed; so that no save is founded on a file that another has replaced.
func TestRunsTakeTurnsThoughTheLockIsRemovedAgainAndAgain(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a file that is open cannot be removed")
	}
	const takers, enough = 6, 40
	path := newPath(t)
	var mu sync.Mutex
	saved := map[string]int{} // How often each number was.
	remove := make(chan struct{}, takers)
	var remover, all sync.WaitGroup
	remover.Go(func() {
		for range remove {
			if err := os.Remove(lockPath(path)); err != nil && !errors.Is(err, fs.ErrNotExist) {
				t.Error(err)
			}
		}
	})
	run := func() (done bool) {
		s, err := Open(path)
		if errors.Is(err, ErrInUse) {
			return false
		}
		if err != nil {
			t.Error(err)
			return true
		}
		defer func() { _ = s.Close() }()
		select {
		case remove <- struct{}{}:
		default:
		}
		for range 2 {
			f := s.File()
			last, _ := strconv.Atoi(f.PhoneNumber)
			f.PhoneNumber = strconv.Itoa(last + 1)
			err := s.Save(f)
			if err == nil {
				mu.Lock()
				saved[f.PhoneNumber]++
				done = len(saved) >= enough
				mu.Unlock()
			} else if !errors.Is(err, ErrInUse) {
				t.Error(err)
				return true
			}
		}
		return done
	}
	for range takers {
		all.Go(func() {
			for !run() {
				runtime.Gosched()
			}
		})
	}
	all.Wait()
	close(remove)
	remover.Wait()
	for n := 1; n <= len(saved); n++ {
		require.Equal(t, 1, saved[strconv.Itoa(n)], "number %d was saved once", n)
	}
	f, _, err := Read(path)
	require.NoError(t, err)
	require.Equal(t, strconv.Itoa(len(saved)), f.PhoneNumber)
	require.Equal(t, []string{"state.json"}, notLocks(names(t, filepath.Dir(path))))
}
