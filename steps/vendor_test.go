package steps_test

import (
	"fmt"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/api/sandbox"
	"telegent-setup/state"
	"telegent-setup/steps"
	"telegent-setup/steps/stepstest"
)

// vendorDir has every answer that the vendor documents.
const vendorDir = "../testdata/vendor"

// The IDs in those answers.
const (
	vendorAccount    = "AID-5d0c2a44-0b3c-4a7a-9d6e-1f7d3b7c0a11"
	vendorRoute      = "MRID-0e2f6f0a-55c1-4f4b-8f4a-6a1f2a9d7c22"
	vendorVoice      = "CRID-7b1e8d3c-2a90-4f0e-b7d5-3c9e5f1a8b33"
	vendorTNID       = "TNID-9a4c1e7b-6d2f-4b8a-a1c3-5e7f9b0d2c44"
	vendorNID        = "NID-9a4c1e7b-6d2f-4b8a-a1c3-5e7f9b0d2c44"
	vendorSubscriber = "TSUID-2c6e8a0b-4d1f-4e3a-9b5c-7d9f1b3e5a55"
	vendorOrder      = "JNUOID-4f8b2d6a-1c3e-4a5b-8d7f-9e0c2a4b6d66"
	vendorMessage    = "TMID-8d0f2b4c-6e1a-4c3d-9f5b-1a3c5e7d9b77"
	vendorNumber     = "+18015550177"
	vendorESIM       = "LPA:1$SMDP.EXAMPLE.COM$VENDORS-ACTIVATION-CODE"
)

// service answers with the vendor's documents in the place of the sandbox.
type service struct {
	t       *testing.T
	answers map[string][]string // By the end of a path: "200 file", "404" without a body, "cut"; the last one stays.
	calls   []string            // All but those for a token.
	tokens  []string            // The Authorization headers of them.
}

func (s *service) answer(r *http.Request, _ string) (*http.Response, error) {
	path := strings.TrimPrefix(strings.TrimPrefix(r.URL.Path, "/v1.0"), "/v1.1")
	queue, known := s.answers[r.Method+" "+path]
	isToken := strings.HasSuffix(path, "/token") || strings.HasSuffix(path, "/tokens")
	switch {
	case isToken && !known:
		return s.file(r, 200, "token.json")
	case !isToken:
		s.calls = append(s.calls, r.Method+" "+path)
		s.tokens = append(s.tokens, r.Header.Get("Authorization"))
	}
	if !known {
		s.t.Errorf("nobody expects %s %s", r.Method, path)
		return stepstest.Respond(r, 404, "")
	}
	if len(queue) > 1 {
		s.answers[r.Method+" "+path] = queue[1:]
	}
	if queue[0] == "cut" {
		stepstest.Connect(r)
		return nil, http.ErrServerClosed
	}
	var status int
	var name string
	_, err := fmt.Sscanf(queue[0]+" -", "%d %s", &status, &name)
	require.NoError(s.t, err)
	return s.file(r, status, name)
}

// file answers with a document, and the type of content that its name tells.
func (s *service) file(r *http.Request, status int, name string) (*http.Response, error) {
	var data []byte
	if name != "-" {
		var err error
		data, err = os.ReadFile(filepath.Join(vendorDir, name))
		require.NoError(s.t, err)
	}
	resp, err := stepstest.Respond(r, status, string(data))
	resp.Header.Set("Content-Type", map[string]string{".html": "text/html", ".txt": "text/plain", ".json": "application/json"}[filepath.Ext(name)])
	return resp, err
}

