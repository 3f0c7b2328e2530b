package state

import (
	"errors"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTheStateDirectoryIsThePlatformsOwn(t *testing.T) {
	for name, c := range map[string]struct {
		goos string
		env  map[string]string
		want string
	}{
		"linux":            {"linux", nil, "/home/ada/.local/state"},
		"linux with XDG":   {"linux", map[string]string{"XDG_STATE_HOME": "/var/ada"}, "/var/ada"},
		"XDG not absolute": {"linux", map[string]string{"XDG_STATE_HOME": "ada"}, "/home/ada/.local/state"},
		"another unix":     {"freebsd", nil, "/home/ada/.local/state"},
		"macOS":            {"darwin", nil, "/home/ada/Library/Application Support"},
		"macOS has no XDG": {"darwin", map[string]string{"XDG_STATE_HOME": "/var/ada"}, "/home/ada/Library/Application Support"},
		"Windows":          {"windows", map[string]string{"LocalAppData": "/AppData/Local"}, "/AppData/Local"},
	} {
		t.Run(name, func(t *testing.T) {
			dir, err := stateDir(c.goos, func(key string) string { return c.env[key] },
				func() (string, error) { return "/home/ada", nil })
			require.NoError(t, err)
			require.Equal(t, c.want, filepath.ToSlash(dir))
		})
	}
}

func TestWithoutAHomeThereIsNoDefaultPath(t *testing.T) {
	nowhere := errors.New("nowhere")
	for _, goos := range []string{"linux", "darwin", "windows"} {
		_, err := stateDir(goos, func(string) string { return "" }, func() (string, error) { return "", nowhere })
		require.Error(t, err, goos)
	}
}

func TestARelativeHomeIsRefused(t *testing.T) {
	for _, goos := range []string{"linux", "darwin", "windows"} {
		relative := func(string) string { return "ada" }
		_, err := stateDir(goos, relative, func() (string, error) { return "ada\x1b[2J", nil })
		require.ErrorContains(t, err, "absolute path", goos)
		require.ErrorContains(t, err, "--state FILE", goos)
		require.NotContains(t, err.Error(), "\x1b")
	}
}

func TestTheSandboxHasADefaultPathOfItsOwn(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("XDG_STATE_HOME", dir)
	t.Setenv("HOME", dir)
	t.Setenv("LocalAppData", dir)
	live, err := DefaultPath(false)
	require.NoError(t, err)
	sandbox, err := DefaultPath(true)
	require.NoError(t, err)
	require.Equal(t, filepath.Join("telegent-setup", "state.json"), filepath.Join(filepath.Base(filepath.Dir(live)), filepath.Base(live)))
	require.Equal(t, filepath.Join(filepath.Dir(live), "sandbox", "state.json"), sandbox)
}
