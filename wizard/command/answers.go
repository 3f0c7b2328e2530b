package command

import (
	"context"

	"github.com/spf13/cobra"

	"telegent-setup/steps/answers"
)

func answersCommand(e Env) *cobra.Command {
	o, schema := e.Options(), false
	cmd := New("answers", "Print an answers file to fill in, or its JSON Schema", func(context.Context) error {
		edition, err := o.NamedEdition("")
		if err != nil {
			return err
		}
		text := answers.Template(edition)
		if schema {
			text = answers.Schema(edition)
		}
		_, err = e.Out.Write(text)
		return err
	})
	cmd.Long = cmd.Short + `.

Every key of the edition is there, explained, without a value. As it is, it works in the sandbox:
telegent-setup answers | telegent-setup --sandbox --no-input --answers /dev/stdin`
	addEditionFlag(cmd, o)
	cmd.Flags().BoolVar(&schema, "schema", false, "the JSON Schema (2020-12) of such a file, for editors")
	return cmd
}