// atStep is a person who stands before a step at a service that answers with the
// vendor's documents. What the step needs is there.
func atStep(t *testing.T, edition api.Edition, step string, answers map[string][]string) (*stepstest.Person, *service) {
	t.Helper()
	box := stepstest.NewBox(t, sandbox.Options{Edition: edition})
	s := stepstest.Open(t, filepath.Join(t.TempDir(), "state.json"), box, stepstest.Options{Edition: edition})
	svc := &service{t: t, answers: answers}
	s.Wire.Before = svc.answer
	for _, have := range []struct {
		step string
		ids  steps.Answers
	}{
		{steps.Account, steps.Answers{"AccountId": vendorAccount}}, {steps.MessageRoute, steps.Answers{"MessageRouteId": vendorRoute}},
		{steps.VoiceRoute, steps.Answers{"CallRouteId": vendorVoice}}, {steps.Provision, steps.Answers{"PhoneNumber": vendorNumber}},
		{steps.Subscriber, steps.Answers{"SubscriberId": vendorSubscriber}},
	} {
		if now, _ := steps.Find(have.step); now.Number >= mustFind(step).Number {
			break
		}
		adopt(t, s, have.step, have.ids)
	}
	p := s.Person(t, true)
	if step == steps.Authenticate {
		p.Take(steps.Start)
		return p, svc
	}
	require.NoError(t, s.SignIn(t.Context()))
	visit(t, p, step)
	return p, svc
}

func mustFind(id string) *steps.Step {
	s, ok := steps.Find(id)
	if !ok {
		panic(id)
	}
	return s
}

// visit goes to the form of a step.
func visit(t *testing.T, p *stepstest.Person, step string) {
	t.Helper()
	require.NoError(t, p.Reply(t.Context(), steps.Reply{Option: steps.Option{Do: steps.Visit, Step: step}}))
	if p.Prompt().Kind == steps.OfferPrompt {
		p.Take(steps.Fill)
	}
	require.Equal(t, steps.FormPrompt, p.Prompt().Kind, p.Where())
}

// carryOut sends the form, and says yes when it is asked.
func carryOut(p *stepstest.Person) {
	p.Take(steps.Submit)
	if p.Prompt().Kind == steps.ConfirmPrompt {
		p.Take(steps.Send)
	}
}

// vendorCase is what becomes of a step that the service answers with documents.
type vendorCase struct {
	step    string
	edition api.Edition // Both when empty.
	answers map[string][]string

	ids   steps.Saved // In the state file, when it is done.
	esim  string
	kind  steps.PromptKind // What is put before the person then.
	says  []string         // And what it says.
	issue steps.Code
	exit  int
}

// ok is an answer of success to one call.
func ok(call string, files ...string) map[string][]string {
	var all []string
	for _, name := range files {
		all = append(all, "200 "+name)
	}
	return map[string][]string{call: all}
}

// both are answers to several calls.
func both(all ...map[string][]string) map[string][]string {
	merged := map[string][]string{}
	for _, one := range all {
		maps.Copy(merged, one)
	}
	return merged
}

