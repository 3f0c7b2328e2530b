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

// diskRecorder is a real disk that writes down what is done to it, and fails with err
// at one stage.
type diskRecorder struct {
	done   []string
	failAt string
	err    error
}

func (rec *diskRecorder) do(stage string) error {
	rec.done = append(rec.done, stage)
	if stage == rec.failAt {
		return rec.err
	}
	return nil
}

func (rec *diskRecorder) disk() disk {
	d := realDisk()
	below := d
	d.openDir = func(name string) (handle, error) {
		if err := rec.do("open directory"); err != nil {
			return nil, err
		}
		h, err := below.openDir(name)
		return recordedHandle{h, rec, "directory"}, err
	}
	d.create = func(name string) (handle, error) {
		if err := rec.do("create " + stableName(name)); err != nil {
			return nil, err
		}
		h, err := below.create(name)
		return recordedHandle{h, rec, "file"}, err
	}
	d.rename = func(from, to string) error {
		if err := rec.do("rename " + stableName(from) + " to " + stableName(to)); err != nil {
			return err
		}
		return below.rename(from, to)
	}
	d.remove = func(name string) error {
		if err := rec.do("remove " + stableName(name)); err != nil {
			return err
		}
		return below.remove(name)
	}
	return d
}

// recordedHandle is a handle of a diskRecorder.
type recordedHandle struct {
	handle
	rec  *diskRecorder
	what string
}

func (h recordedHandle) Write(p []byte) (int, error) {
	if err := h.rec.do("write " + h.what); err != nil {
		n, _ := h.handle.Write(p[:len(p)/2]) // A full disk takes what still fits.
		return n, err
	}
	return h.handle.Write(p)
}

func (h recordedHandle) Sync() error {
	if err := h.rec.do("flush " + h.what); err != nil {
		return err
	}
	return h.handle.Sync()
}

func (h recordedHandle) Close() error {
	return errors.Join(h.rec.do("close "+h.what), h.handle.Close())
}

// openRecorded opens a store over contractFile, as a diskRecorder's disk.
func openRecorded(t *testing.T, rec *diskRecorder) *Store {
	t.Helper()
	path := newPath(t)
	require.NoError(t, os.WriteFile(path, []byte(contractFile), 0o600))
	s, err := open(path, rec.disk())
	require.NoError(t, err)
	t.Cleanup(func() { _ = s.Close() })
	require.Empty(t, rec.done, "opening writes nothing")
	return s
}

func TestASaveFlushesBeforeItRenamesAndTheDirectoryAfter(t *testing.T) {
	rec := &diskRecorder{}
	s := openRecorded(t, rec)
	require.NoError(t, s.Save(mustDecode(t, fullFile)))
	require.Equal(t, []string{
		"open directory",
		"create state.json.tmp", "write file", "flush file", "close file",
		"rename state.json.tmp to state.json",
		"flush directory", "close directory",
	}, rec.done)
}

func TestAfterAFailedSaveTheOldFileStays(t *testing.T) {
	for _, stage := range []string{
		"open directory", "create state.json.tmp", "write file", "flush file", "close file",
		"rename state.json.tmp to state.json",
	} {
		t.Run(stage, func(t *testing.T) {
			rec := &diskRecorder{failAt: stage, err: &fs.PathError{Op: "write", Path: "disk", Err: syscall.ENOSPC}}
			s := openRecorded(t, rec)
			err := s.Save(mustDecode(t, fullFile))
			require.ErrorIs(t, err, syscall.ENOSPC)
			require.ErrorContains(t, err, "save state file "+s.Path())
			require.Equal(t, contractFile, readAll(t, s.Path()))
			require.Equal(t, mustDecode(t, contractFile), s.File())
			require.Equal(t, []string{"state.json", "state.json.lock"}, names(t, filepath.Dir(s.Path())))

			rec.failAt = ""
			require.NoError(t, s.Save(mustDecode(t, fullFile)), "the next save works once there is room")
			require.Equal(t, fullFile, readAll(t, s.Path()))
		})
	}
}

func TestAMissingRightIsToldFromAFullDisk(t *testing.T) {
	rec := &diskRecorder{failAt: "create state.json.tmp", err: &fs.PathError{Op: "open", Path: "disk", Err: syscall.EACCES}}
	err := openRecorded(t, rec).Save(File{})
	require.ErrorIs(t, err, fs.ErrPermission)
	require.NotErrorIs(t, err, syscall.ENOSPC)
}

func TestWhenOnlyTheDirectoryIsNotFlushedMemoryFollowsTheFile(t *testing.T) {
	for _, stage := range []string{"flush directory", "close directory"} {
		t.Run(stage, func(t *testing.T) {
			s := openRecorded(t, &diskRecorder{failAt: stage, err: syscall.EIO})
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
	rec := &diskRecorder{}
	s := openRecorded(t, rec)
	require.Error(t, s.Save(File{Steps: map[string]Step{"account": {Status: "maybe"}}}))
	require.Empty(t, rec.done)
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
	rec := &diskRecorder{}
	s, err := open(filepath.Join(t.TempDir(), "a", "b", "state.json"), rec.disk())
	require.NoError(t, err)
	defer func() { _ = s.Close() }()
	one := []string{"open directory", "flush directory", "close directory"}
	require.Equal(t, append(one, one...), rec.done)
}
