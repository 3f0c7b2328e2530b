package api

import (
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Rule: what is printed with --with-token runs as it is in a POSIX shell, and takes
// the token out of every answer that is documented.
func TestCurlWithTokenRuns(t *testing.T) {
	shell, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("sh is not there")
	}
	base, err := ParseBaseURL("https://api.telegent.com/v1.0")
	require.NoError(t, err)
	c := New(Options{BaseURL: base})
	commands := c.CurlWithToken(
		Call{Method: "POST", Path: "../v1.1/oauth/token", NoToken: true, Body: Body{{Path: "AccountKey", Value: "it's me"}, {Path: "AccountSecret", Value: NewSecret("x"), Env: "TELEGENT_ACCOUNT_SECRET"}}},
		Call{Method: "POST", Path: "/accounts/create", Body: Body{{Path: "AccountName", Value: "O'Brien & sons"}}},
	)
	require.NotContains(t, commands, "x\"")
	for name, answer := range map[string]string{
		"bare":      `{"token":"T-1","tokenExpiry":"05/02/2099 06:36:13 PM"}`,
		"upper":     `{"Token": "T-1", "TokenExpiry": "05/02/2099 06:36:13 PM"}`,
		"OAuth":     `{"token_type":"bearer","access_token":"T-1","expires_in":900}`,
		"camel":     `{"AccessToken":"T-1","ExpiresIn":900}`,
		"envelope":  `{"Successful":true,"Data":{"token":"T-1"},"error":""}`,
		"on lines":  "{\n  \"tokenExpiry\": \"05/02/2099 06:36:13 PM\",\n  \"token\": \"T-1\"\n}",
		"two of it": "{\n  \"token\": \"T-1\",\n  \"access_token\": \"T-2\"\n}",
	} {
		t.Run(name, func(t *testing.T) {
			// In the place of curl: the token call is answered, the other one shown.
			fake := `curl() { case "$*" in *oauth*) printf '%s' "$ANSWER";; *) printf '<%s>' "$@";; esac; }` + "\n"
			cmd := exec.CommandContext(t.Context(), shell, "-c", fake+commands)
			cmd.Env = []string{"ANSWER=" + answer, "TELEGENT_ACCOUNT_SECRET=s3cret", "PATH=/usr/bin:/bin"}
			out, err := cmd.CombinedOutput()
			require.NoError(t, err, string(out))
			require.Contains(t, string(out), "<https://api.telegent.com/v1.0/accounts/create>")
			require.Contains(t, string(out), "<Authorization: Bearer T-1>")
			require.Contains(t, string(out), "O'Brien & sons")
			require.NotContains(t, strings.ToLower(string(out)), "not found")
		})
	}
}
