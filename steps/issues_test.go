package steps_test

import (
	"errors"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"telegent-setup/steps"
	"telegent-setup/steps/stepstest"
)

// guide is the vendor's text as far as the solutions go; apostrophes vary.
func guideSolutions() map[steps.Code]string {
	return map[steps.Code]string{
		"unauthorized":           "Check that your Bearer token is correct and included in the Authorization header.",
		"message-route-required": "You must create a Message Route (Step 3) before provisioning numbers. Message routes are required for ALL subscribers.",
		"number-in-use":          "The number you selected was claimed by another user. Check availability again and select a different number.",
		"email-exists":           "Each subscriber email must be unique across the entire platform. Try a different email address.",
		"invalid-account":        "Make sure you're using the AccountId returned from the account creation step (Step 2).",
		"rate-limit":             "Standard tier: 50 requests per minute. Enterprise tier: contact support for custom limits.",
	}
}

// issueCase is an answer of the service, and what the program makes of it.
type issueCase struct {
	step   string
	status int
	body   string
	issue  steps.Code
	fix    string
	exit   int
}

func issueCases() map[string]issueCase {
	return map[string]issueCase{
		"token refused":                {steps.Account, 401, `{"Message":"Unauthorized"}`, "unauthorized", steps.Authenticate, 4},
		"no message route":             {steps.Provision, 400, `{"StatusCode":400,"Message":"MessageRouteId is required"}`, "message-route-required", steps.MessageRoute, 4},
		"no message route, in words":   {steps.Provision, 422, `{"successful":false,"error":"A message route must be given."}`, "message-route-required", steps.MessageRoute, 4},
		"number in use":                {steps.Provision, 409, `{"Message":"Phone number already in use"}`, "number-in-use", steps.Availability, 4},
		"number claimed":               {steps.Provision, 400, `Number has been CLAIMED by another user!`, "number-in-use", steps.Availability, 4},
		"number in use, with 200":      {steps.Provision, 200, `{"Successful":false,"ErrorMessage":"PhoneNumber: already in-use"}`, "number-in-use", steps.Availability, 4},
		"email exists":                 {steps.Subscriber, 409, `{"Message":"Email already exists"}`, "email-exists", steps.Subscriber, 4},
		"e-mail taken":                 {steps.Subscriber, 400, `{"error":"This E-Mail address is already taken"}`, "email-exists", steps.Subscriber, 4},
		"invalid account":              {steps.Subscriber, 400, `{"Message":"Invalid AccountId"}`, "invalid-account", steps.Account, 4},
		"account not found":            {steps.Subscriber, 404, `{"Message":"Account not found."}`, "invalid-account", steps.Account, 4},
		"number not in account":        {steps.Subscriber, 400, `{"Message":"Phone number does not belong to account","TransactionLogId":"TL-7"}`, "number-not-in-account", steps.Subscriber, 4},
		"number not in account, n't":   {steps.Subscriber, 400, `{"Message":"The phone number doesn't belong to this account"}`, "number-not-in-account", steps.Subscriber, 4},
		"mismatch":                     {steps.Provision, 400, `{"Message":"NumberType and MessageType mismatch"}`, "type-mismatch", steps.Provision, 4},
		"iot is p2p only":              {steps.Provision, 422, `{"Message":"iot numbers support p2p only"}`, "type-mismatch", steps.Provision, 4},
		"rate limit that stays":        {steps.Account, 429, ``, "rate-limit", steps.Account, 4},
		"something else":               {steps.Account, 400, `{"Message":"BillingEmail bounced"}`, "refused", steps.Account, 4},
		"forbidden":                    {steps.Account, 403, ``, "refused", steps.Account, 4},
		"redirect":                     {steps.Account, 302, ``, "refused", steps.Account, 4},
		"a page in the way":            {steps.Availability, 200, `<html>Sign in to Hotel WiFi</html>`, "unexpected-answer", steps.Availability, 4},
		"nothing there":                {steps.Availability, 200, `{"ResultsTotal":0,"AvailableNumberAreas":[]}`, "no-numbers", steps.Availability, 4},
		"a search that breaks":         {steps.Availability, 503, ``, "server-error", steps.Availability, 5},
		"sign-in of another edition":   {steps.Authenticate, 404, `<html>404</html>`, "wrong-edition", steps.Authenticate, 4},
		"sign-in refused":              {steps.Authenticate, 401, ``, "unauthorized", steps.Authenticate, 4},
		"sign-in without a token":      {steps.Authenticate, 200, `{"hello":"world"}`, "unexpected-answer", steps.Authenticate, 4},
		"sign-in breaks":               {steps.Authenticate, 500, ``, "server-error", steps.Authenticate, 5},
		"message route, at subscriber": {steps.Subscriber, 400, `{"Message":"message route is odd"}`, "refused", steps.Subscriber, 4},
	}
}

