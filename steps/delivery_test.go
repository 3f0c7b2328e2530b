package steps_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/api/sandbox"
	"telegent-setup/steps"
	"telegent-setup/steps/stepstest"
)

// told are the statuses of the message that a run was told, and "reply".
func told(s *stepstest.Setup) (all []string) {
	for _, e := range s.Events.All {
		switch e := e.(type) {
		case steps.Delivered:
			all = append(all, e.Status)
		case steps.Replied:
			all = append(all, "reply")
		}
	}
	return all
}

// asked are when a path was asked for, from begin on.
func asked(w *stepstest.Wire, path string, begin time.Time) *[]time.Duration {
	at := &[]time.Duration{}
	w.Before = func(r *http.Request, _ string) (*http.Response, error) {
		if strings.HasSuffix(r.URL.Path, path) {
			*at = append(*at, time.Since(begin))
		}
		return nil, nil
	}
	return at
}

// Rule: after the last step the service is asked what became of the message, and
// then for an answer to it; the end says what is known. Nothing of this undoes the
// setup.
func TestTheMessageIsWatched(t *testing.T) {
	for fault, tc := range map[string]struct {
		told []string
		says string
		word string
		open bool // What to check is offered.
	}{
		"":            {[]string{"Delivered", "reply"}, "and answered: messages flow in both directions.", "answered", false},
		"no-reply":    {[]string{"Delivered"}, "The message was delivered in 2.0 s. No answer came yet.", "delivered", false},
		"undelivered": {[]string{"Undelivered"}, "The message was not delivered: the service says Undelivered.", "undelivered", true},
		"no-receipt":  {[]string{"Sent"}, "Did the message arrive on the phone? The service says Sent,", "sent", true},
		"no-lookup":   {nil, "A test message was accepted by the sandbox", "accepted", false},
	} {
		t.Run(fault, func(t *testing.T) {
			inBoth(t, func(t *testing.T, edition api.Edition) {
				var faults []string
				if fault != "" {
					faults = []string{fault}
				}
				p := person(t, edition, faults...)
				p.Onward(steps.DeliveryPrompt, "")
				require.Equal(t, "accepted", p.Facts().Delivery)
				_, more := p.Setup.Next()
				require.False(t, more, "the setup is complete")
				begin := time.Now()
				p.Take(steps.Watch)
				require.LessOrEqual(t, time.Since(begin), 4*time.Minute)
				require.Equal(t, tc.told, told(p.Setup))
				require.Equal(t, steps.FinishedPrompt, p.Prompt().Kind)
				require.Contains(t, p.Says(), tc.says)
				require.Equal(t, tc.word, p.Facts().Delivery)
				_, open := p.Prompt().Option(steps.OpenArrival)
				require.Equal(t, tc.open, open)

				kept := p.Setup.OnDisk(t).Steps[steps.TestMessage]
				require.Equal(t, fault == "", kept.Answered)
				if len(tc.told) > 0 {
					require.Equal(t, tc.told[0], kept.Delivery.Status)
				}
				again := p.Setup.Again(t).Person(t, true)
				require.Equal(t, tc.word, again.Facts().Delivery, "it is remembered")
				exit, left := again.Left()
				require.Equal(t, []any{0, false}, []any{exit, left})
			})
		})
	}
}

// Rule: it is asked for after 2, 4, 8 and then every 15 seconds, for 2 minutes, and
// once more when they are over.
func TestThePaceOfWatching(t *testing.T) {
	inBoth(t, func(t *testing.T, edition api.Edition) {
		p := person(t, edition, "no-receipt")
		p.Onward(steps.DeliveryPrompt, "")
		times := asked(p.Setup.Wire, "/message/details", time.Now())
		p.Take(steps.Watch)
		var seconds []float64
		for _, d := range *times {
			seconds = append(seconds, d.Round(time.Second).Seconds())
		}
		require.Equal(t, []float64{2, 6, 14, 29, 44, 59, 74, 89, 104, 119, 120}, seconds)
	})
}

// Rule: going on ends the wait at once, and the setup is as complete as before.
func TestAPersonGoesOnWhileTheMessageIsWatched(t *testing.T) {
	inBoth(t, func(t *testing.T, edition api.Edition) {
		p := person(t, edition, "no-receipt")
		p.Onward(steps.DeliveryPrompt, "")
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(3*time.Second, cancel)
		begin := time.Now()
		require.NoError(t, p.Try(ctx, steps.Reply{Option: p.Option(steps.Watch)}))
		require.Equal(t, 3*time.Second, time.Since(begin))
		require.Equal(t, steps.FinishedPrompt, p.Prompt().Kind)
		require.Contains(t, p.Says(), "service says Sent")
		_, more := p.Setup.Next()
		require.False(t, more)
	})
}

