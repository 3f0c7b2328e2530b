package command

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"telegent-setup/api/text"
	"telegent-setup/steps"
	"telegent-setup/wizard/session"
)

func curlCommand(e Env) *cobra.Command {
	o, withToken := e.Options(), false
	o.Offline = true
	cmd := newWithArgument("curl STEP", "Print the call of a step, with the saved IDs, as a cURL command", "telegent-setup curl STEP, as in: telegent-setup curl account",
		func(_ context.Context, id string) (err error) {
			if _, known := steps.Find(id); !known {
				return unknownStep(id)
			}
			s, err := session.OpenReadOnly(*o)
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, s.Close()) }()
			r := s.Runner(steps.Observers{}) // Nothing happens that could be told.
			commands := r.Preview(id, nil)
			if withToken {
				commands = r.PreviewWithToken(id, nil)
			}
			_, err = fmt.Fprintln(e.Out, commands)
			return err
		})
	AddStateFlags(cmd, o)
	AddBaseURLFlag(cmd, o)
	addEditionFlag(cmd, o)
	cmd.Flags().BoolVar(&withToken, "with-token", false, "first the command that gets the token, with the secret from $TELEGENT_ACCOUNT_SECRET")
	cmd.ValidArgs = stepIDs()
	return cmd
}

func unknownStep(id string) error {
	problem, remedy := fmt.Sprintf("unknown step %q", id), "The steps are "+strings.Join(stepIDs(), ", ")+"."
	if near := text.Nearest(id, stepIDs()); near != "" {
		remedy = fmt.Sprintf("Did you mean %q?", near)
	}
	return UsageError(problem, remedy)
}

func stepIDs() []string {
	var ids []string
	for _, step := range steps.All() {
		ids = append(ids, step.ID)
	}
	return ids
}
