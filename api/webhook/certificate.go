package webhook

import (
	"bytes"
	"cmp"
	"crypto/x509"
	"fmt"
	"slices"
	"strings"
	"time"

	"telegent-setup/api/text"
)

// soon is how long before its end a certificate is worth a word.
const soon = 14 * 24 * time.Hour

// longestPath is more certificates than any server needs to send.
const longestPath = 10

// judgeCertificate says whether the certificates that a server sent, its own
// first, prove that it is host. All that is wrong is said at once. Roots are
// those of this machine when nil.
func judgeCertificate(host string, sent []*x509.Certificate, roots *x509.CertPool, now time.Time) Finding {
	own := sent[0]
	if noAuthorities(roots) {
		return notReachable("certificate", "no-authorities", "This machine has no list of certificate authorities, so the certificate cannot be judged here. "+
			"Install one (ca-certificates), then try again.")
	}
	problems := []Finding{lifeProblem(own, now), nameProblem(own, host), chainProblem(sent, roots, now)}
	if problems = slices.DeleteFunc(problems, Finding.OK); len(problems) > 0 {
		f := problems[0]
		for _, more := range problems[1:] {
			f.Say += " " + more.Say
		}
		return f
	}
	left := own.NotAfter.Sub(now)
	f := Finding{Check: "certificate", Say: fmt.Sprintf("The certificate is valid for %s, and has %s left (until %s).", host, days(left), day(own.NotAfter))}
	if left < soon {
		f.Issue, f.Say = "expires-soon", f.Say+" See that it is renewed in time."
	}
	return f
}

// noAuthorities says whether there are no roots to judge by.
func noAuthorities(roots *x509.CertPool) bool {
	if roots != nil {
		return false
	}
	system, err := x509.SystemCertPool()
	return err != nil || system.Equal(x509.NewCertPool())
}

func lifeProblem(own *x509.Certificate, now time.Time) Finding {
	switch {
	case now.After(own.NotAfter):
		return wouldNotWork("certificate", "expired", "The certificate expired on %s, %s ago. Renew it, and have the server load the new one.", day(own.NotAfter), days(now.Sub(own.NotAfter)))
	case now.Before(own.NotBefore):
		return wouldNotWork("certificate", "not-yet-valid", "The certificate is valid from %s on only. Check the clock of this machine, else have a new one issued.", day(own.NotBefore))
	}
	return Finding{}
}

func nameProblem(own *x509.Certificate, host string) Finding {
	if own.VerifyHostname(host) == nil {
		return Finding{}
	}
	names := slices.Clone(own.DNSNames)
	for _, ip := range own.IPAddresses {
		names = append(names, ip.String())
	}
	list := text.Cut(text.Collapse(strings.Join(names[:min(len(names), 5)], ", ")), 200)
	return wouldNotWork("certificate", "wrong-host", "The certificate is not for %s, but for %s. Have one issued for that name, or use a URL with a name that it has.", host, cmp.Or(list, "no name at all"))
}

// chainProblem says why the certificates lead to no authority that is known.
// Whether the first one has expired is not its question.
func chainProblem(sent []*x509.Certificate, roots *x509.CertPool, now time.Time) Finding {
	own := sent[0]
	at := now
	switch {
	case at.After(own.NotAfter):
		at = own.NotAfter
	case at.Before(own.NotBefore):
		at = own.NotBefore
	}
	pool := x509.NewCertPool()
	for _, c := range sent[1:] {
		pool.AddCert(c)
	}
	chains, err := own.Verify(x509.VerifyOptions{Roots: roots, Intermediates: pool, CurrentTime: at})
	path := pathOf(sent)
	top := path[len(path)-1]
	switch {
	case err == nil && sentWhole(chains, sent):
		return Finding{}
	case err == nil:
		return missingIntermediate(path)
	case selfIssued(own):
		return wouldNotWork("certificate", "self-signed", "The certificate is self-signed: nobody but its maker vouches for it. Get one from a public authority; Let's Encrypt issues them for free.")
	}
	for _, c := range path[1:] {
		if at.After(c.NotAfter) {
			return wouldNotWork("certificate", "expired-intermediate", "The intermediate certificate %s, which the server sends, expired on %s. Install the chain that came with the current certificate.", nameOf(c), day(c.NotAfter))
		}
	}
	if selfIssued(top) {
		return wouldNotWork("certificate", "unknown-authority", "The certificate comes from %s, an authority that is not publicly known. Get one from a public authority; Let's Encrypt issues them for free.", nameOf(top))
	}
	if _, ok := err.(x509.CertificateInvalidError); ok { //nolint:errorlint // Verify returns it as it is.
		return wouldNotWork("certificate", "unfit-certificate", "The certificate, or one that vouches for it, is not made for a web server. Have one issued for that use.")
	}
	return missingIntermediate(path)
}

func missingIntermediate(path []*x509.Certificate) Finding {
	top := path[len(path)-1]
	return wouldNotWork("certificate", "missing-intermediate", "An intermediate certificate is missing: nothing that the server sends connects %s to a known authority. "+
		"Browsers fetch it themselves and hide this. Install the full chain (with certbot: fullchain.pem), with the certificate of %s in it.",
		nameOf(top), text.Cut(text.Collapse(cmp.Or(top.Issuer.CommonName, top.Issuer.String())), 100))
}

// pathOf follows the issuers, from the first certificate as far as the sent ones go.
func pathOf(sent []*x509.Certificate) []*x509.Certificate {
	path := sent[:1:1]
	for len(path) < longestPath {
		last := path[len(path)-1]
		i := slices.IndexFunc(sent, func(c *x509.Certificate) bool {
			return bytes.Equal(c.RawSubject, last.RawIssuer) && !slices.ContainsFunc(path, c.Equal) && last.CheckSignatureFrom(c) == nil
		})
		if i < 0 {
			return path
		}
		path = append(path, sent[i])
	}
	return path
}

// sentWhole says whether a chain needs nothing but its root beyond what was
// sent. Some systems fetch what is missing, as browsers do; the service may not.
func sentWhole(chains [][]*x509.Certificate, sent []*x509.Certificate) bool {
	return slices.ContainsFunc(chains, func(chain []*x509.Certificate) bool {
		for _, c := range chain[:len(chain)-1] {
			if !slices.ContainsFunc(sent, c.Equal) {
				return false
			}
		}
		return true
	})
}

func selfIssued(c *x509.Certificate) bool { return bytes.Equal(c.RawSubject, c.RawIssuer) }

func nameOf(c *x509.Certificate) string {
	return text.Cut(text.Collapse(cmp.Or(c.Subject.CommonName, c.Subject.String(), "the certificate")), 100)
}

func day(t time.Time) string { return t.UTC().Format(time.DateOnly) }

// days is a span in whole days.
func days(d time.Duration) string {
	if n := int(d.Hours() / 24); n != 1 {
		return fmt.Sprintf("%d days", n)
	}
	return "1 day"
}
