//go:build !race

package steps_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/api/sandbox"
	"telegent-setup/state"
	"telegent-setup/steps"
	"telegent-setup/steps/stepstest"
)

func TestAnOrderUnderWayIsFollowedInTheNextRunAndNeverPlacedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := live(t, sandbox.Options{Orders: 1})
		s.Wire.Before = func(r *http.Request, _ string) (*http.Response, error) {
			if r.URL.Path == "/v1.0/numbers/order" {
				return stepstest.Respond(r, 200, `{"OrderStatus":"Pending","OrderId":"JNUOID-1"}`)
			}
			return nil, nil
		}
		start := time.Now()
		var u *steps.Failure
		require.ErrorAs(t, s.Walk(t, ""), &u)
		require.Equal(t, []any{steps.OrderOpen, steps.IssueTimeout, 5}, []any{u.Kind, u.Issue, u.Exit()})
		require.InDelta(t, 10*time.Minute, time.Since(start), float64(time.Minute))
		kept := s.OnDisk(t).Steps[steps.Provision]
		require.Equal(t, state.Sent, kept.Status)
		require.True(t, strings.HasPrefix(kept.OrderID, "JNUOID-"))

		s = s.Again(t)
		require.NoError(t, s.Walk(t, ""), "no word of resending is needed")
		require.NotContains(t, s.Wire.Calls, "POST /v1.0/numbers/provision")
	})
}

func TestARejectedOrderIsAFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := live(t, sandbox.Options{})
		s.Wire.Before = func(r *http.Request, _ string) (*http.Response, error) {
			if r.URL.Path == "/v1.0/numbers/order" {
				return stepstest.Respond(r, 200, `{"Data":{"OrderStatus":"Rejected","OrderId":"JNUOID-1","ErrorMessage":"No inventory"}}`)
			}
			return nil, nil
		}
		var f *steps.Failure
		require.ErrorAs(t, s.Walk(t, ""), &f)
		require.Equal(t, []any{steps.IssueOrderFailed, 4, "No inventory"}, []any{f.Issue, f.Exit(), f.Message})
		kept := s.OnDisk(t).Steps[steps.Provision]
		require.Equal(t, state.Failed, kept.Status)
		require.Empty(t, kept.OrderID)
	})
}

// Rule: the end of an order is the service's last word, in a later run too: what
// it says of the number is no sign that something else arrived.
func TestAnOrderRejectedInALaterRunIsAFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := live(t, sandbox.Options{})
		answer := `{"OrderStatus":"Pending","OrderId":"JNUOID-1"}`
		look := func(r *http.Request, _ string) (*http.Response, error) {
			if r.URL.Path == "/v1.0/numbers/order" {
				return stepstest.Respond(r, 200, answer)
			}
			return nil, nil
		}
		s.Wire.Before = look
		var u *steps.Failure
		require.ErrorAs(t, s.Walk(t, ""), &u)

		answer = `{"OrderStatus":"Rejected","OrderId":"JNUOID-1","ErrorMessage":"Phone number already in use"}`
		s = s.Again(t)
		s.Wire.Before = look
		var f *steps.Failure
		require.ErrorAs(t, s.Walk(t, ""), &f)
		require.Equal(t, []any{steps.IssueOrderFailed, 4, "Phone number already in use"}, []any{f.Issue, f.Exit(), f.Message})
		kept := s.OnDisk(t).Steps[steps.Provision]
		require.Equal(t, state.Failed, kept.Status)
		require.Empty(t, kept.OrderID, "the next order is a new one")
	})
}

