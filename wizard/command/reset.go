package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"telegent-setup/api/text"
	"telegent-setup/state"
	"telegent-setup/steps"
	"telegent-setup/wizard/plain"
)

func resetCommand(e Env) *cobra.Command {
	o, yes := e.Options(), false
	cmd := New("reset", "Start over; the old state is kept beside it under a dated name", func(ctx context.Context) error {
		path, err := o.Path()
		if err != nil {
			return err
		}
		if !yes {
			if err := e.agreeToReset(ctx, path); err != nil {
				return err
			}
		}
		kept, err := state.Reset(path, time.Now())
		said := ""
		if err == nil && len(kept) == 0 {
			said = fmt.Sprintf("There is no setup in %s.\n", text.OneLine(path))
		}
		for _, old := range kept {
			said += fmt.Sprintf("Kept: %s\n", text.OneLine(old))
		}
		_, unwritten := io.WriteString(e.Out, said)
		return errors.Join(err, unwritten)
	})
	AddStateFlags(cmd, o)
	cmd.Flags().BoolVar(&yes, "yes", false, "do not ask")
	return cmd
}

// agreeToReset asks; the error is that the person did not agree.
func (e Env) agreeToReset(ctx context.Context, path string) error {
	if !e.Terminal() {
		return UsageError("reset asks first, and there is no terminal to ask at", "Give --yes to start over without being asked.")
	}
	agreed, err := plain.Agree(ctx, e.In, e.Out, "Start over? "+text.OneLine(path)+" is kept under a dated name; nothing changes at the service.")
	switch {
	case ctx.Err() != nil:
		fmt.Fprintln(e.Out, "\nNothing was changed.")
		return interrupted(ctx, err)
	case err != nil:
		return err
	case !agreed:
		fmt.Fprintln(e.Out, "Nothing was changed.")
		return ExitStatus(steps.ExitStopped)
	}
	return nil
}
