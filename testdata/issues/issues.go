// Package issues is the table of what can go wrong at the service and of what
// every face says then. The tests of the faces share it; it says what the guide
// and the contract want, and takes no word from the program.
//
// It may import api and api/sandbox.
package issues

import (
	"cmp"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"

	"telegent-setup/api"
	"telegent-setup/api/sandbox"
)

// Case is one way in which a step fails, and what becomes of it.
type Case struct {
	Name    string
	Step    string      // Where it happens.
	Edition api.Edition // The only one in which it can; both when empty.

	Fault  string // Of the sandbox, which then fails by itself.
	Answer Answer // Else: what the service answers instead.
	Down   bool   // Else: no connection can be made.

	Issue    string // The code of the contract.
	Title    string // What happened; of a title that names the server, its end.
	Solution string // What to do, in full.
	Quote    string // The guide's sentence, where that is not the solution.
	Choice   string // The first way out that is offered.
	FixStep  string // The step that mends it, where that is another one.
	Unknown  bool   // Nobody knows whether it was carried out.
	Exit     int    // Of an unattended run; 0 is 4.
}

// Answer is what comes instead of the service's own.
type Answer struct {
	Status int
	Body   string
	Hits   int // How many calls it hits; 0 is 1.
}

// Editions lists those in which the case can occur.
func (c Case) Editions() []api.Edition {
	if c.Edition != "" {
		return []api.Edition{c.Edition}
	}
	return api.Editions()
}

// Service is the sandbox, failing as the case says.
func (c Case) Service(edition api.Edition) (http.Handler, error) {
	o := sandbox.Options{Edition: edition, Orders: -1} // An order is complete at once.
	if c.Fault != "" {
		fault, err := sandbox.ParseFault(c.Fault)
		if err != nil {
			return nil, fmt.Errorf("make the service: %w", err)
		}
		o.Faults = []sandbox.Fault{fault}
	}
	box, err := sandbox.New(o)
	if err != nil {
		return nil, fmt.Errorf("make the service: %w", err)
	}
	if c.Answer == (Answer{}) {
		return box, nil
	}
	return c.Answer.before(box, paths[c.Step][edition]), nil
}

// before answers the first calls of a path in the place of the service.
func (a Answer) before(service http.Handler, path string) http.Handler {
	var calls atomic.Int64
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasSuffix(r.URL.Path, path) || calls.Add(1) > int64(max(1, a.Hits)) {
			service.ServeHTTP(w, r)
			return
		}
		switch a.Status {
		case http.StatusTooManyRequests:
			w.Header().Set("Retry-After", "0")
		case http.StatusTemporaryRedirect:
			w.Header().Set("Location", Elsewhere)
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(a.Status)
		_, _ = io.WriteString(w, a.Body) // Whoever went away does not want it.
	})
}

// paths are how the URL of a step's call ends, in each edition.
var paths = map[string]map[api.Edition]string{
	"authenticate":  {api.Edition2025: "/oauth/token", api.Edition2026: "/oauth2/tokens"},
	"account":       {api.Edition2025: "/accounts/create", api.Edition2026: "/account/create"},
	"message-route": {api.Edition2025: "/message/routes", api.Edition2026: "/message/routes"},
	"voice-route":   {api.Edition2025: "/voice/routes", api.Edition2026: "/voice/routes"},
	"availability":  {api.Edition2025: "/numbers/availability", api.Edition2026: "/numbers/availability"},
	"provision":     {api.Edition2025: "/numbers/provision", api.Edition2026: "/numbers/provision"},
	"subscriber":    {api.Edition2025: "/subscribers/create", api.Edition2026: "/subscribers/create"},
	"test-message":  {api.Edition2025: "/message/send", api.Edition2026: "/message/outbound"},
}

// The guide's solutions, as they stand (API.md, Common issues).
const (
	checkToken   = "Check that your Bearer token is correct and included in the Authorization header."
	createRoute  = "You must create a Message Route (Step 3) before provisioning numbers. Message routes are required for ALL subscribers."
	chooseOther  = "The number you selected was claimed by another user. Check availability again and select a different number."
	uniqueEmail  = "Each subscriber email must be unique across the entire platform. Try a different email address."
	rightAccount = "Make sure you're using the AccountId returned from the account creation step (Step 2)."
	givenAccount = "Make sure you're using the correct AccountId provided by your Telegent representative."
	fiftyAMinute = "Standard tier: 50 requests per minute. Enterprise tier: contact support for custom limits."
	p2pOnly      = "iot numbers are p2p only; use mvno for a2p."
	knownOpen    = "This is a known open issue of the service. Open a support ticket with the TransactionLogId, the AccountId, the TNID and the exact request body."
)

