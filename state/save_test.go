package state

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// tape is a real disk that writes down what is done to it, and fails with err
// at one stage.
type tape struct {
	done   []string
	failAt string
	err    error
}

func (tp *tape) do(stage string) error {
	tp.done = append(tp.done, stage)
	if stage == tp.failAt {
		return tp.err
	}
	return nil
}

func (tp *tape) disk() disk {
	d := realDisk()
	below := d
	d.openDir = func(name string) (handle, error) {
		if err := tp.do("open directory"); err != nil {
			return nil, err
		}
		h, err := below.openDir(name)
		return taped{h, tp, "directory"}, err
	}
	d.create = func(name string) (handle, error) {
		if err := tp.do("create " + stableName(name)); err != nil {
			return nil, err
		}
		h, err := below.create(name)
		return taped{h, tp, "file"}, err
	}
	d.rename = func(from, to string) error {
		if err := tp.do("rename " + stableName(from) + " to " + stableName(to)); err != nil {
			return err
		}
		return below.rename(from, to)
	}
	d.remove = func(name string) error {
		if err := tp.do("remove " + stableName(name)); err != nil {
			return err
		}
		return below.remove(name)
	}
	return d
}

// taped is a handle of a tape.
type taped struct {
	handle
	tape *tape
	what string
}

func (h taped) Write(p []byte) (int, error) {
	if err := h.tape.do("write " + h.what); err != nil {
		n, _ := h.handle.Write(p[:len(p)/2]) // A full disk takes what still fits.
		return n, err
	}
	return h.handle.Write(p)
}

func (h taped) Sync() error {
	if err := h.tape.do("flush " + h.what); err != nil {
		return err
	}
	return h.handle.Sync()
}

func (h taped) Close() error {
	return errors.Join(h.tape.do("close "+h.what), h.handle.Close())
}

// openTaped opens a store over contractFile, as a tape's disk.
func openTaped(t *testing.T, tp *tape) *Store {
	t.Helper()
	path := newPath(t)
	require.NoError(t, os.WriteFile(path, []byte(contractFile), 0o600))
	s, err := open(path, tp.disk())
	require.NoError(t, err)
	t.Cleanup(func() { _ = s.Close() })
	require.Empty(t, tp.done, "opening writes nothing")
	return s
}

func TestASaveFlushesBeforeItRenamesAndTheDirectoryAfter(t *testing.T) {
	tp := &tape{}
	s := openTaped(t, tp)
	require.NoError(t, s.Save(mustDecode(t, fullFile)))
	require.Equal(t, []string{
		"open directory",
		"create state.json.tmp", "write file", "flush file", "close file",
		"rename state.json.tmp to state.json",
		"flush directory", "close directory",
	}, tp.done)
}

func TestAfterAFailedSaveTheOldFileStays(t *testing.T) {
	for _, stage := range []string{
		"open directory", "create state.json.tmp", "write file", "flush file", "close file",
		"rename state.json.tmp to state.json",
	} {
		t.Run(stage, func(t *testing.T) {
			tp := &tape{failAt: stage, err: &fs.PathError{Op: "write", Path: "disk", Err: syscall.ENOSPC}}
			s := openTaped(t, tp)
			err := s.Save(mustDecode(t, fullFile))
			require.ErrorIs(t, err, syscall.ENOSPC)
			require.ErrorContains(t, err, "save state file "+s.Path())
			require.Equal(t, contractFile, readAll(t, s.Path()))
			require.Equal(t, mustDecode(t, contractFile), s.File())
			require.Equal(t, []string{"state.json", "state.json.lock"}, names(t, filepath.Dir(s.Path())))

			tp.failAt = ""
			require.NoError(t, s.Save(mustDecode(t, fullFile)), "the next save works once there is room")
			require.Equal(t, fullFile, readAll(t, s.Path()))
		})
	}
}

func TestAMissingRightIsToldFromAFullDisk(t *testing.T) {
	tp := &tape{failAt: "create state.json.tmp", err: &fs.PathError{Op: "open", Path: "disk", Err: syscall.EACCES}}
	err := openTaped(t, tp).Save(File{})
	require.ErrorIs(t, err, fs.ErrPermission)
	require.NotErrorIs(t, err, syscall.ENOSPC)
}

func TestWhenOnlyTheDirectoryIsNotFlushedMemoryFollowsTheFile(t *testing.T) {
	for _, stage := range []string{"flush directory", "close directory"} {
		t.Run(stage, func(t *testing.T) {
			s := openTaped(t, &tape{failAt: stage, err: syscall.EIO})
			err := s.Save(mustDecode(t, fullFile))
			require.ErrorIs(t, err, syscall.EIO)
			require.ErrorIs(t, err, ErrNotFlushed)
			require.Equal(t, fullFile, readAll(t, s.Path()))
			require.Equal(t, mustDecode(t, fullFile), s.File(), "or the next save would undo this one")
			require.Equal(t, []string{"state.json", "state.json.lock"}, names(t, filepath.Dir(s.Path())))
		})
	}
}

func TestASaveThatCannotBeEncodedTouchesNothing(t *testing.T) {
	tp := &tape{}
	s := openTaped(t, tp)
	require.Error(t, s.Save(File{Steps: map[string]Step{"account": {Status: "maybe"}}}))
	require.Empty(t, tp.done)
	require.Equal(t, mustDecode(t, contractFile), s.File())
}

func TestWhatAKilledRunLeftIsNoObstacle(t *testing.T) {
	path := newPath(t)
	outside := filepath.Join(t.TempDir(), "outside")
	require.NoError(t, os.WriteFile(outside, []byte("mine"), 0o600))
	s := mustOpen(t, path)
	temp := s.lock.tempPath(path)
	if err := os.Symlink(outside, temp); err != nil {
		require.NoError(t, os.WriteFile(temp, []byte("half"), 0o600))
	}
	require.NoError(t, s.Save(mustDecode(t, fullFile)))
	require.Equal(t, fullFile, readAll(t, path))
	require.Equal(t, "mine", readAll(t, outside), "nothing is written through a link")
	require.Equal(t, []string{"state.json", "state.json.lock"}, names(t, filepath.Dir(path)))
}

func TestANewDirectoryIsFlushedIntoTheOneAbove(t *testing.T) {
	tp := &tape{}
	s, err := open(filepath.Join(t.TempDir(), "a", "b", "state.json"), tp.disk())
	require.NoError(t, err)
	defer func() { _ = s.Close() }()
	one := []string{"open directory", "flush directory", "close directory"}
	require.Equal(t, append(one, one...), tp.done)
}
