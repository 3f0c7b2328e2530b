package report_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/api/sandbox"
	"telegent-setup/steps"
	"telegent-setup/steps/report"
	"telegent-setup/steps/stepstest"
)

// recorded opens a run whose journal is kept, as the program does.
func recorded(t *testing.T, edition api.Edition, path string, box *sandbox.Sandbox) *stepstest.Setup {
	t.Helper()
	journal := report.NewJournal(path)
	s := stepstest.Open(t, path, box, stepstest.Options{Edition: edition, Observer: journal})
	t.Cleanup(func() { require.NoError(t, journal.Close()) })
	return s
}

// unattended walks as far as it goes, as an unattended run.
func unattended(t *testing.T, s *stepstest.Setup) {
	t.Helper()
	s.Begin()
	s.End(exit(s.Walk(t, "")))
}

func exit(err error) int {
	var f *steps.Failure
	switch {
	case errors.As(err, &f):
		return f.Exit()
	case err != nil:
		return steps.ExitBroken
	}
	return steps.ExitDone
}

// lines are the events that a script reads, JSON.
func lines(all []steps.Event) []string {
	var texts []string
	for _, e := range all {
		if line, ok := report.Encode(e); ok {
			texts = append(texts, string(line))
		}
	}
	return texts
}

// reread makes a report of a setup, and reads it back as support does.
func reread(t *testing.T, path string) (report.Report, []byte) {
	t.Helper()
	made, err := report.FromFile(path, report.Options{Version: "1.2.3", Created: time.Now()})
	require.NoError(t, err)
	var b bytes.Buffer
	require.NoError(t, made.Write(&b))
	read, err := report.Read(b.Bytes())
	require.NoError(t, err)
	var again bytes.Buffer
	require.NoError(t, read.Write(&again))
	require.True(t, bytes.Equal(b.Bytes(), again.Bytes()), "what is read is what was made")
	return read, b.Bytes()
}

// fate is a run that does not get through, and how it ends.
type fate struct {
	edition api.Edition
	faults  []string
	do      func(*testing.T, *stepstest.Setup) // Instead of unattended.
	exit    int
	issue   steps.Code // Of the last step event.
}

func fates() map[string]fate {
	v2025, v2026 := api.Edition2025, api.Edition2026
	return map[string]fate{
		"unauthorized":           {v2025, []string{"unauthorized@account:2"}, nil, 4, "unauthorized"},
		"wrong secret":           {v2025, []string{"unauthorized@authenticate"}, nil, 4, "unauthorized"},
		"message route required": {v2025, []string{"message-route-required"}, nil, 4, "message-route-required"},
		"number in use":          {v2025, []string{"number-in-use"}, nil, 4, "number-in-use"},
		"email exists":           {v2026, []string{"email-exists"}, nil, 4, "email-exists"},
		"invalid account":        {v2026, []string{"invalid-account"}, nil, 4, "invalid-account"},
		"rate limit":             {v2025, []string{"rate-limit@subscriber:5"}, nil, 4, "rate-limit"},
		"no numbers":             {v2026, []string{"no-numbers"}, nil, 4, "no-numbers"},
		"soft failure":           {v2025, []string{"soft-failure@account"}, nil, 4, "refused"},
		"type mismatch":          {v2026, nil, refuse("/numbers/provision", 422, "MessageType a2p does not go with iot"), 4, "type-mismatch"},
		"not in account":         {v2025, nil, refuse("/subscribers/create", 400, "Phone number does not belong to account"), 4, "number-not-in-account"},
		"token scope":            {v2026, nil, refuse("/account/create", 403, "wrong endpoint"), 4, "token-scope"},
		"wrong edition":          {v2025, nil, refuse("/v1.1/oauth/token", 404, "no such page"), 4, "wrong-edition"},
		"server error":           {v2025, []string{"server-error@voice-route"}, nil, 5, "server-error"},
		"gateway page":           {v2026, []string{"html@message-route"}, nil, 5, "server-error"},
		"unreadable":             {v2025, []string{"malformed@provision"}, nil, 5, "unexpected-answer"},
		"missing ID":             {v2026, []string{"missing-id@account"}, nil, 5, "missing-id"},
		"timeout":                {v2025, []string{"hang@provision"}, nil, 5, "timeout"},
		"cut after":              {v2026, []string{"drop@subscriber"}, nil, 5, "network"},
		"cut before":             {v2025, []string{"refuse@account"}, nil, 5, "network"},
		"never connected":        {v2025, nil, unconnected, 5, "network"},
		"arrived":                {v2025, []string{"drop@provision"}, arrivedAfterAll, 5, "number-in-use"},
		"order under way":        {v2026, nil, neverReady, 5, "timeout"},
		"adopted, then refused":  {v2025, []string{"number-in-use"}, adoptFirst, 4, "number-in-use"},
		"killed":                 {v2025, nil, killed, 130, ""},
		"killed while sending":   {v2026, nil, killedWhileSending, 5, ""},
		"cancelled":              {v2025, []string{"hang@subscriber"}, cancelled, 130, "timeout"},
	}
}

