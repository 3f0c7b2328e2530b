package steps

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"unicode"

	"telegent-setup/api"
)

// Code names an issue in the contract: "number-in-use".
type Code string

// Issue is a documented failure and its solution (guide, Common Issues &
// Solutions).
type Issue struct {
	Code     Code
	Title    string // What happened, in one line.
	Own      string // What comes before the solution, in our words; most need nothing.
	Solution string // The guide's text, as it stands, where there is one.
	FixStep  string
	FixField string
	FixLabel string // What the first choice on the fail screen is called.
	FixAdopt bool   // The fix begins with entering the right ID.
	Support  bool   // The way out is the support report.

	Statuses []int      // The statuses under which it has been seen.
	Words    [][]string // One of these lists of words must be in the message.
	Not      []string   // None of these may be.
}

// The codes of the contract for what no documented issue covers.
const (
	IssueNetwork      Code = "network"
	IssueTimeout      Code = "timeout"
	IssueServerError  Code = "server-error"
	IssueUnexpected   Code = "unexpected-answer"
	IssueMissingID    Code = "missing-id"
	IssueRefused      Code = "refused"
	IssueWrongEdition Code = "wrong-edition"
	IssueNoNumbers    Code = "no-numbers"
	IssueOrderFailed  Code = "order-failed"
	IssueNotDelivered Code = "not-delivered"
)

// The documented issues.
var (
	messageRouteRequired = Issue{
		Code: "message-route-required", Title: "The number needs a message route.",
		Solution: "You must create a Message Route (Step 3) before provisioning numbers. Message routes are required for ALL subscribers.",
		FixStep:  MessageRoute, FixLabel: "Create a message route",
		Statuses: []int{400, 404, 409, 422}, Words: [][]string{{"messageroute"}, {"message", "route"}, {"mrid"}}, Not: otherAccount,
	}
	numberInUse = Issue{
		Code: "number-in-use", Title: "This phone number is taken.",
		Solution: "The number you selected was claimed by another user. Check availability again and select a different number.",
		FixStep:  Availability, FixLabel: "Choose another number",
		Statuses: []int{400, 409, 422},
		Words: [][]string{
			{"number", "in use"}, {"number", "already"}, {"number", "taken"}, {"number", "claimed"},
			{"number", "not available"}, {"number", "unavailable"}, {"number", "no longer available"}, {"number", "exists"},
		},
	}
	emailExists = Issue{
		Code: "email-exists", Title: "This email address belongs to another subscriber.",
		Solution: "Each subscriber email must be unique across the entire platform. Try a different email address.",
		FixStep:  Subscriber, FixField: "Email", FixLabel: "Change the email address",
		Statuses: []int{400, 409, 422},
		Words:    [][]string{{"email", "exist"}, {"email", "in use"}, {"email", "already"}, {"email", "taken"}, {"email", "unique"}, {"email", "duplicate"}},
	}
	numberNotInAccount = Issue{
		Code: "number-not-in-account", Title: "The service says that this number does not belong to the account.",
		Solution: "This is a known open issue of the service. Open a support ticket with the TransactionLogId, the AccountId, the TNID and the exact request body.",
		FixStep:  Subscriber, FixLabel: "Try again", Support: true,
		Statuses: []int{400, 403, 404, 409, 422},
		Words:    [][]string{{"number", "not belong"}, {"number", "not in account"}, {"number", "not assigned"}, {"number", "another account"}, {"number", "different account"}},
	}
	invalidAccount = Issue{
		Code: "invalid-account", Title: "The service does not know this AccountId.",
		Solution: "Make sure you're using the AccountId returned from the account creation step (Step 2).",
		FixStep:  Account, FixLabel: "Enter the right AccountId", FixAdopt: true,
		Statuses: []int{400, 404, 409, 422},
		Words: [][]string{
			{"accountid"}, {"account id"}, {"account", "invalid"}, {"account", "not found"}, {"account", "unknown"},
			{"account", "does not exist"}, {"account", "not exist"},
		},
		Not: otherAccount,
	}
	invalidAccount2026 = withSolution(invalidAccount, "Make sure you're using the correct AccountId provided by your Telegent representative.")
	typeMismatch       = Issue{
		Code: "type-mismatch", Title: "NumberType and MessageType do not go together.",
		Solution: "iot numbers are p2p only; use mvno for a2p.",
		FixStep:  Provision, FixField: "MessageType", FixLabel: "Change the message type",
		Statuses: []int{400, 409, 422},
		Words:    [][]string{{"numbertype"}, {"number type"}, {"messagetype"}, {"message type"}, {"iot", "a2p"}, {"iot", "p2p"}},
	}
	unauthorized = Issue{
		Code: "unauthorized", Title: "The service did not accept the bearer token.",
		Solution: "Check that your Bearer token is correct and included in the Authorization header.",
		FixStep:  Authenticate, FixField: secretKey, FixLabel: "Sign in again",
	}
	wrongCredentials = Issue{
		Code: unauthorized.Code, Title: "The service did not accept this AccountKey and AccountSecret.",
		Own: "Check both; your Telegent representative can renew them.", Solution: unauthorized.Solution,
		FixField: secretKey, FixLabel: "Enter the AccountSecret again",
	}
	wrongEdition = Issue{
		Code: IssueWrongEdition, Title: "This server has no sign-in at the address of this edition of the API.",
		Solution: "Check --base-url. If it is right, the server speaks the other edition: switch to it here, or start again with --edition 2025-12 or --edition 2026-04.",
		Support:  true,
	}
	tokenScope = Issue{
		Code: "token-scope", Title: "The service says that the token is for another endpoint.",
		Solution: "Every endpoint needs its own token; a new one for this endpoint was asked for, and was not accepted either. Check with your Telegent representative that your AccountKey may use this endpoint.",
		FixStep:  Authenticate, FixField: secretKey, FixLabel: "Sign in again",
	}
	rateLimit = Issue{
		Code: "rate-limit", Title: "Too many requests in one minute.",
		Solution: "Standard tier: 50 requests per minute. Enterprise tier: contact support for custom limits.",
		FixLabel: "Wait, then send again",
	}
	noNumbers = Issue{
		Code: IssueNoNumbers, Title: "No numbers are available there.",
		Solution: "Try another area code or zip code, or leave both empty to see what there is.",
		FixStep:  Availability, FixField: "AreaCode", FixLabel: "Search elsewhere",
	}
	orderFailed = Issue{
		Code: IssueOrderFailed, Title: "The order was not carried out: no number was assigned.",
		Solution: "Read the service's words. Order again with other answers, or ask Telegent support with the OrderId.",
		FixStep:  Provision, FixLabel: "Try again", Support: true,
	}
)