func TestLooksThatFailNowAndThenDoNotSettleAnOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := live(t, sandbox.Options{Orders: 1}, "server-error@provision")
		n := 0
		s.Wire.Before = func(r *http.Request, _ string) (*http.Response, error) {
			if r.URL.Path == "/v1.0/numbers/order" {
				if n++; n < 4 {
					return stepstest.Respond(r, 503, "")
				}
			}
			return nil, nil
		}
		var u *steps.Failure
		require.ErrorAs(t, s.Walk(t, ""), &u, "the order itself broke off: unknown")
		require.Equal(t, steps.NoAnswer, u.Kind)
		_, err := s.Submit(t.Context(), steps.Provision, true)
		require.NoError(t, err)
	})
}

// Rule: an order that has an ID is followed, whatever its status says, until it
// has a number that can be called.
func TestAnOrderWithAnIDIsFollowed(t *testing.T) {
	for name, tc := range map[string]struct{ ordered, looked, number string }{
		"a status that nobody knows": {`{"OrderId":"JNUOID-7","OrderStatus":"Processing"}`, `{"OrderStatus":"Completed","PhoneNumberAssigned":"+13105551234","PhoneNumberId":"NID-1"}`, "+13105551234"},
		"complete without a number":  {`{"OrderId":"JNUOID-7","OrderStatus":"Complete"}`, `{"OrderStatus":"Complete","PhoneNumberAssigned":"13105551234","PhoneNumberId":"NID-1"}`, "+13105551234"},
		"a number that is none":      {`{"OrderId":"JNUOID-7","OrderStatus":"Complete","PhoneNumberAssigned":"soon","PhoneNumberId":"NID-1"}`, `{"PhoneNumber":"+13105551234","TNID":"NID-1"}`, "+13105551234"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := live(t, sandbox.Options{})
				require.NoError(t, s.Walk(t, steps.Availability))
				s.Wire.Before = func(r *http.Request, _ string) (*http.Response, error) {
					switch r.URL.Path {
					case "/v1.0/numbers/provision":
						return stepstest.Respond(r, 200, tc.ordered)
					case "/v1.0/numbers/order":
						require.Equal(t, "JNUOID-7", s.OnDisk(t).Steps[steps.Provision].OrderID)
						return stepstest.Respond(r, 200, tc.looked)
					}
					return nil, nil
				}
				ids, err := s.Submit(t.Context(), steps.Provision, false)
				require.NoError(t, err)
				require.Equal(t, tc.number, ids[steps.PhoneNumber])
			})
		})
	}
}

func TestAWaitForAnOrderThatIsStoppedSaysSo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := live(t, sandbox.Options{Orders: 100})
		require.NoError(t, s.Walk(t, steps.Availability))
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(5*time.Second, cancel)
		_, err := s.Submit(ctx, steps.Provision, false)
		var u *steps.Failure
		require.ErrorAs(t, err, &u)
		require.Equal(t, steps.OrderOpen, u.Kind, "asked for again, and never placed again")
		require.NotContains(t, u.Solution, "send again")
		require.NotEmpty(t, s.OnDisk(t).Steps[steps.Provision].OrderID)
	})
}

// Rule: iot numbers are for p2p messages only; a number is assigned in an area
// code or a zip code.
func TestWhatGoesTogetherInAnOrder(t *testing.T) {
	for name, tc := range map[string]struct {
		answers steps.Answers
		key     string // With a problem.
	}{
		"iot for a2p":        {steps.Answers{"AreaCode": "801", "NumberType": "iot", "MessageType": "a2p"}, "MessageType"},
		"iot for p2p":        {steps.Answers{"AreaCode": "801", "NumberType": "iot", "MessageType": "p2p"}, ""},
		"zip code alone":     {steps.Answers{"AreaCode": "", "ZipCode": "84043"}, ""},
		"neither code":       {steps.Answers{"AreaCode": "", "ZipCode": ""}, "AreaCode"},
		"area code of words": {steps.Answers{"AreaCode": "Lehi"}, "AreaCode"},
	} {
		t.Run(name, func(t *testing.T) {
			s := live(t, sandbox.Options{})
			adopt(t, s, steps.Account, steps.Answers{"AccountId": "AID-1"})
			adopt(t, s, steps.MessageRoute, steps.Answers{"MessageRouteId": "MRID-1"})
			problems := s.Questionnaire(steps.Provision, false).Problems(tc.answers)
			if tc.key == "" {
				require.Empty(t, problems)
				return
			}
			require.Len(t, problems, 1)
			require.Equal(t, tc.key, problems[0].Key)
		})
	}
}

