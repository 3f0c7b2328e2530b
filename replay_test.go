//go:build !windows

package main

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// Rule: at a terminal a report is walked through on the screens that were seen
// then; it changes no file, exits 0 wherever it is left, and leaves the terminal
// as it was.
func TestReplayAtATerminal(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	program := func(args ...string) *exec.Cmd {
		cmd := exec.CommandContext(t.Context(), "telegent-setup", args...)
		cmd.Env = append(cmd.Environ(), "HOME="+dir, "XDG_STATE_HOME="+dir, "GORACE=atexit_sleep_ms=0")
		return cmd
	}
	file, report := filepath.Join(dir, "state.json"), filepath.Join(dir, "report.json")
	_ = program("--sandbox", "--no-input", "--state", file, "--fault", "number-in-use").Run() // Exits 4.
	out, err := program("report", "--state", file, "-o", report).CombinedOutput()
	require.NoError(t, err, string(out))
	before := contentsOf(t, dir)

	x := openTTY(t, "replay", report)
	x.sees("REPLAY 1 of")
	x.sees("exit status 4: the service refused a")
	x.press("\x1b[F") // End.
	x.sees("The run ended")
	x.press("\x1b[D")
	x.sees("This phone number is taken.")
	x.sees("Choose another number")
	x.press("r")
	x.sees("/numbers/provision")
	x.press("q") // Back from the call, then out.
	x.sees("Choose another number")
	x.press("q")
	require.Equal(t, 0, x.exit())
	require.Equal(t, before, contentsOf(t, dir))
}

// contentsOf is every file below a directory, with what is in it.
func contentsOf(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	require.NoError(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		all[path] = string(data)
		return err
	}))
	return all
}
