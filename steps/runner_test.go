package steps_test

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/api/sandbox"
	"telegent-setup/state"
	"telegent-setup/steps"
	"telegent-setup/steps/stepstest"
)

// fresh is a run over a new state file, and a sandbox with faults.
func fresh(t *testing.T, faults ...string) *stepstest.Setup {
	t.Helper()
	return stepstest.Open(t, filepath.Join(t.TempDir(), "state.json"), stepstest.NewBox(t, sandbox.Options{}, faults...), stepstest.Options{})
}

func TestTheReadyAnswersWalkThroughAllEightSteps(t *testing.T) {
	s := fresh(t)
	require.NoError(t, s.Walk(t, ""))
	_, more := s.Next()
	require.False(t, more)
	ids := s.Saved()
	for id, prefix := range map[steps.ID]string{steps.AccountID: "AID-", steps.MRID: "MRID-", steps.CRID: "CRID-", steps.TNID: "TNID-", steps.SubscriberID: "TSUID-", steps.MessageID: "TMID-", steps.PhoneNumber: "+1310"} {
		require.True(t, strings.HasPrefix(ids[id], prefix), "%s is %q", id, ids[id])
	}
	require.Equal(t, []string{
		"POST /v1.1/oauth/token", "POST /v1.0/accounts/create", "POST /v1.0/message/routes", "POST /v1.0/voice/routes",
		"POST /v1.0/numbers/availability", "POST /v1.0/numbers/provision", "POST /v1.0/subscribers/create", "POST /v1.0/message/send",
	}, s.Wire.Calls, "one call a step, and one token for all")
	data, err := os.ReadFile(s.StatePath())
	require.NoError(t, err)
	require.NotContains(t, string(data), "sandbox-secret")
	require.NotContains(t, string(data), "SecurePass123!")
}

func TestASkippedVoiceRouteIsLeftOutOfWhatFollows(t *testing.T) {
	s := fresh(t)
	require.NoError(t, s.Walk(t, steps.MessageRoute))
	require.NoError(t, s.Skip(steps.VoiceRoute))
	require.NoError(t, s.Walk(t, ""))
	require.JSONEq(t, `{"NumberType":"mobile","MessageType":"p2p","MessageEnabled":true,"VoiceEnabled":false,"PageNumber":1,"AreaCode":"801","ZipCode":""}`, s.Wire.Bodies[3])
	require.Contains(t, s.Wire.Bodies[4], `"VoiceEnabled":false`)
	require.NotContains(t, s.Wire.Bodies[4], "VoiceRouteId")
	require.ErrorIs(t, s.Reopen(steps.VoiceRoute), steps.ErrNotNow, "a number is provisioned")
}

func TestASkippedStepCanBeReopenedBeforeTheNumber(t *testing.T) {
	s := fresh(t)
	require.NoError(t, s.Walk(t, steps.MessageRoute))
	require.NoError(t, s.Skip(steps.VoiceRoute))
	require.NoError(t, s.Reopen(steps.VoiceRoute))
	next, _ := s.Next()
	require.Equal(t, steps.VoiceRoute, next.ID)
	require.ErrorIs(t, s.Skip(steps.Account), steps.ErrNotNow, "only an optional step is skipped")
}

func TestSentIsOnDiskBeforeTheCallLeaves(t *testing.T) {
	s := fresh(t)
	for _, step := range steps.All() {
		var seen state.Status
		s.Wire.Before = func(r *http.Request, _ string) (*http.Response, error) {
			if !strings.HasSuffix(r.URL.Path, "/token") {
				seen = s.OnDisk(t).Steps[step.ID].Status
			}
			return nil, nil
		}
		require.NoError(t, s.CarryOut(t, step.ID))
		if step.Creates {
			require.Equal(t, state.Sent, seen, step.ID)
		}
		require.Equal(t, state.Done, s.OnDisk(t).Steps[step.ID].Status, step.ID)
	}
}

func TestAnUnattendedWalkWrites14Times(t *testing.T) {
	s := fresh(t)
	writes, last := 0, ""
	count := func() {
		data, _ := os.ReadFile(s.StatePath())
		if string(data) != last {
			writes, last = writes+1, string(data)
		}
	}
	s.Wire.Before = func(*http.Request, string) (*http.Response, error) { count(); return nil, nil }
	for _, step := range steps.All() {
		require.NoError(t, s.CarryOut(t, step.ID))
		count()
	}
	require.Equal(t, 14, writes, "two for each of the six creating steps, one for each other")
}

