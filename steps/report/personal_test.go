//go:build !race

package report_test

import (
	"bytes"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/api/sandbox"
	"telegent-setup/state"
	"telegent-setup/steps"
	"telegent-setup/steps/report"
	"telegent-setup/steps/stepstest"
)

// personal is what the vendor's documents hold that concerns a person or is secret.
func personal() []string {
	return []string{
		"quickchart.io/qr?text=LPA", "LPA:1", "SMDP.", "VENDORS-ACTIVATION-CODE", // The eSIM's activation code, in a link or not.
		"8901260123456789012", "903175", "903176", // ICCID and port-out PINs.
		"vendors-webhook-password", "vendors-report-password", "vendors-sample-token",
	}
}

// Rule: of a QR code, an activation code, an ICCID, a port-out PIN and a webhook's
// password nothing is in a journal, a report or an event, wherever an answer has it.
func TestPersonalDataIsInNoRecord(t *testing.T) {
	documents, err := filepath.Glob("../../testdata/vendor/*")
	require.NoError(t, err)
	holding := 0
	for _, name := range documents {
		data, err := os.ReadFile(name)
		require.NoError(t, err)
		if !holdsAny(string(data), personal()) {
			continue
		}
		holding++
		t.Run(filepath.Base(name), func(t *testing.T) {
			for _, edition := range api.Editions() {
				synctest.Test(t, func(t *testing.T) { requireImpersonal(t, edition, string(data)) })
			}
		})
	}
	require.GreaterOrEqual(t, holding, 12)
}

// requireImpersonal lets a service answer everything with a document, as it is, in
// an envelope, in a list and as text, and looks at all that is kept and told.
func requireImpersonal(t *testing.T, edition api.Edition, document string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "state.json")
	s := recorded(t, edition, path, stepstest.NewBox(t, sandbox.Options{Edition: edition}))
	s.Begin()
	require.NoError(t, s.SignIn(t.Context()))
	for _, body := range []string{document, `{"Data":` + document + `}`, `[` + document + `]`, document + `,`} {
		s.Wire.Before = func(r *http.Request, _ string) (*http.Response, error) {
			if strings.HasSuffix(r.URL.Path, "/token") || strings.HasSuffix(r.URL.Path, "/tokens") {
				return nil, nil
			}
			return stepstest.Respond(r, 200, body)
		}
		for _, step := range steps.All()[1:] {
			_ = s.CarryOut(t, step.ID)
			_, _ = s.Check(t.Context(), step.ID, nil)
			_, _ = s.Find(t.Context(), step.ID)
			_, _ = s.List(t.Context(), step.ID)
		}
	}
	s.End(steps.ExitStopped)
	requireNothingOf(t, path, s, personal())
}

// requireNothingOf holds that none of some texts is in the journal of a run, in the
// report of it, or in what a script is told.
func requireNothingOf(t *testing.T, path string, s *stepstest.Setup, texts []string) {
	t.Helper()
	journal, err := os.ReadFile(state.JournalPath(path))
	require.NoError(t, err)
	require.NotEmpty(t, journal)
	made, err := report.FromFile(path, report.Options{Version: "1.2.3", Created: time.Now()})
	require.NoError(t, err)
	var written bytes.Buffer
	require.NoError(t, made.Write(&written))
	for name, kept := range map[string]string{
		"journal": string(journal), "report": written.String(), "events": strings.Join(lines(s.Events.All), "\n"),
		"summary": strings.Join(made.Summary(), "\n"),
	} {
		for _, text := range texts {
			require.NotContains(t, kept, text, name)
		}
	}
}

func holdsAny(s string, texts []string) bool {
	for _, text := range texts {
		if strings.Contains(s, text) {
			return true
		}
	}
	return false
}

// Rule: what a customer types that is secret or personal is in no record either; a
// webhook that holds a password is told without it.
func TestWhatIsTypedAndPersonalIsInNoRecord(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "state.json")
		s := recorded(t, api.Edition2026, path, stepstest.NewBox(t, sandbox.Options{Edition: api.Edition2026}))
		s.SetTyped(steps.MessageRoute, steps.Answers{
			"MessageUrl": "https://me:url-passw0rd@example.com/in?key=query-value", "MessageAuthenticationType": "Bearer",
			"CallbackMessageUrl": "https://example.com/reports", "CallbackMessageAuthenticationType": "Basic", "CallbackMessageUsername": "me",
		})
		s.SetSecret("MessagePasswordToken", api.NewSecret("wh00k-token"))
		s.SetSecret("CallbackMessagePasswordToken", api.NewSecret("rep0rt-password"))
		s.SetTyped(steps.Provision, steps.Answers{"ICCID": "8901410321111851072"})
		unattended(t, s)
		require.Equal(t, state.Done, s.Status(steps.TestMessage).Status)
		for _, step := range steps.All() {
			_, _ = s.Check(t.Context(), step.ID, nil)
			_, _ = s.List(t.Context(), step.ID)
		}
		requireNothingOf(t, path, s, []string{
			"url-passw0rd", "query-value", "wh00k-token", "rep0rt-password", "8901410321111851072", "sandbox-secret", "SecurePass123!", "LPA:1", "quickchart.io/qr?text=LPA",
		})
		file, err := os.ReadFile(path)
		require.NoError(t, err)
		for _, secret := range []string{"url-passw0rd", "wh00k-token", "rep0rt-password", "sandbox-secret", "SecurePass123!", "quickchart"} {
			require.NotContains(t, string(file), secret, "nor in the state file")
		}
		require.Contains(t, string(file), "LPA:1$", "which keeps the code, for the customer")
	})
}
