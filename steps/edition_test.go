package steps_test

import (
	"fmt"
	"net/http"
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

// over is a run over a service of one edition, with another one named or none.
func over(t *testing.T, service, named api.Edition, o stepstest.Options) *stepstest.Setup {
	t.Helper()
	o.Edition = named
	return stepstest.Open(t, filepath.Join(t.TempDir(), "state.json"), stepstest.NewBox(t, sandbox.Options{Edition: service}), o)
}

// found are the editions that a run was told of.
func found(s *stepstest.Setup) (all []string) {
	for _, e := range s.Events.All {
		if f, ok := e.(steps.EditionFound); ok {
			all = append(all, f.Edition)
		}
	}
	return all
}

// Rule: unless an edition is named, a server that speaks the other one is found,
// and said; a named one never switches.
func TestTheFirstTokenCallFindsTheEdition(t *testing.T) {
	for name, tc := range map[string]struct {
		named, service api.Edition
		found          []string
		issue          steps.Code
	}{
		"not named, other service":  {"", api.Edition2026, []string{"2026-04"}, ""},
		"not named, same service":   {"", api.Edition2025, nil, ""},
		"named, other service":      {api.Edition2025, api.Edition2026, nil, steps.IssueWrongEdition},
		"named live, other service": {api.Edition2026, api.Edition2025, nil, steps.IssueWrongEdition},
	} {
		t.Run(name, func(t *testing.T) {
			s := over(t, tc.service, tc.named, stepstest.Options{})
			err := s.SignIn(t.Context())
			require.Equal(t, tc.found, found(s))
			if tc.issue != "" {
				var f *steps.Failure
				require.ErrorAs(t, err, &f)
				require.Equal(t, tc.issue, f.Issue)
				require.Contains(t, f.Solution, "--edition")
				require.Len(t, s.Wire.Calls, 1)
				return
			}
			require.NoError(t, err)
			require.Equal(t, tc.service, s.Edition())
			require.Equal(t, string(tc.service), s.OnDisk(t).Edition)
		})
	}
}

// Rule: a secret that was typed stands over the one that was given ahead, in the
// edition that is found too.
func TestATypedSecretStandsInTheOtherEdition(t *testing.T) {
	given := unattendedGiven(api.Edition2026)
	given.Secrets["AccountSecret"] = api.NewSecret("0utdated-secret")
	s := over(t, api.Edition2026, "", stepstest.Options{Live: true, Read: reading(given)})
	s.SetSecret("AccountSecret", api.NewSecret(sandbox.Secret))
	require.NoError(t, s.SignIn(t.Context()))
	require.Equal(t, []string{"2026-04"}, found(s))
}

// Rule (CONTRACT.md, --edition): 401, 403, 404 and 405 to the first token call try
// the other edition's once. If that is accepted the run goes on in it; else the
// first answer stands, unless only the second was 401 or 403.
func TestWhatTheTwoTokenCallsTell(t *testing.T) {
	const accepted = 200
	// stays is the first answer, moved the second one, in its edition.
	type verdict struct {
		issue steps.Code // Empty when signed in.
		moved bool
	}
	stays := func(first int) verdict {
		if first == 404 || first == 405 {
			return verdict{steps.IssueWrongEdition, false}
		}
		return verdict{"unauthorized", false}
	}
	for _, first := range []int{401, 403, 404, 405} {
		for _, second := range []int{accepted, 401, 403, 404, 405, 400, 500, 302} {
			want := stays(first)
			switch {
			case second == accepted:
				want = verdict{"", true}
			case (first == 404 || first == 405) && (second == 401 || second == 403):
				want = verdict{"unauthorized", true}
			}
			t.Run(fmt.Sprintf("%d then %d", first, second), func(t *testing.T) {
				s := fresh(t)
				answers := []int{first, second}
				s.Wire.Before = func(r *http.Request, _ string) (*http.Response, error) {
					status := answers[len(s.Wire.Calls)-1]
					if status == accepted {
						return stepstest.Respond(r, status, `{"token":"T0KEN-of-the-other"}`)
					}
					return stepstest.Respond(r, status, `{"Message":"no"}`)
				}
				err := s.SignIn(t.Context())
				require.Equal(t, []string{"POST /v1.1/oauth/token", "POST /v1.0/oauth2/tokens"}, s.Wire.Calls)
				require.Equal(t, want.moved, s.Edition() == api.Edition2026)
				require.Equal(t, want.moved, len(found(s)) == 1)
				if want.issue == "" {
					require.NoError(t, err)
					return
				}
				var f *steps.Failure
				require.ErrorAs(t, err, &f)
				require.Equal(t, []any{want.issue, 4}, []any{f.Issue, f.Exit()})
			})
		}
	}
}

// Rule: only those four statuses leave open which edition a server speaks, and
// only while nothing was done.
func TestTheOtherEditionIsNotAlwaysTried(t *testing.T) {
	for name, status := range map[string]int{"bad request": 400, "server error": 500, "redirect": 302, "no answer": 0, "too many": 429} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := fresh(t)
				s.Wire.Before = func(r *http.Request, _ string) (*http.Response, error) {
					if status == 0 {
						stepstest.Connect(r)
						return nil, http.ErrServerClosed
					}
					return stepstest.Respond(r, status, `{"Message":"no"}`)
				}
				require.Error(t, s.SignIn(t.Context()))
				require.NotContains(t, s.Wire.Calls, "POST /v1.0/oauth2/tokens")
			})
		})
	}
	t.Run("begun", func(t *testing.T) {
		s := fresh(t)
		require.NoError(t, s.Walk(t, steps.Account))
		s = s.Again(t)
		s.Wire.Before = func(r *http.Request, _ string) (*http.Response, error) { return stepstest.Respond(r, 401, "") }
		require.Error(t, s.SignIn(t.Context()))
		require.Equal(t, []string{"POST /v1.1/oauth/token"}, s.Wire.Calls)
	})
}

