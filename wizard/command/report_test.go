package command

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/api/text"
	"telegent-setup/state"
	"telegent-setup/steps"
)

// Rule: a failure that the sandbox can bring about has its fault, and no other has.
func TestFaultOf(t *testing.T) {
	for name, c := range map[string]struct {
		failure *steps.Failure
		want    string
	}{
		"nothing failed":        {nil, ""},
		"a taken number":        {failed(steps.Provision, "number-in-use", steps.Refused, 409), "number-in-use@provision"},
		"a wrong secret":        {failed(steps.Authenticate, "unauthorized", steps.Refused, 401), "unauthorized@authenticate"},
		"a refused token":       {failed(steps.Account, "unauthorized", steps.Refused, 401), "unauthorized@account:2"},
		"a token elsewhere":     {failed(steps.Account, "token-scope", steps.Refused, 403), "unauthorized@account:2"},
		"a pace too fast":       {failed(steps.Account, "rate-limit", steps.Refused, 429), "rate-limit@account:5"},
		"a cut connection":      {failed(steps.Account, steps.IssueNetwork, steps.NoAnswer, 0), "drop@account"},
		"a search that was cut": {failed(steps.Availability, steps.IssueNetwork, steps.Unreached, 0), "refuse@availability"},
		"no answer":             {failed(steps.Account, steps.IssueTimeout, steps.NoAnswer, 0), "hang@account"},
		"an order under way":    {failed(steps.Provision, steps.IssueTimeout, steps.OrderOpen, 0), "order-pending@provision"},
		"an order refused":      {failed(steps.Provision, steps.IssueOrderFailed, steps.Refused, 200), "order-failed@provision"},
		"a server's fault":      {failed(steps.Account, steps.IssueServerError, steps.NoAnswer, 500), "server-error@account"},
		"a gateway's page":      {failed(steps.Account, steps.IssueServerError, steps.NoAnswer, 502), "html@account"},
		"broken JSON":           {failed(steps.Account, steps.IssueUnexpected, steps.NoAnswer, 200), "malformed@account"},
		"no ID":                 {failed(steps.Account, steps.IssueMissingID, steps.NoAnswer, 200), "missing-id@account"},
		"no numbers":            {failed(steps.Availability, steps.IssueNoNumbers, steps.Refused, 200), "no-numbers@availability"},
		"a refusal":             {failed(steps.Account, steps.IssueRefused, steps.Refused, 400), "problem-details@account"},
		"a refusal with 200":    {failed(steps.Account, steps.IssueRefused, steps.Refused, 200), "soft-failure@account"},
		"not delivered":         {failed(steps.TestMessage, steps.IssueNotDelivered, steps.Refused, 0), "undelivered@test-message"},
		"a wrong pair of types": {failed(steps.Provision, "type-mismatch", steps.Refused, 422), ""},
		"another edition":       {failed(steps.Authenticate, steps.IssueWrongEdition, steps.Refused, 404), ""},
	} {
		t.Run(name, func(t *testing.T) {
			fault, matched := faultOf(c.failure)
			require.Equal(t, c.want != "", matched)
			if matched {
				require.Equal(t, c.want, fault.String())
			}
		})
	}
}

func failed(step string, issue steps.Code, kind steps.OutcomeKind, status int) *steps.Failure {
	return &steps.Failure{Outcome: steps.Outcome{Kind: kind, Issue: issue, HTTPStatus: status}, Step: step}
}

// Rule: a rehearsal begins with the answers of the report, and with no ID, no
// credentials and nothing that was redacted.
func TestKeepAnswers(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.json")
	require.NoError(t, keepAnswers(path, api.Edition2025, state.File{
		Edition: "2025-12", BaseURL: "https://api.telegent.com/v1.0", AccountKey: "DID-1", PhoneNumber: "+13105551234",
		IDs: map[string]string{"AccountId": "AID-1"},
		Steps: map[string]state.Step{
			steps.Authenticate: {Status: state.Done, Answers: map[string]string{"AccountKey": "DID-1"}},
			steps.Account:      {Status: state.Done, Answers: map[string]string{"AccountName": "My Business", "AdminEmail": text.Redacted}},
			steps.VoiceRoute:   {Status: state.Skipped},
			steps.Provision:    {Status: state.Failed, Answers: map[string]string{"PhoneNumber": "+18015550000", "MessageRouteId": "MRID-1", "OrderId": "MINE-1"}},
			steps.Subscriber:   {Status: state.Sent, Answers: map[string]string{"AccountId": "AID-2", "Name": "John"}},
		},
	}))
	f, found, err := state.Read(path)
	require.NoError(t, err)
	require.True(t, found)
	require.True(t, f.Sandbox)
	require.Empty(t, f.IDs)
	require.Empty(t, f.AccountKey+f.PhoneNumber+f.BaseURL)
	require.False(t, steps.HasProgress(f))
	require.Equal(t, map[string]string{"AccountName": "My Business"}, f.Steps[steps.Account].Answers)
	require.Equal(t, map[string]string{"PhoneNumber": "+18015550000"}, f.Steps[steps.Provision].Answers)
	require.Equal(t, map[string]string{"Name": "John"}, f.Steps[steps.Subscriber].Answers)
	require.Empty(t, f.Steps[steps.Authenticate].Answers)
	require.Equal(t, state.Skipped, f.Steps[steps.VoiceRoute].Status)
}
