package plain

import (
	"context"
	"errors"
	"io"
	"strings"
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