func TestUnknownOutcomes(t *testing.T) {
	for fault, issue := range map[string]steps.Code{
		"drop@account": "network", "refuse@account": "network", "malformed@account": "unexpected-answer",
		"missing-id@account": "missing-id", "server-error@account": "server-error", "html@account": "server-error",
	} {
		t.Run(fault, func(t *testing.T) {
			s := fresh(t, fault)
			var u *steps.Failure
			require.ErrorAs(t, s.Walk(t, steps.Account), &u)
			require.Equal(t, issue, u.Issue)
			require.Equal(t, 5, u.Exit())
			require.Equal(t, state.Sent, s.OnDisk(t).Steps[steps.Account].Status)
			calls := len(s.Wire.Calls)

			s = s.Again(t)
			_, err := s.Submit(t.Context(), steps.Account, false)
			require.ErrorAs(t, err, &u, "it is not sent again by itself")
			require.Empty(t, s.Wire.Calls)
			require.Equal(t, 2, calls)

			_, err = s.Submit(t.Context(), steps.Account, true)
			require.NoError(t, err, "told to, it is")
		})
	}
}

func TestAFirstCallThatArrivedIsToldFromARefusal(t *testing.T) {
	s := fresh(t, "drop@subscriber")
	var u *steps.Failure
	require.ErrorAs(t, s.Walk(t, ""), &u)
	require.Equal(t, steps.NoAnswer, u.Kind)
	_, err := s.Submit(t.Context(), steps.Subscriber, true)
	require.ErrorAs(t, err, &u)
	require.Equal(t, steps.Arrived, u.Kind)
	require.EqualValues(t, "email-exists", u.Issue)
	require.Equal(t, state.Sent, s.OnDisk(t).Steps[steps.Subscriber].Status)

	s = s.Again(t)
	require.Equal(t, steps.Arrived, s.Unsettled(steps.Subscriber).Kind, "it is remembered")
	ids, err := s.Adopt(steps.Subscriber, steps.Answers{"SubscriberId": "TSUID-9"}, false)
	require.NoError(t, err)
	require.Equal(t, steps.Saved{steps.SubscriberID: "TSUID-9"}, ids)
	require.Equal(t, state.Done, s.OnDisk(t).Steps[steps.Subscriber].Status)
}

func TestAResendThatDoesNotGetThroughLeavesTheOutcomeUnknown(t *testing.T) {
	for name, interfere := range map[string]func(*http.Request, string) (*http.Response, error){
		"no connection": func(*http.Request, string) (*http.Response, error) {
			return nil, &net.OpError{Op: "dial", Err: errors.New("connection refused")}
		},
		"no token": func(r *http.Request, _ string) (*http.Response, error) {
			if strings.HasSuffix(r.URL.Path, "token") {
				return stepstest.Respond(r, 500, "")
			}
			return stepstest.Respond(r, 401, "")
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := fresh(t, "drop@account")
				require.Error(t, s.Walk(t, steps.Account))
				s.Wire.Before = interfere
				_, err := s.Submit(t.Context(), steps.Account, true)
				var u *steps.Failure
				require.ErrorAs(t, err, &u)
				require.Equal(t, steps.ResendFailed, u.Kind)
				require.Equal(t, state.Sent, s.OnDisk(t).Steps[steps.Account].Status)
			})
		})
	}
}

func TestATokenCallThatFailsLeavesTheStepUnsent(t *testing.T) {
	s := fresh(t)
	require.NoError(t, s.Walk(t, steps.Authenticate))
	s = s.Again(t)
	s.Wire.Before = func(r *http.Request, _ string) (*http.Response, error) { return stepstest.Respond(r, 503, "") }
	_, err := s.Submit(t.Context(), steps.Account, false)
	var f *steps.Failure
	require.ErrorAs(t, err, &f, "the creating call did not leave, so nothing is unknown")
	require.EqualValues(t, "server-error", f.Issue)
	require.Equal(t, 5, f.Exit())
	require.Equal(t, state.Failed, s.OnDisk(t).Steps[steps.Account].Status)
	require.Len(t, s.Wire.Calls, 1)
}

