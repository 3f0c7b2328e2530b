package plain

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Rule: nothing that was piped in is lost between questions, line ends of other
// systems do not matter, and a last line without one counts.
func TestLinesAreReadOneByOne(t *testing.T) {
	var out bytes.Buffer
	r := newLineReader(strings.NewReader("  one \r\ntw\x1b[31mo\n s3cret\u200b\nlast"), &out)
	for _, want := range []string{"one", "two"} {
		got, err := r.line(t.Context(), "? ")
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
	secret, err := r.secret(t.Context(), "? ")
	require.NoError(t, err)
	require.Equal(t, "s3cret\u200b", secret, "a secret is taken character for character")
	last, err := r.line(t.Context(), "? ")
	require.NoError(t, err)
	require.Equal(t, "last", last)
	_, err = r.line(t.Context(), "? ")
	require.ErrorIs(t, err, errEnd)
	require.Equal(t, strings.Repeat("? \n", 5), out.String())
}

// Rule: a line without an end is refused before it fills the memory.
func TestALineIsBounded(t *testing.T) {
	r := newLineReader(endless{}, io.Discard)
	_, err := r.line(t.Context(), "? ")
	require.ErrorContains(t, err, "longer than 1 MiB")
}

type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

// Rule: the end of the run ends the wait for a line.
func TestACancelledQuestionEnds(t *testing.T) {
	in, out := io.Pipe()
	t.Cleanup(func() { _ = out.Close() })
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errors.New("a signal"))
	_, err := newLineReader(in, io.Discard).line(ctx, "? ")
	require.EqualError(t, err, "a signal")
}

// Rule: a secret is read as a terminal would: a key takes back the last
// character or all of them, an arrow leaves nothing, and the end of the input is one at
// any time.
func TestASecretIsEditedUnseen(t *testing.T) {
	for keys, want := range map[string]typed{
		"s3cret\rnext":         {text: "s3cret"},
		"s3creü\x7f\bet\n":     {text: "s3cret"},
		"wrong\x15s3cret\r":    {text: "s3cret"},
		"\x7f\x7fs3cret\x04\r": {text: "s3cret"},
		"s3c\x1b[Aret\x1b[C\r": {text: "s3cret"},
		"\x04":                 {err: errEnd},
		"":                     {err: errEnd},
		"half":                 {err: errEnd},
		"half\x03":             {err: errQuit},
	} {
		require.Equal(t, want, unseen(strings.NewReader(keys)), "%q", keys)
	}
}

// Rule: a line that comes while something else is waited for ends the wait; one that
// comes later answers the next question.
func TestALineEndsAWait(t *testing.T) {
	in, keys := io.Pipe()
	t.Cleanup(func() { _ = keys.Close() })
	r := newLineReader(in, io.Discard)
	ctx, entered := context.WithCancel(t.Context())
	done := r.waitForLine(ctx, entered)
	_, err := io.WriteString(keys, "\n")
	require.NoError(t, err)
	<-ctx.Done()
	<-done
	ctx, cancel := context.WithCancel(t.Context())
	done = r.waitForLine(ctx, func() { t.Error("nothing was entered") })
	cancel()
	<-done
	go func() { _, _ = io.WriteString(keys, "an answer\n") }()
	got, err := r.line(t.Context(), "? ")
	require.NoError(t, err)
	require.Equal(t, "an answer", got)
}