func vendorSuccesses() map[string]vendorCase {
	const e25, e26 = api.Edition2025, api.Edition2026
	cases := map[string]vendorCase{
		"account":                 {step: steps.Account, edition: e25, answers: ok("POST /accounts/create", "account-created.json"), ids: steps.Saved{steps.AccountID: vendorAccount}},
		"account, in small":       {step: steps.Account, edition: e25, answers: ok("POST /accounts/create", "account-created-lower-case.json"), ids: steps.Saved{steps.AccountID: vendorAccount}},
		"account, enveloped":      {step: steps.Account, edition: e25, answers: ok("POST /accounts/create", "account-created-enveloped.json"), ids: steps.Saved{steps.AccountID: vendorAccount}},
		"account, repeated":       {step: steps.Account, edition: e26, answers: ok("POST /account/create", "account-created-2026.json"), ids: steps.Saved{steps.AccountID: vendorAccount}},
		"message route":           {step: steps.MessageRoute, answers: ok("POST /message/routes", "message-route-created.json"), ids: steps.Saved{steps.MRID: vendorRoute}},
		"message route, repeated": {step: steps.MessageRoute, edition: e26, answers: ok("POST /message/routes", "message-route-created-2026.json"), ids: steps.Saved{steps.MRID: vendorRoute}},
		"voice route":             {step: steps.VoiceRoute, answers: ok("POST /voice/routes", "voice-route-created.json"), ids: steps.Saved{steps.CRID: vendorVoice}},
		"voice route, repeated":   {step: steps.VoiceRoute, edition: e26, answers: ok("POST /voice/routes", "voice-route-created-2026.json"), ids: steps.Saved{steps.CRID: vendorVoice}},
		"subscriber":              {step: steps.Subscriber, answers: ok("POST /subscribers/create", "subscriber-created.json"), ids: steps.Saved{steps.SubscriberID: vendorSubscriber}},
		"subscriber, repeated":    {step: steps.Subscriber, edition: e26, answers: ok("POST /subscribers/create", "subscriber-created-2026.json"), ids: steps.Saved{steps.SubscriberID: vendorSubscriber}},
		"no numbers": {
			step: steps.Availability, answers: ok("POST /numbers/availability", "availability-none.json"),
			kind: steps.FailedPrompt, issue: steps.IssueNoNumbers, exit: 4, says: []string{"No numbers are available there."},
		},
	}
	searched := both(ok("GET /message/search", "message-search.json"))
	cases["message"] = vendorCase{
		step: steps.TestMessage, edition: e25, answers: both(searched, ok("POST /message/send", "message-sent.json")),
		ids: steps.Saved{steps.MessageID: vendorMessage}, kind: steps.DeliveryPrompt,
	}
	cases["message, queued"] = vendorCase{
		step: steps.TestMessage, edition: e26, answers: both(searched, ok("POST /message/outbound", "message-queued-2026.json")),
		ids: steps.Saved{steps.MessageID: vendorMessage}, kind: steps.DeliveryPrompt,
	}
	cases["message without an ID"] = vendorCase{
		step: steps.TestMessage, edition: e25, answers: both(searched, ok("POST /message/send", "message-sent-without-id.json")),
		ids: steps.Saved{},
	}
	return cases
}

func vendorOrders() map[string]vendorCase {
	const e25 = api.Edition2025
	provision := func(files ...string) map[string][]string { return ok("POST /numbers/provision", files...) }
	order := func(files ...string) map[string][]string { return ok("GET /numbers/order", files...) }
	number := func(answer string) map[string][]string { return map[string][]string{"GET /numbers": {answer}} }
	done := func(number, tnid string) steps.Saved {
		ids := steps.Saved{steps.PhoneNumber: number, steps.TNID: tnid}
		if tnid == "" {
			delete(ids, steps.TNID)
		}
		return ids
	}
	failed := func(answers map[string][]string, words string) vendorCase {
		return vendorCase{
			answers: answers, kind: steps.FailedPrompt, issue: steps.IssueOrderFailed, exit: 4,
			says: []string{"The order was not carried out: no number was assigned.", words},
		}
	}
	const instead = "Telegent assigned +18015550177 instead of +13105551234: that is the number of this setup from now on."
	return map[string]vendorCase{
		"a number, as printed":         {edition: e25, answers: provision("number-provisioned.json"), ids: done("+13105551234", vendorTNID)},
		"an ID alone":                  {edition: e25, answers: provision("number-provisioned-id-alone.json"), ids: done("+13105551234", vendorTNID)},
		"a PhoneNumberId":              {edition: e25, answers: provision("number-provisioned-phone-number-id.json"), ids: done("+13105551234", vendorNID)},
		"a NumberId, enveloped":        {edition: e25, answers: provision("number-provisioned-number-id.json"), ids: done("+13105551234", vendorTNID)},
		"another number is assigned":   {edition: e25, answers: provision("number-provisioned-assigned.json"), ids: done(vendorNumber, vendorNID), kind: steps.StepPrompt, says: []string{instead, "PhoneNumber " + vendorNumber}},
		"complete at once":             {answers: provision("order-placed-complete.json"), ids: done(vendorNumber, vendorNID), esim: vendorESIM},
		"a word nobody knows, with ID": {answers: provision("order-placed-unknown-word-with-number.json"), ids: done(vendorNumber, vendorNID)},
		"submitted, then completed": {
			answers: both(provision("order-placed.json"), order("order-submitted.json", "order-pending-carrier-approval.json", "order-completed-ordered.json"), number("200 number-details.json")),
			ids:     done(vendorNumber, vendorTNID), esim: vendorESIM,
		},
		"requested, then complete with an ID": {
			answers: both(provision("order-requested.json"), order("order-requested.json", "order-complete-with-id.json")),
			ids:     done(vendorNumber, vendorTNID),
		},
		"nobody tells the TNID": {
			answers: both(provision("order-placed.json"), order("order-completed-ordered.json"), number("404 not-found.json")),
			ids:     done(vendorNumber, ""),
		},
		"the TNID cannot be asked for": {
			answers: both(provision("order-placed.json"), order("order-completed-ordered.json"), number("502 gateway.html")),
			ids:     done(vendorNumber, ""),
		},
		"processing with a number is under way": {
			answers: both(provision("order-placed-processing-with-number.json"), order("order-processing-with-number.json", "order-completed-ordered.json"), number("200 number-details.json")),
			ids:     done(vendorNumber, vendorTNID), esim: vendorESIM,
		},
		"failed at once":               failed(provision("order-placed-failed.json"), "The carrier could not activate the number"),
		"an error with a number":       failed(provision("order-placed-error-with-number.json"), "8A-ACCOUNT_NUM_REQ_OR_INCORRECT"),
		"failed":                       failed(both(provision("order-placed.json"), order("order-failed.json")), "The carrier could not activate the number"),
		"an error with a number later": failed(both(provision("order-placed.json"), order("order-submitted.json", "order-failed-with-number.json")), "8A-ACCOUNT_NUM_REQ_OR_INCORRECT"),
		"rejected":                     failed(both(provision("order-requested.json"), order("order-rejected.json")), "No numbers available in the requested area"),
		"cancelled":                    failed(both(provision("order-placed.json"), order("order-cancelled.json")), "Cancelled by the distributor"),
		"a word nobody knows": {
			answers: both(provision("order-placed.json"), order("order-unknown-word.json")),
			kind:    steps.UnknownPrompt, issue: steps.IssueTimeout, exit: 5, says: []string{"The order was accepted, and is still under way after 10 minutes."},
		},
	}
}

