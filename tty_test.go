//go:build !windows

package main

import (
	"bytes"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
	"github.com/stretchr/testify/require"
	"golang.org/x/term"

	"telegent-setup/api"
	"telegent-setup/state"
	"telegent-setup/steps"
)

// tty is the program at a terminal.
type tty struct {
	t      *testing.T
	cmd    *exec.Cmd
	file   *os.File
	before *term.State
	screen *vt.SafeEmulator
	wrote  chan struct{} // Holds something when the screen may have changed.
	ended  chan struct{}

	mu    sync.Mutex
	out   bytes.Buffer
	blind bool // The screen shows nothing new.
}

// openTTY starts the program at a terminal of 100x30.
func openTTY(t *testing.T, args ...string) *tty {
	t.Helper()
	return openTTYWith(t, nil, args...)
}

// openTTYWith is openTTY with more in the environment.
func openTTYWith(t *testing.T, env []string, args ...string) *tty {
	t.Helper()
	// It does not lead a session: at the end of one the kernel puts the terminal
	// in order, and drops what was not read yet.
	return openTTYAs(t, nil, env, args...)
}

func openTTYAs(t *testing.T, as *syscall.SysProcAttr, env []string, args ...string) *tty {
	t.Helper()
	path, err := exec.LookPath("telegent-setup")
	require.NoError(t, err)
	file, theirs, err := pty.Open()
	require.NoError(t, err)
	require.NoError(t, pty.Setsize(file, &pty.Winsize{Rows: 30, Cols: 100}))
	x := &tty{t: t, cmd: exec.CommandContext(t.Context(), path, args...), file: file,
		screen: vt.NewSafeEmulator(100, 30), wrote: make(chan struct{}, 1), ended: make(chan struct{})}
	x.before, err = term.GetState(int(file.Fd()))
	require.NoError(t, err)
	x.cmd.Dir = t.TempDir() // Where a report is written, should somebody ask for one.
	x.cmd.Env = append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + x.cmd.Dir, "TERM=xterm-256color", "GORACE=atexit_sleep_ms=0"}, env...)
	x.cmd.Stdin, x.cmd.Stdout, x.cmd.Stderr = theirs, theirs, theirs
	x.cmd.SysProcAttr = as
	require.NoError(t, x.cmd.Start())
	go func() { _, _ = io.Copy(file, x.screen) }() // What a terminal answers to queries.
	t.Cleanup(func() {
		_ = file.Close()
		if pipe, ok := x.screen.InputPipe().(io.Closer); ok {
			_ = pipe.Close() // Close of the emulator itself is not safe beside a reader.
		}
	})
	var read sync.WaitGroup
	read.Go(func() { _, _ = io.Copy(x, file) })
	go func() {
		_ = x.cmd.Wait()
		_ = theirs.Close() // The last one open: reading ends.
		read.Wait()
		close(x.ended)
	}()
	return x
}

// Write implements io.Writer: what the program writes.
func (x *tty) Write(p []byte) (int, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if !x.blind {
		_, _ = x.screen.Write(p)
	}
	select {
	case x.wrote <- struct{}{}:
	default:
	}
	return x.out.Write(p)
}

// text is what the screen shows. The emulator does not lock that itself.
func (x *tty) text() string {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.screen.String()
}

func (x *tty) output() string {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.out.String()
}

func (x *tty) press(keys string) {
	x.t.Helper()
	_, err := x.file.WriteString(keys)
	require.NoError(x.t, err)
}

// sees waits for a text on the screen.
func (x *tty) sees(text string) {
	x.t.Helper()
	x.becomes(text, func(screen string) bool { return strings.Contains(screen, text) })
}

// becomes waits until the screen is so. What the program draws at once may
// arrive in pieces.
func (x *tty) becomes(what string, so func(screen string) bool) {
	x.t.Helper()
	late, ended := time.After(patience), false
	for !so(x.text()) {
		require.False(x.t, ended, "never seen: %s\n%s", what, x.text())
		select {
		case <-x.wrote:
		case <-x.ended:
			ended = true
		case <-late:
			ended = true
		}
	}
}

// waits waits for something that is not on the screen.
func (x *tty) waits(there <-chan struct{}, what string) {
	x.t.Helper()
	select {
	case <-there:
	case <-x.ended:
		require.Fail(x.t, "the program ended before "+what, "%s", x.text())
	case <-time.After(patience):
		require.Fail(x.t, "it never comes to "+what, "%s", x.text())
	}
}

