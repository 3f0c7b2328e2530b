package session

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"telegent-setup/state"
	"telegent-setup/steps"
)

// options are those of a run without any flag, over an environment.
func options(env map[string]string) Options {
	return Options{Timeout: time.Second, Getenv: func(name string) string { return env[name] }}
}

// Rule: a flag beats its variable; in the sandbox the variables for the real
// service count for nothing.
func TestFlagsBeatVariables(t *testing.T) {
	env := map[string]string{"TELEGENT_STATE": "env.json", "TELEGENT_BASE_URL": "https://env.example/v1.0", "TELEGENT_EDITION": "2026-04",
		"TELEGENT_ACCOUNT_KEY": "DID-ENV", "TELEGENT_ACCOUNT_SECRET": "s", "TELEGENT_SUBSCRIBER_PASSWORD": "p"}
	o := options(env)
	path, err := o.Path()
	require.NoError(t, err)
	require.Equal(t, "env.json", path)
	base, err := o.baseURL()
	require.NoError(t, err)
	require.Equal(t, "https://env.example/v1.0", base)

	o.State, o.BaseURL, o.Edition = "flag.json", "https://flag.example/v1.0/", "2025-12"
	path, err = o.Path()
	require.NoError(t, err)
	require.Equal(t, "flag.json", path)
	base, err = o.baseURL()
	require.NoError(t, err)
	require.Equal(t, "https://flag.example/v1.0", base)
	edition, err := o.edition()
	require.NoError(t, err)
	require.EqualValues(t, "2025-12", edition)

	box := options(env)
	box.Sandbox = true
	for name := range env {
		kept := name == "TELEGENT_EDITION" || name == "TELEGENT_SUBSCRIBER_PASSWORD"
		require.Equal(t, kept, box.Env(name) != "", name)
	}
	path, err = box.Path()
	require.NoError(t, err)
	require.Contains(t, path, filepath.Join("telegent-setup", "sandbox", "state.json"))
}

// Rule: a session that cannot be opened gives the state file back, and says what
// is wrong with the status that the contract has for it.
func TestOpenGivesTheFileBack(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		return path
	}
	foreign := `{"version": 1, "edition": "2025-12", "AccountKey": "DID-1", "ids": {"AccountId": "AID-1"}}`
	for name, c := range map[string]struct {
		change func(*Options)
		status int
	}{
		"answers":  {func(o *Options) { o.Answers = write("a.yaml", "acount: {}") }, steps.ExitMisused},
		"edition":  {func(o *Options) { o.Edition = "1" }, steps.ExitMisused},
		"base URL": {func(o *Options) { o.BaseURL = "http://example.com/v1.0" }, steps.ExitMisused},
		"fault":    {func(o *Options) { o.Sandbox, o.Faults = true, []string{"nonsense"} }, steps.ExitMisused},
		"timeout":  {func(o *Options) { o.Timeout = 0 }, steps.ExitMisused},
		"damaged":  {func(o *Options) { o.State = write("damaged.json", "{") }, steps.ExitUnusable},
		"another key": {func(o *Options) {
			o.State = write("foreign.json", foreign)
			o.Answers = write("b.yaml", "authenticate: {AccountKey: DID-2}")
		}, steps.ExitUnusable},
		"edition in the file": {func(o *Options) {
			o.State = write("odd.json", `{"version": 1, "edition": "1999-01", "ids": {"AccountId": "AID-1"}}`)
		}, steps.ExitUnusable},
		"base URL in the file": {func(o *Options) {
			o.State = write("ftp.json", `{"version": 1, "edition": "2025-12", "base_url": "ftp://example.com", "ids": {"AccountId": "AID-1"}}`)
		}, steps.ExitUnusable},
		"sandbox data": {func(o *Options) {
			o.Sandbox, o.State = true, write("box.json", `{"version": 1, "edition": "2025-12", "sandbox": true}`)
			write("box.json.sandbox", "nonsense")
		}, steps.ExitUnusable},
	} {
		t.Run(name, func(t *testing.T) {
			o := options(nil)
			o.State = filepath.Join(dir, "new.json")
			c.change(&o)
			_, err := Open(o)
			status, problem, _, ok := Explain(err)
			require.True(t, ok, "%v", err)
			require.Equal(t, c.status, status)
			require.NotEmpty(t, problem)
			if store, err := state.Open(o.State); err == nil {
				require.NoError(t, store.Close())
			} else {
				require.NotErrorIs(t, err, state.ErrInUse)
			}
		})
	}
}

// Rule: a sandbox whose state file is gone starts afresh.
func TestSandboxDataWithoutAStateFileIsForgotten(t *testing.T) {
	o := options(nil)
	o.Sandbox, o.State = true, filepath.Join(t.TempDir(), "new.json")
	require.NoError(t, os.WriteFile(state.SandboxPath(o.State), []byte("nonsense"), 0o600))
	s, err := Open(o)
	require.NoError(t, err)
	require.NoError(t, s.Close())
}

// Rule: while a session is open nobody else opens its file.
func TestASessionHoldsItsFile(t *testing.T) {
	o := options(nil)
	o.Sandbox, o.State = true, filepath.Join(t.TempDir(), "s.json")
	s, err := Open(o)
	require.NoError(t, err)
	_, err = Open(o)
	status, _, _, _ := Explain(err)
	require.Equal(t, steps.ExitUnusable, status)
	require.NoError(t, s.Close())
	s, err = Open(o)
	require.NoError(t, err)
	require.NoError(t, s.Close())
}