// Rule: an iot number has no voice, without asking.
func TestAnIotNumberHasNoVoice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := live(t, sandbox.Options{})
		require.NoError(t, s.Walk(t, steps.Availability))
		s.SetTyped(steps.Provision, steps.Answers{"NumberType": "iot"})
		require.NoError(t, s.Walk(t, steps.Provision))
		order := body(t, s, "/numbers/provision")
		require.Equal(t, false, order["VoiceEnabled"])
		require.NotContains(t, order, "VoiceRouteId")
	})
}

// Rule: the status of an order decides before its number does, in any letter case
// and at either call; a word that is not documented is one of an order under way,
// as long as it brings no number with an ID.
func TestTheWordsOfAnOrder(t *testing.T) {
	type end struct{ bare, numbered, identified steps.PromptKind } // Without a number, with one, and with its ID too.
	const done, failed, open = steps.FormPrompt, steps.FailedPrompt, steps.UnknownPrompt
	always := func(kind steps.PromptKind) end { return end{kind, kind, kind} }
	for word, want := range map[string]end{
		"Submitted": always(open), "PENDING": always(open), "pending carrier approval": always(open), "Processing": always(open),
		"inProgress": always(open), "In Progress": always(open), "SCHEDULED": always(open), "resolutionrequired": always(open),
		"rejected": always(failed), "CANCELLED": always(failed), "Canceled": always(failed), "fAILED": always(failed), "ERROR": always(failed),
		"complete": {open, done, done}, "COMPLETED": {open, done, done},
		"Handed To Carrier": {open, open, done}, "": {open, open, done},
	} {
		for number, kind := range map[string]steps.PromptKind{
			"":                             want.bare,
			`,"PhoneNumber":"18015550177"`: want.numbered,
			`,"PhoneNumbersOrdered":[{"Number":"+18015550177","TNID":"TNID-1"}]`: want.identified,
			`,"PhoneNumberAssigned":"+18015550177","PhoneNumberId":"NID-1"`:      want.identified,
		} {
			for _, status := range []string{"OrderStatus", "status"} {
				t.Run(word+" "+status+number, func(t *testing.T) {
					synctest.Test(t, func(t *testing.T) {
						answer := `{"OrderId":"` + vendorOrder + `","` + status + `":"` + word + `"` + number + `}`
						p := atOrder(t, answer)
						carryOut(p)
						got := p.Prompt()
						if got.Kind == steps.FailedPrompt {
							require.Equal(t, []any{steps.IssueOrderFailed, 4}, []any{got.Failure.Issue, got.Failure.Exit()})
						}
						if got.Kind == steps.UnknownPrompt {
							require.Equal(t, []any{steps.OrderOpen, vendorOrder}, []any{got.Failure.Kind, p.Setup.OnDisk(t).Steps[steps.Provision].OrderID})
						}
						if kind == done {
							require.Equal(t, vendorNumber, p.Setup.OnDisk(t).PhoneNumber)
							return
						}
						require.Equal(t, kind, got.Kind, p.Where())
						require.Empty(t, p.Setup.OnDisk(t).PhoneNumber)
					})
				})
			}
		}
	}
}

// atOrder is a person before an order that is answered, and asked for, with the
// same words.
func atOrder(t *testing.T, answer string) *stepstest.Person {
	t.Helper()
	p, svc := atStep(t, api.Edition2026, steps.Provision, nil)
	p.Setup.Wire.Before = func(r *http.Request, body string) (*http.Response, error) {
		switch r.URL.Path {
		case "/v1.0/numbers/provision", "/v1.0/numbers/order":
			return stepstest.Respond(r, 200, answer)
		case "/v1.0/numbers":
			return stepstest.Respond(r, 404, "")
		}
		return svc.answer(r, body)
	}
	return p
}