// size changes the size of the terminal, and of what stands in for its screen.
func (x *tty) size(width, height int) {
	x.t.Helper()
	x.mu.Lock()
	defer x.mu.Unlock()
	if !x.blind {
		x.screen.Resize(width, height)
	}
	require.NoError(x.t, pty.Setsize(x.file, &pty.Winsize{Rows: uint16(height), Cols: uint16(width)}))
	require.NoError(x.t, x.cmd.Process.Signal(syscall.SIGWINCH)) // Which a terminal sends to its session.
}

// unplug takes the screen away: the emulator does not survive what is drawn for
// another size.
func (x *tty) unplug() {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.blind = true
}

// ends waits for the end of the program.
func (x *tty) ends() {
	x.t.Helper()
	select {
	case <-x.ended:
	case <-time.After(patience):
		require.Fail(x.t, "it does not end", "%q", x.output())
	}
}

// exit waits for the end of the program, and requires the terminal to be as it
// was.
func (x *tty) exit() int {
	x.t.Helper()
	x.ends()
	after, err := term.GetState(int(x.file.Fd()))
	require.NoError(x.t, err)
	require.Equal(x.t, x.before, after, "echo, line editing and signals of the terminal")
	for mode, on := range modes(x.output()) {
		require.Equal(x.t, mode == "25" || mode == "7", on, "mode %s: the cursor is left on, and wrapping", mode)
	}
	return x.cmd.ProcessState.ExitCode()
}

// private sets or resets a private mode of the terminal: 25 is the cursor, 7
// wraps lines, 1049 is the other screen, 2004 bracketed paste, 1000 to 1006 the mouse.
var private = regexp.MustCompile(`\x1b\[\?([0-9;]+)([hl])`)

// modes is how a program left the private modes that it touched.
func modes(output string) map[string]bool {
	all := map[string]bool{"25": true, "7": true}
	for _, m := range private.FindAllStringSubmatch(output, -1) {
		for mode := range strings.SplitSeq(m[1], ";") {
			all[mode] = m[2] == "h"
		}
	}
	return all
}

// lastScreen is where the terminal goes back to the screen that was there.
const lastScreen = "\x1b[?1049l"

// Rule: a signal ends the wizard with 130 at a form and during a call, leaves
// the terminal as it was, and saves what was typed; a call that had left stays
// sent.
func TestASignalToTheWizard(t *testing.T) {
	t.Parallel()
	for _, sig := range signals() {
		t.Run(sig.String(), func(t *testing.T) {
			t.Parallel()
			l := newLedger(t, api.Edition2025)
			c := newCustomer(t, api.Edition2025, l.url)
			x := openTTYWith(t, c.env, c.atTerminal()...)
			x.walk(start, signIn)
			x.enter() // The secret is in the environment.
			x.sees(plan)
			x.press(stepByStep)
			x.sees(account)
			x.press("\x15Half a na")
			x.sees("Half a na")
			require.NoError(t, x.cmd.Process.Signal(sig))
			require.Equal(t, 130, x.exit())
			_, after, _ := strings.Cut(x.output(), lastScreen)
			require.Contains(t, after, "Progress is saved in")
			kept := c.file().Steps[steps.Account]
			require.NotEqual(t, state.Sent, kept.Status)
			require.Equal(t, "Half a na", kept.Answers["AccountName"], "what was typed is kept")

			arrives, release := make(chan struct{}), make(chan struct{})
			defer close(release)
			l.on(func(n int, m moment) bool {
				if m == arrived && creates(l.seen()[n-1]) == steps.Account {
					close(arrives)
					<-release
				}
				return false
			})
			x = openTTYWith(t, c.env, c.atTerminal()...)
			x.sees("▸ 1  Go on with step 2")
			x.enter()
			x.sees(plan)
			x.press(stepByStep)
			x.sees(account)
			x.enter()
			x.waits(arrives, "the call")
			require.NoError(t, x.cmd.Process.Signal(sig))
			require.Equal(t, 130, x.exit())
			require.Equal(t, state.Sent, c.file().Steps[steps.Account].Status)
		})
	}
}

