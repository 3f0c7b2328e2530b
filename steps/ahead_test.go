package steps_test

import (
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/api/sandbox"
	"telegent-setup/steps"
	"telegent-setup/steps/stepstest"
)

// missing are the problems ahead of a run, as "step key".
func missing(s *stepstest.Setup) (all []string) {
	for _, p := range s.ProblemsAhead() {
		all = append(all, p.Step+" "+p.Key)
	}
	return all
}

// unattendedGiven is what an unattended live run needs, and has.
func unattendedGiven(edition api.Edition) steps.Given {
	given := steps.NewGiven()
	given.Secrets["AccountSecret"], given.Secrets["Password"] = api.NewSecret(sandbox.Secret), api.NewSecret("SecurePass123!")
	given.Answers = map[string]steps.Answers{
		steps.Authenticate: {"AccountKey": sandbox.Key},
		steps.Account:      {"AccountName": "Mine", "BillingEmail": "b@example.com", "AdminEmail": "a@example.com"},
		steps.MessageRoute: {"RouteUrl": "https://example.com/messages"},
		steps.Provision:    {"PhoneNumber": "+13105551234"},
		steps.Subscriber:   {"Name": "John Smith", "Email": "john@example.com"},
		steps.TestMessage:  {"To": "+13105559999"},
	}
	if edition == api.Edition2026 {
		given.Answers[steps.Account] = steps.Answers{
			"AccountName": "Mine", "AccountAdmin": "a@example.com", "BillingAddress.Street1": "1 Main Street",
			"BillingAddress.City": "Lehi", "BillingAddress.State": "UT", "BillingAddress.Zip": "84043",
		}
		given.Answers[steps.MessageRoute] = steps.Answers{"MessageUrl": "https://example.com/messages"}
		given.Answers[steps.Availability] = steps.Answers{"AreaCode": "801"}
		given.Answers[steps.Provision] = steps.Answers{"ProductType": "Sms-Only"}
	}
	return given
}

func reading(given steps.Given) func(api.Edition) (steps.Given, error) {
	return func(api.Edition) (steps.Given, error) { return given, nil }
}

// Rule: everything that is missing or does not validate is named at once, before
// anything is sent; what an earlier step will give is not missing, and a number is
// never picked silently.
func TestEverythingMissingIsNamedAtOnce(t *testing.T) {
	nothing := map[api.Edition][]string{
		api.Edition2025: {
			"authenticate AccountKey", "authenticate AccountSecret", "account AccountName", "account BillingEmail", "account AdminEmail",
			"message-route RouteUrl", "provision PhoneNumber", "subscriber Name", "subscriber Email", "subscriber Password", "test-message To",
		},
		api.Edition2026: {
			"authenticate AccountKey", "authenticate AccountSecret", "account AccountName", "account AccountAdmin",
			"account BillingAddress.Street1", "account BillingAddress.City", "account BillingAddress.State", "account BillingAddress.Zip",
			"message-route MessageUrl", "provision AreaCode", "provision ProductType", "subscriber Name", "subscriber Email", "subscriber Password", "test-message To",
		},
	}
	for _, edition := range api.Editions() {
		s := over(t, edition, edition, stepstest.Options{Live: true})
		require.Equal(t, nothing[edition], missing(s))
		s = over(t, edition, edition, stepstest.Options{Live: true, Read: reading(unattendedGiven(edition))})
		require.Empty(t, missing(s), "the area of the search is that of the order")
		require.Empty(t, s.Wire.Calls)
	}
}