func TestATokenThatIsRefusedIsRenewedOnce(t *testing.T) {
	s := fresh(t, "unauthorized@account")
	require.NoError(t, s.Walk(t, steps.Account))
	require.Equal(t, []string{"POST /v1.1/oauth/token", "POST /v1.0/accounts/create", "POST /v1.1/oauth/token", "POST /v1.0/accounts/create"}, s.Wire.Calls)

	s = fresh(t, "unauthorized@account:2")
	var f *steps.Failure
	require.ErrorAs(t, s.Walk(t, steps.Account), &f)
	require.EqualValues(t, "unauthorized", f.Issue)
	require.Equal(t, steps.Authenticate, f.FixStep)
	require.Len(t, s.Wire.Calls, 4)
	require.Equal(t, state.Failed, s.OnDisk(t).Steps[steps.Account].Status)
}

func TestAWrongSecretIsSaidAndCanBeMended(t *testing.T) {
	s := fresh(t)
	s.SetSecret("AccountSecret", api.NewSecret("wrong-one"))
	var f *steps.Failure
	require.ErrorAs(t, s.SignIn(t.Context()), &f)
	require.EqualValues(t, "unauthorized", f.Issue)
	require.Equal(t, "AccountSecret", f.FixField)
	require.Contains(t, f.Solution, "Telegent representative")
	require.False(t, s.SignedIn())
	s.SetSecret("AccountSecret", api.NewSecret("sandbox-secret"))
	require.NoError(t, s.SignIn(t.Context()))
	require.True(t, s.SignedIn())
}

func TestResumingGoesOnAtTheFirstStepThatIsNotDone(t *testing.T) {
	s := fresh(t)
	require.NoError(t, s.Walk(t, steps.MessageRoute))
	s = s.Again(t)
	require.True(t, s.Resumed())
	require.False(t, s.SignedIn())
	next, ok := s.Next()
	require.True(t, ok)
	require.Equal(t, steps.VoiceRoute, next.ID)
	require.NoError(t, s.SignIn(t.Context()))
	require.NoError(t, s.Walk(t, ""))
	require.Len(t, s.Box.Objects().Accounts, 1)
}

func TestNextNeverNamesAuthenticateOnceALaterStepHasBegun(t *testing.T) {
	s := fresh(t)
	require.NoError(t, s.Walk(t, ""))
	s = s.Again(t)
	s.SetSecret("AccountSecret", api.NewSecret("wrong-one"))
	require.Error(t, s.SignIn(t.Context()))
	_, more := s.Next()
	require.False(t, more)
}

func TestTheOrderIDIsMadeOnceAndNewAfterARefusal(t *testing.T) {
	s := fresh(t, "server-error@provision", "number-in-use")
	require.Error(t, s.Walk(t, ""))
	order := func() string { return orderID(t, s.Wire.Bodies[len(s.Wire.Bodies)-1]) }
	first := order()
	require.NotEmpty(t, first)
	require.Equal(t, first, s.OnDisk(t).Steps[steps.Provision].OrderID, "saved before it is sent")

	s = s.Again(t)
	require.Contains(t, s.Preview(steps.Provision, nil), first, "shown as it will be sent")
	_, err := s.Submit(t.Context(), steps.Provision, true)
	require.Error(t, err)
	require.Equal(t, first, order(), "the same order again has the same ID")
}

func TestTheOrderIDIsNewAfterARefusal(t *testing.T) {
	s := fresh(t, "number-in-use")
	var f *steps.Failure
	require.ErrorAs(t, s.Walk(t, ""), &f)
	first := orderID(t, s.Wire.Bodies[len(s.Wire.Bodies)-1])
	require.Empty(t, s.OnDisk(t).Steps[steps.Provision].OrderID)
	_, err := s.Submit(t.Context(), steps.Provision, false)
	require.NoError(t, err)
	require.NotEqual(t, first, orderID(t, s.Wire.Bodies[len(s.Wire.Bodies)-1]))
}

func orderID(t *testing.T, body string) string {
	t.Helper()
	var v struct {
		OrderID string `json:"OrderId"`
	}
	require.NoError(t, json.Unmarshal([]byte(body), &v))
	return v.OrderID
}