func vendorRefusals() map[string]vendorCase {
	const e25, e26 = api.Edition2025, api.Edition2026
	at := func(step string, edition api.Edition, call, answer string, issue steps.Code, says ...string) vendorCase {
		return vendorCase{step: step, edition: edition, answers: map[string][]string{call: {answer}}, kind: steps.FailedPrompt, issue: issue, exit: 4, says: says}
	}
	gateway := at(steps.Account, e25, "POST /accounts/create", "502 gateway.html", steps.IssueServerError, "The service has a fault of its own. Nobody knows whether the account was created.")
	gateway.kind, gateway.exit = steps.UnknownPrompt, 5
	named := "The call named MessageRouteId " + vendorRoute + ", VoiceRouteId " + vendorVoice
	return map[string]vendorCase{
		"a status and a message":    at(steps.Subscriber, "", "POST /subscribers/create", "409 refused.json", "email-exists", "Email already exists", "TransactionLogId TL-2b9f"),
		"successful: false":         at(steps.Subscriber, e25, "POST /subscribers/create", "400 refused-successful.json", "invalid-account", "Invalid AccountId", "returned from the account creation step"),
		"successful: false, live":   at(steps.Subscriber, e26, "POST /subscribers/create", "400 refused-successful.json", "invalid-account", "Invalid AccountId", "provided by your Telegent representative"),
		"refused with success":      at(steps.Provision, e25, "POST /numbers/provision", "200 refused-with-success.json", "number-in-use", "Phone number already in use", "TransactionLogId TL-2b9f"),
		"problem details":           at(steps.Availability, "", "POST /numbers/availability", "400 problem-details.json", steps.IssueRefused, "AreaCode: Area code must be a valid 3-digit code", "TraceId 00-6f1d9a2b-01"),
		"problem details, in words": at(steps.MessageRoute, "", "POST /message/routes", "400 problem-details-detail.json", steps.IssueRefused, "The webhook URL cannot be reached.", "TraceId 00-6f1d9a2b-02"),
		"problem details, a title":  at(steps.Account, e26, "POST /account/create", "422 problem-details-title.json", steps.IssueRefused, "Unprocessable Entity"),
		"not found":                 at(steps.Provision, e25, "POST /numbers/provision", "404 not-found.json", steps.IssueRefused, named+": one of them may not exist", "TraceId 00-6f1d9a2b-03"),
		"not found, live":           at(steps.Provision, e26, "POST /numbers/provision", "404 not-found.json", steps.IssueRefused, named+", AccountId "+vendorAccount+": one of them may not exist"),
		"plain text":                at(steps.Account, e25, "POST /accounts/create", "400 refused.txt", steps.IssueRefused, "BillingEmail bounced"),
		"JSON as plain text":        at(steps.Provision, "", "POST /numbers/provision", "400 refused-json.txt", "message-route-required", "MessageRouteId is required", "You must create a Message Route (Step 3)"),
		"an empty body":             at(steps.Account, e26, "POST /account/create", "400", steps.IssueRefused, "The service answered HTTP 400 (Bad Request)."),
		"the page of a gateway":     gateway,
	}
}

