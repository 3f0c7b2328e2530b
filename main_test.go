package main

import (
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/stretchr/testify/require"

	"telegent-setup/steps"
	"telegent-setup/wizard/command"
)

func TestMain(m *testing.M) {
	// Most of a test's time here is waiting, for disks, orders and terminals.
	if err := flag.Set("test.parallel", "32"); err != nil {
		panic(err)
	}
	testscript.Main(m, map[string]func(){"telegent-setup": main})
}

// patience is how long a test waits for what must come, on a machine that has
// other work. Where it comes, nothing is waited for.
const patience = 3 * time.Minute

// full is an output that takes nothing.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, syscall.ENOSPC }

func TestOutputThatCannotBeWrittenIsNoWrongUsage(t *testing.T) {
	for _, args := range [][]string{{"--help"}, {"status", "--help"}, {"--version"}, {"man"}, {"completion", "bash"}} {
		var said strings.Builder
		status := run(t.Context(), args, command.Env{In: strings.NewReader(""), Out: full{}, Err: &said, Getenv: func(string) string { return "" }})
		require.Equal(t, 1, status, "%v", args)
		require.Contains(t, said.String(), "no space left on device", "%v", args)
	}
}

// Rule: a reader that goes away is an output that cannot be written, and not the
// silent end of the program.
func TestAPipeThatIsClosed(t *testing.T) {
	t.Parallel()
	path, err := exec.LookPath("telegent-setup")
	require.NoError(t, err)
	r, w, err := os.Pipe()
	require.NoError(t, err)
	require.NoError(t, r.Close())
	t.Cleanup(func() { _ = w.Close() })
	var errs strings.Builder
	cmd := exec.CommandContext(t.Context(), path, "--sandbox", "--no-input", "--json", "--state", filepath.Join(t.TempDir(), "s.json"))
	cmd.Stdout, cmd.Stderr = w, &errs
	var exit *exec.ExitError
	require.ErrorAs(t, cmd.Run(), &exit)
	require.Equal(t, steps.ExitBroken, exit.ExitCode(), errs.String())
	require.Contains(t, errs.String(), "write an event to standard output")
}
