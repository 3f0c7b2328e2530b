package steps

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"telegent-setup/api"
)

// Support is where help is to be had.
const (
	SupportURL   = "https://support.telegent.com/support/home"
	SupportEmail = "support@telegent.com"
)

const nothingSent = "Nothing was sent, so nothing was created. "

// failure explains what became of a call of a step: by the documented issues,
// else by what kind of error it was.
func failure(edition api.Edition, step Step, err error) *Failure {
	var e *api.Error
	if !errors.As(err, &e) {
		e = &api.Error{Kind: api.Unexpected, Err: err}
	}
	f := &Failure{
		Step: step.ID, HTTPStatus: e.Status, Message: e.Message, TransactionLogID: e.TransactionLogID,
		cause: err, Exit: ExitRefused, Exchange: e.Exchange, FixStep: step.ID, FixLabel: "Try again",
	}
	for _, issue := range step.issues(edition) {
		if issue.Match(e) {
			f.documented(issue)
			return f.atSignIn(e)
		}
	}
	explain(f, e)
	return f.atSignIn(e)
}

func (f *Failure) documented(i Issue) {
	f.Issue, f.Title, f.Solution = i.Code, i.Title, i.Solution
	f.FixField, f.FixLabel, f.FixAdopt, f.Support = i.FixField, i.FixLabel, i.FixAdopt, i.Support
	if i.FixStep != "" {
		f.FixStep = i.FixStep
	}
}

// atSignIn words the failures of the token call.
func (f *Failure) atSignIn(e *api.Error) *Failure {
	if f.Step != Authenticate || e.Kind != api.Refused {
		return f
	}
	switch e.Status {
	case http.StatusUnauthorized, http.StatusForbidden:
		f.Issue, f.FixField, f.FixLabel = unauthorized.Code, "AccountSecret", "Enter the AccountSecret again"
		f.Title = "The service did not accept this AccountKey and AccountSecret."
		f.Solution = "Check both; your Telegent representative can renew them. " + unauthorized.Solution
	case http.StatusNotFound, http.StatusMethodNotAllowed:
		f.Issue, f.FixLabel, f.FixField = codeWrongEdition, "Try again", ""
		f.Title = "This server has no sign-in at the address of this edition of the API."
		f.Solution = "Check --base-url. If it is right, the server speaks the other edition: start again with --edition 2025-12 or --edition 2026-04."
	}
	return f
}

// explain words what no documented issue covers.
func explain(f *Failure, e *api.Error) {
	switch e.Kind {
	case api.NotConnected:
		f.Issue, f.Exit = codeNetwork, ExitUnsettled
		f.Title, f.Solution = unconnected(e)
	case api.Timeout:
		f.Issue, f.Exit = codeTimeout, ExitUnsettled
		f.Title = "The service did not answer in time."
		f.Solution = "Check the network, then try again. --timeout gives it more time."
	case api.Canceled:
		f.Issue, f.Exit = codeTimeout, ExitUnsettled
		f.Title = "The wait for the answer was cancelled."
		f.Solution = "Try again when you are ready."
	case api.Network:
		f.Issue, f.Exit = codeNetwork, ExitUnsettled
		f.Title = "The connection broke before the answer was complete."
		f.Solution = "Check the network, then try again."
	case api.ServerError:
		f.Issue, f.Exit = codeServerError, ExitUnsettled
		f.Title = "The service has a fault of its own."
		f.Solution = "Wait a minute, then try again. If it goes on, write to " + SupportEmail + "."
	case api.Unexpected, api.MissingID:
		unexpected(f, e)
	default:
		refused(f, e)
	}
}

func unexpected(f *Failure, e *api.Error) {
	f.Issue, f.Exit, f.Support = codeUnexpected, ExitRefused, true
	f.Title = "The answer is not one that this program can read."
	f.Solution = "Check --base-url, and write to " + SupportEmail + " if it is right."
	switch {
	case e.Kind == api.MissingID:
		f.Issue = codeMissingID
		f.Title = "The service said yes, but its answer holds no ID."
		f.Solution = "It was probably created. Ask " + SupportEmail + " for the ID, then enter it here."
	case e.HTML:
		f.Title = "A web page came back instead of an answer of the API."
		f.Solution = "A network that wants you to sign in first (a hotel, an airport), a proxy, or a wrong --base-url may be in the way. Open any web page in a browser, then try again."
	}
}

func refused(f *Failure, e *api.Error) {
	f.Issue, f.Support = codeRefused, true
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

// unconnected says what stood in the way of a connection, and what to do.
func unconnected(e *api.Error) (title, solution string) {
	check := "Check that you are online"
	if !isLive(e.Exchange) {
		check += ", and that --base-url is right"
	}
	switch e.Reason {
	case api.NoSuchHost:
		return "The name of the service cannot be found.", nothingSent + check + ", then try again."
	case api.RefusedPort:
		return "Nothing answers at the address of the service.", nothingSent + check + ". The service may be down for a moment; try again."
	case api.Untrusted:
		return "The connection to the service is not secure: its certificate is not trusted.", nothingSent + "A network that inspects traffic may stand between, or the clock of this machine is wrong. Do not go on from this network; ask its administrator."
	case api.ProxyFailed:
		return "The proxy does not let this program through.", nothingSent + "Check HTTPS_PROXY and NO_PROXY, or ask the administrator of this network."
	case api.ConnectTimeout:
		return "The service could not be reached in time.", nothingSent + "Check the network and any firewall, then try again."
	}
	return "The service cannot be reached.", nothingSent + "Check that you are online, then try again."
}

// isLive says whether a call was for the live service, whose address nobody has
// to give.
func isLive(x *api.Exchange) bool {
	return x != nil && strings.HasPrefix(x.URL, liveServer+"/")
}

// uncertain words an outcome that nobody knows.
func uncertain(step Step, f *Failure) *Unknown {
	f.Exit = ExitUnsettled
	f.Title += " " + doubt(step)
	switch {
	case f.Issue == codeMissingID: // Its own solution tells it.
	case step.ID == TestMessage:
		f.Solution = "Look at the phone: if the message arrived, this step is done; if it did not, send it again."
	default:
		f.Solution = fmt.Sprintf("Enter the ID if you have it or can ask %s for it; send again only if you are sure that nothing was created.", SupportEmail)
	}
	return &Unknown{Failure: *f}
}

// doubt is the honest sentence after a creating call without an answer.
func doubt(step Step) string {
	if step.ID == TestMessage {
		return "The message may have been sent."
	}
	return "It may have gone through anyway."
}
