package command

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"telegent-setup/wizard/plain/printer"
)

// exportCommand prints the saved IDs for other programs.
func exportCommand(e Env) *cobra.Command {
	o, format := e.Options(), ""
	cmd := New("export", "Print the saved IDs for other programs", func(context.Context) error {
		if format != "env" && format != "json" {
			return UsageError(fmt.Sprintf("unknown format %q", format), "Give --format env or --format json.")
		}
		path, file, found, err := o.Read()
		if err != nil {
			return err
		}
		if !found {
			printer.Note(e.Err, fmt.Sprintf("there is no setup in %s yet.", path))
		}
		if format == "json" {
			return printer.ExportJSON(e.Out, file)
		}
		return printer.ExportEnv(e.Out, file)
	})
	AddStateFlags(cmd, o)
	cmd.Flags().StringVar(&format, "format", "env", "`env or json`: lines that a shell can eval, or one object")
	complete(cmd, "format", "env", "json")
	return cmd
}
