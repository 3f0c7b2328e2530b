package steps

import (
	"testing"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/state"
)

func begun() state.File {
	return state.File{Edition: "2025-12", BaseURL: "https://api.telegent.com/v1.0", AccountKey: "DID-1",
		IDs: map[string]string{"AccountId": "AID-1"}}
}

// Rule: a begun file is used with its own server, edition and key only.
func TestSettleRefusesAnotherSetup(t *testing.T) {
	for name, wanted := range map[string]Wanted{
		"server":     {BaseURL: "https://other.example/v1.0"},
		"edition":    {Edition: api.Edition2026},
		"AccountKey": {AccountKey: "DID-2"},
		"sandbox":    {Sandbox: true},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Resolve("s.json", begun(), wanted)
			var foreign *ForeignError
			require.ErrorAs(t, err, &foreign)
			require.Equal(t, name, foreign.What)
			require.Contains(t, err.Error(), "s.json")
			require.Contains(t, foreign.Remedy(), "--state FILE")
		})
	}
}

// Rule: what is not named comes from the file, and the same in another
// spelling is the same.
func TestSettleTakesWhatTheFileSays(t *testing.T) {
	for name, wanted := range map[string]Wanted{
		"nothing named":  {},
		"all the same":   {BaseURL: "https://api.telegent.com/v1.0", Edition: api.Edition2025, AccountKey: "DID-1"},
		"other spelling": {BaseURL: "https://API.telegent.com:443/v1.0/"},
	} {
		t.Run(name, func(t *testing.T) {
			file, err := Resolve("s.json", begun(), wanted)
			require.NoError(t, err)
			require.Equal(t, "2025-12", file.Edition)
			require.Equal(t, "DID-1", file.AccountKey)
			require.Equal(t, canonical("https://api.telegent.com/v1.0"), canonical(file.BaseURL))
		})
	}
}

// Rule: until something was sent, done or adopted, a file takes on this run's
// server, edition and key.
func TestSettleTakesOnAnUntouchedFile(t *testing.T) {
	untouched := map[string]state.File{
		"new":       {},
		"signed in": {Edition: "2025-12", BaseURL: "https://old.example/v1.0", AccountKey: "DID-1", Steps: map[string]state.Step{Authenticate: {Status: state.Done}}},
		"refused":   {Edition: "2025-12", BaseURL: "https://old.example/v1.0", AccountKey: "DID-1", Steps: map[string]state.Step{Account: {Status: state.Failed}}},
		"typed":     {Edition: "2025-12", BaseURL: "https://old.example/v1.0", Steps: map[string]state.Step{Account: {Status: state.Todo, Answers: map[string]string{"AccountName": "X"}}}},
		"skipped":   {Edition: "2025-12", Steps: map[string]state.Step{VoiceRoute: {Status: state.Skipped}}},
	}
	for name, file := range untouched {
		t.Run(name, func(t *testing.T) {
			got, err := Resolve("s.json", file, Wanted{Edition: api.Edition2026, BaseURL: "https://new.example/v1.0", AccountKey: "DID-2"})
			require.NoError(t, err)
			require.Equal(t, "2026-04", got.Edition)
			require.Equal(t, "https://new.example/v1.0", got.BaseURL)
			require.Equal(t, "DID-2", got.AccountKey)
		})
	}
	for name, step := range map[string]state.Step{"sent": {Status: state.Sent}, "done": {Status: state.Done}} {
		t.Run(name+" is begun", func(t *testing.T) {
			file := state.File{Edition: "2025-12", Steps: map[string]state.Step{TestMessage: step}}
			_, err := Resolve("s.json", file, Wanted{Edition: api.Edition2026})
			require.Error(t, err)
		})
	}
}

// Rule: the address of the embedded sandbox is never taken for the service's,
// and differs from run to run.
func TestSettleAndTheSandbox(t *testing.T) {
	file, err := Resolve("s.json", state.File{Sandbox: true, BaseURL: "http://127.0.0.1:4444/v1.0"}, Wanted{})
	require.NoError(t, err)
	require.Equal(t, DefaultBaseURL, file.BaseURL)
	require.False(t, file.Sandbox)

	box := begun()
	box.Sandbox, box.BaseURL = true, "http://127.0.0.1:4444/v1.0"
	file, err = Resolve("s.json", box, Wanted{Sandbox: true, BaseURL: "http://127.0.0.1:5555/v1.0"})
	require.NoError(t, err)
	require.Equal(t, "http://127.0.0.1:5555/v1.0", file.BaseURL)
}
