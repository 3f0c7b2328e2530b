package steps_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/api/sandbox"
	"telegent-setup/steps"
	"telegent-setup/steps/stepstest"
)

// saved is a finished setup of an edition, without a call.
func saved(t *testing.T, edition api.Edition) *stepstest.Setup {
	t.Helper()
	s := over(t, edition, edition, stepstest.Options{})
	require.NoError(t, s.SignIn(t.Context()))
	for step, answers := range map[string]steps.Answers{
		steps.Account: {"AccountId": "AID-1"}, steps.MessageRoute: {"MessageRouteId": "MRID-1"}, steps.VoiceRoute: {"CallRouteId": "CRID-1"},
		steps.Provision: {"PhoneNumber": "+13105551234", "TNID": "TNID-1"}, steps.Subscriber: {"SubscriberId": "TSUID-1"}, steps.TestMessage: {"MessageId": "TMID-1"},
	} {
		adopt(t, s, step, answers)
	}
	return s
}

// Rule: every saved ID can be asked for in both editions; what the service does not
// know is gone.
func TestCheckingTellsWhetherWhatIsSavedExists(t *testing.T) {
	for _, edition := range api.Editions() {
		synctest.Test(t, func(t *testing.T) {
			s := over(t, edition, edition, stepstest.Options{})
			require.NoError(t, s.Walk(t, ""))
			for _, step := range steps.All() {
				require.Equal(t, step.Creates, s.CanCheck(step.ID), step.ID)
				got, err := s.Check(t.Context(), step.ID, nil)
				require.NoError(t, err)
				require.Equal(t, step.Creates, got == steps.There, "%s: %s", step.ID, got)
				if !step.Creates {
					continue
				}
				other := steps.Saved{}
				for _, id := range step.Saves {
					other[id] = "+13105559876"
				}
				got, err = s.Check(t.Context(), step.ID, other)
				require.NoError(t, err)
				require.Equal(t, steps.Gone, got, step.ID)
			}
		})
	}
}

// Rule: 403, and 404 or 405 that are the server's and not an answer about the ID,
// mean that it cannot be asked, and never that it is gone; what cannot be read
// tells nothing.
func TestWhatAnAnswerTellsOfAnID(t *testing.T) {
	const page = "<html><body>404 Not Found</body></html>"
	for name, tc := range map[string]struct {
		status int
		body   string
		want   steps.Presence
		failed bool
	}{
		"the object":               {200, `{"MessageRouteId":"MRID-1"}`, steps.There, false},
		"the object, enveloped":    {200, `{"Successful":true,"Data":{"MessageRouteId":"MRID-1"}}`, steps.There, false},
		"a list of it":             {200, `{"Data":[{"MRID":"MRID-1"}]}`, steps.There, false},
		"an empty list":            {200, `[]`, steps.Gone, false},
		"an empty list, enveloped": {200, `{"Successful":true,"Data":[]}`, steps.Gone, false},
		"none in total":            {200, `{"TotalRoutes":0,"Results":[]}`, steps.Gone, false},
		"nothing":                  {200, `null`, steps.Gone, false},
		"refused with success":     {200, `{"Successful":false,"ErrorMessage":"Message route not found"}`, steps.Gone, false},
		"a page of a network":      {200, page, steps.NotChecked, true},
		"broken JSON":              {200, `{"MessageRouteId":"MRID-1"`, steps.NotChecked, true},
		"404 about the ID":         {404, `{"StatusCode":404,"Message":"MessageRouteId does not exist or belongs to a different account"}`, steps.Gone, false},
		"404 about the route":      {404, `{"Message":"Message route not found"}`, steps.Gone, false},
		"404 in problem details":   {404, `{"Title":"Not Found","Status":404,"Detail":"Message route MRID-1 was not found."}`, steps.Gone, false},
		"400 about the ID":         {400, `{"Message":"Invalid MessageRouteId"}`, steps.Gone, false},
		"400 about the call":       {400, `{"Message":"MessageRouteId is required"}`, steps.NotChecked, false},
		"404 without a body":       {404, ``, steps.NotChecked, false},
		"404 of a page":            {404, page, steps.NotChecked, false},
		"404 in plain text":        {404, `404 page not found`, steps.NotChecked, false},
		"404 of a gateway":         {404, `{"statusCode":404,"message":"Resource not found"}`, steps.NotChecked, false},
		"404 of a router":          {404, `{"message":"no Route matched with those values"}`, steps.NotChecked, false},
		"404 of the endpoint":      {404, `{"Message":"No such endpoint"}`, steps.NotChecked, false},
		"405 without a body":       {405, ``, steps.NotChecked, false},
		"405 of the server":        {405, `{"Message":"Method not allowed"}`, steps.NotChecked, false},
		"403 of the rights":        {403, `{"Message":"Forbidden"}`, steps.NotChecked, false},
		"403 that names the ID":    {403, `{"Message":"MessageRouteId does not exist or belongs to a different account"}`, steps.NotChecked, false},
		"401 that stays":           {401, `{"Message":"Unauthorized"}`, steps.NotChecked, false},
		"302":                      {302, ``, steps.NotChecked, false},
		"500":                      {500, `{"Message":"MessageRouteId does not exist"}`, steps.NotChecked, true},
		"502 of a gateway":         {502, page, steps.NotChecked, true},
	} {
		t.Run(name, func(t *testing.T) {
			s := saved(t, api.Edition2025)
			s.Wire.Before = func(r *http.Request, _ string) (*http.Response, error) {
				if r.Method != http.MethodGet {
					return nil, nil
				}
				return stepstest.Respond(r, tc.status, tc.body)
			}
			before := s.OnDisk(t)
			got, err := s.Check(t.Context(), steps.MessageRoute, nil)
			require.Equal(t, tc.want, got)
			require.Equal(t, before, s.OnDisk(t), "checking changes nothing")
			if tc.failed {
				var f *steps.Failure
				require.ErrorAs(t, err, &f)
				require.Equal(t, 5, f.Exit())
				require.NotEmpty(t, f.Title)
				return
			}
			require.NoError(t, err)
		})
	}
}

