package command

import (
	"context"
	"errors"
	"io/fs"
	"syscall"

	"telegent-setup/steps"
	"telegent-setup/wizard/plain"
	"telegent-setup/wizard/session"
)

// ExitStatus is the error of a command that ended with a status and has said why.
type ExitStatus int

func (e ExitStatus) Error() string { return "" }

// exit is a status as an error; none when all is well.
func exit(status int) error {
	if status == steps.ExitDone {
		return nil
	}
	return ExitStatus(status)
}

// runError is an error of a command that ran; all others are wrong usage.
type runError struct{ error }

func (r runError) Unwrap() error { return r.error }

// Unexpected marks an error, if there is one, as that of a command that ran.
func Unexpected(err error) error {
	if err == nil {
		return nil
	}
	return runError{err}
}

// UsageError is wrong usage: what is wrong, and what to do.
func UsageError(problem, remedy string) error {
	return &session.UsageError{Problem: problem, Remedy: remedy}
}

// interrupted is the error of a command that a signal, or the person at a question,
// ended; other errors stay what they are.
func interrupted(ctx context.Context, err error) error {
	switch {
	case ctx.Err() != nil:
		return ExitStatus(plain.Interrupted(ctx))
	case errors.Is(err, plain.ErrStopped):
		return ExitStatus(steps.ExitStopped)
	}
	return err
}

// Explain gives the exit status of an error, what is wrong and what to do. Without
// a problem, all has been said.
func Explain(err error) (status int, problem, remedy string) {
	if done, ok := errors.AsType[ExitStatus](err); ok {
		return int(done), "", ""
	}
	if status, problem, remedy, ok := session.Explain(err); ok {
		return status, problem, remedy
	}
	if errors.As(err, &runError{}) {
		return steps.ExitBroken, err.Error(), remedyFor(err)
	}
	return steps.ExitMisused, err.Error(), "telegent-setup --help lists the commands and flags."
}

func remedyFor(err error) string {
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return "Make room on that disk, then start again."
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return "See that you may read and write there, or name another place (--state FILE), then start again."
	case errors.Is(err, syscall.EADDRINUSE):
		return "Or end the program that listens there."
	case errors.Is(err, fs.ErrNotExist):
		return "Check the name, then start again."
	}
	return "Fix that, then start again."
}
