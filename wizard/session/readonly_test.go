package session

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"telegent-setup/state"
	"telegent-setup/steps"
)

// quiet is an observer that remembers nothing.
type quiet struct{}

func (quiet) Observe(steps.Event) error { return nil }

// Rule: a command that only looks works beside a run, and leaves nothing behind.
func TestOpenReadOnly(t *testing.T) {
	dir := t.TempDir()
	o := options(nil)
	o.State, o.Sandbox = filepath.Join(dir, "state.json"), true
	run, err := Open(o)
	require.NoError(t, err)
	r := run.Runner(quiet{})
	require.NoError(t, r.SignIn(t.Context()))
	before, err := os.ReadDir(dir)
	require.NoError(t, err)
	file, err := os.ReadFile(o.State)
	require.NoError(t, err)

	looking, err := OpenReadOnly(o)
	require.NoError(t, err)
	r = looking.Runner(quiet{})
	require.NoError(t, r.SignIn(t.Context()))
	require.True(t, r.SignedIn())
	require.NoError(t, looking.Close())
	after, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, after, len(before))
	unchanged, err := os.ReadFile(o.State)
	require.NoError(t, err)
	require.Equal(t, string(file), string(unchanged))
	require.NoError(t, run.Close())
}

// Rule: where nothing will be called, the sandbox is not started, and its address
// is the one that it had, else the one that it has by itself.
func TestOfflineSandbox(t *testing.T) {
	for name, c := range map[string]struct {
		kept state.File
		want string
	}{
		"a new setup":                  {state.File{}, "http://127.0.0.1:8080/v1.0"},
		"a setup of the service":       {state.File{BaseURL: "https://api.telegent.com/v1.0"}, "http://127.0.0.1:8080/v1.0"},
		"a setup of a sandbox at work": {state.File{Sandbox: true, BaseURL: "http://127.0.0.1:5555/v1.0"}, "http://127.0.0.1:5555/v1.0"},
	} {
		t.Run(name, func(t *testing.T) {
			o := options(nil)
			o.State, o.Sandbox, o.Offline = filepath.Join(t.TempDir(), "state.json"), true, true
			store, err := state.Open(o.State)
			require.NoError(t, err)
			require.NoError(t, store.Save(c.kept))
			require.NoError(t, store.Close())
			s, err := OpenReadOnly(o)
			require.NoError(t, err)
			require.Equal(t, c.want, s.Runner(quiet{}).BaseURL())
			require.NoError(t, s.Close())
		})
	}
}
