package steps_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/api/sandbox"
	"telegent-setup/state"
	"telegent-setup/steps"
	"telegent-setup/steps/stepstest"
)

// notices are the sentences that a run was told.
func notices(s *stepstest.Setup) (all []string) {
	for _, e := range s.Events.All {
		if n, ok := e.(steps.Noticed); ok {
			all = append(all, n.Text)
		}
	}
	return all
}

// givenIDs are IDs that were given ahead of a run.
func givenIDs(ids map[string]steps.Answers) func(api.Edition) (steps.Given, error) {
	return func(api.Edition) (steps.Given, error) {
		given := steps.NewGiven()
		given.Adopt = ids
		return given, nil
	}
}

// Rule: IDs that were given ahead are taken over on the way, in order, and nothing
// is sent for them.
func TestGivenIDsAreTakenOver(t *testing.T) {
	inBoth(t, func(t *testing.T, edition api.Edition) {
		s := over(t, edition, edition, stepstest.Options{Read: givenIDs(map[string]steps.Answers{
			steps.Account: {"AccountId": "AID-1"}, steps.MessageRoute: {"MessageRouteId": "MRID-1"}, steps.VoiceRoute: {"CallRouteId": "CRID-1"},
			steps.Provision: {"PhoneNumber": "+13105551234", "TNID": "unknown"}, steps.Subscriber: {"SubscriberId": "TSUID-1"}, steps.TestMessage: {"MessageId": "TMID-1"},
		})})
		p := s.Person(t, true)
		p.Onward(steps.FinishedPrompt, "")
		require.Equal(t, sandbox.Objects{}, s.Box.Objects())
		require.Equal(t, steps.Saved{
			steps.AccountID: "AID-1", steps.MRID: "MRID-1", steps.CRID: "CRID-1", steps.PhoneNumber: "+13105551234", steps.SubscriberID: "TSUID-1", steps.MessageID: "TMID-1",
		}, s.Saved(), "a TNID that nobody knows is none")
		var adopted []string
		for _, e := range s.Events.All {
			if e, ok := e.(steps.Stepped); ok && e.Status == steps.StatusAdopted {
				adopted = append(adopted, e.Step)
			}
		}
		require.Equal(t, []string{steps.Account, steps.MessageRoute, steps.VoiceRoute, steps.Provision, steps.Subscriber, steps.TestMessage}, adopted)
		require.Empty(t, notices(s))
	})
}

// Rule: an unexpected prefix is told and never refused; one that belongs to another
// kind of ID names that kind.
func TestUnexpectedPrefixesAreTold(t *testing.T) {
	for name, tc := range map[string]struct {
		step    string
		answers steps.Answers
		says    string // Empty when nothing.
	}{
		"as expected":       {steps.MessageRoute, steps.Answers{"MessageRouteId": "MRID-1"}, ""},
		"in small letters":  {steps.MessageRoute, steps.Answers{"MessageRouteId": "mrid-1"}, ""},
		"the other prefix":  {steps.Provision, steps.Answers{"PhoneNumber": "+13105551234", "TNID": "NID-1"}, ""},
		"unknown":           {steps.Provision, steps.Answers{"PhoneNumber": "+13105551234", "TNID": "unknown"}, ""},
		"no prefix":         {steps.Account, steps.Answers{"AccountId": "12345"}, "AccountId 12345: IDs of this kind usually begin with AID-."},
		"swapped":           {steps.Account, steps.Answers{"AccountId": "MRID-1"}, "AccountId MRID-1: IDs of this kind usually begin with AID-; this one looks like the Message route ID (MRID)."},
		"swapped, a number": {steps.Subscriber, steps.Answers{"SubscriberId": "NID-7"}, "SubscriberId NID-7: IDs of this kind usually begin with TSUID-; this one looks like the Number ID (TNID)."},
	} {
		t.Run(name, func(t *testing.T) {
			s := fresh(t)
			adopt(t, s, tc.step, tc.answers)
			require.Equal(t, state.Done, s.OnDisk(t).Steps[tc.step].Status)
			require.Equal(t, tc.says, strings.Join(notices(s), "\n"))
		})
	}
}

