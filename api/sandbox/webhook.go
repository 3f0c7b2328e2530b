package sandbox

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"time"

	"telegent-setup/api"
	"telegent-setup/api/webhook"
)

// webhookCall is a call of a customer's webhook that is still to be made.
type webhookCall struct {
	route   webhook.Route
	at      time.Time
	content webhook.Content
}

// newSender calls webhooks as the service does, but never beyond this machine.
func newSender(through http.RoundTripper) webhook.Sender {
	return webhook.Sender{
		UserAgent:    "telegent-sandbox",
		Timeout:      5 * time.Second,
		Tries:        3,
		LoopbackOnly: true,
		Transport:    through,
	}
}

// webhookCalls are the calls that a message brings: a delivery report, and the
// answers of the phones that were texted. Only webhooks on this machine are
// called; the note says what becomes of them.
func (s *Sandbox) webhookCalls(m message) (calls []webhookCall, note string) {
	route := s.store.record(messageRoutes.id, s.store.number(m.From).Fields.text("MessageRouteId"))
	if route == nil {
		return nil, ""
	}
	inbound, reports := s.webhooksOf(route)
	if m.Fault != faultNoReceipt && reports.URL != nil {
		at := m.Queued.Add(deliveredAfter)
		calls = append(calls, webhookCall{reports, at, webhook.ReportContent(m.report(at))})
	}
	for i, phone := range m.To {
		if m.answered() && inbound.URL != nil {
			at := m.Queued.Add(answeredAfter)
			reply := webhook.Message{ID: m.Replies[i], From: phone, To: m.From, Text: replyBody, Time: at}
			calls = append(calls, webhookCall{inbound, at, webhook.InboundContent(s.opt.Edition, reply)})
		}
	}
	local := slices.DeleteFunc(slices.Clone(calls), func(c webhookCall) bool { return !api.Loopback(c.route.URL) })
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
func (s *Sandbox) webhooksOf(route object) (inbound, reports webhook.Route) {
	field := func(key string) string { return cmp.Or(s.secrets[route.text(messageRoutes.id)][key], route.text(key)) }
	read := func(prefix, method string) webhook.Route {
		r := webhook.Route{Method: cmp.Or(field(method), http.MethodPost), Authentication: api.WebhookAuthentication{
			Type:     field(prefix + "AuthenticationType"),
			Username: field(prefix + "Username"),
			Secret:   api.NewSecret(field(prefix + "PasswordToken")),
		}}
		if address := field(prefix + "Url"); !isBlank(address) {
			r.URL, _ = url.Parse(address) // Was checked when the route was created.
		}
		return r
	}
	switch {
	case route["RouteEnabled"] == false || route["MessageRouteEnabled"] == false:
		return inbound, reports
	case s.opt.Edition == api.Edition2026:
		return read("Message", "MessageUrlMethod"), read("CallbackMessage", "CallbackMessageUrlMethod")
	}
	inbound = read("Route", "RouteType")
	if route["DeliveryReports"] == true {
		reports = inbound
	}
	return inbound, reports
}

// report is what a delivery report says of a message.
func (m message) report(at time.Time) webhook.Message {
	r := webhook.Message{ID: m.ID, Status: m.status(at), Time: at}
	if m.Fault == faultUndelivered {
		r.ErrorCode, r.ErrorMessage = "UNREACHABLE", "The phone could not be reached"
	}
	return r
}

// call makes the calls when their time has come.
func (s *Sandbox) call(calls []webhookCall) {
	for _, c := range calls {
		time.AfterFunc(c.at.Sub(s.opt.Now()), func() {
			_, _ = s.sender.Send(context.Background(), c.route, c.content) // The service tells nobody of a webhook that fails.
		})
	}
}
