package command

import (
	"path/filepath"
	"testing"

	"github.com/spf13/cobra"
	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/api/webhook"
	"telegent-setup/state"
	"telegent-setup/steps"
)

// save writes a state file.
func save(t *testing.T, path string, f state.File) {
	t.Helper()
	store, err := state.Open(path)
	require.NoError(t, err)
	require.NoError(t, store.Save(f))
	require.NoError(t, store.Close())
}

// Rule: flags say how a webhook is called; else the message route of the setup,
// when it is of that URL; the secret is the variable's.
func TestRoute(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.json")
	save(t, path, state.File{Edition: "2026-04", Steps: map[string]state.Step{steps.MessageRoute: {Status: state.Done, Answers: map[string]string{
		"MessageUrl": "https://example.com/saved", "MessageUrlMethod": "GET", "MessageAuthenticationType": "Basic", "MessageUsername": "saved",
	}}}})
	secret := map[string]string{webhookSecret: "s3cret"}
	for name, c := range map[string]struct {
		variables          map[string]string
		url                string
		flags              routeFlags
		method, kind, user string
	}{
		"nothing":             {nil, "https://example.com/other", routeFlags{}, "POST", "None", ""},
		"a secret":            {secret, "https://example.com/other", routeFlags{}, "POST", "Bearer", ""},
		"a secret and a name": {secret, "https://example.com/other", routeFlags{person: "me"}, "POST", "Basic", "me"},
		"a secret for nobody": {secret, "https://example.com/other", routeFlags{kind: "none"}, "POST", "None", ""},
		"as saved":            {secret, "https://example.com/saved", routeFlags{}, "GET", "Basic", "saved"},
		"flags over saved":    {secret, "https://example.com/saved", routeFlags{method: "post", kind: "BEARER"}, "POST", "Bearer", "saved"},
	} {
		t.Run(name, func(t *testing.T) {
			e, _, _ := console(c.variables)
			flags := newRouteFlags(e, &cobra.Command{})
			flags.options.State = path
			flags.method, flags.kind, flags.person = c.flags.method, c.flags.kind, c.flags.person
			route, edition, err := flags.route(t.Context(), c.url)
			require.NoError(t, err)
			require.Equal(t, api.Edition2026, edition, "that of the setup")
			require.Equal(t, []string{c.method, c.kind, c.user}, []string{route.Method, route.Authentication.Type, route.Authentication.Username})
			require.Equal(t, len(c.variables) > 0, !route.Authentication.Secret.Empty())
		})
	}
}

// Rule: the edition that is named, by a flag or a variable, beats that of the setup.
func TestRouteEdition(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.json")
	save(t, path, state.File{Edition: "2025-12"})
	for name, c := range map[string]struct {
		flag, variable string
		want           api.Edition
	}{
		"of the setup": {"", "", api.Edition2025},
		"a flag":       {"2026-04", "", api.Edition2026},
		"a variable":   {"", "2026-04", api.Edition2026},
	} {
		t.Run(name, func(t *testing.T) {
			e, _, _ := console(map[string]string{"TELEGENT_EDITION": c.variable})
			flags := newRouteFlags(e, &cobra.Command{})
			flags.options.State, flags.options.Edition = path, c.flag
			_, edition, err := flags.route(t.Context(), "https://example.com/")
			require.NoError(t, err)
			require.Equal(t, c.want, edition)
		})
	}
}

// Rule: what cannot be a route is wrong usage, and names the way out.
func TestRouteRefused(t *testing.T) {
	for name, flags := range map[string]routeFlags{
		"no secret": {kind: "Bearer"}, "unknown authentication": {kind: "Digest"}, "unknown method": {method: "PUT"},
	} {
		t.Run(name, func(t *testing.T) {
			e, _, _ := console(nil)
			f := newRouteFlags(e, &cobra.Command{})
			f.options.State = filepath.Join(t.TempDir(), "none.json")
			f.method, f.kind = flags.method, flags.kind
			_, _, err := f.route(t.Context(), "https://example.com/")
			status, _, remedy := Explain(Unexpected(err))
			require.Equal(t, steps.ExitMisused, status)
			require.NotEmpty(t, remedy)
		})
	}
}

// Rule: a receiver knows the message of the setup, and sees when another is sent.
func TestSentMessages(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.json")
	e, _, _ := console(nil)
	o := e.Options()
	o.State = path
	known, err := newSentMessages(*o)
	require.NoError(t, err)
	require.Empty(t, known.list(), "no file")
	save(t, path, state.File{AccountKey: "DID-1"})
	require.Empty(t, known.list(), "no message")
	f := state.File{
		IDs: map[string]string{"MessageId": "TMID-1"}, PhoneNumber: "+13105551234",
		Steps: map[string]state.Step{steps.TestMessage: {Status: state.Done, Answers: map[string]string{"To": "+13105559999, +13105559998"}}},
	}
	save(t, path, f)
	want := []webhook.Sent{{ID: "TMID-1", From: "+13105551234", To: []string{"+13105559999", "+13105559998"}}}
	require.Equal(t, want, known.list())
	require.Equal(t, want, known.list(), "nothing has changed")
	f.Steps[steps.TestMessage].Answers["From"] = "+13105550000"
	save(t, path, f)
	require.Equal(t, "+13105550000", known.list()[0].From)
}

// Rule: without a flag, the setups of the service and of the sandbox are known.
func TestSentMessagesOfBoth(t *testing.T) {
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	e, _, _ := console(nil)
	known, err := newSentMessages(*e.Options())
	require.NoError(t, err)
	require.Len(t, known, 2)
	o := e.Options()
	o.Sandbox = true
	known, err = newSentMessages(*o)
	require.NoError(t, err)
	require.Len(t, known, 1)
}