// Rule: whatever the window and the keys went through, the shell gets a terminal
// back that wraps its lines.
func TestTheTerminalWrapsAfterwards(t *testing.T) {
	t.Parallel()
	for name, trial := range map[string]func(x *tty){
		"a window of 1x1": func(x *tty) { x.size(1, 1) },
		"a storm of resizes": func(x *tty) {
			random := rand.New(rand.NewPCG(1, 2))
			for range 300 {
				x.size(1+random.IntN(150), 1+random.IntN(60))
			}
		},
		"100 kB of random bytes": func(x *tty) {
			written := make(chan struct{})
			go func() {
				defer close(written)
				_, _ = x.file.WriteString(noise(100_000))
			}()
			select {
			case <-written:
			case <-x.ended: // They may happen to leave, and nobody takes the rest.
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x := openTTY(t, "--sandbox", "--state", filepath.Join(t.TempDir(), "s.json"))
			x.walk(start, account)
			x.unplug()
			trial(x)
			_ = x.cmd.Process.Signal(syscall.SIGTERM)
			require.Contains(t, []int{steps.ExitSignalled, steps.ExitStopped}, x.exit())
			_, after, found := strings.Cut(x.output(), lastScreen)
			require.True(t, found)
			screen := vt.NewEmulator(20, 5)
			_, _ = screen.WriteString("\x1b[?7l" + after + "\x1b[H\x1b[2J" + strings.Repeat("w", 50))
			require.Equal(t, 50, strings.Count(screen.String(), "w"), "of a program that left wrapping off")
		})
	}
}

// Rule: ctrl+z does not hang a program that leads its session, as in a terminal that
// runs nothing else: nothing could continue it.
func TestSuspendingWithoutAShell(t *testing.T) {
	t.Parallel()
	x := openTTYAs(t, &syscall.SysProcAttr{Setsid: true, Setctty: true}, nil, "--sandbox", "--state", filepath.Join(t.TempDir(), "s.json"))
	x.walk(start, account)
	x.press(keyClear + "Half")
	x.sees("┃ Half")
	x.press(keyCtrlZ)
	x.becomes("its screen again: until then keys are the terminal's", func(string) bool {
		_, after, left := strings.Cut(x.output(), lastScreen)
		return left && strings.Contains(after, "\x1b[?1049h")
	})
	x.press(" a")
	x.sees("┃ Half a")
	x.press(keyCtrlC)
	x.ends()
	require.Equal(t, steps.ExitStopped, x.cmd.ProcessState.ExitCode())
}

// noise is random bytes without those that mean something to the terminal itself
// once the program has ended: they would stop or drop what it says.
func noise(n int) string {
	random := rand.New(rand.NewPCG(1, 2))
	var b strings.Builder
	for b.Len() < n {
		if c := byte(random.IntN(256)); !strings.ContainsRune("\x03\x11\x13\x1a\x1c", rune(c)) {
			_ = b.WriteByte(c)
		}
	}
	return b.String()
}

// askedWhen plays a test with each signal, and the exit status with which it ends a
// question: ctrl+c is a person who leaves.
func askedWhen(t *testing.T, test func(t *testing.T, sig syscall.Signal, want int)) {
	t.Helper()
	for _, sig := range signals() {
		want := steps.ExitSignalled
		if sig == syscall.SIGINT {
			want = steps.ExitStopped
		}
		t.Run(sig.String(), func(t *testing.T) {
			t.Parallel()
			test(t, sig, want)
		})
	}
}

// Rule: a signal at the question of reset is a signal, and ctrl+c a person who
// leaves; nothing is changed by either.
func TestASignalAtTheQuestionOfReset(t *testing.T) {
	t.Parallel()
	askedWhen(t, func(t *testing.T, sig syscall.Signal, want int) {
		x := openTTY(t, "reset", "--state", filepath.Join(t.TempDir(), "s.json"))
		x.sees("[y/N]")
		require.NoError(t, x.cmd.Process.Signal(sig))
		require.Equal(t, want, x.exit())
		require.Contains(t, x.output(), "Nothing was changed.")
	})
}

// Rule: so is it at the prompts, also where a secret is typed without an echo;
// what was answered before is saved.
func TestASignalToThePrompts(t *testing.T) {
	t.Parallel()
	askedWhen(t, func(t *testing.T, sig syscall.Signal, want int) {
		path := filepath.Join(t.TempDir(), "s.json")
		x := openTTY(t, "--accessible", "--state", path, "--base-url", nobody+"/v1.0")
		x.sees("Account key")
		x.press("DID-1\r")
		x.sees("Account secret")
		during, err := term.GetState(int(x.file.Fd()))
		require.NoError(t, err)
		require.NotEqual(t, x.before, during, "without an echo")
		require.NoError(t, x.cmd.Process.Signal(sig))
		require.Equal(t, want, x.exit())
		require.Contains(t, x.output(), "Progress is saved")
		require.NotContains(t, x.output(), "\x1b")
		f, _, err := state.Read(path)
		require.NoError(t, err)
		require.Equal(t, "DID-1", f.AccountKey)
	})
}
