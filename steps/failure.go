package steps

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"telegent-setup/api"
)

// Support is where help is to be had.
const (
	SupportURL   = "https://support.telegent.com/support/home"
	SupportEmail = "support@telegent.com"
)

// Failure is an outcome in words: what happened, what it means and what to do.
// Every face shows what it says and nothing of its own.
type Failure struct {
	Outcome
	Step             string
	Title            string // One line: what happened, in our words.
	Solution         string // What to do; the guide's text as it stands where there is one.
	FixStep          string // The step that puts it right; may be Step itself, or empty.
	FixField         string // The field there to change; may be empty.
	FixLabel         string // The first choice on the screen: "Choose another number".
	FixAdopt         bool   // The fix begins with entering the right ID there.
	Support          bool   // A support report is the way out.
	Found            bool   // It came about in an earlier run.
	TransactionLogID string
	TraceID          string
	Exchange         *api.Exchange // The call and its answer, redacted; nil when nothing was sent.

	own   string   // Of a solution that ends with the guide's: what comes before it.
	sent  []Detail // The IDs that the call named, where one of them is not known.
	cause error
}

// Error implements error.
func (f *Failure) Error() string { return f.Title }

// Unwrap gives the error of the call; nil when it is of an earlier run.
func (f *Failure) Unwrap() error { return f.cause }

// Said is what is kept of a failure: the service's words, else the title.
func (f *Failure) Said() string {
	if f.Message != "" {
		return f.Message
	}
	return f.Title
}

// Headline is the title for people.
func (f *Failure) Headline() string {
	if f.Found && f.Kind != OrderOpen {
		return "Last time: " + f.Title
	}
	return f.Title
}

// status is the status of the step event that tells of it.
func (f *Failure) status() StepStatus {
	if f.Kind.Unknown() {
		return StatusUnknown
	}
	return StatusFailed
}

// word gives an outcome its words.
func (r *Runner) word(f *Failure) {
	step := find(f.Step)
	f.FixStep, f.FixLabel = f.Step, "Try again"
	if issue, ok := step.documented(r.Edition(), f.Issue); ok {
		f.Title, f.Solution = issue.Title, issue.Solution
		f.FixField, f.FixLabel, f.FixAdopt, f.Support = issue.FixField, issue.FixLabel, issue.FixAdopt, issue.Support
		if issue.FixStep != "" {
			f.FixStep = issue.FixStep
		}
	} else {
		f.undocumented()
	}
	if f.Step == Authenticate {
		f.atSignIn()
	}
	if len(f.sent) > 0 && f.Issue != IssueWrongEdition { // Then the call itself is not known.
		var named []string
		for _, d := range f.sent {
			named = append(named, d.Name+" "+d.Value)
		}
		f.Solution = sentence(f.Solution, "The call named "+strings.Join(named, ", ")+": one of them may not exist, or belong to a different account.")
	}
	f.unknownWords(step)
}

// atSignIn words the failures of the token call.
func (f *Failure) atSignIn() {
	switch f.Issue {
	case unauthorized.Code:
		f.FixField, f.FixLabel = secretKey, "Enter the AccountSecret again"
		f.Title = "The service did not accept this AccountKey and AccountSecret."
		f.own = "Check both; your Telegent representative can renew them."
		f.Solution = sentence(f.own, unauthorized.Solution)
	case IssueWrongEdition:
		f.Title = "This server has no sign-in at the address of this edition of the API."
		f.Solution = "Check --base-url. If it is right, the server speaks the other edition: switch to it here, or start again with --edition 2025-12 or --edition 2026-04."
	}
}

// undocumented words what no documented issue covers.
func (f *Failure) undocumented() {
	var e *api.Error
	if !errors.As(f.cause, &e) {
		e = &api.Error{Exchange: f.Exchange}
	}
	switch f.Issue {
	case IssueNetwork:
		f.Title, f.Solution = networkWords(e, f.Kind)
	case IssueTimeout:
		f.Title, f.Solution = "The service did not answer in time.", "Check the network, then try again. --timeout gives it more time."
		if e.Kind == api.Canceled {
			f.Title, f.Solution = "The wait for the answer was cancelled.", "Try again when you are ready."
		}
	case IssueServerError:
		f.Title, f.Solution = "The service has a fault of its own.", "Wait a minute, then try again. If it goes on, write to "+SupportEmail+"."
	case IssueMissingID:
		f.Title, f.Support = "The service said yes, but its answer holds no ID.", true
		f.Solution = "It was probably created. Ask " + SupportEmail + " for the ID, then enter it here."
	case IssueUnexpected:
		f.unexpected(e)
	case "":
		f.Title = fmt.Sprintf("“%s” was sent, and its answer never came.", find(f.Step).Title)
	default:
		f.refused(e)
	}
}

func (f *Failure) unexpected(e *api.Error) {
	f.Support = true
	f.Title = "The answer is not one that this program can read."
	f.Solution = "Check --base-url, and write to " + SupportEmail + " if it is right."
	if e.HTML {
		f.Title = "A web page came back instead of an answer of the API."
		f.Solution = "A network that wants you to sign in first (a hotel, an airport), a proxy, or a wrong --base-url may be in the way. Open any web page in a browser, then try again."
	}
}

