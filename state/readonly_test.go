package state

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// Rule: who only looks holds no lock and writes nothing, whatever is saved.
func TestReadOnly(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "state.json")
	run, err := Open(path)
	require.NoError(t, err)
	require.NoError(t, run.Save(File{AccountKey: "DID-1"}))

	looking, err := OpenReadOnly(path)
	require.NoError(t, err, "while a run holds the lock")
	require.True(t, looking.Existed())
	require.Equal(t, "DID-1", looking.File().AccountKey)
	before, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NoError(t, looking.Save(File{AccountKey: "DID-2"}))
	require.Equal(t, "DID-2", looking.File().AccountKey)
	after, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, string(before), string(after))
	require.NoError(t, looking.Close())
	require.ErrorIs(t, looking.Save(File{}), os.ErrClosed)
	require.NoError(t, run.Save(File{}), "the lock is still held")
	require.NoError(t, run.Close())
}

// Rule: looking makes no directory and no file.
func TestReadOnlyMakesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "none", "state.json")
	looking, err := OpenReadOnly(path)
	require.NoError(t, err)
	require.False(t, looking.Existed())
	require.NoError(t, looking.Save(File{AccountKey: "DID-1"}))
	require.NoDirExists(t, filepath.Dir(path))
}