// What helps with the rest.
const (
	checkSecret  = "Check both; your Telegent representative can renew them."
	nothingSent  = "Nothing was sent, so nothing was created. Check that you are online, and that --base-url is right. The service may be down for a moment; try again."
	enterTheID   = "Look for it at the service, or enter the ID if you have it or can ask support@telegent.com for it; send again only if you are sure that nothing was created."
	lookAtPhone  = "Look at the phone: if the message arrived, this step is done; if it did not, send it again."
	probablyMade = "It was probably created. Ask support@telegent.com for the ID, then enter it here."
	notOneOfThem = "This is not one of the documented issues. Read the service's words, check the answers, and try again; else write to support@telegent.com."
	tryNetwork   = "Check the network, then try again."
	webPage      = "A network that wants you to sign in first (a hotel, an airport), a proxy, or a wrong --base-url may be in the way. Open any web page in a browser, then try again."
	otherEdition = "Check --base-url. If it is right, the server speaks the other edition: switch to it here, or start again with --edition 2025-12 or --edition 2026-04."
	orderAgain   = "Read the service's words. Order again with other answers, or ask Telegent support with the OrderId."
	askForRights = "Every endpoint needs its own token; a new one for this endpoint was asked for, and was not accepted either. Check with your Telegent representative that your AccountKey may use this endpoint."
	moreTime     = "Check the network, then try again. --timeout gives it more time."
	waitAMinute  = "Wait a minute, then try again. If it goes on, write to support@telegent.com."
	checkBaseURL = "Check --base-url, and write to support@telegent.com if it is right."
	elsewhere    = "Redirects are not followed, since they could carry your token to another server. Check --base-url, or sign in to this network in a browser first."
)

// Server stands for the address of the service in a title.
const Server = "http://SERVER"

// Elsewhere is where a redirect points.
const Elsewhere = "https://wifi.example/login"

const page = `<html><head><title>Hotel WiFi</title></head><body>Please sign in.</body></html>`

// All lists the cases.
func All() []Case {
	all := slices.Clone(cases)
	for i, c := range all {
		all[i].FixStep, all[i].Exit = cmp.Or(c.FixStep, c.Step), cmp.Or(c.Exit, 4)
	}
	return all
}