// Rule: what a person has corrected stays corrected when the server turns out to
// speak the other edition.
func TestAnotherEditionBringsNoReplacedAnswerBack(t *testing.T) {
	s := over(t, api.Edition2026, "", stepstest.Options{Given: map[string]steps.Answers{
		steps.Authenticate: {"AccountKey": "mistyped"}, steps.Account: {"AccountName": "From the file"},
	}})
	s.SetTyped(steps.Authenticate, steps.Answers{"AccountKey": sandbox.Key})
	require.NoError(t, s.SignIn(t.Context()))
	require.Equal(t, api.Edition2026, s.Edition())
	require.Equal(t, sandbox.Key, question(t, s, steps.Authenticate, "AccountKey").Value)
	require.Equal(t, "From the file", question(t, s, steps.Account, "AccountName").Value)
	require.NoError(t, s.Walk(t, steps.MessageRoute), "each endpoint's token is asked for with the key that was corrected")
}

// Rule: a server that speaks the other edition and refuses the credentials says
// so, and is not taken for one that has no sign-in.
func TestTheOtherEditionMayRefuseTheCredentials(t *testing.T) {
	s := over(t, api.Edition2026, "", stepstest.Options{})
	s.SetTyped(steps.Authenticate, steps.Answers{"AccountKey": "nobody"})
	var f *steps.Failure
	require.ErrorAs(t, s.SignIn(t.Context()), &f)
	require.EqualValues(t, "unauthorized", f.Issue)
	require.Equal(t, api.Edition2026, s.Edition())
}

// Rule: answers that fit the other edition only are an error once the edition is
// certain, and not before; nothing but token calls was sent.
func TestAnswersOfTheWrongEdition(t *testing.T) {
	fitting := func(edition api.Edition) func(api.Edition) (steps.Given, error) {
		return func(read api.Edition) (steps.Given, error) {
			if read != edition {
				return steps.NewGiven(), fmt.Errorf("the answers are those of edition %s", edition)
			}
			given := steps.NewGiven()
			given.Answers[steps.Account] = steps.Answers{"AccountName": "Mine"}
			return given, nil
		}
	}
	for name, tc := range map[string]struct {
		fit, named, service api.Edition
		before, after       bool // Whether there is an error before signing in, and after it.
	}{
		"fit the first":                  {api.Edition2025, "", api.Edition2025, false, false},
		"fit the one that is found":      {api.Edition2026, "", api.Edition2026, false, false},
		"fit the other, which is found":  {api.Edition2025, "", api.Edition2026, false, true},
		"fit the other, which is not":    {api.Edition2026, "", api.Edition2025, false, true},
		"fit another than the named one": {api.Edition2026, api.Edition2025, api.Edition2025, true, true},
		"fit the named one":              {api.Edition2026, api.Edition2026, api.Edition2026, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			s := over(t, tc.service, tc.named, stepstest.Options{Read: fitting(tc.fit)})
			require.Equal(t, tc.before, s.GivenError() != nil)
			p := s.Person(t, false)
			p.Take(steps.Start)
			err := p.Try(t.Context(), steps.Reply{Option: p.Option(steps.Submit)})
			require.Equal(t, tc.after, err != nil, "%v", err)
			if tc.after {
				require.ErrorContains(t, err, "those of edition "+string(tc.fit))
				for _, call := range s.Wire.Calls {
					require.True(t, strings.HasSuffix(call, "/token") || strings.HasSuffix(call, "/tokens"), call)
				}
				require.Empty(t, s.OnDisk(t).Steps[steps.Account].Status)
				return
			}
			require.Equal(t, "Mine", question(t, s, steps.Account, "AccountName").Value)
		})
	}
}
