package main

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"telegent-setup/state"
	"telegent-setup/steps"
	"telegent-setup/wizard/plain"
)

// The commands that look at a setup, or put it aside, without carrying it on.

func statusCommand(w world) *cobra.Command {
	o, json, answers := w.options(), false, false
	cmd := command("status", "Show which steps are done, what comes next, and the saved IDs", func(context.Context) error {
		path, file, _, err := o.Read()
		switch {
		case err != nil:
			return err
		case json:
			return plain.StatusJSON(w.out, path, file)
		case answers:
			return plain.Script(w.out, file)
		}
		return plain.Status(w.out, path, file, plain.Command("", o.Sandbox, o.State))
	})
	where(cmd, o)
	cmd.Flags().BoolVar(&json, "json", false, "one JSON object")
	cmd.Flags().BoolVar(&answers, "print-answers", false, "the setup as an answers file, without secrets")
	cmd.MarkFlagsMutuallyExclusive("json", "print-answers")
	return cmd
}

func exportCommand(w world) *cobra.Command {
	o, format := w.options(), ""
	cmd := command("export", "Print the saved IDs for other programs", func(context.Context) error {
		path, file, found, err := o.Read()
		if err == nil && !found {
			fmt.Fprintf(w.err, "Note: there is no setup in %s yet.\n", path)
		}
		switch {
		case format != "env" && format != "json":
			return misuse(fmt.Sprintf("unknown format %q", format), "Give --format env or --format json.")
		case err != nil:
			return err
		case format == "json":
			return plain.ExportJSON(w.out, file)
		}
		return plain.ExportEnv(w.out, file)
	})
	where(cmd, o)
	cmd.Flags().StringVar(&format, "format", "env", "`env or json`: lines that a shell can eval, or one object")
	return cmd
}

func resetCommand(w world) *cobra.Command {
	o, yes := w.options(), false
	cmd := command("reset", "Start over; the old state is kept beside it under a dated name", func(ctx context.Context) error {
		path, err := o.Path()
		if err != nil {
			return err
		}
		if !yes && !w.terminal() {
			return misuse("reset asks first, and there is no terminal to ask at", "Give --yes to start over without being asked.")
		}
		if !yes {
			if agreed, err := plain.Agree(ctx, w.in, w.out, "Start over? "+path+" is kept under a dated name; nothing changes at the service."); err != nil || !agreed {
				fmt.Fprintln(w.out, "Nothing was changed.")
				return ended(steps.ExitStopped)
			}
		}
		kept, err := state.Reset(path, time.Now())
		if err == nil || len(kept) > 0 {
			plain.Kept(w.out, path, kept)
		}
		return err
	})
	where(cmd, o)
	cmd.Flags().BoolVar(&yes, "yes", false, "do not ask")
	return cmd
}