func TestEveryRefusalIsRecognisedAndLeadsToItsFix(t *testing.T) {
	for name, tc := range issueCases() {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := fresh(t)
				for _, before := range steps.All() {
					if before.ID == tc.step {
						break
					}
					require.NoError(t, s.CarryOut(t, before.ID))
				}
				s.Wire.Before = func(r *http.Request, _ string) (*http.Response, error) {
					if tc.step != steps.Authenticate && strings.HasSuffix(r.URL.Path, "token") {
						return nil, nil
					}
					return stepstest.Respond(r, tc.status, tc.body)
				}
				var f *steps.Failure
				require.ErrorAs(t, s.CarryOut(t, tc.step), &f)
				require.Equal(t, tc.issue, f.Issue)
				require.Equal(t, tc.fix, f.FixStep)
				require.Equal(t, tc.exit, f.Exit())
				require.NotEmpty(t, f.Title)
				require.NotEmpty(t, f.Solution)
				require.NotEmpty(t, f.FixLabel)
				if solution, ok := guideSolutions()[tc.issue]; ok {
					require.Contains(t, f.Solution, solution, "the guide's text as it stands")
				}
				if strings.Contains(tc.body, "TL-7") {
					require.Equal(t, "TL-7", f.TransactionLogID)
				}
			})
		})
	}
}

func TestTheSolutionsAreThoseOfTheGuide(t *testing.T) {
	guide, err := os.ReadFile("testdata/guide-solutions.txt")
	require.NoError(t, err)
	text := strings.ReplaceAll(string(guide), "’", "'")
	for issue, solution := range guideSolutions() {
		if issue != "rate-limit" {
			require.Contains(t, text, solution, issue)
		}
	}
}

func TestWhatStandsBeforeTheServiceIsExplained(t *testing.T) {
	dial := func(err error) error { return &net.OpError{Op: "dial", Err: err} }
	for says, err := range map[string]error{
		"cannot be found":                     dial(&net.DNSError{Err: "no such host", Name: "x"}),
		"the connection was refused":          dial(errors.New("connect: connection refused")),
		"certificate is not trusted":          errors.New("tls: failed to verify certificate: x509: certificate signed by unknown authority"),
		"The proxy does not let this program": &net.OpError{Op: "proxyconnect", Err: errors.New("Forbidden")},
		"There is no way to":                  dial(errors.New("network is unreachable")),
	} {
		synctest.Test(t, func(t *testing.T) {
			s := fresh(t)
			s.Wire.Before = func(*http.Request, string) (*http.Response, error) { return nil, err }
			var f *steps.Failure
			require.ErrorAs(t, s.SignIn(t.Context()), &f)
			require.Equal(t, []any{steps.IssueNetwork, 5}, []any{f.Issue, f.Exit()})
			require.Contains(t, f.Title, says)
			require.Contains(t, f.Solution, "Nothing was sent")
		})
	}
}
