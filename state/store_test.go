package state

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

func mustOpen(t *testing.T, path string) *Store {
	t.Helper()
	s, err := Open(path)
	require.NoError(t, err)
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func newPath(t *testing.T) string {
	t.Helper()
	return filepath.Join(t.TempDir(), "state.json")
}

func readAll(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(data)
}

// names lists a directory.
func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	var all []string
	for _, e := range entries {
		all = append(all, e.Name())
	}
	return all
}

func TestAMissingFileIsANewSetup(t *testing.T) {
	path := newPath(t)
	f, found, err := Read(path)
	require.NoError(t, err)
	require.False(t, found)
	require.Equal(t, File{IDs: map[string]string{}, Steps: map[string]Step{}}, f)
	require.Empty(t, names(t, filepath.Dir(path)), "reading makes no file")

	s := mustOpen(t, path)
	require.False(t, s.Existed())
	require.Equal(t, f, s.File())
	require.Equal(t, path, s.Path())
	require.NoFileExists(t, path, "nothing is written before the first save")
}

func TestWhatIsSavedIsLoaded(t *testing.T) {
	path := newPath(t)
	want := mustDecode(t, fullFile)
	s := mustOpen(t, path)
	require.NoError(t, s.Save(want))
	require.Equal(t, want, s.File())
	s.File().IDs["MRID"] = "changed"
	require.Equal(t, want, s.File(), "File is a copy")
	require.Equal(t, fullFile, readAll(t, path))
	require.NoError(t, s.Close())

	s = mustOpen(t, path)
	require.True(t, s.Existed())
	require.Equal(t, want, s.File())
	f, found, err := Read(path)
	require.NoError(t, err)
	require.True(t, found)
	require.Equal(t, want, f)
}

func TestUnknownKeysSurviveACallerWhoMakesStepsAnew(t *testing.T) {
	path := newPath(t)
	require.NoError(t, os.WriteFile(path, []byte(futureFile), 0o600))
	s := mustOpen(t, path)
	old := s.File()
	require.NoError(t, s.Save(File{
		Edition: old.Edition, BaseURL: old.BaseURL, IDs: map[string]string{"AccountId": "AID-2"},
		Steps: map[string]Step{"account": {Status: Done}},
	}))
	require.Equal(t, `{
  "version": 1,
  "edition": "2025-12",
  "base_url": "https://api.telegent.com/v1.0",
  "sandbox": false,
  "steps": {
    "account": {
      "status": "done",
      "Answers": {},
      "tries": 12345678901234567890
    }
  },
  "ids": {
    "AccountId": "AID-2",
    "Pool": [
      1,
      2.50,
      1e400
    ]
  },
  "Edition": 2025,
  "theme": {
    "dark": true,
    "keep": "my  spaces"
  }
}
`, readAll(t, path))
}

func TestFileAndDirectoryArePrivate(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no modes")
	}
	top := t.TempDir()
	require.NoError(t, os.Chmod(top, 0o755))
	dir := filepath.Join(top, "made", "by us")
	s := mustOpen(t, filepath.Join(dir, "state.json"))
	require.NoError(t, s.Save(File{}))
	for path, want := range map[string]fs.FileMode{
		top:                                   0o755,
		filepath.Join(top, "made"):            0o700,
		dir:                                   0o700,
		filepath.Join(dir, "state.json"):      0o600,
		filepath.Join(dir, "state.json.lock"): 0o600,
	} {
		info, err := os.Stat(path)
		require.NoError(t, err)
		require.Equal(t, want, info.Mode().Perm(), path)
	}
}

func TestAFileThatOthersMayReadIsMadePrivate(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no modes")
	}
	path := newPath(t)
	require.NoError(t, os.WriteFile(path, []byte(contractFile), 0o644))
	s := mustOpen(t, path)
	require.NoError(t, s.Save(s.File()))
	info, err := os.Stat(path)
	require.NoError(t, err)
	require.Equal(t, fs.FileMode(0o600), info.Mode().Perm())
}

func TestOneRunAtATimeHoldsTheFile(t *testing.T) {
	path := newPath(t)
	first := mustOpen(t, path)
	_, err := Open(path)
	require.ErrorIs(t, err, ErrInUse)
	require.ErrorContains(t, err, path)
	_, _, err = Read(path)
	require.NoError(t, err, "reading needs no lock")

	require.NoError(t, first.Close())
	require.NoError(t, first.Close())
	mustOpen(t, path)
	require.ErrorIs(t, first.Save(File{}), os.ErrClosed, "a closed store holds no lock to write under")
}