// Rule: an answer is an inbound message from the texted phone that was not there
// before the test message was sent; what was there before is asked for only when
// somebody will look.
func TestAnAnswerIsOneThatWasNotThereBefore(t *testing.T) {
	const old = `{"MessageID":"TMID-old","Direction":"Inbound","Status":"Received","From":"+13105559999","To":"+18015550100","Body":"from yesterday"}`
	for name, tc := range map[string]struct {
		after    string // The inbound messages beside the old one.
		answered bool
	}{
		"only what was there before": {"", false},
		"a new one":                  {`,{"MessageID":"TMID-new","Direction":"inbound","From":"13105559999","Body":"yes"}`, true},
		"a new one, in other words":  {`,{"MessageId":"TMID-new","Status":"RECEIVED","From":"+13105559999"}`, true},
		"of another phone":           {`,{"MessageID":"TMID-new","Direction":"Inbound","From":"+13105550000"}`, false},
		"an outbound one":            {`,{"MessageID":"TMID-new","Direction":"Outbound","Status":"Sent","From":"+13105559999"}`, false},
		"without an ID":              {`,{"Direction":"Inbound","From":"+13105559999"}`, false},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p := person(t, api.Edition2025, "no-reply")
				sent := false
				p.Setup.Wire.Before = func(r *http.Request, _ string) (*http.Response, error) {
					switch {
					case strings.HasSuffix(r.URL.Path, "/message/send"):
						sent = true
					case strings.HasSuffix(r.URL.Path, "/message/search") && !sent:
						return stepstest.Respond(r, 200, fmt.Sprintf(`{"ResultsTotalRecords":1,"Results":[%s]}`, old))
					case strings.HasSuffix(r.URL.Path, "/message/search"):
						return stepstest.Respond(r, 200, fmt.Sprintf(`{"Results":[%s%s]}`, old, tc.after))
					}
					return nil, nil
				}
				p.Onward(steps.DeliveryPrompt, "")
				require.Equal(t, []string{"TMID-old"}, p.Setup.OnDisk(t).Steps[steps.TestMessage].Before)
				p.Take(steps.Watch)
				require.Equal(t, tc.answered, p.Setup.OnDisk(t).Steps[steps.TestMessage].Answered)
				data := fmt.Sprint(p.Setup.OnDisk(t).Steps[steps.TestMessage])
				require.NotContains(t, data, "yes", "no text is kept")
				require.NotContains(t, data, "yesterday", "no text is kept")
			})
		})
	}
	t.Run("nobody looks", func(t *testing.T) {
		s := fresh(t)
		require.NoError(t, s.Walk(t, ""))
		require.NotContains(t, s.Wire.Calls, "GET /v1.0/message/search")
		require.Nil(t, s.OnDisk(t).Steps[steps.TestMessage].Before)
	})
}

// Rule: where nobody looked before the message was sent, what is there when it is
// first asked about is no answer, and what comes later is: while the delivery is
// waited for, and in a later run too.
func TestAnAnswerIsFoundWhereNobodyLookedBefore(t *testing.T) {
	for name, during := range map[string]bool{
		"while the delivery is waited for": true,
		"in a later run":                   false,
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := fresh(t, "no-receipt")
				require.NoError(t, s.Walk(t, ""))
				there := `{"MessageID":"TMID-old","Direction":"Inbound","From":"+13105559999"}`
				const answer = `,{"MessageID":"TMID-new","Direction":"Inbound","From":"+13105559999"}`
				look := func(r *http.Request, _ string) (*http.Response, error) {
					switch {
					case strings.HasSuffix(r.URL.Path, "/message/details") && during:
						there += answer
					case strings.HasSuffix(r.URL.Path, "/message/search"):
						return stepstest.Respond(r, 200, fmt.Sprintf(`{"Results":[%s]}`, there))
					}
					return nil, nil
				}
				s.Wire.Before = look
				d, err := s.WatchDelivery(t.Context(), 3*time.Second, time.Minute)
				require.NoError(t, err)
				require.Equal(t, during, d.Answered)

				there += answer
				s = s.Again(t)
				s.Wire.Before = look
				d, err = s.WatchDelivery(t.Context(), 3*time.Second, time.Minute)
				require.NoError(t, err)
				require.True(t, d.Answered)
			})
		})
	}
}