func (f *Failure) refused(e *api.Error) {
	f.Support = true
	f.Title = "The service refused this step."
	f.Solution = "This is not one of the documented issues. Read the service's words, check the answers, and try again; else write to " + SupportEmail + "."
	switch {
	case e.Location != "":
		f.Title = "The server sends this call elsewhere: " + e.Location
		f.Solution = "Redirects are not followed, since they could carry your token to another server. Check --base-url, or sign in to this network in a browser first."
	case e.HTML:
		f.Solution = "A web page came back, not an answer of the API: check --base-url, and whether this network wants you to sign in first."
	}
}

// networkWords say what stood in the way of a connection or broke it, where, and
// what to do.
func networkWords(e *api.Error, kind OutcomeKind) (title, solution string) {
	where := "the service"
	if e.Exchange != nil {
		if u, err := url.Parse(e.Exchange.URL); err == nil && u.Host != "" {
			where = u.Scheme + "://" + u.Host
		}
	}
	if e.Kind == api.Network || kind == NoAnswer {
		return "The connection to " + where + " broke before the answer was complete.", "Check the network, then try again."
	}
	nothing, online := "Nothing was sent, so nothing was created. ", "Check that you are online"
	if !strings.HasPrefix(where, liveServer) {
		online += ", and that --base-url is right"
	}
	switch e.Reason {
	case api.NoSuchHost:
		return "The name of " + where + " cannot be found.", nothing + online + ", then try again."
	case api.RefusedPort:
		return "Nothing answers at " + where + ": the connection was refused.", nothing + online + ". The service may be down for a moment; try again."
	case api.Untrusted:
		return "The connection to " + where + " is not secure: its certificate is not trusted.", nothing + "A network that inspects traffic may stand between, or the clock of this machine is wrong. Do not go on from this network; ask its administrator."
	case api.ProxyFailed:
		return "The proxy does not let this program through to " + where + ".", nothing + "Check HTTPS_PROXY and NO_PROXY, or ask the administrator of this network."
	case api.ConnectTimeout:
		return "Nobody answered at " + where + " in time.", nothing + "Check the network and any firewall, then try again."
	}
	return "There is no way to " + where + ": the network is unreachable.", nothing + "Check that you are online, then try again."
}

// unknownWords word an outcome that nobody knows.
func (f *Failure) unknownWords(step *Step) {
	if f.Kind.Unknown() {
		f.FixStep, f.FixField, f.FixAdopt = step.ID, "", false
	}
	ask := fmt.Sprintf("Look for it at the service, or enter the ID if you have it or can ask %s for it; send again only if you are sure that nothing was created.", SupportEmail)
	if step.Forms[api.Edition2025].Accept {
		ask = "Look at the phone: if the message arrived, this step is done; if it did not, send it again."
	}
	doubt := fmt.Sprintf("Nobody knows whether %s %s.", step.Object, step.Made)
	if step.Forms[api.Edition2025].Accept {
		doubt = "The message may have been sent."
	}
	switch f.Kind {
	case NoAnswer:
		f.Title = sentence(f.Title, doubt)
		if f.Issue != IssueMissingID { // Its own solution tells it.
			f.Solution = ask
		}
	case ResendFailed:
		f.Title = sentence(f.Title, "Of the first call nothing more is known.")
		f.Solution = sentence(f.Solution, doubt)
	case Arrived:
		what := "number is taken"
		if f.Issue == emailExists.Code {
			what = "email address is in use"
		}
		f.Title = fmt.Sprintf("The service says that this %s: the first call probably did arrive.", what)
		f.Solution = fmt.Sprintf("Look for it at the service, or enter the ID: your Telegent representative or %s can tell it. Only if it is not yours, change the answers and send again.", SupportEmail)
		f.FixLabel = "Enter the ID"
	case OrderOpen:
		f.orderWords()
	}
}

// orderWords word an order that is under way.
func (f *Failure) orderWords() {
	f.FixLabel = "Ask again"
	switch {
	case f.Found:
		f.Title = "The order was accepted, and was still under way when it was last asked for."
	case errors.Is(f.cause, errStillPending):
		f.Title = "The order was accepted, and is still under way after 10 minutes."
	case errors.Is(f.cause, context.Canceled):
		f.Title = "The order was accepted, and is still under way: nobody waits for it now."
	default:
		f.Title = "The order was accepted, and what became of it could not be asked. " + f.Title
	}
	f.Solution = "Start again later: the order is saved, and is asked for, not placed again. If it takes hours, ask " + SupportEmail + "."
}

// StatusText is an HTTP status as people know it: "HTTP 502 (Bad Gateway)".
func StatusText(status int) string {
	if name := http.StatusText(status); name != "" {
		return fmt.Sprintf("HTTP %d (%s)", status, name)
	}
	return fmt.Sprintf("HTTP %d", status)
}