// Rule: an order that is being followed when the run is killed is asked for by the
// next one, and never placed again, wherever it was killed.
func TestKilledWhileAnOrderIsFollowed(t *testing.T) {
	for _, edition := range api.Editions() {
		for looks := range 3 {
			t.Run(fmt.Sprintf("%s after %d looks", edition, looks), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					s := over(t, edition, edition, stepstest.Options{})
					s.Box = stepstest.NewBox(t, sandbox.Options{Edition: edition, Orders: 5}, "order-pending")
					s = s.Again(t)
					require.NoError(t, s.Walk(t, steps.Availability))
					killed, seen := errors.New("killed"), 0
					s.Wire.Before = func(r *http.Request, _ string) (*http.Response, error) {
						if r.URL.Path == "/v1.0/numbers/order" {
							if seen++; seen > looks {
								panic(killed)
							}
						}
						return nil, nil
					}
					require.PanicsWithError(t, killed.Error(), func() { _ = s.Walk(t, "") })
					require.True(t, s.OnDisk(t).Steps[steps.Provision].Pending)
					require.NotEmpty(t, s.OnDisk(t).Steps[steps.Provision].OrderID)

					p := s.Again(t).Person(t, false)
					p.Onward(steps.FinishedPrompt, "")
					require.NotContains(t, p.Setup.Wire.Calls, "POST /v1.0/numbers/provision")
					require.Contains(t, p.Setup.Wire.Calls, "GET /v1.0/numbers/order")
					requireOneOfEach(t, p.Setup.Box)
					kept := p.Setup.OnDisk(t).Steps[steps.Provision]
					require.Empty(t, kept.OrderID)
					require.False(t, kept.Pending)
				})
			})
		}
	}
}

// Rule: an answer to the question for an order that tells neither the order nor a
// number, however often it comes, leaves the order under way.
func TestAnOrderThatIsToldWithoutANumberStaysUnderWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := live(t, sandbox.Options{})
		s.Wire.Before = func(r *http.Request, _ string) (*http.Response, error) {
			if r.URL.Path == "/v1.0/numbers/order" {
				return stepstest.Respond(r, 200, `{"OrderStatus":"Complete"}`)
			}
			return nil, nil
		}
		var f *steps.Failure
		require.ErrorAs(t, s.Walk(t, ""), &f)
		require.Equal(t, []any{steps.OrderOpen, 5}, []any{f.Kind, f.Exit()})
		require.Equal(t, state.Sent, s.OnDisk(t).Steps[steps.Provision].Status)
	})
}

// Rule: what refuses the question for an order says nothing of the order.
func TestAQuestionThatIsRefusedDoesNotSettleAnOrder(t *testing.T) {
	for name, answer := range map[string]string{
		"not found":       `{"Status":"Error","Message":"OrderId not found"}`,
		"problem details": `{"Title":"Not Found","Status":404,"Detail":"Failed"}`,
		"a page":          `<html>404</html>`,
		"nothing":         ``,
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := live(t, sandbox.Options{})
				s.Wire.Before = func(r *http.Request, _ string) (*http.Response, error) {
					if r.URL.Path == "/v1.0/numbers/order" {
						return stepstest.Respond(r, 404, answer)
					}
					return nil, nil
				}
				var f *steps.Failure
				require.ErrorAs(t, s.Walk(t, ""), &f)
				require.Equal(t, []any{steps.OrderOpen, 5}, []any{f.Kind, f.Exit()})
				require.Equal(t, state.Sent, s.OnDisk(t).Steps[steps.Provision].Status)
			})
		})
	}
}
