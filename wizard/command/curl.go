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

// curlCommand prints the call of a step as a cURL command.
func curlCommand(e Env) *cobra.Command {
	o, withToken := e.Options(), false
	o.Offline = true
	cmd := newWithArgument("curl STEP", "Print the call of a step, with the saved IDs, as a cURL command", "telegent-setup curl STEP, as in: telegent-setup curl account",
		func(_ context.Context, id string) error {
			if _, known := steps.Find(id); !known {
				return unknownStep(id)
			}
			commands, err := preview(*o, id, withToken)
			if err != nil {
				return err
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

// preview is the call of a step as it would be sent now.
func preview(o session.Options, id string, withToken bool) (commands string, err error) {
	s, err := session.OpenReadOnly(o)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	r := s.Runner(steps.Observers{}) // Nothing happens that could be told.
	if withToken {
		return r.PreviewWithToken(id, nil), nil
	}
	return r.Preview(id, nil), nil
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
