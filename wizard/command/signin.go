package command

import (
	"context"
	"errors"
	"fmt"

	"telegent-setup/steps"
	"telegent-setup/wizard/plain"
)

// signIn signs in with what the environment and the state file give. A secret that
// is missing is asked for at a terminal.
func (e Env) signIn(ctx context.Context, r *steps.Runner) error {
	for _, p := range r.SignInProblems() {
		if p.Field.Kind != steps.Secret || !isTerminal(e.In) {
			return UsageError(fmt.Sprintf("the service is asked with the %s, and it is not known here", p.Key), "Give it as "+p.Field.Env+" in the environment.")
		}
		secret, err := plain.AskSecret(ctx, e.In, e.Err, p.Field.Label)
		if err != nil {
			return interrupted(ctx, err)
		}
		r.SetSecret(p.Key, secret)
	}
	return e.failed(ctx, r.SignIn(ctx))
}

// failed tells of what the service did not do, and turns it into its exit status.
func (e Env) failed(ctx context.Context, err error) error {
	var failure *steps.Failure
	var invalid *steps.Invalid
	switch {
	case ctx.Err() != nil:
		return ExitStatus(steps.ExitSignalled)
	case errors.As(err, &failure):
		plain.Failure(e.Err, failure)
		return ExitStatus(failure.Exit())
	case errors.As(err, &invalid):
		return UsageError(invalid.Problems[0].Key+": "+invalid.Error(), "Give it again.")
	}
	return err
}

// listener is told what a person should know while a command asks the service: what
// becomes of the message, and why the next question waits.
type listener struct{ to steps.Observer }

// Observe implements steps.Observer.
func (l listener) Observe(e steps.Event) error {
	switch e.(type) {
	case steps.Delivered, steps.Replied, steps.Noticed, steps.Waiting:
		return l.to.Observe(e)
	}
	return nil
}
