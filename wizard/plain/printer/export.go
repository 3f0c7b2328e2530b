package printer

import (
	"fmt"
	"io"
	"strings"

	"telegent-setup/api"
	"telegent-setup/state"
	"telegent-setup/steps"
)

// variables names the IDs for other programs.
func variables() []struct {
	id   steps.ID
	name string
} {
	return []struct {
		id   steps.ID
		name string
	}{
		{steps.AccountID, "TELEGENT_ACCOUNT_ID"},
		{steps.MRID, "TELEGENT_MRID"},
		{steps.CRID, "TELEGENT_CRID"},
		{steps.TNID, "TELEGENT_TNID"},
		{steps.SubscriberID, "TELEGENT_SUBSCRIBER_ID"},
		{steps.PhoneNumber, "TELEGENT_PHONE_NUMBER"},
	}
}

// ExportEnv prints the saved IDs as lines that a POSIX shell can eval. An ID
// that is not known has no line.
func ExportEnv(w io.Writer, f state.File) error {
	var b strings.Builder
	ids := steps.SavedIn(f)
	for _, v := range variables() {
		if value := ids[v.id]; value != "" {
			fmt.Fprintf(&b, "%s=%s\n", v.name, api.ShellQuote(value))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// ExportJSON prints the saved IDs as the state file has them.
func ExportJSON(w io.Writer, f state.File) error {
	ids := f.IDs
	if ids == nil {
		ids = map[string]string{}
	}
	return writeJSON(w, struct {
		IDs         map[string]string `json:"ids"`
		PhoneNumber string            `json:"PhoneNumber,omitempty"`
	}{ids, f.PhoneNumber})
}