var cases = []Case{
	// Complete answers that refuse: nothing was carried out.
	{Name: "token refused", Step: "account", Fault: "unauthorized@account:2", Issue: "unauthorized",
		Title: "The service did not accept the bearer token.", Solution: checkToken, Choice: "Sign in again", FixStep: "authenticate"},
	{Name: "secret refused", Step: "authenticate", Fault: "unauthorized@authenticate", Issue: "unauthorized",
		Title: "The service did not accept this AccountKey and AccountSecret.", Solution: checkSecret, Quote: checkToken, Choice: "Enter the AccountSecret again"},
	{Name: "message route required", Step: "provision", Fault: "message-route-required", Issue: "message-route-required",
		Title: "The number needs a message route.", Solution: createRoute, Choice: "Create a message route", FixStep: "message-route"},
	{Name: "number in use", Step: "provision", Fault: "number-in-use", Issue: "number-in-use",
		Title: "This phone number is taken.", Solution: chooseOther, Choice: "Choose another number", FixStep: "availability"},
	{Name: "email exists", Step: "subscriber", Fault: "email-exists", Issue: "email-exists",
		Title: "This email address belongs to another subscriber.", Solution: uniqueEmail, Choice: "Change the email address"},
	{Name: "invalid account", Step: "subscriber", Edition: api.Edition2025, Fault: "invalid-account", Issue: "invalid-account",
		Title: "The service does not know this AccountId.", Solution: rightAccount, Choice: "Enter the right AccountId", FixStep: "account"},
	invalidAccount("message-route"), invalidAccount("voice-route"), invalidAccount("provision"), invalidAccount("subscriber"),
	{Name: "rate limit", Step: "account", Answer: Answer{Status: 429, Body: `{"Message":"Too many requests"}`, Hits: 5}, Issue: "rate-limit",
		Title: "Too many requests in one minute.", Solution: fiftyAMinute, Choice: "Wait, then send again"},
	{Name: "token scope", Step: "account", Edition: api.Edition2026, Answer: Answer{Status: 403, Body: `{"Message":"Forbidden"}`, Hits: 2}, Issue: "token-scope",
		Title: "The service says that the token is for another endpoint.", Solution: askForRights, Choice: "Sign in again", FixStep: "authenticate"},
	{Name: "type mismatch", Step: "provision", Answer: Answer{Status: 422, Body: `{"error":"NumberType and MessageType mismatch"}`}, Issue: "type-mismatch",
		Title: "NumberType and MessageType do not go together.", Solution: p2pOnly, Choice: "Change the message type"},
	{Name: "number not in account", Step: "subscriber", Answer: Answer{Status: 400, Body: `{"Message":"Phone number does not belong to account","TransactionLogId":"TL-7"}`}, Issue: "number-not-in-account",
		Title: "The service says that this number does not belong to the account.", Solution: knownOpen, Choice: "Try again"},
	{Name: "wrong edition", Step: "authenticate", Answer: Answer{Status: 404, Body: `{"Message":"Not found"}`}, Issue: "wrong-edition",
		Title: "This server has no sign-in at the address of this edition of the API.", Solution: otherEdition, Choice: "Try again"},
	{Name: "no numbers", Step: "availability", Fault: "no-numbers", Issue: "no-numbers",
		Title: "No numbers are available there.", Solution: "Try another area code or zip code, or leave both empty to see what there is.", Choice: "Search elsewhere"},
	{Name: "refused with 200", Step: "account", Fault: "soft-failure@account", Issue: "refused",
		Title: "The service refused this step.", Solution: notOneOfThem, Choice: "Try again"},
	{Name: "problem details", Step: "account", Fault: "problem-details@account", Issue: "refused",
		Title: "The service refused this step.", Solution: notOneOfThem, Choice: "Try again"},
	{Name: "order failed", Step: "provision", Fault: "order-failed", Issue: "order-failed",
		Title: "The order was not carried out: no number was assigned.", Solution: orderAgain, Choice: "Try again"},
	{Name: "redirected", Step: "account", Answer: Answer{Status: 307}, Issue: "refused",
		Title: "The server sends this call elsewhere: " + Elsewhere, Solution: elsewhere, Choice: "Try again"},

	// Calls that created nothing and brought no usable answer.
	{Name: "no connection", Step: "authenticate", Down: true, Issue: "network",
		Title: "Nothing answers at " + Server + ": the connection was refused.", Solution: nothingSent, Choice: "Try again", Exit: 5},
	{Name: "search cut", Step: "availability", Fault: "refuse@availability", Issue: "network",
		Title: "The connection to " + Server + " broke before the answer was complete.", Solution: tryNetwork, Choice: "Try again", Exit: 5},
	{Name: "search hangs", Step: "availability", Fault: "hang@availability", Issue: "timeout",
		Title: "The service did not answer in time.", Solution: moreTime, Choice: "Try again", Exit: 5},
	{Name: "search breaks", Step: "availability", Fault: "server-error@availability", Issue: "server-error",
		Title: "The service has a fault of its own.", Solution: waitAMinute, Choice: "Try again", Exit: 5},
	{Name: "page in the way of the search", Step: "availability", Answer: Answer{Status: 200, Body: page}, Issue: "unexpected-answer",
		Title: "A web page came back instead of an answer of the API.", Solution: webPage, Choice: "Try again"},
	{Name: "page in the way of signing in", Step: "authenticate", Answer: Answer{Status: 200, Body: page}, Issue: "unexpected-answer",
		Title: "A web page came back instead of an answer of the API.", Solution: webPage, Choice: "Try again"},
	{Name: "no token", Step: "authenticate", Answer: Answer{Status: 200, Body: `{"hello":"world"}`}, Issue: "unexpected-answer",
		Title: "The answer is not one that this program can read.", Solution: checkBaseURL, Choice: "Try again"},

	// Creating calls of which nobody knows what became.
	unclear("cut after it was carried out", "account", "drop@account", "network", "The connection to "+Server+" broke before the answer was complete.", enterTheID),
	unclear("cut before it was carried out", "message-route", "refuse@message-route", "network", "The connection to "+Server+" broke before the answer was complete.", enterTheID),
	unclear("never answered", "account", "hang@account", "timeout", "The service did not answer in time.", enterTheID),
	unclear("server error", "subscriber", "server-error@subscriber", "server-error", "The service has a fault of its own.", enterTheID),
	unclear("gateway's page", "provision", "html@provision", "server-error", "The service has a fault of its own.", enterTheID),
	unclear("broken JSON", "provision", "malformed@provision", "unexpected-answer", "The answer is not one that this program can read.", enterTheID),
	unclear("no ID", "account", "missing-id@account", "missing-id", "The service said yes, but its answer holds no ID.", probablyMade),
	unclear("message lost", "test-message", "drop@test-message", "network", "The connection to "+Server+" broke before the answer was complete. The message may have been sent.", lookAtPhone),
}

func invalidAccount(step string) Case {
	return Case{Name: "invalid account at " + step, Step: step, Edition: api.Edition2026, Answer: Answer{Status: 400, Body: `{"StatusCode":400,"Message":"Invalid AccountId"}`}, Issue: "invalid-account",
		Title: "The service does not know this AccountId.", Solution: givenAccount, Choice: "Enter the right AccountId", FixStep: "account"}
}

func unclear(name, step, fault, issue, title, solution string) Case {
	return Case{Name: name, Step: step, Fault: fault, Issue: issue, Title: title, Solution: solution, Choice: "Look for it at the service", Unknown: true, Exit: 5}
}