// Rule: answers that do not validate are problems wherever they stand; those of
// steps that are settled, skipped or taken over are not.
func TestOnlyWhatIsLeftCanBeAProblem(t *testing.T) {
	for name, tc := range map[string]struct {
		change func(*steps.Given)
		want   []string
	}{
		"a bad number":           {func(g *steps.Given) { g.Answers[steps.TestMessage]["To"] = "3105559999" }, []string{"test-message To"}},
		"a bad choice":           {func(g *steps.Given) { g.Answers[steps.Provision]["NumberType"] = "mobile" }, []string{"provision NumberType"}},
		"two":                    {func(g *steps.Given) { g.Answers[steps.Subscriber] = steps.Answers{"Email": "x"} }, []string{"subscriber Name", "subscriber Email"}},
		"an unprotected webhook": {func(g *steps.Given) { g.Answers[steps.MessageRoute]["RouteUrl"] = "http://example.com" }, []string{"message-route RouteUrl"}},
		"voice that is wanted":   {func(g *steps.Given) { g.Answers[steps.VoiceRoute] = steps.Answers{"RouteName": "Mine"} }, []string{"voice-route VoiceUrl"}},
		"voice that is left out": {func(g *steps.Given) { g.Skip[steps.VoiceRoute] = true }, nil},
		"an account taken over": {func(g *steps.Given) {
			delete(g.Answers, steps.Account)
			g.Adopt[steps.Account] = steps.Answers{"AccountId": "AID-1"}
		}, nil},
		"a number taken over": {func(g *steps.Given) {
			delete(g.Answers, steps.Provision)
			g.Adopt[steps.Provision] = steps.Answers{"TNID": "T"}
		}, []string{"provision PhoneNumber"}},
		"an ID that cannot be one": {func(g *steps.Given) {
			delete(g.Answers, steps.Account)
			g.Adopt[steps.Account] = steps.Answers{"AccountId": strings.Repeat("a", 201)}
		}, []string{"account AccountId"}},
	} {
		t.Run(name, func(t *testing.T) {
			given := unattendedGiven(api.Edition2025)
			tc.change(&given)
			s := over(t, api.Edition2025, "", stepstest.Options{Live: true, Read: reading(given)})
			require.Equal(t, tc.want, missing(s))
		})
	}
}

// Rule: nothing is missing of a setup that is finished, nor the credentials of one
// in which nothing is left to send.
func TestAFinishedSetupMissesNothing(t *testing.T) {
	s := fresh(t)
	require.NoError(t, s.Walk(t, ""))
	path := s.StatePath()
	require.NoError(t, os.WriteFile(filepath.Join(filepath.Dir(path), "copy.json"), []byte(`{"version":1,"edition":"2025-12","base_url":"`+stepstest.Base+`",
		"ids":{"AccountId":"A","MRID":"M","SubscriberId":"S"},"PhoneNumber":"+13105551234","steps":{"account":{"status":"done"},"message-route":{"status":"done"},
		"voice-route":{"status":"skipped"},"availability":{"status":"done"},"provision":{"status":"done"},"subscriber":{"status":"done"},"test-message":{"status":"done"}}}`), 0o600))
	live := stepstest.Open(t, filepath.Join(filepath.Dir(path), "copy.json"), s.Box, stepstest.Options{Live: true})
	require.Empty(t, live.ProblemsAhead())
}

// Rule: answers in the words of the other edition, which the server may yet speak,
// are judged in that one.
func TestAnswersAreJudgedInTheWordsThatFit(t *testing.T) {
	given := unattendedGiven(api.Edition2026)
	delete(given.Answers[steps.Provision], "ProductType")
	s := over(t, api.Edition2026, "", stepstest.Options{Live: true, Read: func(edition api.Edition) (steps.Given, error) {
		if edition == api.Edition2026 {
			return given, nil
		}
		return steps.NewGiven(), errors.New("in the words of the other edition")
	}})
	require.Equal(t, []string{"provision ProductType"}, missing(s))
	require.Equal(t, api.Edition2025, s.Edition(), "nothing is decided yet")
	require.NoError(t, s.GivenError())
}

// Rule: where only areas are listed the number comes from Telegent: the screen says
// so, takes it, or says whom to ask.
func TestANumberThatNobodyKnowsYet(t *testing.T) {
	box := stepstest.NewBox(t, sandbox.Options{Areas: true})
	p := stepstest.Open(t, t.TempDir()+"/state.json", box, stepstest.Options{Edition: api.Edition2025, Live: true}).Person(t, false)
	typeAll(p)
	p.Answers[steps.Availability] = steps.Answers{"AreaCode": "801"}
	p.Onward(steps.ListPrompt, "")
	require.Equal(t, steps.Areas, p.Prompt().Results.Kind)
	p.Choose(0)
	require.Equal(t, []any{steps.FormPrompt, steps.Provision}, []any{p.Prompt().Kind, p.Prompt().Step.ID})
	require.Contains(t, p.Says(), "the number itself comes from Telegent")
	require.Contains(t, p.Says(), "Area 801")
	p.Take(steps.OpenNoNumber)
	require.Contains(t, p.Says(), "support@telegent.com")
	require.Contains(t, p.Says(), "Please assign a number to our account "+p.Setup.Saved()[steps.AccountID]+": area code 801")
	p.Take(steps.Back)
	p.Type(steps.Submit, steps.Answers{"PhoneNumber": "+18015550123"})
	require.Contains(t, p.Prompt().Title, "This orders +18015550123")
	p.Take(steps.Send)
	require.Equal(t, []string{"+18015550123"}, box.Objects().PhoneNumbers)
}