// Rule: what was chosen beats what was given ahead.
func TestChoosingANumberCarriesItIntoProvisioning(t *testing.T) {
	given := map[string]steps.Answers{steps.Provision: {"PhoneNumber": "+13105550000"}}
	s := stepstest.Open(t, filepath.Join(t.TempDir(), "state.json"), stepstest.NewBox(t, sandbox.Options{}), stepstest.Options{Given: given})
	require.Equal(t, "+13105550000", question(t, s, steps.Provision, "PhoneNumber").Value)
	require.NoError(t, s.Walk(t, steps.VoiceRoute))
	results, err := s.Search(t.Context(), steps.Availability, 0)
	require.NoError(t, err)
	require.Equal(t, steps.Numbers, results.Kind)
	require.Equal(t, "+13105550000", results.Given)
	require.NoError(t, s.Choose(steps.Availability, &results.Rows[1]))
	require.Equal(t, results.Rows[1].Number, question(t, s, steps.Provision, "PhoneNumber").Value)
	require.NoError(t, s.Walk(t, ""))
	require.Equal(t, results.Rows[1].Number, s.Saved()[steps.PhoneNumber])
}

// question is what a form asks for a key, as it stands.
func question(t *testing.T, s *stepstest.Setup, step, key string) steps.Question {
	t.Helper()
	for _, q := range s.Questionnaire(step, false).Questions(nil) {
		if q.Key == key {
			return q
		}
	}
	t.Fatalf("%s does not ask for %s", step, key)
	return steps.Question{Field: &steps.Field{}}
}

func TestNothingAvailableIsNoSuccess(t *testing.T) {
	s := fresh(t, "no-numbers")
	var f *steps.Failure
	require.ErrorAs(t, s.Walk(t, ""), &f)
	require.Equal(t, []any{steps.IssueNoNumbers, 4, steps.Availability}, []any{f.Issue, f.Exit(), f.FixStep})
}

func TestAReplacedIDIsKeptInTheHistoryAndTheNewOneIsUsed(t *testing.T) {
	s := fresh(t, "message-route-required")
	var f *steps.Failure
	require.ErrorAs(t, s.Walk(t, ""), &f)
	require.Equal(t, steps.MessageRoute, f.FixStep)
	old := s.Saved()[steps.MRID]
	ids, err := s.Submit(t.Context(), steps.MessageRoute, false)
	require.NoError(t, err)
	require.NotEqual(t, old, ids[steps.MRID])
	require.Equal(t, old, s.OnDisk(t).History[0].Value)
	require.NoError(t, s.Walk(t, ""))
	require.Contains(t, s.Wire.Bodies[len(s.Wire.Bodies)-3], ids[steps.MRID])
}

func TestRedoingADoneStepThatIsRefusedLeavesItDone(t *testing.T) {
	s := fresh(t)
	require.NoError(t, s.Walk(t, steps.Account))
	s.Wire.Before = func(r *http.Request, _ string) (*http.Response, error) {
		return stepstest.Respond(r, 400, `{"Message":"no"}`)
	}
	_, err := s.Submit(t.Context(), steps.Account, false)
	require.Error(t, err)
	require.Equal(t, state.Done, s.OnDisk(t).Steps[steps.Account].Status)
	require.NotEmpty(t, s.Saved()[steps.AccountID])
}

func TestCancellingBeforeAnythingIsSentChangesNothing(t *testing.T) {
	s := fresh(t)
	require.NoError(t, s.Walk(t, steps.Authenticate))
	ctx, cancel := context.WithCancel(t.Context())
	s.Wire.Before = func(r *http.Request, _ string) (*http.Response, error) {
		cancel() // In the middle of connecting.
		return nil, r.Context().Err()
	}
	_, err := s.Submit(ctx, steps.Account, false)
	require.ErrorIs(t, err, context.Canceled)
	require.Equal(t, state.Todo, s.Status(steps.Account).Status)
}

func TestCancellingACallThatLeftIsUnknown(t *testing.T) {
	s := fresh(t)
	require.NoError(t, s.Walk(t, steps.Authenticate))
	ctx, cancel := context.WithCancel(t.Context())
	s.Wire.Before = func(r *http.Request, _ string) (*http.Response, error) {
		stepstest.Connect(r)
		cancel()
		return nil, r.Context().Err()
	}
	_, err := s.Submit(ctx, steps.Account, false)
	var u *steps.Failure
	require.ErrorAs(t, err, &u)
	require.Equal(t, state.Sent, s.OnDisk(t).Steps[steps.Account].Status)
}

