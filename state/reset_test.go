package state

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// resetTime is 05:15 in UTC.
func resetTime() time.Time {
	return time.Date(2026, 11, 23, 6, 15, 0, 0, time.FixedZone("", 3600))
}

func write(t *testing.T, path, content string) {
	t.Helper()
	require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
}

func TestResetKeepsTheOldSetupUnderADatedName(t *testing.T) {
	for name, c := range map[string]struct {
		file string
		had  []string // Suffixes of the files there are.
		kept []string
	}{
		"all of it": {
			"state.json", []string{"", ".journal", ".sandbox"},
			[]string{"state-20261123T051500Z.json", "state-20261123T051500Z.json.journal", "state-20261123T051500Z.json.sandbox"},
		},
		"the state file alone":     {"state.json", []string{""}, []string{"state-20261123T051500Z.json"}},
		"what a half reset left":   {"state.json", []string{".sandbox"}, []string{"state-20261123T051500Z.json.sandbox"}},
		"a name without extension": {"setup", []string{"", ".journal"}, []string{"setup-20261123T051500Z", "setup-20261123T051500Z.journal"}},
		"a hidden file":            {".setup", []string{""}, []string{".setup-20261123T051500Z"}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, c.file)
			for _, suffix := range c.had {
				write(t, path+suffix, "damaged"+suffix)
			}
			kept, err := Reset(path, resetTime())
			require.NoError(t, err)
			for i, suffix := range c.had {
				require.Equal(t, filepath.Join(dir, c.kept[i]), kept[i])
				require.Equal(t, "damaged"+suffix, readAll(t, kept[i]))
				require.NoFileExists(t, path+suffix)
			}
			require.Len(t, kept, len(c.kept))
			require.False(t, mustOpen(t, path).Existed(), "a new setup can begin")
		})
	}
}

func TestResetOverwritesNothing(t *testing.T) {
	path := newPath(t)
	dir := filepath.Dir(path)
	// The second name is taken too, if only for the journal.
	write(t, filepath.Join(dir, "state-20261123T051500Z.json"), "older")
	write(t, filepath.Join(dir, "state-20261123T051500Z-2.json.journal"), "old")
	write(t, path, "state")
	write(t, JournalPath(path), "journal")
	kept, err := Reset(path, resetTime())
	require.NoError(t, err)
	require.Equal(t, []string{
		filepath.Join(dir, "state-20261123T051500Z-3.json"),
		filepath.Join(dir, "state-20261123T051500Z-3.json.journal"),
	}, kept)
	require.Equal(t, "older", readAll(t, filepath.Join(dir, "state-20261123T051500Z.json")))
	require.Equal(t, "old", readAll(t, filepath.Join(dir, "state-20261123T051500Z-2.json.journal")))
}

func TestResetOfNothingKeepsNothing(t *testing.T) {
	path := newPath(t)
	for _, p := range []string{path, filepath.Join(path, "no such directory", "state.json")} {
		kept, err := Reset(p, resetTime())
		require.NoError(t, err)
		require.Empty(t, kept)
	}
	require.Empty(t, names(t, filepath.Dir(path)), "it leaves no lock behind")
}

func TestResetIsRefusedWhileAnotherRunHoldsTheFile(t *testing.T) {
	path := newPath(t)
	s := mustOpen(t, path)
	_, err := Reset(path, resetTime())
	require.ErrorIs(t, err, ErrInUse, "even before its first save")
	require.NoError(t, s.Save(mustDecode(t, fullFile)))
	_, err = Reset(path, resetTime())
	require.ErrorIs(t, err, ErrInUse)
	require.Equal(t, fullFile, readAll(t, path))
}

func TestResetMovesNoDirectory(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "dir")
	require.NoError(t, os.Mkdir(dir, 0o700))
	_, err := Reset(dir, resetTime())
	var unusable *UnusableError
	require.ErrorAs(t, err, &unusable)
	require.DirExists(t, dir)
}

func TestResetOfALinkMovesWhatItLinksTo(t *testing.T) {
	path := newPath(t)
	target := filepath.Join(t.TempDir(), "real.json")
	write(t, target, contractFile)
	if err := os.Symlink(target, path); err != nil {
		t.Skip(err)
	}
	kept, err := Reset(path, resetTime())
	require.NoError(t, err)
	require.Equal(t, []string{filepath.Join(filepath.Dir(target), "real-20261123T051500Z.json")}, kept)
	require.Equal(t, contractFile, readAll(t, kept[0]))
	require.False(t, mustOpen(t, path).Existed())
}
