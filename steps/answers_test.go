package steps_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/api/sandbox"
	"telegent-setup/steps"
	"telegent-setup/steps/stepstest"
)

// asking is the question of a form for a key, with edits; its Key is empty when it
// is not put.
func asking(s *stepstest.Setup, step, key string, edits steps.Answers) steps.Question {
	for _, q := range s.Questionnaire(step, false).Questions(edits) {
		if q.Key == key {
			return q
		}
	}
	return steps.Question{Field: &steps.Field{}}
}

// Rule: what is typed stands over the environment, which stands over the answers
// file, an earlier run, what earlier steps saved, and the default; each says where
// it comes from.
func TestWhichAnswerStands(t *testing.T) {
	given := steps.NewGiven()
	given.Answers[steps.Account] = steps.Answers{"AccountName": "From the file", "BillingEmail": "file@example.com"}
	given.Answers[steps.Authenticate] = steps.Answers{"AccountKey": "DID-env"}
	given.Environs[steps.Authenticate] = map[string]bool{"AccountKey": true}
	s := stepstest.Open(t, t.TempDir()+"/state.json", stepstest.NewBox(t, sandbox.Options{}), stepstest.Options{Live: true})
	s.SetTyped(steps.Account, steps.Answers{"AccountName": "From a run before", "AdminEmail": "before@example.com"})
	require.NoError(t, s.Draft(steps.Account))
	s = stepstest.Open(t, t.TempDir()+"/again.json", s.Box, stepstest.Options{Live: true, Read: reading(given)})
	adopt(t, s, steps.MessageRoute, steps.Answers{"MessageRouteId": "MRID-1"})

	for name, tc := range map[string]struct {
		step, key string
		edits     steps.Answers
		value     string
		source    string
		asked     bool
	}{
		"environment":     {steps.Authenticate, "AccountKey", nil, "DID-env", "from TELEGENT_ACCOUNT_KEY", false},
		"file":            {steps.Account, "AccountName", nil, "From the file", "from the answers file", true},
		"typed":           {steps.Account, "AccountName", steps.Answers{"AccountName": " Mine "}, "Mine", "typed", true},
		"taken away":      {steps.Account, "AccountName", steps.Answers{"AccountName": ""}, "", "", true},
		"default":         {steps.Account, "AccountType", nil, "MVNO", "default", true},
		"back to default": {steps.Account, "AccountType", steps.Answers{"AccountType": ""}, "MVNO", "default", true},
		"of a step":       {steps.Provision, "MessageRouteId", nil, "MRID-1", "from step 3", false},
		"nothing":         {steps.Account, "AdminEmail", nil, "", "", true},
	} {
		q := asking(s, tc.step, tc.key, tc.edits)
		require.Equal(t, []any{tc.value, tc.source, tc.asked}, []any{q.Value, q.Source(), q.Asked}, name)
	}
}

// Rule: the sandbox has a ready answer for everything; what was typed in an earlier
// run is there again in its place.
func TestAnswersOfAnEarlierRun(t *testing.T) {
	s := fresh(t)
	require.Equal(t, "ready in the sandbox", asking(s, steps.Account, "AccountName", nil).Source())
	s.SetTyped(steps.Account, steps.Answers{"AccountName": "Typed before"})
	require.NoError(t, s.Draft(steps.Account))
	s = s.Again(t)
	q := asking(s, steps.Account, "AccountName", nil)
	require.Equal(t, []any{"Typed before", "from an earlier run", true}, []any{q.Value, q.Source(), q.Asked})
}

// Rule: a question is put only where there is something to decide; the AccountKey
// of a setup that has begun is not, and another one is refused.
func TestWhatIsNotAsked(t *testing.T) {
	s := fresh(t)
	require.True(t, asking(s, steps.Authenticate, "AccountKey", nil).Asked)
	require.Empty(t, asking(s, steps.Availability, "PageNumber", nil).Key, "the program turns the pages")
	require.Empty(t, asking(s, steps.Provision, "OrderId", nil).Key, "the program makes it")
	require.False(t, asking(s, steps.VoiceRoute, "RouteType", nil).Asked, "there is one choice")
	require.Empty(t, asking(s, steps.Provision, "VoiceEnabled", nil).Key, "there is no voice route")
	require.NoError(t, s.Walk(t, steps.VoiceRoute))
	require.NotEmpty(t, asking(s, steps.Provision, "VoiceEnabled", nil).Key)
	require.False(t, asking(s, steps.Authenticate, "AccountKey", nil).Asked)
	require.Contains(t, asking(s, steps.Authenticate, "AccountKey", steps.Answers{"AccountKey": "DID-2"}).Problem, "belongs to the account key sandbox-key")
}

// Rule: a secret is told by its length and where it comes from, and no more.
func TestWhatIsKnownOfASecret(t *testing.T) {
	given := steps.NewGiven()
	given.Secrets["AccountSecret"], given.Secrets["Password"] = api.NewSecret("from-the-environment"), api.NewSecret("from-the-file")
	given.Environs[steps.Authenticate] = map[string]bool{"AccountSecret": true}
	s := stepstest.Open(t, t.TempDir()+"/state.json", stepstest.NewBox(t, sandbox.Options{}), stepstest.Options{Live: true, Read: reading(given)})
	secret := func(step, key string) []any {
		q := asking(s, step, key, nil)
		return []any{q.Value, q.Held, q.Source(), q.Asked, q.Problem}
	}
	require.Equal(t, []any{"", 20, "from TELEGENT_ACCOUNT_SECRET", false, ""}, secret(steps.Authenticate, "AccountSecret"))
	require.Equal(t, []any{"", 13, "from the answers file", false, ""}, secret(steps.Subscriber, "Password"))
	s.SetSecret("Password", api.NewSecret("typed"))
	require.Equal(t, []any{"", 5, "typed", true, ""}, secret(steps.Subscriber, "Password"))
	s.SetSecret("Password", api.NewSecret(""))
	require.Equal(t, []any{"", 0, "", true, steps.Needed}, secret(steps.Subscriber, "Password"))
}

