package webhook

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"telegent-setup/api"
)

// patience is how soon a webhook has to answer.
const patience = 2 * time.Second

// Judge says what an answer to a sample means, or an error of Send.
func Judge(r Route, reply Reply, err error) Finding {
	switch {
	case err != nil:
		return judgeError(r, err)
	case !reply.OK():
		return refusal(r, reply)
	case reply.Took > patience:
		return wouldNotWork("sample", "slow", "It answered %d, but only after %.1f s: that is too slow. Answer within 2 s, before the message is worked on.", reply.Status, reply.Took.Seconds())
	}
	return Finding{Check: "sample", Say: fmt.Sprintf("It answered %d to a sample by %s, after %d ms.", reply.Status, r.Method, reply.Took.Milliseconds())}
}

// refusal words an answer that is no 2xx.
func refusal(r Route, reply Reply) Finding {
	status := reply.Status
	answered := func(issue, what string, args ...any) Finding {
		known := cmp.Or(http.StatusText(status), "no known status")
		return wouldNotWork("sample", issue, "It answered %d (%s)%s", status, known, fmt.Sprintf(what, args...))
	}
	switch {
	case status >= 300 && status < 400 && reply.Location != "":
		return answered("redirect", ", a redirect to %s. Redirects are not followed: register that URL, if it is yours, or answer here.", reply.Location)
	case status >= 300 && status < 400:
		return answered("redirect", ", a redirect to nowhere. Redirects are not followed: answer 2xx here.")
	case status == http.StatusUnauthorized && (r.Authentication.Type == "" || r.Authentication.Type == "None"):
		return answered("unauthorized", ": it wants a password or token, and none was sent. Give the authentication of the route (Basic or Bearer), or let calls in without.")
	case status == http.StatusUnauthorized:
		return answered("unauthorized", ": it did not accept the %s authentication. Check the password or token on both sides.", r.Authentication.Type)
	case status == http.StatusForbidden:
		return answered("forbidden", ": something in front of it, or its own rules, keeps callers out. Let calls to this path through in the firewall, bot protection or access rules.")
	case status == http.StatusNotFound:
		return answered("not-found", ": the server runs, but has nothing at this path. Check the path in the URL and the routes of your server.")
	case status == http.StatusMethodNotAllowed:
		but := ""
		if reply.Allow != "" {
			but = ", but " + reply.Allow
		}
		return answered("method-not-allowed", ": it does not take %s at this path%s. Change the method of the route, or handle %[1]s.", r.Method, but)
	case status >= 500:
		return answered("server-error", ": the server, or what stands in front of it, failed at the sample. Look at its log; the application may not be running.")
	}
	return answered("refused", ": it refused the sample. Answer 2xx to whatever comes, and sort it out afterwards.")
}

// judgeError words a call that was not answered.
func judgeError(r Route, err error) Finding {
	failed, _ := errors.AsType[*Error](err)
	switch certificate, bad := errors.AsType[*tls.CertificateVerificationError](err); {
	case bad:
		return judgeCertificate(r.URL.Hostname(), certificate.UnverifiedCertificates, nil, time.Now())
	case errors.Is(err, ErrNotLoopback):
		return wouldNotWork("connection", "not-loopback", "The webhook is not on this machine, and nothing else is called here. Give a URL on 127.0.0.1 or localhost.")
	case failed != nil && failed.Connected && isTimeout(err):
		return wouldNotWork("sample", "slow", "The sample was sent, and not answered in time. Answer within 2 s, before the message is worked on.")
	case failed != nil && failed.Connected:
		return wouldNotWork("sample", "no-answer", "The connection was cut without an answer to the sample. Look at the log of your server: it, or what stands in front of it, gave up.")
	case errors.Is(err, http.ErrSchemeMismatch):
		return noTLS(r, err)
	case api.ReasonOf(err) == api.NoSuchHost:
		return unknownName(r.URL.Hostname(), err)
	}
	return unreachable(r, err)
}

func isTimeout(err error) bool {
	failed, ok := errors.AsType[net.Error](err)
	return errors.Is(err, context.DeadlineExceeded) || ok && failed.Timeout()
}

func unknownName(host string, err error) Finding {
	if failed, ok := errors.AsType[*net.DNSError](err); ok && !failed.IsNotFound {
		return notReachable("name", "name-lookup-failed", "The name server did not tell the address of %s. Check the network of this machine, then try again.", host)
	}
	return notReachable("name", "no-such-name", "No address is known for %s. Check the spelling; a new name takes time until it is known everywhere, and a tunnel's name ends with the tunnel.", host)
}

// unreachable words a connection that could not be made.
func unreachable(r Route, err error) Finding {
	at := r.hostPort()
	switch api.ReasonOf(err) {
	case api.RefusedPort:
		return notReachable("connection", "refused-port", "Nothing listens at %s. Start your server, and check the port in the URL.", at)
	case api.ConnectTimeout:
		return notReachable("connection", "connect-timeout", "Nobody answered at %s. Check that the server runs, and that the firewall lets this port through from everywhere.", at)
	case api.ProxyFailed:
		return notReachable("connection", "proxy-failed", "The proxy of this machine (HTTPS_PROXY) did not let the connection to %s through. Try from another network, or see that the proxy does.", at)
	case api.Untrusted:
		return noTLS(r, err)
	}
	return notReachable("connection", "unreachable", "There is no way from here to %s. Check the network of this machine, then whether the server is up.", at)
}

// noTLS words a handshake that failed before a certificate could be judged.
func noTLS(r Route, err error) Finding {
	_, garbled := errors.AsType[tls.RecordHeaderError](err)
	switch {
	case garbled || errors.Is(err, http.ErrSchemeMismatch):
		return wouldNotWork("certificate", "no-tls", "Port %s answers, but speaks no TLS. Give the port that serves https, or set up a certificate there.", r.port())
	case isTimeout(err):
		return notReachable("certificate", "handshake-timeout", "It takes the connection, but does not go on with TLS. Check what listens on port %s.", r.port())
	}
	return wouldNotWork("certificate", "handshake-failed", "It answers, but no TLS connection comes about. Let the server speak TLS 1.2 or later, with a certificate for %s, and ask for none of the caller.", r.URL.Hostname())
}