// Rule: an ID that a person enters is asked for at the service once. One that it
// does not know is used only when that is confirmed, and is marked; what cannot be
// asked is taken as it is.
func TestAnEnteredIDIsConfirmed(t *testing.T) {
	inBoth(t, func(t *testing.T, edition api.Edition) {
		p := person(t, edition)
		p.Onward(steps.PlanPrompt, "")
		p.Take(steps.Continue)
		p.Onward(steps.FormPrompt, steps.MessageRoute)
		p.Take(steps.OpenAdopt)
		for _, no := range []string{strings.Repeat("M", 201), "MRID-1\nMRID-2", "MRID-" + sandbox.Secret} {
			p.Type(steps.Adopt, steps.Answers{"MessageRouteId": no})
			require.Equal(t, "MessageRouteId", p.Prompt().Problems[0].Key, no)
		}
		p.Type(steps.Adopt, steps.Answers{"MessageRouteId": "MRID-nobody-knows"})
		at := p.Prompt()
		require.Equal(t, steps.UnconfirmedPrompt, at.Kind, p.Where())
		require.True(t, at.Guarded)
		require.Equal(t, []steps.Detail{{Name: "MRID", Value: "MRID-nobody-knows"}}, at.Facts)
		p.Take(steps.Back)
		require.Equal(t, "MRID-nobody-knows", p.Prompt().Edits["MessageRouteId"], "to be corrected")
		require.Equal(t, "MessageRouteId", p.Prompt().Focus)
		p.Take(steps.Adopt)
		p.Take(steps.AdoptAnyway)
		require.True(t, p.Setup.OnDisk(t).Steps[steps.MessageRoute].Unconfirmed)
		require.Equal(t, "MRID-nobody-knows", p.Setup.Saved()[steps.MRID])
		require.Empty(t, p.Setup.Box.Objects().MessageRoutes)
	})
}

func TestAnIDThatCannotBeAskedForIsTakenAsItIs(t *testing.T) {
	inBoth(t, func(t *testing.T, edition api.Edition) {
		p := person(t, edition, "no-lookup")
		p.Onward(steps.PlanPrompt, "")
		p.Take(steps.Continue)
		p.Take(steps.OpenAdopt)
		p.Type(steps.Adopt, steps.Answers{"AccountId": "AID-nobody-knows"})
		require.Equal(t, state.Done, p.Setup.Status(steps.Account).Status, p.Where())
		require.False(t, p.Setup.OnDisk(t).Steps[steps.Account].Unconfirmed)
	})
}

// Rule: what the service has can be chosen from, where it lets itself be listed;
// where it does not, that is said once, and is not offered again.
func TestChoosingFromWhatTheServiceHas(t *testing.T) {
	inBoth(t, func(t *testing.T, edition api.Edition) {
		p := person(t, edition)
		p.Onward(steps.FinishedPrompt, "")
		// A second setup over the same service.
		s := stepstest.Open(t, t.TempDir()+"/second.json", p.Setup.Box, stepstest.Options{Edition: edition})
		q := s.Person(t, true)
		q.Onward(steps.PlanPrompt, "")
		q.Take(steps.Continue)
		for _, step := range []string{steps.Account, steps.MessageRoute, steps.VoiceRoute, steps.Provision, steps.Subscriber} {
			for q.Prompt().Step.ID != step || q.Prompt().Kind == steps.ListPrompt || q.Prompt().Kind == steps.StepPrompt {
				require.NoError(t, q.Reply(t.Context(), steps.Reply{Option: steps.Option{Do: steps.Visit, Step: step}}))
			}
			q.Take(steps.OpenAdopt)
			q.Take(steps.OpenList)
			require.Len(t, q.Prompt().Results.Rows, 1, q.Where())
			require.Contains(t, q.Prompt().Title, "The service has this one")
			q.Choose(0)
		}
		for id, value := range p.Setup.Saved() {
			if id != steps.MessageID {
				require.Equal(t, value, s.Saved()[id], id)
			}
		}
		requireOneOfEach(t, s.Box)
	})
}