func TestALinkIsFollowedAndStays(t *testing.T) {
	for name, exists := range map[string]bool{"to a file": true, "to nothing yet": false} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			target := filepath.Join(dir, "elsewhere", "real.json")
			require.NoError(t, os.MkdirAll(filepath.Dir(target), 0o700))
			if exists {
				require.NoError(t, os.WriteFile(target, []byte(contractFile), 0o600))
			}
			link := filepath.Join(dir, "state.json")
			if err := os.Symlink(filepath.Join("elsewhere", "real.json"), link); err != nil {
				t.Skip(err)
			}
			s := mustOpen(t, link)
			require.Equal(t, exists, s.Existed())
			require.Equal(t, link, s.Path())
			_, err := Open(target)
			require.ErrorIs(t, err, ErrInUse, "the file has one lock, whatever it is called")

			require.NoError(t, s.Save(mustDecode(t, fullFile)))
			require.Equal(t, fullFile, readAll(t, target))
			info, err := os.Lstat(link)
			require.NoError(t, err)
			require.NotZero(t, info.Mode()&fs.ModeSymlink)
		})
	}
}

func TestALinkToItselfIsAnError(t *testing.T) {
	path := newPath(t)
	if err := os.Symlink("state.json", path); err != nil {
		t.Skip(err)
	}
	_, err := Open(path)
	require.ErrorContains(t, err, "find state file "+path)
}

func TestADirectoryThatIsAFileIsAnError(t *testing.T) {
	path := newPath(t)
	require.NoError(t, os.WriteFile(path, nil, 0o600))
	_, err := Open(filepath.Join(path, "state.json"))
	require.Error(t, err)
	require.False(t, errors.As(err, new(*UnusableError)))
}

func TestADirectoryWithoutWritePermissionIsToldFromOtherErrors(t *testing.T) {
	if os.Geteuid() <= 0 {
		t.Skip("root and Windows write everywhere")
	}
	dir := t.TempDir()
	require.NoError(t, os.Chmod(dir, 0o500))
	_, err := Open(filepath.Join(dir, "state.json"))
	require.ErrorIs(t, err, fs.ErrPermission)
	_, err = Open(filepath.Join(dir, "new", "state.json"))
	require.ErrorIs(t, err, fs.ErrPermission)
}

func TestAReaderAlwaysSeesAWholeFile(t *testing.T) {
	path := newPath(t)
	s := mustOpen(t, path)
	small, large := mustDecode(t, contractFile), mustDecode(t, fullFile)
	for range 200 {
		large.History = append(large.History, Replaced{ID: "MRID", Value: "MRID-0"})
	}
	require.NoError(t, s.Save(small))

	stop := make(chan struct{})
	var reader sync.WaitGroup
	reader.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
			}
			f, found, err := Read(path)
			if err != nil || !found || len(f.History) != 0 && len(f.History) != len(large.History) {
				t.Errorf("read %v with %d replaced IDs: %v", found, len(f.History), err)
				return
			}
		}
	})
	for i := range 40 {
		f := small
		if i%2 == 0 {
			f = large
		}
		require.NoError(t, s.Save(f))
	}
	close(stop)
	reader.Wait()
}

func TestAStoreIsSafeForSeveralGoroutines(t *testing.T) {
	s := mustOpen(t, newPath(t))
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			f := s.File()
			f.IDs["MRID"] = "MRID-1"
			if err := s.Save(f); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	require.Equal(t, "MRID-1", s.File().IDs["MRID"])
}

func BenchmarkSave(b *testing.B) {
	s, err := Open(filepath.Join(b.TempDir(), "state.json"))
	require.NoError(b, err)
	defer func() { _ = s.Close() }()
	f, err := Decode([]byte(fullFile))
	require.NoError(b, err)
	for b.Loop() {
		if err := s.Save(f); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkEncode is what a save costs beside the disk.
func BenchmarkEncode(b *testing.B) {
	f, err := Decode([]byte(fullFile))
	require.NoError(b, err)
	for b.Loop() {
		if _, err := Encode(f); err != nil {
			b.Fatal(err)
		}
	}
}
