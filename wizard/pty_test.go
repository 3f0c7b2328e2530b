//go:build !windows

package wizard_test

import (
	"io"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
	"github.com/stretchr/testify/require"
)

// terminal is the wizard in a pty, with an emulator as its screen.
type terminal struct {
	t    *testing.T
	cmd  *exec.Cmd
	tty  *os.File
	done chan struct{} // Closed when the program's output has ended.

	mu  sync.Mutex // Guards what follows: the emulator's own lock leaves out String.
	vt  *vt.Emulator
	raw strings.Builder
}

// openTerminal starts the wizard over the sandbox in a terminal of 100x30.
func openTerminal(t *testing.T, environ []string, faults ...string) *terminal {
	t.Helper()
	exe, err := os.Executable()
	require.NoError(t, err)
	cmd := exec.Command(exe, faults...)
	cmd.Env = append([]string{"WIZARD_UNDER_TEST=" + t.TempDir(), "TERM=xterm-256color", "HOME=" + t.TempDir(), "PATH=" + os.Getenv("PATH")}, environ...)
	x := &terminal{t: t, cmd: cmd, vt: vt.NewEmulator(100, 30), done: make(chan struct{})}
	x.tty, err = pty.StartWithSize(cmd, &pty.Winsize{Rows: 30, Cols: 100})
	require.NoError(t, err)
	go func() { _, _ = io.Copy(x.tty, x.vt) }() // What the terminal answers to queries.
	go x.read()
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_, _ = cmd.Process.Wait()
		_ = x.tty.Close()
		if pipe, ok := x.vt.InputPipe().(io.Closer); ok { // Its own Close races with its Read.
			_ = pipe.Close()
		}
	})
	return x
}

func (x *terminal) read() {
	defer close(x.done)
	buf := make([]byte, 1<<16)
	for {
		n, err := x.tty.Read(buf)
		if n > 0 {
			x.mu.Lock()
			x.raw.Write(buf[:n])
			_, _ = x.vt.Write(buf[:n])
			x.mu.Unlock()
		}
		if err != nil {
			return
		}
	}
}

// screen is the text on the screen.
func (x *terminal) screen() string {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.vt.String()
}

// sees waits for a text on the screen.
func (x *terminal) sees(text string) {
	x.t.Helper()
	require.Eventually(x.t, func() bool { return strings.Contains(x.screen(), text) },
		20*time.Second, 5*time.Millisecond, "%q never came; the screen is:\n%s", text, lazily(x.screen))
}

type lazily func() string

func (l lazily) String() string { return l() }

func (x *terminal) press(keys string) {
	x.t.Helper()
	_, err := x.tty.WriteString(keys)
	require.NoError(x.t, err)
}

// ends waits for the end of the program and returns its exit status.
func (x *terminal) ends() int {
	x.t.Helper()
	select {
	case <-x.done:
	case <-time.After(20 * time.Second):
		require.Fail(x.t, "the program did not end", "the screen is:\n%s", x.screen())
	}
	_ = x.cmd.Wait()
	return x.cmd.ProcessState.ExitCode()
}

func (x *terminal) output() string {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.raw.String()
}

// Rule: Enter goes through the whole sandbox in a real terminal. Where nothing is at
// stake it may run ahead; a question waits until it has been seen.
func TestEnterThroughTheSandboxInATerminal(t *testing.T) {
	x := openTerminal(t, nil)
	x.sees("▸ 1  Start")
	x.press("\r\r\r\r")
	x.sees("▸ 1  Yes, order it")
	x.press("\r")
	x.sees("▸ 1  Yes, send it")
	x.press("\r")
	x.sees("is on its way")
	x.press("\r")
	x.sees("Success: your first setup is complete")
	for _, text := range []string{"AccountId     AID-", "MRID          MRID-", "CRID          CRID-", "TNID-", "TSUID-", "TMID-", "accepted by the service"} {
		x.sees(text)
	}
	x.press("q")
	require.Equal(t, 0, x.ends())
	require.Contains(t, x.output(), "Your setup is complete.")
	require.Contains(t, x.output(), "\x1b[?1049l", "the alternate screen is left")
}

// Rule: ctrl+c at any screen leaves with 3, the terminal as it was, and says how to
// go on.
func TestInterruptInATerminal(t *testing.T) {
	x := openTerminal(t, nil)
	x.sees("Start")
	x.press("\r\r")
	x.sees("▸ 1  Run it")
	x.press("2")
	x.sees("Create your main account")
	x.press("\x03")
	require.Equal(t, 3, x.ends())
	require.Contains(t, x.output(), "Progress is saved in")
	require.Contains(t, x.output(), "\x1b[?25h", "the cursor is shown")
}

// Rule: a signal ends the program with 130, and the terminal as it was.
func TestSignalInATerminal(t *testing.T) {
	x := openTerminal(t, nil)
	x.sees("Start")
	x.press("\r\r")
	x.sees("▸ 1  Run it")
	require.NoError(t, x.cmd.Process.Signal(syscall.SIGTERM))
	require.Equal(t, 130, x.ends())
	require.Contains(t, x.output(), "\x1b[?1049l")
}

var colour = regexp.MustCompile(`\x1b\[[0-9;:]*(3[0-9]|4[0-9]|9[0-7])[0-9;:]*m`)

// Rule: NO_COLOR is honoured whatever its value, and what is chosen is still told
// apart.
func TestNoColour(t *testing.T) {
	x := openTerminal(t, []string{"NO_COLOR=yes"})
	x.sees("▸ 1  Start")
	x.press("\r")
	x.sees("▸ [ Sign in ]")
	x.press("\x1b[A\x1b[A")
	x.sees("┃ Account key")
	x.press("\x03")
	require.Equal(t, 3, x.ends())
	require.NotRegexp(t, colour, x.output())
}