// Rule: every documented answer to a step ends in the state file as it should, and
// in a sentence that a person can read: never raw JSON or HTML.
func TestTheVendorsAnswers(t *testing.T) {
	for _, table := range []map[string]vendorCase{vendorSuccesses(), vendorOrders(), vendorRefusals()} {
		for name, tc := range table {
			t.Run(name, func(t *testing.T) {
				for _, edition := range api.Editions() {
					if tc.edition == "" || tc.edition == edition {
						synctest.Test(t, func(t *testing.T) { requireVendor(t, edition, tc) })
					}
				}
			})
		}
	}
}

func requireVendor(t *testing.T, edition api.Edition, tc vendorCase) {
	t.Helper()
	step := tc.step
	if step == "" {
		step = steps.Provision
	}
	answers := both(tc.answers)
	p, svc := atStep(t, edition, step, answers)
	carryOut(p)
	at := p.Prompt()
	if tc.kind != 0 {
		require.Equal(t, tc.kind, at.Kind, p.Where())
	}
	said := p.Says() + "\n" + strings.Join(notices(p.Setup), "\n")
	for _, words := range tc.says {
		require.Contains(t, said, words)
	}
	require.NotRegexp(t, `[{}<>]`, said)
	kept := p.Setup.OnDisk(t)
	if tc.issue != "" {
		require.NotNil(t, at.Failure)
		require.Equal(t, []any{tc.issue, tc.exit}, []any{at.Failure.Issue, at.Failure.Exit()})
		require.Equal(t, string(tc.issue), kept.Steps[step].Error.Issue)
		require.Empty(t, p.Setup.Status(step).Saved)
		return
	}
	require.Equal(t, state.Done, kept.Steps[step].Status, p.Where())
	require.Equal(t, tc.ids, p.Setup.Status(step).Saved)
	require.Equal(t, tc.esim, p.Setup.ESIM())
	require.Equal(t, "Bearer eyJhbGciOiJIUzI1NiJ9.vendors-sample-token.c2FtcGxl", svc.tokens[0])
}

// Rule: an assigned number takes the place of the one that was asked for in every
// later call too.
func TestTheAssignedNumberIsUsedFromThenOn(t *testing.T) {
	p, _ := atStep(t, api.Edition2025, steps.Provision, both(
		ok("POST /numbers/provision", "number-provisioned-assigned.json"), ok("POST /subscribers/create", "subscriber-created.json"),
		ok("GET /message/search", "message-search.json"), ok("POST /message/send", "message-sent.json"),
	))
	carryOut(p)
	p.Take(steps.Continue)
	require.Equal(t, steps.Availability, p.Prompt().Step.ID, "it was not searched for")
	visit(t, p, steps.Subscriber)
	carryOut(p)
	require.Equal(t, []any{vendorNumber}, body(t, p.Setup, "/subscribers/create")["PhoneNumbers"])
	visit(t, p, steps.TestMessage)
	carryOut(p)
	require.Equal(t, vendorNumber, body(t, p.Setup, "/message/send")["From"])
	require.Equal(t, vendorNumber, p.Setup.OnDisk(t).PhoneNumber)
}

