package sandbox

import "telegent-setup/api/text"

// sendMessage is edition 2025-12 (guide, Step 8).
func (s *Sandbox) sendMessage(r *request) answer {
	m := message{From: r.phone("From"), To: []string{r.phone("To")}}
	r.text("Message")
	return s.addMessage(r, m)
}

// sendOutbound is edition 2026-04: To is an array of {Number}.
func (s *Sandbox) sendOutbound(r *request) answer {
	m := message{From: r.phone("From")}
	var to []map[string]any
	if !r.given("To", "an array of objects with a Number", &to) || len(to) == 0 {
		r.wrong("To", "is required")
	}
	for _, one := range to {
		number, _ := one["Number"].(string)
		if !text.IsE164(number) {
			r.wrong("To", "must hold a Number in E.164 format, like +13105551234")
		}
		m.To = append(m.To, number)
	}
	r.text("Body")
	return s.addMessage(r, m)
}

// addMessage accepts a message. It is sent nowhere.
func (s *Sandbox) addMessage(r *request, m message) answer {
	if refusal := r.refused(); refusal != nil {
		return *refusal
	}
	if !has(s.book.number(m.From)) {
		return foreignNumber()
	}
	m.ID = newID(prefixMessage)
	s.book.Messages = append(s.book.Messages, m)
	return created(object{"MessageId": m.ID, "Status": "Queued"}, "MessageId")
}
