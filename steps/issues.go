package steps

import (
	"net/http"
	"slices"
	"strings"
	"unicode"

	"telegent-setup/api"
)

// Issue is a documented failure and its solution (guide, Common Issues &
// Solutions).
type Issue struct {
	Code     string // Of the contract: "number-in-use".
	Title    string // What happened, in one line.
	Solution string // The guide's text, as it stands, where there is one.
	FixStep  string
	FixField string
	FixLabel string // What the first choice on the fail screen is called.
	FixAdopt bool   // The fix begins with entering the right ID.
	Support  bool   // The way out is the support report.
	Match    func(*api.Error) bool
}

// The codes of the contract for what no documented issue covers.
const (
	codeNetwork      = "network"
	codeTimeout      = "timeout"
	codeServerError  = "server-error"
	codeUnexpected   = "unexpected-answer"
	codeMissingID    = "missing-id"
	codeRefused      = "refused"
	codeWrongEdition = "wrong-edition"
	codeNoNumbers    = "no-numbers"
)

// The documented issues. The statuses are those under which they have been
// seen; the words decide among them.
var (
	messageRouteRequired = Issue{
		Code: "message-route-required", Title: "The number needs a message route.",
		Solution: "You must create a Message Route (Step 3) before provisioning numbers. Message routes are required for ALL subscribers.",
		FixStep:  MessageRoute, FixLabel: "Create a message route",
		Match: said([]int{400, 404, 409, 422}, words("messageroute"), words("message", "route"), words("mrid")),
	}
	numberInUse = Issue{
		Code: "number-in-use", Title: "This phone number is taken.",
		Solution: "The number you selected was claimed by another user. Check availability again and select a different number.",
		FixStep:  Availability, FixLabel: "Choose another number",
		Match: said([]int{400, 409, 422},
			words("number", "in use"), words("number", "already"), words("number", "taken"), words("number", "claimed"),
			words("number", "not available"), words("number", "unavailable"), words("number", "no longer available"), words("number", "exists")),
	}
	emailExists = Issue{
		Code: "email-exists", Title: "This email address belongs to another subscriber.",
		Solution: "Each subscriber email must be unique across the entire platform. Try a different email address.",
		FixStep:  Subscriber, FixField: "Email", FixLabel: "Change the email address",
		Match: said([]int{400, 409, 422},
			words("email", "exist"), words("email", "in use"), words("email", "already"), words("email", "taken"), words("email", "unique"), words("email", "duplicate")),
	}
	numberNotInAccount = Issue{
		Code: "number-not-in-account", Title: "The service says that this number does not belong to the account.",
		Solution: "This is a known open issue of the service. Open a support ticket with the TransactionLogId, the AccountId, the TNID and the exact request body.",
		FixStep:  Subscriber, FixLabel: "Try again", Support: true,
		Match: said([]int{400, 403, 404, 409, 422},
			words("number", "not belong"), words("number", "not in account"), words("number", "not assigned"), words("number", "another account"), words("number", "different account")),
	}
	invalidAccount = Issue{
		Code: "invalid-account", Title: "The service does not know this AccountId.",
		Solution: "Make sure you're using the AccountId returned from the account creation step (Step 2).",
		FixStep:  Account, FixLabel: "Enter the right AccountId", FixAdopt: true,
		Match: said([]int{400, 404, 409, 422},
			words("accountid"), words("account id"), words("account", "invalid"), words("account", "not found"), words("account", "unknown"), words("account", "does not exist"), words("account", "not exist")),
	}
	typeMismatch = Issue{
		Code: "type-mismatch", Title: "NumberType and MessageType do not go together.",
		Solution: "iot numbers are p2p only; use mvno for a2p.",
		FixStep:  Provision, FixField: "MessageType", FixLabel: "Change the message type",
		Match: said([]int{400, 409, 422},
			words("numbertype"), words("number type"), words("messagetype"), words("message type"), words("iot", "a2p"), words("iot", "p2p")),
	}
	unauthorized = Issue{
		Code: "unauthorized", Title: "The service did not accept the bearer token.",
		Solution: "Check that your Bearer token is correct and included in the Authorization header.",
		FixStep:  Authenticate, FixField: "AccountSecret", FixLabel: "Sign in again",
		Match: func(e *api.Error) bool { return e.Status == http.StatusUnauthorized },
	}
	tokenScope = Issue{
		Code: "token-scope", Title: "The service says that the token is for another endpoint.",
		Solution: "Every endpoint needs its own token; a new one for this endpoint was asked for, and was not accepted either. Check with your Telegent representative that your AccountKey may use this endpoint.",
		FixStep:  Authenticate, FixField: "AccountSecret", FixLabel: "Sign in again",
		Match: func(e *api.Error) bool {
			text := normal(e.Message)
			return e.Kind == api.Refused && (e.Status == http.StatusForbidden ||
				e.Status == http.StatusUnauthorized && (strings.Contains(text, "scope") || strings.Contains(text, "endpoint")))
		},
	}
	rateLimit = Issue{
		Code: "rate-limit", Title: "Too many requests in one minute.",
		Solution: "Standard tier: 50 requests per minute. Enterprise tier: contact support for custom limits.",
		FixLabel: "Wait, then send again",
		Match:    func(e *api.Error) bool { return e.Kind == api.Throttled },
	}
)

// issues lists what is tried for a failure of a step, the most specific first:
// the edition's own, the step's own, then what may come at any step.
func (s Step) issues(edition api.Edition) []Issue {
	all := slices.Concat(s.Forms[edition].Issues, s.Issues, []Issue{rateLimit})
	if edition == api.Edition2026 && s.ID != Authenticate {
		all = append(all, tokenScope)
	}
	return append(all, unauthorized)
}

// said matches a refusal by its status and its words: 200 is a status for all,
// since an answer of success can refuse. One of the word lists must be there.
func said(statuses []int, lists ...func(string) bool) func(*api.Error) bool {
	return func(e *api.Error) bool {
		if e.Kind != api.Refused || e.Status >= 300 && !slices.Contains(statuses, e.Status) {
			return false
		}
		text := normal(e.Message)
		return slices.ContainsFunc(lists, func(f func(string) bool) bool { return f(text) })
	}
}

// words matches a text that holds every one of the parts.
func words(parts ...string) func(string) bool {
	return func(text string) bool {
		for _, p := range parts {
			if !strings.Contains(text, p) {
				return false
			}
		}
		return true
	}
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
	s = strings.Join(strings.Fields(s), " ")
	return contractions.Replace(s)
}

// contractions writes out what an apostrophe had shortened.
var contractions = strings.NewReplacer("doesnt ", "does not ", "isnt ", "is not ", "cant ", "can not ")