func TestWhatCannotBeAskedIsSaidOnce(t *testing.T) {
	inBoth(t, func(t *testing.T, edition api.Edition) {
		p := person(t, edition, "drop@account", "no-lookup")
		p.Onward(steps.UnknownPrompt, steps.Account)
		p.Take(steps.LookFor)
		require.Equal(t, steps.UnknownPrompt, p.Prompt().Kind)
		require.Contains(t, p.Says(), "The service cannot be asked for this here. That does not mean that it is not there.")
		_, offered := p.Prompt().Option(steps.LookFor)
		require.False(t, offered)
		require.Equal(t, state.Sent, p.Setup.Status(steps.Account).Status)
		p.Take(steps.OpenAdopt)
		require.Equal(t, "Enter the ID", p.Prompt().Title)
		p.Type(steps.Adopt, steps.Answers{"AccountId": p.Setup.Box.Objects().Accounts[0]})
		p.Onward(steps.FinishedPrompt, "")
		requireOneOfEach(t, p.Setup.Box)
	})
}

// Rule: the IDs of a setup can be checked at the service from the overview; that
// changes nothing, and what cannot be asked is not called gone.
func TestTheIDsAreCheckedFromTheOverview(t *testing.T) {
	inBoth(t, func(t *testing.T, edition api.Edition) {
		for fault, says := range map[string]string{
			"":          "Every ID that can be checked is there.",
			"no-lookup": "The service does not let itself be asked here: nothing was checked.",
		} {
			var faults []string
			if fault != "" {
				faults = []string{fault}
			}
			p := person(t, edition, faults...)
			p.Onward(steps.ConfirmPrompt, steps.TestMessage)
			before := p.Setup.OnDisk(t)
			check, offered := p.Overview().Option(steps.CheckIDs)
			require.True(t, offered)
			require.NoError(t, p.Reply(t.Context(), steps.Reply{Option: check}))
			require.Contains(t, p.Overview().Notes, says)
			require.Equal(t, before, p.Setup.OnDisk(t))
		}
		p := person(t, edition)
		p.Onward(steps.ConfirmPrompt, steps.TestMessage)
		p.Setup.Wire.Before = func(r *http.Request, _ string) (*http.Response, error) {
			if strings.HasSuffix(r.URL.Path, "/subscribers/get") {
				return stepstest.Respond(r, 404, `{"Message":"SubscriberId does not exist"}`)
			}
			return nil, nil
		}
		check, _ := p.Overview().Option(steps.CheckIDs)
		require.NoError(t, p.Reply(t.Context(), steps.Reply{Option: check}))
		require.Contains(t, strings.Join(p.Overview().Notes, "\n"), "The service does not know 1 ID")
	})
}

// Rule: another ID takes the place of that of a done step, which stays in the
// history; the same one changes nothing.
func TestAdoptingOverADoneStep(t *testing.T) {
	s := fresh(t)
	require.NoError(t, s.Walk(t, steps.MessageRoute))
	old := s.Saved()[steps.MRID]
	adopt(t, s, steps.MessageRoute, steps.Answers{"MessageRouteId": old})
	require.Empty(t, s.OnDisk(t).History)
	require.NotEmpty(t, s.OnDisk(t).Steps[steps.MessageRoute].Answers)
	adopt(t, s, steps.MessageRoute, steps.Answers{"MessageRouteId": "MRID-2"})
	kept := s.OnDisk(t)
	require.Equal(t, old, kept.History[0].Value)
	require.Empty(t, kept.Steps[steps.MessageRoute].Answers, "they are those of the other one")
	require.True(t, kept.Steps[steps.MessageRoute].Adopted)
}

// Rule: an ID that a person enters may hold what one from the service may.
func TestAnEnteredIDHoldsWhatTheServicesMay(t *testing.T) {
	for _, id := range []string{"AID 1 of 2", "аккаунт/1?x=1&y", "'\"\\", "0", strings.Repeat("A", 200)} {
		s := fresh(t)
		s.Wire.Before = func(r *http.Request, _ string) (*http.Response, error) {
			if strings.HasSuffix(r.URL.Path, "/accounts/create") {
				return stepstest.Respond(r, 200, fmt.Sprintf(`{"AccountId":%q}`, id))
			}
			return nil, nil
		}
		require.NoError(t, s.Walk(t, steps.Account))
		require.Equal(t, id, s.OnDisk(t).IDs["AccountId"])
		s = fresh(t)
		adopt(t, s, steps.Account, steps.Answers{"AccountId": id})
		require.Equal(t, id, s.OnDisk(t).IDs["AccountId"])
	}
}
