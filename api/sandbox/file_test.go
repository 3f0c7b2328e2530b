package sandbox_test

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/api/sandbox"
)

// Rule: a setup can be left after any step and resumed with another sandbox on
// the same file.
func TestASetupCanBeResumed(t *testing.T) {
	for _, edition := range api.Editions() {
		t.Run(string(edition), func(t *testing.T) {
			o := sandbox.Options{Edition: edition, Data: filepath.Join(t.TempDir(), "new", "state.json.sandbox")}
			s, c := open(t, o)
			for _, one := range calls(edition) {
				got := c.step(one.step, nil)
				require.Equal(t, 200, got.status, "%s: %s", one.step, got.text)
				before := s.Objects()

				filled := c.filled
				s, c = open(t, o)
				c.filled = filled
				require.Equal(t, before, s.Objects(), one.step)
				if one.step == "provision" && edition == api.Edition2026 {
					c.follow()
				}
			}
			requireRefused(t, c.step("subscriber", nil), 409, "Email already exists")
		})
	}
}

// Rule: tokens do not survive, and nothing secret is written: no password, no
// credentials, no token, no user info of a URL.
func TestTheFileHoldsNoSecret(t *testing.T) {
	for _, edition := range api.Editions() {
		t.Run(string(edition), func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "data")
			_, c := open(t, sandbox.Options{Edition: edition, Data: path})
			c.filled["https://your-webhook-url.com"] = "https://me:url-password@your-webhook-url.com"
			c.walk("test-message")
			text, err := os.ReadFile(path)
			require.NoError(t, err)
			require.True(t, json.Valid(text))
			secrets := []string{"SecurePass123!", "webhook-password", "url-password", sandbox.Key, sandbox.Secret}
			for _, token := range c.tokens {
				secrets = append(secrets, token)
			}
			for _, secret := range secrets {
				require.NotContains(t, string(text), secret)
			}

			entries, err := os.ReadDir(dir)
			require.NoError(t, err)
			require.Len(t, entries, 1, "nothing is left beside the file")

			tokens := c.tokens
			_, c = open(t, sandbox.Options{Edition: edition, Data: path})
			c.tokens = tokens
			requireRefused(t, c.step("account", nil), 401, "the token is not valid")
		})
	}
}

// Rule: the file and the directory that is made for it are their owner's alone.
func TestTheFileIsPrivate(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("file modes mean nothing there")
	}
	path := filepath.Join(t.TempDir(), "made", "data")
	_, c := open(t, sandbox.Options{Data: path})
	c.walk("account")
	for name, mode := range map[string]fs.FileMode{path: 0o600, filepath.Dir(path): 0o700} {
		info, err := os.Stat(name)
		require.NoError(t, err)
		require.Equal(t, mode, info.Mode().Perm(), name)
	}
}

// Rule: as long as nothing is created there is no file.
func TestNoFileWithoutNeed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data")
	_, c := open(t, sandbox.Options{Data: path})
	c.step("availability", nil)
	require.NoFileExists(t, path)
}

// Rule: a file that no sandbox wrote is refused and left as it is.
func TestDamagedFiles(t *testing.T) {
	for name, text := range map[string]string{
		"empty":            "",
		"cut short":        `{"version": 3, "records": {`,
		"not an object":    `[]`,
		"another version":  `{"version": 2, "accounts": []}`,
		"a state file":     `{"version": 3, "edition": "2025-12", "ids": {}}`,
		"something behind": `{"version": 3} {}`,
		"wrong types":      `{"version": 3, "records": {"AccountId": 5}}`,
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "data")
			require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
			_, err := sandbox.New(sandbox.Options{Data: path})
			require.ErrorIs(t, err, sandbox.ErrDamaged)
			require.ErrorContains(t, err, path)
			if name == "another version" {
				require.ErrorContains(t, err, "its format is 2")
			}
			left, err := os.ReadFile(path)
			require.NoError(t, err)
			require.Equal(t, text, string(left))
		})
	}
}

// Rule: what cannot be stored is not created: the next sandbox would not know
// it.
func TestWhatCannotBeStoredIsNotCreated(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	s, c := open(t, sandbox.Options{Data: filepath.Join(dir, "file")})
	c.walk("account")
	before := s.Objects()
	require.NoError(t, os.RemoveAll(dir))
	require.NoError(t, os.WriteFile(dir, nil, 0o600)) // A file where the directory has to be.
	requireRefused(t, c.step("message-route", nil), 500, "could not keep this")
	require.Equal(t, before, s.Objects())
}
