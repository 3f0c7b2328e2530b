//go:build !windows && !race

package main

import (
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
)

// nasty is a name that would colour the terminal, ring, turn the text around and
// begin a line of its own.
const nasty = "x\x1b[31m\a\u202e\u009b1m\nTelegent: all is well"

// Rule: what is named on the command line, in the environment or by a file is shown
// without what it could do to a terminal, wherever it is shown, and begins no line.
func TestANameIsShownAndNotObeyed(t *testing.T) {
	t.Parallel()
	c := newCustomer(t, api.Edition2025, nobody+"/v1.0")
	at := func(name string) string { return filepath.Join(c.dir, nasty+name) }
	c.write(nasty+"damaged", "{")
	c.write(nasty+"keys", "acount: {}\n\"a\\e[31m\": {}\n")
	for _, x := range []struct {
		args []string
		env  string
		exit int
	}{
		{args: []string{"--sandbox", "--no-input", "--state", at("state")}},
		{args: []string{"--sandbox", "--no-input", "--json", "--state", at("state")}},
		{args: []string{"status", "--sandbox", "--state", at("state")}},
		{args: []string{"status", "--sandbox", "--json", "--state", at("state")}},
		{args: []string{"report", "--sandbox", "--state", at("state"), "-o", at("report")}},
		{args: []string{"report", "--sandbox", "--state", at("state"), "-o", at("report")}, exit: 2},
		{args: []string{"report", "--sandbox", "--state", at("state"), "-o", at("nowhere/report")}, exit: 1},
		{args: []string{"report", "--state", at("nowhere")}, exit: 1},
		{args: []string{"replay", at("report")}},
		{args: []string{"replay", at("report"), "--no-input", "--json"}},
		{args: []string{"replay", at("nowhere")}, exit: 1},
		{args: []string{"replay", at("damaged")}, exit: 2},
		{args: []string{"reset", "--yes", "--sandbox", "--state", at("state")}},
		{args: []string{"reset", "--yes", "--sandbox", "--state", at("state")}},
		{args: []string{"--accessible", "--sandbox", "--state", at("prompts")}, exit: 3},
		{args: []string{"--no-input", "--state", at("damaged")}, exit: 6},
		{args: []string{"status", "--state", at("damaged")}, exit: 6},
		{args: []string{"export", "--state", at("nowhere")}},
		{args: []string{"export", "--format", nasty}, exit: 2},
		{args: []string{"--no-input", "--answers", at("nowhere")}, exit: 1},
		{args: []string{"--no-input", "--answers", at("keys")}, exit: 2},
		{args: []string{"--no-input", "--edition", nasty}, exit: 2},
		{args: []string{"--no-input", "--base-url", nasty}, exit: 2},
		{args: []string{"--no-input"}, env: "TELEGENT_EDITION=" + nasty, exit: 2},
		{args: []string{"--no-input"}, env: "TELEGENT_BASE_URL=" + nasty, exit: 2},
		{args: []string{"status"}, env: "TELEGENT_STATE=" + at("damaged"), exit: 6},
		{args: []string{"--sandbox", "--no-input", "--fault", nasty}, exit: 2},
		{args: []string{"--timeout", nasty}, exit: 2},
		{args: []string{"--" + nasty}, exit: 2},
		{args: []string{"-" + nasty}, exit: 2},
		{args: []string{nasty}, exit: 2},
		{args: []string{"status", nasty}, exit: 2},
		{args: []string{"completion", nasty}, exit: 2},
		{args: []string{"sandbox", "--addr", nasty}, exit: 2},
		{args: []string{"curl", nasty}, exit: 2},
		{args: []string{"webhook", "check", "https://" + nasty}, exit: 2},
		{args: []string{"webhook", "listen", "--addr", nasty}, exit: 2},
	} {
		cmd := c.command(x.args...)
		if x.env != "" {
			cmd.Env = append(cmd.Env, x.env)
		}
		got := c.run(cmd)
		require.Equal(t, x.exit, got.exit, "%q: %s", x.args, got.err)
		for line := range strings.Lines(got.out + got.err) {
			require.False(t, strings.ContainsFunc(strings.TrimSuffix(line, "\n"), acts), "%q says %q", x.args, line)
			require.False(t, strings.HasPrefix(line, "Telegent: all is well"), "%q says %q", x.args, got.out+got.err)
		}
	}
}

// acts says whether a terminal obeys a character.
func acts(r rune) bool { return unicode.IsControl(r) || r == '\u202e' }

// Rule: a command that the program offers to copy means the same file, whatever its
// name is.
func TestACommandToCopyNamesItsFile(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"plain", "two words", "it's", `back\slash`, "$HOME", nasty, "caf\u00e9"} {
		c := newCustomer(t, api.Edition2025, "")
		path := filepath.Join(c.dir, name)
		got := c.run(c.command("--sandbox", "--no-input", "--state", path))
		require.Equal(t, 0, got.exit, got.err)
		_, export, found := strings.Cut(got.out, "The IDs for other programs: ")
		require.True(t, found, got.out)
		export, _, _ = strings.Cut(export, "\n")
		shell := c.command()
		shell.Path, shell.Args = "/bin/bash", []string{"bash", "-c", export}
		got = c.run(shell)
		require.Equal(t, 0, got.exit, "%s: %s", export, got.err)
		require.Contains(t, got.out, "TELEGENT_ACCOUNT_ID", export)
	}
}

// Rule: an error names a file once, and a duration without its unit with it.
func TestAnErrorSaysThingsOnce(t *testing.T) {
	t.Parallel()
	c := newCustomer(t, api.Edition2025, nobody+"/v1.0")
	for _, x := range []struct {
		args []string
		once string // In the line that says what is wrong.
		says string
	}{
		{[]string{"--no-input", "--answers", "nowhere.yaml"}, "nowhere.yaml", "the answers file"},
		{[]string{"--no-input", "--answers", "nowhere.yaml"}, "open", "no such file"},
		{[]string{"replay", "nowhere.json"}, "nowhere.json", "the report"},
		{[]string{"replay", "nowhere.json"}, "open", "no such file"},
		{[]string{"report", "--state", "nowhere.json"}, "nowhere.json", "no setup"},
		{[]string{"report", "--sandbox", "--state", "nowhere.json"}, "nowhere.json", "no setup"},
		{[]string{"--sandbox", "--no-input", "--fault", "nowhere"}, "nowhere", "unknown fault"},
		{[]string{"--sandbox", "--no-input", "--fault", "slow@nowhere"}, "nowhere", "unknown step"},
		{[]string{"--timeout", "5"}, "--timeout", "5s"},
		{[]string{"--wait-delivered", "90"}, "--wait-delivered", "90s"},
		{[]string{"verify", "--for", "5"}, "--for", "5s"},
	} {
		got := c.run(c.command(x.args...))
		wrong, _, _ := strings.Cut(got.err, "\n")
		require.Equal(t, 1, strings.Count(wrong, x.once), "%q: %s", x.args, wrong)
		require.Contains(t, wrong, x.says, "%q", x.args)
	}
}