// otherAccount are words about any ID of a call, not about the account.
var otherAccount = []string{"different account", "another account", "other account"}

func withSolution(i Issue, solution string) Issue {
	i.Solution = solution
	return i
}

// issues lists what is tried for the words of a refusal, the most specific first:
// the edition's own, then the step's own.
func (s *Step) issues(edition api.Edition) []Issue {
	return slices.Concat(s.Forms[edition].Issues, s.Issues)
}

// documented is the issue with a code, as a step and an edition word it.
func (s *Step) documented(edition api.Edition, code Code) (Issue, bool) {
	for _, i := range append(s.issues(edition), unauthorized, tokenScope, rateLimit, noNumbers, orderFailed) {
		if i.Code == code {
			return i, true
		}
	}
	return Issue{}, false
}

// issueOf says which issue an error is: by the words of a refusal, then by its
// status, then by what kind of error it is.
func issueOf(edition api.Edition, step *Step, err error) Code {
	e, answered := errors.AsType[*api.Error](err)
	switch signIn := step.ID == Authenticate; {
	case partOf(err) == ordering:
		return IssueOrderFailed
	case !answered:
		return IssueUnexpected
	case signIn && denied(statusOf(e)):
		return unauthorized.Code
	case signIn && noSuchCall(statusOf(e)):
		return IssueWrongEdition
	}
	for _, issue := range step.issues(edition) {
		if issue.matches(e) {
			return issue.Code
		}
	}
	text := normal(e.Message)
	scope := e.Status == http.StatusForbidden || e.Status == http.StatusUnauthorized && (strings.Contains(text, "scope") || strings.Contains(text, "endpoint"))
	switch {
	case edition == api.Edition2026 && e.Kind == api.Refused && scope:
		return tokenScope.Code
	case e.Status == http.StatusUnauthorized:
		return unauthorized.Code
	}
	return map[api.Kind]Code{
		api.NotConnected: IssueNetwork, api.Network: IssueNetwork, api.Timeout: IssueTimeout, api.Canceled: IssueTimeout, api.Throttled: rateLimit.Code,
		api.ServerError: IssueServerError, api.Unexpected: IssueUnexpected, api.MissingID: IssueMissingID, api.Refused: IssueRefused,
	}[e.Kind]
}

// matches says whether a refusal is this issue, by its status and its words. An
// answer of success can refuse too.
func (i *Issue) matches(e *api.Error) bool {
	if e.Kind != api.Refused || e.Status >= 300 && !slices.Contains(i.Statuses, e.Status) {
		return false
	}
	text := normal(e.Message)
	in := func(word string) bool { return strings.Contains(text, word) }
	if slices.ContainsFunc(i.Not, in) {
		return false
	}
	return slices.ContainsFunc(i.Words, func(all []string) bool {
		return !slices.ContainsFunc(all, func(word string) bool { return !in(word) })
	})
}

// normal is a message without letter case and punctuation, with single spaces.
func normal(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			return unicode.ToLower(r)
		case r == '-' || r == '\'' || r == '’':
			return -1 // e-mail is email, doesn't is doesnt.
		}
		return ' '
	}, s)
	return contractions.Replace(strings.Join(strings.Fields(s), " "))
}

// contractions writes out what an apostrophe had shortened.
var contractions = strings.NewReplacer("doesnt ", "does not ", "isnt ", "is not ", "cant ", "can not ")
