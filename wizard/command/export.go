package command

import (
	"context"
	"fmt"
	"io"
	"maps"
	"strings"

	"github.com/spf13/cobra"

	"telegent-setup/api"
	"telegent-setup/state"
	"telegent-setup/steps"
	"telegent-setup/wizard/plain"
)

func exportCommand(e Env) *cobra.Command {
	o, format := e.Options(), "env"
	cmd := New("export", "Print the saved IDs for other programs", func(context.Context) error {
		write, known := map[string]func(io.Writer, state.File) error{"env": exportEnv, "json": exportJSON}[format]
		if !known {
			return UsageError(fmt.Sprintf("unknown format %q", format), "Give --format env or --format json.")
		}
		path, file, found, err := o.Read()
		if err != nil {
			return err
		}
		if !found {
			plain.Note(e.Err, fmt.Sprintf("there is no setup in %s yet.", path))
		}
		return write(e.Out, file)
	})
	AddStateFlags(cmd, o)
	addChoice(cmd, &format, "format", "`env or json`: lines that a shell can eval, or one object", "env", "json")
	return cmd
}

// exportEnv prints the saved IDs as lines that a POSIX shell can eval. An ID
// that is not known has no line.
func exportEnv(w io.Writer, f state.File) error {
	var b strings.Builder
	ids := steps.SavedIn(f)
	for _, v := range []struct {
		id   steps.ID
		name string
	}{
		{steps.AccountID, "TELEGENT_ACCOUNT_ID"},
		{steps.MRID, "TELEGENT_MRID"},
		{steps.CRID, "TELEGENT_CRID"},
		{steps.TNID, "TELEGENT_TNID"},
		{steps.SubscriberID, "TELEGENT_SUBSCRIBER_ID"},
		{steps.PhoneNumber, "TELEGENT_PHONE_NUMBER"},
	} {
		if value := ids[v.id]; value != "" {
			fmt.Fprintf(&b, "%s=%s\n", v.name, api.ShellQuote(value))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// exportJSON prints the saved IDs as the state file has them.
func exportJSON(w io.Writer, f state.File) error {
	ids := map[string]string{}
	maps.Copy(ids, f.IDs)
	return plain.WriteJSON(w, struct {
		IDs         map[string]string `json:"ids"`
		PhoneNumber string            `json:"PhoneNumber,omitempty"`
	}{ids, f.PhoneNumber})
}
