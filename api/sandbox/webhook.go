package sandbox

import (
	"cmp"
	"net/url"
	"time"

	"telegent-setup/api"
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