func TestAConnectionThatWasNeverMadeIsAFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := fresh(t)
		require.NoError(t, s.Walk(t, steps.Authenticate))
		s.Wire.Before = func(*http.Request, string) (*http.Response, error) {
			return nil, &net.OpError{Op: "dial", Err: errors.New("connection refused")}
		}
		_, err := s.Submit(t.Context(), steps.Account, false)
		var f *steps.Failure
		require.ErrorAs(t, err, &f)
		require.Equal(t, []any{steps.IssueNetwork, 5}, []any{f.Issue, f.Exit()})
		require.Equal(t, state.Failed, s.OnDisk(t).Steps[steps.Account].Status)
		s.Wire.Before = nil
		require.NoError(t, s.Walk(t, steps.Account), "a failed step is simply sent again")
	})
}

// Rule: what was typed so far is kept, without secrets, and is no progress.
func TestDraftsKeepWhatWasTyped(t *testing.T) {
	s := fresh(t)
	s.SetTyped(steps.MessageRoute, steps.Answers{"RouteName": "  Mine ", "RouteUrl": "https://me:pw@example.com/x", "RouteEnabled": "no"})
	require.NoError(t, s.Draft(steps.MessageRoute))
	s = s.Again(t)
	require.Equal(t, "Mine", question(t, s, steps.MessageRoute, "RouteName").Value)
	require.Equal(t, "false", question(t, s, steps.MessageRoute, "RouteEnabled").Value)
	require.NotContains(t, question(t, s, steps.MessageRoute, "RouteUrl").Value, "pw", "a URL with a password in it is not kept")
	require.False(t, s.Resumed(), "typing is not progress")
}

func TestAMessageIsDoneWithoutItsID(t *testing.T) {
	for body, done := range map[string]bool{`{"Status":"Queued"}`: true, ``: true, `{"broken`: true, `OK`: true, `null`: true, `<html>`: false} {
		s := fresh(t)
		require.NoError(t, s.Walk(t, steps.Subscriber))
		s.Wire.Before = func(r *http.Request, _ string) (*http.Response, error) { return stepstest.Respond(r, 200, body) }
		_, err := s.Submit(t.Context(), steps.TestMessage, false)
		require.Equal(t, done, err == nil, "%q: %v", body, err)
	}
}

func TestAdoptingANumber(t *testing.T) {
	for name, tc := range map[string]struct {
		answers steps.Answers
		tnid    string
		bad     bool
	}{
		"both":      {steps.Answers{"PhoneNumber": "+13105557777", "TNID": "NID-1"}, "NID-1", false},
		"unknown":   {steps.Answers{"PhoneNumber": "+13105557777", "TNID": "unknown"}, "", false},
		"left out":  {steps.Answers{"PhoneNumber": "+13105557777"}, "", false},
		"bad":       {steps.Answers{"PhoneNumber": "3105557777", "TNID": "NID-1"}, "", true},
		"no number": {steps.Answers{"TNID": "NID-1"}, "", true},
	} {
		s := fresh(t)
		_, err := s.Adopt(steps.Provision, tc.answers, false)
		if tc.bad {
			var invalid *steps.Invalid
			require.ErrorAs(t, err, &invalid, name)
			continue
		}
		require.NoError(t, err, name)
		require.Equal(t, tc.tnid, s.Saved()[steps.TNID], name)
		require.Equal(t, "+13105557777", s.Saved()[steps.PhoneNumber], name)
		require.Empty(t, s.Wire.Calls, name)
	}
}

func TestAnotherKeyIsRefusedOnceTheSetupHasBegun(t *testing.T) {
	s := fresh(t)
	require.NoError(t, s.Walk(t, steps.Account))
	s.SetTyped(steps.Authenticate, steps.Answers{"AccountKey": "DID-2"})
	err := s.SignIn(t.Context())
	var invalid *steps.Invalid
	require.ErrorAs(t, err, &invalid)
	require.Contains(t, invalid.Error(), "sandbox-key")
}