// Rule: a server that has no sign-in at this address offers the other edition, as
// long as nothing was done.
func TestThePersonMaySwitchTheEdition(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := over(t, api.Edition2026, api.Edition2025, stepstest.Options{}).Person(t, false)
		p.Take(steps.Start)
		p.Take(steps.Submit)
		require.Equal(t, steps.FailedPrompt, p.Prompt().Kind)
		require.Equal(t, "Use edition 2026-04 of the API", p.Option(steps.SwitchEdition).Label)
		p.Take(steps.SwitchEdition)
		p.Onward(steps.FinishedPrompt, "")
		require.Equal(t, api.Edition2026, p.Setup.Edition())
	})
}

// Rule: a wrong secret is said as it is, and the fix asks for it again.
func TestAWrongSecretIsAskedForAgain(t *testing.T) {
	inBoth(t, func(t *testing.T, edition api.Edition) {
		p := liveRun(t, edition)
		right := p.Secrets["AccountSecret"]
		p.Secrets["AccountSecret"] = api.NewSecret("wr0ng-one")
		p.Take(steps.Start)
		p.Take(steps.Submit)
		at := p.Prompt()
		require.Equal(t, "The service did not accept this AccountKey and AccountSecret.", at.Title)
		require.Contains(t, p.Says(), "Check both; your Telegent representative can renew them.\nCheck that your Bearer token")
		p.Take(steps.Fill)
		require.Equal(t, "AccountSecret", p.Prompt().Focus)
		p.Secrets["AccountSecret"] = right
		p.Take(steps.Submit)
		require.True(t, p.Facts().SignedIn)
	})
}

// Rule: a run tells of every step that it finds settled or without an outcome, once.
func TestARunTellsOfWhatItFinds(t *testing.T) {
	statuses := func(s *stepstest.Setup) (all []string) {
		for _, e := range s.Events.All {
			if e, ok := e.(steps.Stepped); ok {
				all = append(all, e.Step+" "+string(e.Status))
			}
		}
		return all
	}
	p := person(t, api.Edition2025, "drop@subscriber")
	p.Onward(steps.UnknownPrompt, steps.Subscriber)
	p.Take(steps.Leave)
	exit, _ := p.Left()
	p.End(exit)

	p = p.Setup.Again(t).Person(t, false)
	p.Take(steps.Leave)
	exit, _ = p.Left()
	p.End(exit)
	require.Equal(t, []string{"subscriber unknown"}, statuses(p.Setup))
	require.Equal(t, steps.Ended{Exit: 3, IDs: p.Setup.Saved()}, p.Setup.Events.All[len(p.Setup.Events.All)-1])

	p = p.Setup.Again(t).Person(t, false)
	p.Onward(steps.UnknownPrompt, steps.Subscriber)
	p.Take(steps.LookFor)
	p.Choose(0)
	p.Onward(steps.FinishedPrompt, "")
	require.Equal(t, []string{
		"authenticate done", "account already-done", "message-route already-done", "voice-route already-done", "availability already-done",
		"provision already-done", "subscriber adopted", "test-message done",
	}, statuses(p.Setup))
}

// Rule: once an event could not be told, nothing more is sent.
func TestNothingIsSentThatCannotBeTold(t *testing.T) {
	full := errors.New("no space left on device")
	calls := 0
	s := stepstest.Open(t, t.TempDir()+"/state.json", stepstest.NewBox(t, sandbox.Options{}), stepstest.Options{Observer: failing{full, &calls}})
	require.NoError(t, s.SignIn(t.Context()))
	calls = 1 // The next event cannot be told.
	_, _ = s.Submit(t.Context(), steps.Account, false)
	require.ErrorIs(t, s.Broken(), full)
	s.Wire.Before = func(*http.Request, string) (*http.Response, error) {
		t.Error("something was sent")
		return nil, full
	}
	_, err := s.Submit(t.Context(), steps.MessageRoute, false)
	require.ErrorIs(t, err, full)
}

// failing is an observer that cannot tell events any more once calls is set.
type failing struct {
	err   error
	calls *int
}

// Observe implements steps.Observer.
func (f failing) Observe(steps.Event) error {
	if *f.calls > 0 {
		return f.err
	}
	return nil
}
