package sandbox

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"syscall"
	"time"

	"telegent-setup/api"
)

// A webhook is called so often, until it answers 2xx in time.
const (
	webhookTries   = 3
	webhookPause   = time.Second // Between two tries.
	webhookTimeout = 5 * time.Second
)

// webhook is where a customer wants to be called, and how.
type webhook struct {
	url, method, authentication, user, token string
}

// webhookCall is a call of a webhook that is still to be made.
type webhookCall struct {
	webhook
	at   time.Time
	body object
}

// webhookCalls are the calls that a message brings: a delivery report, and the
// answers of the phones that were texted. Only webhooks on this machine are
// called; the note says what becomes of them.
func (s *Sandbox) webhookCalls(m message) (calls []webhookCall, note string) {
	sender, _ := s.book.number(m.From)
	route, ok := byID(s.book.MessageRoutes, sender.Fields.text("MessageRouteId"))
	if !ok {
		return nil, ""
	}
	inbound, reports := s.webhooksOf(*route)
	if m.Fault != faultNoReceipt && reports.url != "" {
		at := m.Queued.Add(deliveredAfter)
		calls = append(calls, webhookCall{reports, at, report(m, at)})
	}
	for i, phone := range m.To {
		if m.answered() && inbound.url != "" {
			at := m.Queued.Add(answeredAfter)
			calls = append(calls, webhookCall{inbound, at, s.inbound(m.Replies[i], phone, m.From, at)})
		}
	}
	local := calls[:0]
	for _, c := range calls {
		if c.local() {
			local = append(local, c)
		}
	}
	switch {
	case len(local) > 0:
		return local, ", its webhook will be called"
	case len(calls) > 0:
		return nil, ", its webhook is not on this machine and will not be called"
	}
	return nil, ""
}

// webhooksOf are the webhooks of a message route, for inbound messages and for
// delivery reports; without a URL when there is none to call.
func (s *Sandbox) webhooksOf(route record) (inbound, reports webhook) {
	field := func(key string) string { return cmp.Or(s.secrets[route.ID][key], route.Fields.text(key)) }
	if s.edition == api.Edition2025 {
		if route.Fields["RouteEnabled"] != true {
			return webhook{}, webhook{}
		}
		inbound = webhook{url: field("RouteUrl"), method: field("RouteType")}
		if route.Fields["DeliveryReports"] == true {
			reports = inbound
		}
		return inbound, reports
	}
	if route.Fields["MessageRouteEnabled"] == false {
		return webhook{}, webhook{}
	}
	read := func(prefix string) webhook {
		return webhook{
			field(prefix + "Url"), field(prefix + "UrlMethod"),
			field(prefix + "AuthenticationType"), field(prefix + "Username"), field(prefix + "PasswordToken"),
		}
	}
	return read("Message"), read("CallbackMessage")
}

// local says whether the webhook is on this machine.
func (w webhook) local() bool {
	u, err := url.Parse(w.url)
	return err == nil && isLoopback(u.Hostname())
}

// report is a delivery report.
func report(m message, at time.Time) object {
	body := object{
		"MessageId": m.ID, "Status": m.status(at), "Timestamp": at.UTC().Format(stampLayout),
		"ErrorCode": "", "ErrorMessage": "",
	}
	if m.Fault == faultUndelivered {
		body["ErrorCode"], body["ErrorMessage"] = "UNREACHABLE", "The phone could not be reached"
	}
	return body
}

// inbound is an inbound message, in the form of the edition.
func (s *Sandbox) inbound(id, from, to string, at time.Time) object {
	if s.edition == api.Edition2025 {
		return object{
			"MessageId": id, "From": from, "To": to, "Text": replyBody,
			"Timestamp": at.UTC().Format(stampLayout), "Direction": "Inbound",
		}
	}
	return object{"Message_ID": id, "Owner": to, "To": to, "From": from, "Message_Body": replyBody, "Segment": 1}
}

// call makes the calls when their time has come.
func (s *Sandbox) call(calls []webhookCall) {
	for _, c := range calls {
		time.AfterFunc(c.at.Sub(s.now()), func() { s.try(c, webhookTries) })
	}
}

// try makes a call, and again later when it fails.
func (s *Sandbox) try(c webhookCall, tries int) {
	if tries--; c.arrives(s.webhooks) || tries == 0 {
		return
	}
	time.AfterFunc(webhookPause, func() { s.try(c, tries) })
}

// arrives makes a call, and says whether it was answered with 2xx.
func (c webhookCall) arrives(client *http.Client) bool {
	ctx, cancel := context.WithTimeout(context.Background(), webhookTimeout)
	defer cancel()
	r, err := c.request(ctx)
	if err != nil {
		return false
	}
	answer, err := client.Do(r)
	if err != nil {
		return false
	}
	_ = answer.Body.Close() // Its status is all that counts.
	return answer.StatusCode/100 == 2
}

// request is a call as the route wants it: POST carries the fields as JSON,
// GET in the query.
func (c webhookCall) request(ctx context.Context) (*http.Request, error) {
	r, err := http.NewRequestWithContext(ctx, cmp.Or(c.method, http.MethodPost), c.url, nil)
	if err != nil {
		return nil, err
	}
	if r.Method == http.MethodGet {
		query := r.URL.Query()
		for key, value := range c.body {
			query.Set(key, fmt.Sprint(value))
		}
		r.URL.RawQuery = query.Encode()
	} else {
		text := encode(c.body)
		r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(text)), int64(len(text))
		r.Header.Set("Content-Type", jsonType)
	}
	r.Header.Set("User-Agent", "telegent-sandbox")
	switch c.authentication {
	case "Basic":
		r.SetBasicAuth(c.user, c.token)
	case "Bearer":
		r.Header.Set("Authorization", "Bearer "+c.token)
	}
	return r, nil
}

// webhookClient makes the calls. It follows no redirect, and without a
// transport of its own it connects to this machine only, whatever a name
// resolves to.
func webhookClient(through http.RoundTripper) *http.Client {
	if through == nil {
		dialer := net.Dialer{Timeout: webhookTimeout, Control: loopbackOnly}
		through = &http.Transport{DialContext: dialer.DialContext, DisableKeepAlives: true}
	}
	return &http.Client{
		Transport:     through,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

func loopbackOnly(_, address string, _ syscall.RawConn) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return err
	}
	if ip := net.ParseIP(host); ip == nil || !ip.IsLoopback() {
		return fmt.Errorf("%s is not this machine", host)
	}
	return nil
}