// Rule: what is typed while a call is under way never takes back that it was sent.
func TestADraftNeverUndoesAnotherSave(t *testing.T) {
	s := fresh(t)
	require.NoError(t, s.SignIn(t.Context()))
	var drafts sync.WaitGroup
	s.Wire.Before = func(*http.Request, string) (*http.Response, error) {
		for range 20 {
			drafts.Go(func() { typed(s, steps.Account, steps.Answers{"AccountName": "typed meanwhile"}) })
			drafts.Go(func() { typed(s, steps.MessageRoute, steps.Answers{"RouteName": rand.Text()}) })
		}
		return nil, nil
	}
	_, err := s.Submit(t.Context(), steps.Account, false)
	require.NoError(t, err)
	drafts.Wait()
	kept := s.OnDisk(t)
	require.Equal(t, state.Done, kept.Steps[steps.Account].Status)
	require.NotEmpty(t, kept.IDs[string(steps.AccountID)])
}

// typed keeps what is typed while something else goes on.
func typed(s *stepstest.Setup, step string, answers steps.Answers) {
	s.SetTyped(step, answers)
	_ = s.Draft(step)
}

func TestTheNumberOfAnAnswerIsSavedAsOneThatCanBeCalled(t *testing.T) {
	for answered, want := range map[string]string{
		`"+13105559876"`: "+13105559876", `"13105559876"`: "+13105559876", `13105559876`: "+13105559876",
		`"soon"`: "+18015550111", `null`: "+18015550111", `"+1 (31"`: "+18015550111",
	} {
		s := fresh(t)
		require.NoError(t, s.Walk(t, steps.Availability))
		s.Wire.Before = func(r *http.Request, _ string) (*http.Response, error) {
			return stepstest.Respond(r, 200, `{"TNID":"TNID-1","PhoneNumber":`+answered+`}`)
		}
		s.SetTyped(steps.Provision, steps.Answers{"PhoneNumber": "+18015550111"})
		_, err := s.Submit(t.Context(), steps.Provision, false)
		require.NoError(t, err)
		require.Equal(t, want, s.OnDisk(t).PhoneNumber, answered)
	}
}

// Rule: what was carried out and could not be saved is said with its IDs, and
// what was only adopted is not said to have been carried out.
func TestWhatCannotBeSavedIsNamed(t *testing.T) {
	for name, tc := range map[string]struct {
		do   func(s *stepstest.Setup) error
		says string
	}{
		"created": {func(s *stepstest.Setup) error {
			_, err := s.Submit(context.Background(), steps.Account, false)
			return err
		}, "account was carried out and gave AccountId AID-1, which could not be saved: note it."},
		"adopted": {func(s *stepstest.Setup) error {
			_, err := s.Adopt(steps.Account, steps.Answers{"AccountId": "AID-1"}, false)
			return err
		}, "save account: "},
	} {
		t.Run(name, func(t *testing.T) {
			s := fresh(t)
			require.NoError(t, s.SignIn(t.Context()))
			block := func() { // A directory takes the place of the state file.
				require.NoError(t, os.RemoveAll(s.StatePath()))
				require.NoError(t, os.MkdirAll(filepath.Join(s.StatePath(), "in the way"), 0o700))
			}
			s.Wire.Before = func(r *http.Request, _ string) (*http.Response, error) {
				block()
				return stepstest.Respond(r, 200, `{"AccountId":"AID-1"}`)
			}
			if name == "adopted" {
				block()
			}
			require.ErrorContains(t, tc.do(s), tc.says)
		})
	}
}

// Rule: a run that finds an outcome open says what the run before it said, and
// puts no words in the service's mouth.
func TestAnOpenOutcomeIsToldAsItCameAbout(t *testing.T) {
	for _, fault := range []string{"drop", "server-error", "missing-id", "html"} {
		t.Run(fault, func(t *testing.T) {
			s := fresh(t, fault+"@account")
			var u *steps.Failure
			require.ErrorAs(t, s.Walk(t, ""), &u)
			found := s.Again(t).Unsettled(steps.Account)
			require.Equal(t, "Last time: "+strings.ReplaceAll(u.Title, "http://127.0.0.1:1", "the service"), found.Headline())
			require.Equal(t, []any{u.Issue, u.Message, u.Solution, u.Exit()}, []any{found.Issue, found.Message, found.Solution, found.Exit()})
		})
	}
}

