package plain

import (
	"bytes"
	"context"
	"io"
	"os"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/creack/pty"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"
)

// terminal is a pseudo-terminal: what a person types goes to keys, and what the
// screen shows is in shown.
type terminal struct {
	keys, tty *os.File

	mu    sync.Mutex
	shown bytes.Buffer
	more  *sync.Cond
}

func openTerminal(t *testing.T) *terminal {
	t.Helper()
	keys, tty, err := pty.Open()
	require.NoError(t, err)
	term := &terminal{keys: keys, tty: tty}
	term.more = sync.NewCond(&term.mu)
	done := make(chan struct{})
	go func() {
		defer close(done)
		buf := make([]byte, 1024)
		for {
			n, err := keys.Read(buf)
			term.mu.Lock()
			term.shown.Write(buf[:n])
			term.mu.Unlock()
			term.more.Broadcast()
			if err != nil {
				return
			}
		}
	}()
	t.Cleanup(func() {
		_ = tty.Close()
		_ = keys.Close()
		<-done
	})
	return term
}

// await waits until the screen shows the text.
func (t *terminal) await(text string) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	for !strings.Contains(t.shown.String(), text) {
		t.more.Wait()
	}
	return t.shown.String()
}

// Rule: at a terminal a secret is not echoed, and the next line is again.
func TestASecretIsNotEchoed(t *testing.T) {
	term := openTerminal(t)
	r := newLineReader(term.tty, term.tty)
	require.NotNil(t, r.terminal)
	got := make(chan string, 2)
	go func() {
		secret, _ := r.secret(t.Context(), "Secret: ")
		got <- secret
		line, _ := r.line(t.Context(), "Line: ")
		got <- line
	}()
	term.await("Secret: ")
	awaitNoEcho(t, term)
	_, _ = io.WriteString(term.keys, "s3cret\n")
	require.Equal(t, "s3cret", <-got)
	term.await("Line: ")
	_, _ = io.WriteString(term.keys, "shown\n")
	require.Equal(t, "shown", <-got)
	require.NotContains(t, term.await("shown"), "s3cret")
}

// Rule: when a signal ends the wait for a secret, the echo comes back.
func TestTheEchoComesBack(t *testing.T) {
	term := openTerminal(t)
	r := newLineReader(term.tty, term.tty)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		_, err := r.secret(ctx, "Secret: ")
		ended <- err
	}()
	awaitNoEcho(t, term)
	cancel()
	require.ErrorIs(t, <-ended, context.Canceled)
	require.True(t, echoes(t, term))
	_, _ = io.WriteString(term.keys, "\n") // Ends the reading that was given up.
}

// echoes says whether the terminal shows what is typed.
func echoes(t *testing.T, term *terminal) bool {
	t.Helper()
	state, err := unix.IoctlGetTermios(int(term.tty.Fd()), unix.TCGETS)
	require.NoError(t, err)
	return state.Lflag&unix.ECHO != 0
}

// awaitNoEcho waits until the terminal shows nothing of what is typed.
func awaitNoEcho(t *testing.T, term *terminal) {
	t.Helper()
	for echoes(t, term) {
		runtime.Gosched()
	}
}
