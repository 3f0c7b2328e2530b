package plain

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"telegent-setup/api"
	"telegent-setup/api/text"
)

// errEnd is the end of the input before the end of the setup.
var errEnd = errors.New("the input ended")

// lineReader reads what a person types. There is one for the whole run, so
// that nothing that was piped in is lost between two questions.
type lineReader struct {
	in       *bufio.Reader
	out      io.Writer
	terminal *os.File   // Set when lines are typed at a terminal.
	reading  chan typed // A reading under way that was not answered yet; nil when there is none.
}

func newLineReader(in io.Reader, out io.Writer) *lineReader {
	r := &lineReader{in: bufio.NewReader(in), out: out}
	if f, ok := in.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		r.terminal = f
	}
	return r
}

type typed struct {
	text string
	err  error
}

// line asks with a prompt and returns one line, without outer spaces. A last
// line without a line break counts.
func (r *lineReader) line(ctx context.Context, prompt string) (string, error) {
	line, err := r.ask(ctx, prompt, r.scan)
	return strings.TrimSpace(text.Clean(line)), err
}

// secret is line, character for character, and without an echo where the
// terminal can.
func (r *lineReader) secret(ctx context.Context, prompt string) (string, error) {
	if r.reading != nil {
		if _, err := r.ask(ctx, "Press Enter first, so that what you type then is not shown: ", nil); err != nil {
			return "", err
		}
	}
	if r.terminal == nil || r.in.Buffered() > 0 {
		return r.ask(ctx, prompt, r.scan)
	}
	fd := int(r.terminal.Fd())
	before, err := term.MakeRaw(fd)
	if err != nil {
		return "", fmt.Errorf("ask without an echo: %w", err)
	}
	// A signal ends the wait, not the reading: the echo must come back.
	line, err := r.ask(ctx, prompt, func() typed { return unseen(r.terminal) })
	if restored := term.Restore(fd, before); err == nil {
		err = restored
	}
	fmt.Fprintln(r.out)
	return strings.TrimSpace(line), err
}

// unseen reads a line from a raw terminal. term.ReadPassword would not do: it never
// returns from ctrl+d on an empty line.
func unseen(terminal io.Reader) typed {
	raw := struct {
		io.Reader
		io.Writer
	}{keys{terminal}, io.Discard}
	line, err := term.NewTerminal(raw, "").ReadPassword("")
	switch {
	case errors.Is(err, io.EOF):
		err = errEnd
	case errors.Is(err, term.ErrPasteIndicator): // Pasted as well as typed.
		err = nil
	case err != nil && !errors.Is(err, errQuit):
		err = fmt.Errorf("read the input: %w", err)
	}
	return typed{line, err}
}

// keys are read byte by byte, so that what is typed ahead stays in the terminal for
// the next question. ctrl+c, which a raw terminal does not handle, leaves.
type keys struct{ io.Reader }

func (k keys) Read(p []byte) (int, error) {
	n, err := k.Reader.Read(p[:1])
	if n == 1 && p[0] == '\x03' {
		return 0, errQuit
	}
	return n, err
}

// ask waits for a reading or for the end of ctx. A reading that nobody waited for any
// more answers the next question.
func (r *lineReader) ask(ctx context.Context, prompt string, read func() typed) (string, error) {
	fmt.Fprint(r.out, prompt)
	if r.terminal == nil {
		defer fmt.Fprintln(r.out) // Nobody's Enter ends the line.
	}
	if r.reading == nil {
		got := make(chan typed, 1)
		r.reading = got
		go func() { got <- read() }()
	}
	select {
	case <-ctx.Done():
		return "", context.Cause(ctx)
	case t := <-r.reading:
		r.reading = nil
		if r.terminal != nil && errors.Is(t.err, errEnd) {
			fmt.Fprintln(r.out)
		}
		return t.text, t.err
	}
}

// waitForLine calls entered when a line comes before ctx ends; the channel that it
// returns is closed when it waits no more.
func (r *lineReader) waitForLine(ctx context.Context, entered func()) <-chan struct{} {
	done := make(chan struct{})
	go func() {
		defer close(done)
		if _, _ = r.line(ctx, ""); ctx.Err() == nil {
			entered()
		}
	}()
	return done
}

// longestLine bounds what a line may take, in bytes.
const longestLine = 1 << 20

func (r *lineReader) scan() typed {
	var b strings.Builder
	for {
		piece, err := r.in.ReadSlice('\n')
		b.Write(piece)
		switch {
		case b.Len() > longestLine:
			return typed{err: errors.New("a line of the input is longer than 1 MiB")}
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF) && b.Len() > 0, err == nil:
			return typed{text: strings.TrimSpace(b.String())}
		case errors.Is(err, io.EOF):
			return typed{err: errEnd}
		default:
			return typed{err: fmt.Errorf("read the input: %w", err)}
		}
	}
}

// Agree asks a question of yes or no; everything but yes is no, and so is the end
// of the input.
func Agree(ctx context.Context, in io.Reader, out io.Writer, question string) (bool, error) {
	text, err := newLineReader(in, out).line(ctx, question+" [y/N] ")
	if errors.Is(err, errEnd) {
		return false, nil
	}
	return strings.EqualFold(text, "y") || strings.EqualFold(text, "yes"), err
}

// ErrStopped means that the person did not answer a question, but left.
var ErrStopped = errors.New("stopped before an answer was given")

// AskSecret asks for a secret at the terminal, without an echo. The error is
// ErrStopped, or of the context or the machine.
func AskSecret(ctx context.Context, in io.Reader, out io.Writer, label string) (api.Secret, error) {
	text, err := newLineReader(in, out).secret(ctx, label+" (what you type is not shown): ")
	if errors.Is(err, errEnd) || errors.Is(err, errQuit) {
		return api.Secret{}, ErrStopped
	}
	return api.NewSecret(text), err
}