// Rule: a list of what is available is rows to choose from: of numbers where the
// customer picks one and there are any, else of areas.
func TestTheVendorsListsOfWhatIsAvailable(t *testing.T) {
	areas := []steps.Row{{NGP: "NGP-8", AreaCode: "801", ZipCode: "84043"}, {NGP: "NGP-8", AreaCode: "310", ZipCode: "90210"}}
	numbers := []steps.Row{{Number: "+13105551234"}, {Number: "+13105551235"}}
	for name, want := range map[string]map[api.Edition][]steps.Row{
		"availability-areas.json":   {api.Edition2025: areas, api.Edition2026: areas},
		"availability-numbers.json": {api.Edition2025: numbers, api.Edition2026: areas},
	} {
		for edition, rows := range want {
			p, _ := atStep(t, edition, steps.Availability, ok("POST /numbers/availability", name))
			p.Take(steps.Submit)
			require.Equal(t, steps.ListPrompt, p.Prompt().Kind, p.Where())
			require.Equal(t, rows, p.Prompt().Results.Rows)
			require.Equal(t, 2, p.Prompt().Results.Total)
			p.Choose(1)
			require.Equal(t, state.Done, p.Setup.Status(steps.Availability).Status)
			if rows[0].Number == "" {
				require.Equal(t, &state.Area{AreaCode: "310", ZipCode: "90210", NGP: "NGP-8"}, p.Setup.OnDisk(t).Steps[steps.Availability].Area)
			}
		}
	}
}

func vendorTokens() []string {
	return []string{"token.json", "token-capital.json", "token-access.json", "token-oauth.json", "token-enveloped.json", "token-2026.json"}
}

// Rule: a token is found under every name that it comes under, and is nowhere else.
func TestTheVendorsTokens(t *testing.T) {
	for _, name := range vendorTokens() {
		for edition, call := range map[api.Edition]string{api.Edition2025: "POST /oauth/token", api.Edition2026: "POST /oauth2/tokens"} {
			p, svc := atStep(t, edition, steps.Authenticate, both(
				ok(call, name), ok("POST /accounts/create", "account-created.json"), ok("POST /account/create", "account-created-2026.json"),
			))
			p.Take(steps.Submit)
			require.True(t, p.Facts().SignedIn, "%s: %s", name, p.Where())
			visit(t, p, steps.Account)
			carryOut(p)
			require.Equal(t, []string{"Bearer eyJhbGciOiJIUzI1NiJ9.vendors-sample-token.c2FtcGxl"}, svc.tokens, name)
			require.NotContains(t, fmt.Sprintf("%+v", p.Setup.Events.All), "vendors-sample-token", name)
		}
	}
}

// lookUp is a documented answer to a question for what is there.
type lookUp struct {
	step    string
	edition api.Edition // Both when empty.
	call    string
	file    string
	rows    int         // Of a list: how many there are to choose from.
	ids     steps.Saved // Of the row that matches, or of what is asked for.
}

