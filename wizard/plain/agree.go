package plain

import (
	"context"
	"errors"
	"io"
	"strings"

	"telegent-setup/api"
)

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
