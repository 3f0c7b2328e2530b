package steps

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"telegent-setup/api"
	"telegent-setup/api/text"
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
func (f *Failure) Said() string { return cmp.Or(f.Message, f.Title) }

// Headline is the title for people.
func (f *Failure) Headline() string {
	if f.Found && f.Kind != OrderOpen {
		return "Last time: " + f.Title
	}
	return f.Title
}

// explain fills in what a failure says of its outcome, and what mends it.
func (r *Runner) explain(f *Failure) {
	step := find(f.Step)
	issue, ok := step.documented(r.Edition(), f.Issue)
	if !ok {
		issue.Title, issue.Solution = f.undocumented()
		issue.Support = !slices.Contains([]Code{"", IssueNetwork, IssueTimeout, IssueServerError}, f.Issue)
	}
	f.Title, f.own, f.Support = issue.Title, issue.Own, issue.Support
	f.Solution = text.Join(" ", issue.Own, issue.Solution)
	f.FixStep, f.FixField, f.FixAdopt = cmp.Or(issue.FixStep, f.Step), issue.FixField, issue.FixAdopt
	f.FixLabel = cmp.Or(issue.FixLabel, "Try again")
	if len(f.sent) > 0 && f.Issue != IssueWrongEdition { // Then the call itself is not known.
		var named []string
		for _, d := range f.sent {
			named = append(named, d.Name+" "+d.Value)
		}
		f.Solution = text.Join(" ", f.Solution, "The call named "+strings.Join(named, ", ")+": one of them may not exist, or belong to a different account.")
	}
	if f.Kind.Unknown() {
		f.FixStep, f.FixField, f.FixAdopt = f.Step, "", false
		f.explainUnknown(step)
	}
}

// undocumented words what no documented issue covers.
func (f *Failure) undocumented() (title, solution string) {
	e, ok := errors.AsType[*api.Error](f.cause)
	if !ok {
		e = &api.Error{Exchange: f.Exchange}
	}
	switch {
	case f.Issue == "":
		return fmt.Sprintf("“%s” was sent, and its answer never came.", find(f.Step).Title), ""
	case f.Issue == IssueNetwork:
		return networkProblem(e, f.Kind)
	case f.Issue == IssueTimeout && e.Kind == api.Canceled:
		return "The wait for the answer was cancelled.", "Try again when you are ready."
	case f.Issue == IssueTimeout:
		return "The service did not answer in time.", "Check the network, then try again. --timeout gives it more time."
	case f.Issue == IssueServerError:
		return "The service has a fault of its own.", "Wait a minute, then try again. If it goes on, write to " + SupportEmail + "."
	case f.Issue == IssueMissingID:
		return "The service said yes, but its answer holds no ID.",
			"It was probably created. Ask " + SupportEmail + " for the ID, then enter it here."
	case f.Issue == IssueUnexpected && e.HTML:
		return "A web page came back instead of an answer of the API.",
			"A network that wants you to sign in first (a hotel, an airport), a proxy, or a wrong --base-url may be in the way. Open any web page in a browser, then try again."
	case f.Issue == IssueUnexpected:
		return "The answer is not one that this program can read.", "Check --base-url, and write to " + SupportEmail + " if it is right."
	case e.Location != "":
		return "The server sends this call elsewhere: " + e.Location,
			"Redirects are not followed, since they could carry your token to another server. Check --base-url, or sign in to this network in a browser first."
	case e.HTML:
		return "The service refused this step.",
			"A web page came back, not an answer of the API: check --base-url, and whether this network wants you to sign in first."
	}
	return "The service refused this step.",
		"This is not one of the documented issues. Read the service's words, check the answers, and try again; else write to " + SupportEmail + "."
}

// networkProblem says what stood in the way of a connection or broke it, where, and
// what to do.
func networkProblem(e *api.Error, kind OutcomeKind) (title, solution string) {
	where := "the service"
	if e.Exchange != nil {
		if u, err := url.Parse(e.Exchange.URL); err == nil && u.Host != "" {
			where = u.Scheme + "://" + u.Host
		}
	}
	if e.Kind == api.Network || kind == NoAnswer {
		return "The connection to " + where + " broke before the answer was complete.", "Check the network, then try again."
	}
	online := "Check that you are online"
	if !strings.HasPrefix(where, liveServer) {
		online += ", and that --base-url is right"
	}
	words := map[api.Reason][2]string{
		api.NoSuchHost:  {"The name of %s cannot be found.", online + ", then try again."},
		api.RefusedPort: {"Nothing answers at %s: the connection was refused.", online + ". The service may be down for a moment; try again."},
		api.Untrusted: {
			"The connection to %s is not secure: its certificate is not trusted.",
			"A network that inspects traffic may stand between, or the clock of this machine is wrong. Do not go on from this network; ask its administrator.",
		},
		api.ProxyFailed: {
			"The proxy does not let this program through to %s.",
			"Check HTTPS_PROXY and NO_PROXY, or ask the administrator of this network.",
		},
		api.ConnectTimeout: {"Nobody answered at %s in time.", "Check the network and any firewall, then try again."},
		api.Unreachable:    {"There is no way to %s: the network is unreachable.", "Check that you are online, then try again."},
	}[e.Reason]
	return fmt.Sprintf(words[0], where), "Nothing was sent, so nothing was created. " + words[1]
}

// explainUnknown explains an outcome that nobody knows.
func (f *Failure) explainUnknown(step *Step) {
	doubt := fmt.Sprintf("Nobody knows whether %s %s.", step.Object, step.Made)
	ask := "Look for it at the service, or enter the ID if you have it or can ask " + SupportEmail + " for it; send again only if you are sure that nothing was created."
	if step.Forms[api.Edition2025].Accept {
		doubt = "The message may have been sent."
		ask = "Look at the phone: if the message arrived, this step is done; if it did not, send it again."
	}
	switch f.Kind {
	case NoAnswer:
		f.Title = text.Join(" ", f.Title, doubt)
		if f.Issue != IssueMissingID { // Its own solution tells it.
			f.Solution = ask
		}
	case ResendFailed:
		f.Title = text.Join(" ", f.Title, "Of the first call nothing more is known.")
		f.Solution = text.Join(" ", f.Solution, doubt)
	case Arrived:
		what := "number is taken"
		if f.Issue == emailExists.Code {
			what = "email address is in use"
		}
		f.Title = fmt.Sprintf("The service says that this %s: the first call probably did arrive.", what)
		f.Solution = "Look for it at the service, or enter the ID: your Telegent representative or " + SupportEmail + " can tell it. Only if it is not yours, change the answers and send again."
		f.FixLabel = "Enter the ID"
	case OrderOpen:
		f.explainOrder()
	}
}

// explainOrder explains an order that is under way.
func (f *Failure) explainOrder() {
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