// Rule: a word that is not documented is told as it stands; asking that fails now
// and then is asked again; what cannot be read tells nothing.
func TestWhatIsToldOfAMessage(t *testing.T) {
	type answer struct {
		status int
		body   string
	}
	status := func(word string) answer { return answer{200, `{"MessageId":"TMID-1","Status":"` + word + `"}`} }
	for name, tc := range map[string]struct {
		answers []answer // The last one stays.
		told    []string
		canAsk  bool
	}{
		"as it goes":        {[]answer{status("Queued"), status("Sent"), status("Delivered")}, []string{"Queued", "Sent", "Delivered"}, true},
		"another word":      {[]answer{status("Handed over"), status("DELIVERED")}, []string{"Handed over", "DELIVERED"}, true},
		"failed":            {[]answer{status("Failed")}, []string{"Failed"}, true},
		"a fault, then":     {[]answer{{503, ""}, status("Delivered")}, []string{"Delivered"}, true},
		"only faults":       {[]answer{{500, ""}}, nil, true},
		"no rights":         {[]answer{{403, `{"Message":"Forbidden"}`}}, nil, false},
		"no such call":      {[]answer{{404, ""}}, nil, false},
		"not allowed":       {[]answer{{405, ""}}, nil, false},
		"nothing in it":     {[]answer{{200, `{}`}}, nil, false},
		"a page, then":      {[]answer{{200, "<html>Sign in</html>"}, status("Delivered")}, []string{"Delivered"}, true},
		"in an envelope":    {[]answer{{200, `{"Successful":true,"Data":{"status":"Delivered"}}`}}, []string{"Delivered"}, true},
		"control sequences": {[]answer{{200, `{"Status":"\u001b[31mSent\u202e"}`}, status("Delivered")}, []string{"Sent", "Delivered"}, true},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := saved(t, api.Edition2025)
				next := 0
				s.Wire.Before = func(r *http.Request, _ string) (*http.Response, error) {
					if !strings.HasSuffix(r.URL.Path, "/message/details") {
						return nil, nil
					}
					now := tc.answers[min(next, len(tc.answers)-1)]
					next++
					return stepstest.Respond(r, now.status, now.body)
				}
				d, err := s.WatchDelivery(t.Context(), steps.DeliveryFor, 0)
				require.NoError(t, err)
				require.Equal(t, tc.told, told(s))
				require.Equal(t, tc.canAsk, d.CanAsk)
				require.Equal(t, lastOf(tc.told), s.OnDisk(t).Steps[steps.TestMessage].Delivery.Status)
				require.Equal(t, len(tc.told) > 0 && strings.EqualFold(d.Status, "delivered"), d.Arrived())
				require.Equal(t, d.Status == "Failed", d.Failed())
			})
		})
	}
}

// lastOf is the last of several texts; empty when there is none.
func lastOf(all []string) string {
	if len(all) == 0 {
		return ""
	}
	return all[len(all)-1]
}

// Rule: without a message there is nothing to ask about; one that a person has sent
// already is not watched.
func TestThereMayBeNoMessageToWatch(t *testing.T) {
	s := fresh(t)
	_, err := s.WatchDelivery(t.Context(), time.Minute, time.Minute)
	require.ErrorIs(t, err, steps.ErrNoMessage)
	require.Empty(t, s.Wire.Calls)

	p := person(t, api.Edition2025)
	p.Onward(steps.ConfirmPrompt, steps.TestMessage)
	p.Take(steps.Back)
	p.Take(steps.OpenAdopt)
	p.Take(steps.Adopt)
	require.Equal(t, steps.FinishedPrompt, p.Prompt().Kind, p.Where())
	require.Empty(t, p.Setup.Box.Objects().Messages)
}

// Rule: killed while it watches, a setup is as complete as it was.
func TestWatchingIsNoPartOfTheSetup(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		box := stepstest.NewBox(t, sandbox.Options{}, "no-receipt")
		s := stepstest.Open(t, t.TempDir()+"/state.json", box, stepstest.Options{})
		p := s.Person(t, true)
		p.Onward(steps.DeliveryPrompt, "")
		ctx, kill := context.WithCancel(t.Context())
		kill()
		require.NoError(t, p.Try(ctx, steps.Reply{Option: p.Option(steps.Watch)}))
		s = s.Again(t)
		_, more := s.Next()
		require.False(t, more)
		require.Equal(t, steps.FinishedPrompt, s.Person(t, true).Prompt().Kind)
	})
}

// Rule: what became of the message ends no walk: it goes on to the step that is
// left, as it would to a step after this one.
func TestWatchingGoesOnToWhatIsLeft(t *testing.T) {
	inBoth(t, func(t *testing.T, edition api.Edition) {
		for _, goOn := range []steps.Action{steps.Watch, steps.Continue} {
			p := person(t, edition)
			p.Onward(steps.PlanPrompt, "")
			p.Take(steps.Continue)
			p.Onward(steps.FormPrompt, steps.Subscriber)
			visit := steps.Reply{Option: steps.Option{Do: steps.Visit, Step: steps.TestMessage}}
			require.NoError(t, p.Reply(t.Context(), visit))
			p.Onward(steps.DeliveryPrompt, steps.TestMessage)
			p.Take(goOn)
			require.Equal(t, []any{steps.FormPrompt, steps.Subscriber}, []any{p.Prompt().Kind, p.Prompt().Step.ID}, p.Where())
		}
	})
}

// Rule: the answer is waited for as long as was said, and no longer than there is
// time in all.
func TestHowLongAnAnswerIsWaitedFor(t *testing.T) {
	for name, tc := range map[string]struct{ atMost, reply, want time.Duration }{
		"not at all":        {time.Minute, 0, 2 * time.Second},
		"a while":           {time.Minute, 10 * time.Second, 12 * time.Second},
		"what time is left": {20 * time.Second, time.Minute, 20 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := fresh(t, "no-reply")
				require.NoError(t, s.Walk(t, ""))
				begin := time.Now()
				d, err := s.WatchDelivery(t.Context(), tc.atMost, tc.reply)
				require.NoError(t, err)
				require.Equal(t, tc.want, time.Since(begin).Round(time.Second))
				require.Equal(t, []any{true, false}, []any{d.Arrived(), d.Answered})
			})
		})
	}
}