func vendorLookUps() []lookUp {
	number := steps.Saved{steps.PhoneNumber: vendorNumber, steps.TNID: vendorTNID}
	return []lookUp{
		{step: steps.Account, call: "GET /account", file: "account-details.json", ids: steps.Saved{steps.AccountID: vendorAccount}},
		{step: steps.Account, call: "GET /distributor/accounts", file: "accounts.json", rows: 2, ids: steps.Saved{steps.AccountID: vendorAccount}},
		{step: steps.MessageRoute, call: "GET /message/routes", file: "message-route-details.json", ids: steps.Saved{steps.MRID: vendorRoute}},
		{step: steps.MessageRoute, call: "GET /account/message/routes", file: "message-routes.json", rows: 2, ids: steps.Saved{steps.MRID: vendorRoute}},
		{step: steps.VoiceRoute, call: "GET /voice/routes", file: "voice-route-details.json", ids: steps.Saved{steps.CRID: vendorVoice}},
		{step: steps.VoiceRoute, call: "GET /account/voice/routes", file: "voice-routes.json", rows: 1, ids: steps.Saved{steps.CRID: vendorVoice}},
		{step: steps.Provision, call: "GET /numbers", file: "number-details.json", ids: number},
		{step: steps.Provision, edition: api.Edition2026, call: "GET /numbers/inventory", file: "numbers-inventory.json", rows: 2, ids: number},
		{step: steps.Subscriber, call: "GET /subscribers/get", file: "subscriber-details.json", ids: steps.Saved{steps.SubscriberID: vendorSubscriber}},
		{step: steps.Subscriber, call: "GET /distributor/subscribers", file: "subscribers.json", rows: 2, ids: steps.Saved{steps.SubscriberID: vendorSubscriber}},
		{step: steps.TestMessage, call: "GET /message/details", file: "message-details.json", ids: steps.Saved{steps.MessageID: vendorMessage}},
		{step: steps.TestMessage, call: "GET /message/details", file: "message-details-several.json", ids: steps.Saved{steps.MessageID: vendorMessage}},
		{step: steps.TestMessage, call: "GET /message/search", file: "message-search.json", rows: 3, ids: steps.Saved{steps.MessageID: vendorMessage}},
	}
}

// Rule: in every documented answer to a question what is asked for is found, and
// nothing of it that is secret or personal is told to anybody.
func TestTheVendorsLookUps(t *testing.T) {
	for _, l := range vendorLookUps() {
		t.Run(l.file, func(t *testing.T) {
			for _, edition := range api.Editions() {
				if l.edition != "" && l.edition != edition {
					continue
				}
				synctest.Test(t, func(t *testing.T) {
					answers := map[string][]string{l.call: {"200 " + l.file}, "POST " + path(l.step, edition): {"cut"}}
					if l.call == "GET /message/search" { // Before the message is sent nobody can look.
						answers[l.call] = []string{"403", "200 " + l.file}
					}
					p, _ := atStep(t, edition, l.step, answers)
					if l.rows == 0 {
						got, err := p.Setup.Check(t.Context(), l.step, l.ids)
						require.NoError(t, err)
						require.Equal(t, steps.There, got)
						return
					}
					carryOut(p)
					require.Equal(t, steps.UnknownPrompt, p.Prompt().Kind, p.Where())
					p.Take(steps.LookFor)
					require.Equal(t, steps.ListPrompt, p.Prompt().Kind, p.Where())
					require.Len(t, p.Prompt().Results.Rows, 1)
					p.Choose(0)
					require.Equal(t, l.ids, p.Setup.Status(l.step).Saved)
					if p.Setup.Form(l.step).Lookup.List.Path != "" {
						all, err := p.Setup.List(t.Context(), l.step)
						require.NoError(t, err)
						require.Len(t, all, l.rows)
					}
				})
			}
		})
	}
}

// path is the path of the call of a step.
func path(step string, edition api.Edition) string {
	return strings.TrimPrefix(mustFind(step).Forms[edition].Path, "..")
}

// Rule: every document is walked through the step that gets it.
func TestEveryDocumentOfTheVendorIsWalked(t *testing.T) {
	walked := map[string]bool{"availability-areas.json": true, "availability-numbers.json": true}
	for _, name := range vendorTokens() {
		walked[name] = true
	}
	for _, l := range vendorLookUps() {
		walked[l.file] = true
	}
	for _, table := range []map[string]vendorCase{vendorSuccesses(), vendorOrders(), vendorRefusals()} {
		for _, tc := range table {
			for _, answers := range tc.answers {
				for _, answer := range answers {
					_, name, _ := strings.Cut(answer, " ")
					walked[name] = true
				}
			}
		}
	}
	files, err := os.ReadDir(vendorDir)
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, f := range files {
		require.True(t, walked[f.Name()], f.Name())
	}
}