// Rule: looking sends nothing but GETs and token calls.
func TestLookingCreatesNothing(t *testing.T) {
	for _, edition := range api.Editions() {
		synctest.Test(t, func(t *testing.T) {
			s := saved(t, edition)
			s.Wire.Calls = nil
			for _, step := range steps.All() {
				_, _ = s.Check(t.Context(), step.ID, nil)
				_, _ = s.Find(t.Context(), step.ID)
				_, _ = s.List(t.Context(), step.ID)
			}
			asked := 0
			for _, call := range s.Wire.Calls {
				if strings.HasPrefix(call, "GET ") {
					asked++
					continue
				}
				require.Regexp(t, "^POST .*/tokens?$", call)
			}
			require.Greater(t, asked, 12)
			require.Equal(t, sandbox.Objects{}, s.Box.Objects())
		})
	}
}

// Rule: whatever the service answers to a look, nothing is taken without a person:
// the step stays as it was.
func FuzzLooking(f *testing.F) {
	files, err := filepath.Glob(filepath.Join(vendorDir, "*"))
	require.NoError(f, err)
	for _, name := range files {
		data, err := os.ReadFile(name)
		require.NoError(f, err)
		f.Add(200, string(data))
	}
	for status, body := range map[int]string{403: "", 404: `{"Message":"not found"}`, 500: "<html>", 302: "", 200: `{"Results":[{"MessageRouteId":"x","RouteName":"Primary Message Route"}]}`} {
		f.Add(status, body)
	}
	f.Fuzz(func(t *testing.T, status int, body string) {
		if status < 200 || status > 599 {
			return
		}
		synctest.Test(t, func(t *testing.T) {
			p := person(t, api.Edition2025, "drop@message-route")
			p.Onward(steps.UnknownPrompt, steps.MessageRoute)
			before := p.Setup.OnDisk(t)
			p.Setup.Wire.Before = func(r *http.Request, _ string) (*http.Response, error) {
				require.Equal(t, "GET", r.Method)
				return stepstest.Respond(r, status, body)
			}
			p.Take(steps.LookFor)
			require.Equal(t, before, p.Setup.OnDisk(t))
			require.Contains(t, []steps.PromptKind{steps.UnknownPrompt, steps.ListPrompt}, p.Prompt().Kind)
			p.Says()
		})
	})
}

// Rule: a list is read page by page as long as there is more, 5 pages at most.
func TestAListIsReadPageByPage(t *testing.T) {
	for total, want := range map[int]int{0: 0, 100: 100, 250: 250, 500: 500, 1200: 500} {
		synctest.Test(t, func(t *testing.T) {
			s := saved(t, api.Edition2025)
			s.Wire.Before = func(r *http.Request, _ string) (*http.Response, error) {
				page := max(1, atoi(r.URL.Query().Get("PageNumber")))
				var rows []string
				for i := (page - 1) * 100; i < min(page*100, total); i++ {
					rows = append(rows, fmt.Sprintf(`{"MessageRouteId":"MRID-%d","RouteName":"\u001b[31mroute %d"}`, i, i))
				}
				return stepstest.Respond(r, 200, fmt.Sprintf(`{"TotalRoutes":%d,"Results":[%s]}`, total, strings.Join(rows, ",")))
			}
			rows, err := s.List(t.Context(), steps.MessageRoute)
			require.NoError(t, err)
			require.Len(t, rows, want)
			if want > 0 {
				require.Equal(t, steps.Saved{steps.MRID: fmt.Sprintf("MRID-%d", want-1)}, rows[want-1].IDs)
				require.Equal(t, []steps.Detail{{Name: "RouteName", Value: "route 0"}}, rows[0].Details, "a stranger's text")
			}
		})
	}
}

func atoi(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}