func refuse(path string, status int, message string) func(*testing.T, *stepstest.Setup) {
	return func(t *testing.T, s *stepstest.Setup) {
		s.Wire.Before = func(r *http.Request, _ string) (*http.Response, error) {
			if strings.HasSuffix(r.URL.Path, path) {
				return stepstest.Respond(r, status, fmt.Sprintf(`{"StatusCode":%d,"Message":%q,"TransactionLogId":"TL-7"}`, status, message))
			}
			return nil, nil
		}
		unattended(t, s)
	}
}

func unconnected(t *testing.T, s *stepstest.Setup) {
	s.Wire.Before = func(*http.Request, string) (*http.Response, error) {
		return nil, &net.DNSError{Err: "no such host", Name: "api.telegent.test", IsNotFound: true}
	}
	unattended(t, s)
}

// arrivedAfterAll sends the number again after an answer that never came.
func arrivedAfterAll(t *testing.T, s *stepstest.Setup) {
	s.Begin()
	require.Error(t, s.Walk(t, ""))
	_, err := s.Submit(t.Context(), steps.Provision, true)
	s.End(exit(err))
}

func neverReady(t *testing.T, s *stepstest.Setup) {
	s.Wire.Before = func(r *http.Request, _ string) (*http.Response, error) {
		if strings.Contains(r.URL.Path, "/numbers/") && !strings.Contains(r.URL.Path, "availability") {
			return stepstest.Respond(r, 200, `{"OrderId":"JNUOID-9","OrderStatus":"Pending"}`)
		}
		return nil, nil
	}
	unattended(t, s)
}

func adoptFirst(t *testing.T, s *stepstest.Setup) {
	s.Begin()
	_, err := s.Adopt(steps.MessageRoute, steps.Answers{"MessageRouteId": "MRID-old"}, false)
	require.NoError(t, err)
	require.NoError(t, s.Skip(steps.VoiceRoute))
	s.End(exit(s.Walk(t, "")))
}

// killed ends after a step, without a word.
func killed(t *testing.T, s *stepstest.Setup) {
	s.Begin()
	require.NoError(t, s.Walk(t, steps.MessageRoute))
}

func killedWhileSending(t *testing.T, s *stepstest.Setup) {
	s.Begin()
	require.NoError(t, s.Walk(t, steps.Availability))
	died := errors.New("killed")
	s.Wire.Before = func(r *http.Request, _ string) (*http.Response, error) {
		if strings.HasSuffix(r.URL.Path, "/numbers/provision") {
			panic(died)
		}
		return nil, nil
	}
	require.PanicsWithError(t, died.Error(), func() { _ = s.Walk(t, "") })
}

func cancelled(t *testing.T, s *stepstest.Setup) {
	s.Begin()
	require.NoError(t, s.Walk(t, steps.Provision))
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	ctx, stop := context.WithCancel(ctx)
	time.AfterFunc(500*time.Millisecond, stop)
	_, err := s.Submit(ctx, steps.Subscriber, false)
	require.Error(t, err)
	s.End(steps.ExitSignalled)
}

func TestAReportReplaysToWhatTheCustomerSaw(t *testing.T) {
	require.GreaterOrEqual(t, len(fates()), 12)
	for name, f := range fates() {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				path := filepath.Join(t.TempDir(), "state.json")
				s := recorded(t, f.edition, path, stepstest.NewBox(t, sandbox.Options{Edition: f.edition}, f.faults...))
				if f.do != nil {
					f.do(t, s)
				} else {
					unattended(t, s)
				}
				made, _ := reread(t, path)
				require.Len(t, made.Runs, 1)
				run := made.Runs[0]
				require.Equal(t, lines(s.Events.All), lines(run.Events))
				require.Equal(t, f.exit, run.Exit(made.State))
				requireMoments(t, s.Events.All, run, f.issue)
			})
		})
	}
}

// requireMoments holds that a run can be drawn again: every failure as it was
// shown, with the calls that led to it.
func requireMoments(t *testing.T, seen []steps.Event, run report.Run, issue steps.Code) {
	t.Helper()
	moments := run.Moments()
	n, last := 0, steps.Code("")
	calls := map[string]int{} // By step, since its last outcome.
	for _, event := range seen {
		switch e := event.(type) {
		case steps.Exchanged:
			calls[e.Step]++
		case steps.Stepped:
			m := moments[n]
			n++
			require.Equal(t, e.Step, m.Step.ID)
			require.Len(t, m.Exchanges, calls[e.Step])
			calls[e.Step] = 0
			shown := m.Failure
			if e.Failure == nil {
				require.Nil(t, shown)
				continue
			}
			last = e.Failure.Issue
			require.NotNil(t, shown)
			require.Equal(t, bare(*e.Failure), bare(*shown))
			if e.Failure.Exchange != nil {
				require.NotNil(t, shown.Exchange)
				require.Equal(t, e.Failure.Exchange.Answer, shown.Exchange.Answer)
			}
		}
	}
	require.Equal(t, issue, last)
}

// bare is what of a failure can be compared.
func bare(f steps.Failure) string {
	return fmt.Sprintf("%q %q %q %d %q %q %q %q %q %q %t %t %q %q %d", f.Step, f.Kind, f.Issue, f.HTTPStatus, f.Title, f.Message, f.Solution,
		f.FixStep, f.FixField, f.FixLabel, f.FixAdopt, f.Support, f.TransactionLogID, f.TraceID, f.Exit())
}