// Rule: what follows from other answers is not kept beside them, so that it
// follows them when they change; what another program kept there stays.
func TestWhatFollowsFromOtherAnswersIsNotKept(t *testing.T) {
	s := fresh(t)
	require.NoError(t, s.Walk(t, steps.MessageRoute))
	require.NoError(t, s.Skip(steps.VoiceRoute))
	s.SetTyped(steps.Provision, steps.Answers{"PhoneNumber": "+18015550111"})
	require.NoError(t, s.Draft(steps.Provision))
	require.NotContains(t, s.OnDisk(t).Steps[steps.Provision].Answers, "VoiceEnabled", "it was never asked")
	require.NoError(t, s.Reopen(steps.VoiceRoute))
	_, err := s.Adopt(steps.VoiceRoute, steps.Answers{"CallRouteId": "CRID-1"}, false)
	require.NoError(t, err)
	require.Equal(t, "true", question(t, s, steps.Provision, "VoiceEnabled").Value)
}

func TestAnswersOfAnotherProgramStay(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.json")
	require.NoError(t, os.WriteFile(path, []byte(`{"version":1,"sandbox":true,"steps":{"account":{"status":"todo","answers":{"XKey":"mine"}}}}`), 0o600))
	s := stepstest.Open(t, path, stepstest.NewBox(t, sandbox.Options{}), stepstest.Options{})
	require.NoError(t, s.Walk(t, steps.Account))
	require.Equal(t, "mine", s.OnDisk(t).Steps[steps.Account].Answers["XKey"])
}

// Rule: an ID that the service gave is sent as it is, however it looks.
func TestASavedIDIsNeverRejected(t *testing.T) {
	s := fresh(t)
	require.NoError(t, s.SignIn(t.Context()))
	s.Wire.Before = func(r *http.Request, _ string) (*http.Response, error) {
		if strings.HasSuffix(r.URL.Path, "/accounts/create") {
			return stepstest.Respond(r, 200, `{"AccountId":"AID 1"}`)
		}
		return nil, nil
	}
	require.NoError(t, s.Walk(t, steps.Provision))
	require.Empty(t, s.Questionnaire(steps.Subscriber, false).Problems(nil))
}

// Rule: an order keeps its OrderId until it was refused.
func TestTheOrderIDOfAnOrderThatWasNotSentIsKept(t *testing.T) {
	s := fresh(t)
	require.NoError(t, s.Walk(t, steps.Availability))
	order := func(status int) string {
		s.Wire.Bodies = nil
		s.Wire.Before = func(r *http.Request, _ string) (*http.Response, error) {
			if status == 0 {
				return nil, &net.OpError{Op: "dial", Err: errors.New("connection refused")}
			}
			return stepstest.Respond(r, status, `{"Message":"no"}`)
		}
		synctest.Test(t, func(t *testing.T) {
			_, err := s.Submit(t.Context(), steps.Provision, false)
			require.Error(t, err)
		})
		var body struct{ OrderId string }
		require.NoError(t, json.Unmarshal([]byte(s.Wire.Bodies[0]), &body))
		return body.OrderId
	}
	first := order(0)
	require.Equal(t, first, order(0))
	require.Equal(t, first, order(400))
	require.NotEqual(t, first, order(400))
}

// Rule: a message that arrived ends its step, though nobody knows its ID.
func TestAMessageThatArrivedNeedsNoID(t *testing.T) {
	s := fresh(t, "drop@test-message")
	var u *steps.Failure
	require.ErrorAs(t, s.Walk(t, ""), &u)
	_, err := s.Adopt(steps.TestMessage, nil, false)
	require.NoError(t, err)
	_, more := s.Next()
	require.False(t, more)
}

func TestALaterRunSaysWhyAStepFailed(t *testing.T) {
	s := fresh(t, "number-in-use")
	var f *steps.Failure
	require.ErrorAs(t, s.Walk(t, ""), &f)
	found := s.Again(t).LastFailure(steps.Provision)
	require.Equal(t, f.Outcome, found.Outcome)
	require.Equal(t, []string{f.Title, f.Solution, f.FixStep}, []string{found.Title, found.Solution, found.FixStep})
	require.Nil(t, s.LastFailure(steps.Account))
}