// Rule: a field that a fix is about is asked, wherever its answer comes from.
func TestTheFieldOfAFixIsAsked(t *testing.T) {
	given := steps.NewGiven()
	given.Answers[steps.Authenticate] = steps.Answers{"AccountKey": "DID-env"}
	given.Environs[steps.Authenticate] = map[string]bool{"AccountKey": true}
	s := stepstest.Open(t, t.TempDir()+"/state.json", stepstest.NewBox(t, sandbox.Options{}), stepstest.Options{Live: true, Read: reading(given)})
	form := s.Questionnaire(steps.Authenticate, false)
	form.Focus("AccountKey")
	require.True(t, form.Questions(nil)[0].Asked)
}

// Rule: an answer is right or is told what to change, in words that say how.
func TestAnswersAreChecked(t *testing.T) {
	const e25, e26 = api.Edition2025, api.Edition2026
	for name, tc := range map[string]struct {
		edition   api.Edition
		step, key string
		good, bad []string
		beside    steps.Answers
	}{
		"email":       {e25, steps.Account, "AdminEmail", []string{"a@example.com", "a+b@mail.example.co"}, []string{"a", "a@localhost", "A <a@example.com>", "a@example.com, b@example.com"}, nil},
		"webhook":     {e25, steps.MessageRoute, "RouteUrl", []string{"https://example.com/x", "https://me:pw@example.com", "http://127.0.0.1:8788/x"}, []string{"example.com", "http://example.com", "ftp://example.com", "https://", "https://exa mple.com"}, nil},
		"SIP":         {e25, steps.VoiceRoute, "VoiceUrl", []string{"sip:example.com", "SIPS:me@example.com:5061;transport=tls"}, []string{"example.com", "https://example.com", "sip:", "sip:me@", "sip://example.com"}, nil},
		"trunk":       {e26, steps.VoiceRoute, "TrunkUri1", []string{"sip:example.com", "trunk.example.com", "https://sip.example.com", "trunk.example.com:5060"}, []string{"http://sip.example.com", "https://", "a b", "sip:"}, nil},
		"trunk IP":    {e26, steps.VoiceRoute, "TrunkIp1", []string{"203.0.113.10", "2001:db8::1"}, []string{"203.0.113", "example.com"}, nil},
		"port":        {e26, steps.VoiceRoute, "TrunkPort1", []string{"1", "5060", "65535"}, []string{"0", "65536", "five", "-1"}, nil},
		"call URL":    {e26, steps.VoiceRoute, "VoiceUrl", []string{"https://example.com/calls"}, []string{"sip:example.com", "http://example.com"}, steps.Answers{"RouteType": "URL"}},
		"area code":   {e25, steps.Availability, "AreaCode", []string{"801", "012", ""}, []string{"80", "8010", "UT"}, nil},
		"zip code":    {e25, steps.Availability, "ZipCode", []string{"84043", "02108", ""}, []string{"8404", "84043-1234"}, nil},
		"number":      {e25, steps.TestMessage, "To", []string{"+13105559999", "+1 (310) 555-9999"}, []string{"3105559999", "+0123", "+13105559999,+13105559998"}, nil},
		"numbers":     {e26, steps.TestMessage, "To", []string{"+13105559999", "+13105559999, +13105559998"}, []string{"+13105559999,3105559998"}, nil},
		"choice":      {e25, steps.MessageRoute, "RouteType", []string{"POST", "get"}, []string{"PUT"}, nil},
		"yes or no":   {e25, steps.MessageRoute, "RouteEnabled", []string{"true", "No", "FALSE", "yes"}, []string{"perhaps", "1"}, nil},
		"one line":    {e26, steps.Account, "AccountName", []string{"any text at all"}, []string{"two\nlines"}, nil},
		"many lines":  {e25, steps.TestMessage, "Message", []string{"two\nlines"}, nil, nil},
		"ID":          {e26, steps.Provision, "ICCID", []string{"8901260123456789012", "8901 2601", ""}, []string{strings.Repeat("8", 201), "8901\t2601"}, nil},
		"no a2p iot":  {e26, steps.Provision, "MessageType", []string{"p2p"}, []string{"a2p"}, steps.Answers{"NumberType": "iot"}},
		"trunk or IP": {e26, steps.VoiceRoute, "TrunkUri1", []string{"sip:example.com"}, []string{""}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			s := over(t, tc.edition, tc.edition, stepstest.Options{Live: true})
			problem := func(value string) string {
				edits := steps.Answers{tc.key: value}
				maps.Copy(edits, tc.beside)
				q := asking(s, tc.step, tc.key, edits)
				require.Equal(t, tc.key, q.Key)
				return q.Problem
			}
			for _, value := range tc.good {
				require.Empty(t, problem(value), value)
			}
			for _, value := range tc.bad {
				require.NotEmpty(t, problem(value), value)
			}
		})
	}
}

// Rule: only to a service on this machine may a webhook be unprotected.
func TestAnUnprotectedWebhookIsForThisMachine(t *testing.T) {
	s := fresh(t)
	for url, fine := range map[string]bool{
		"http://127.0.0.1/x": true, "http://localhost:8788": true, "http://[::1]/": true, "http://example.com/": false, "http://10.0.0.1/": false, "http://127.0.0.1.example.com/": false,
	} {
		require.Equal(t, fine, asking(s, steps.MessageRoute, "RouteUrl", steps.Answers{"RouteUrl": url}).Problem == "", url)
	}
}
