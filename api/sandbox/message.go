package sandbox

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"time"

	"telegent-setup/api"
)

// When what becomes of a message, counted from when it was sent.
const (
	sentAfter      = 400 * time.Millisecond
	deliveredAfter = 1200 * time.Millisecond
	answeredAfter  = deliveredAfter + 500*time.Millisecond
)

// The statuses of a message that is sent.
const (
	statusQueued      = "Queued"
	statusSent        = "Sent"
	statusDelivered   = "Delivered"
	statusUndelivered = "Undelivered"
)

// replyBody is what the texted phone answers.
const replyBody = "The sandbox's phone got your message, and this is its answer."

const prefixMessage = "TMID-"

// sendMessage accepts a message (guide, Step 8). It is sent nowhere: the phone
// that it is for is the sandbox's own.
func (s *Sandbox) sendMessage(r *request) *answer {
	m := message{
		ID: newID(prefixMessage), From: r.fields.text("From"), To: r.fields.receivers(), Queued: r.now,
		Body: cmp.Or(r.fields.text("Body"), r.fields.text("Message")),
	}
	if s.store.number(m.From) == nil {
		return refuse(http.StatusBadRequest, foreignNumber)
	}
	switch r.fault {
	case faultUndelivered, faultNoReceipt, faultNoReply:
		m.Fault = r.fault
	}
	for range m.To {
		m.Replies = append(m.Replies, newID(prefixMessage))
	}
	s.store.Messages = append(s.store.Messages, m)
	a := done("queued message "+m.ID, object{"MessageId": m.ID, "Status": statusQueued}, "MessageId")
	calls, note := s.webhookCalls(m)
	a.calls, a.did = calls, a.did+note
	return a
}

// receivers are the numbers in To, which edition 2026-04 writes as an array of
// {Number}.
func (o object) receivers() []string {
	to, several := o["To"].([]any)
	if !several {
		return []string{o.text("To")}
	}
	var all []string
	for _, one := range to {
		all = append(all, object(one.(map[string]any)).text("Number"))
	}
	return all
}

// status is what has become of a message.
func (m message) status(now time.Time) string {
	switch age := now.Sub(m.Queued); {
	case age < sentAfter:
		return statusQueued
	case age < deliveredAfter || m.Fault == faultNoReceipt:
		return statusSent
	case m.Fault == faultUndelivered:
		return statusUndelivered
	}
	return statusDelivered
}

// answered says whether the phone answers the message, sooner or later: not
// when it did not get it.
func (m message) answered() bool { return m.Fault == "" }

// sms is a message of the history, in either direction.
type sms struct {
	message
	direction, status string
}

// history is all that was sent and received, newest first.
func (s *Sandbox) history(now time.Time) []sms {
	var all []sms
	for _, m := range s.store.Messages {
		all = append(all, sms{m, "Outbound", m.status(now)})
		answered := m.Queued.Add(answeredAfter)
		if !m.answered() || now.Before(answered) {
			continue
		}
		for i, phone := range m.To {
			reply := message{ID: m.Replies[i], From: phone, To: []string{m.From}, Body: replyBody, Queued: answered}
			all = append(all, sms{reply, "Inbound", "Received"})
		}
	}
	slices.SortStableFunc(all, func(a, b sms) int { return b.Queued.Compare(a.Queued) })
	return all
}

// show is a message as look-ups answer it. Edition 2026-04 writes To as an
// array.
func (s *Sandbox) show(m sms) object {
	to := any(m.To[0])
	if s.opt.Edition == api.Edition2026 {
		to = objects(m.To, func(number string) object { return object{"Number": number} })
	}
	return object{"Direction": m.direction, "Status": m.status, "To": to, "From": m.From, "Body": m.Body}
}

// findMessage looks a message up.
func (s *Sandbox) findMessage(r *request) *answer {
	m := find(s.history(r.now), func(m sms) bool { return m.ID == r.fields.text("MessageId") })
	if m == nil {
		return unknownID("MessageId")
	}
	return done("found message "+m.ID+": "+m.status,
		s.show(*m).with(object{"MessageId": m.ID, "CreatedOn": m.Queued.UTC().Format(stampLayout)}))
}

// searchMessages lists the messages of a number, a page at a time.
func (s *Sandbox) searchMessages(r *request) *answer {
	number := withPlus(r.fields.text("PhoneNumber"))
	if s.store.number(number) == nil {
		return unknownID("PhoneNumber")
	}
	all := slices.DeleteFunc(s.history(r.now), func(m sms) bool {
		return m.From != number && !slices.Contains(m.To, number)
	})
	return done(fmt.Sprintf("found %d messages of %s", len(all), number), object{
		"ResultsTotalRecords": len(all),
		"ResultsPages":        (len(all) + listSize - 1) / listSize,
		"Results": objects(onPage(all, r.page(), listSize), func(m sms) object {
			return s.show(m).with(object{"MessageID": m.ID})
		}),
	})
}

// findDeviceDelivery says what the texted phone reports of a message, edition
// 2026-04.
func (s *Sandbox) findDeviceDelivery(r *request) *answer {
	id := r.fields.text("MessageId")
	m := find(s.store.Messages, func(m message) bool { return m.ID == id })
	if m == nil {
		return unknownID("MessageId")
	}
	status, delivered := m.status(r.now), any(nil)
	if status == statusDelivered {
		delivered = m.Queued.Add(deliveredAfter).UTC().Format(stampLayout)
	}
	return done("found message "+id+": "+status, object{
		"MessageId":            id,
		"DeviceDeliveryStatus": status,
		"DeliveredOn":          delivered,
		"DeviceType":           "Handset",
	})
}
