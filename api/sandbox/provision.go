package sandbox

import (
	"net/http"

	"telegent-setup/api"
)

// provision is edition 2025-12 (guide, Step 6). Any number can be ordered
// that nobody has: the customer may have been given one that is not listed.
func (s *Sandbox) provision(r *request) answer {
	n := s.readNumber(r)
	n.Order = r.text("OrderId")
	n.Number = r.phone("PhoneNumber")
	if refusal := s.refuseNumber(r, n); refusal != nil {
		return *refusal
	}
	if s.book.taken()[n.Number] {
		return numberInUse()
	}
	n.ID = newID(prefixNumber)
	s.book.Numbers = append(s.book.Numbers, n)
	return created(object{"PhoneNumber": n.Number, "TNID": n.ID}, "TNID")
}

// readNumber reads what both editions say of the number that is ordered.
func (s *Sandbox) readNumber(r *request) number {
	n := number{
		MessageRoute: r.text("MessageRouteId"), // First, since its absence has an answer of its own.
		VoiceRoute:   r.optional("VoiceRouteId"),
		NumberType:   r.choice("NumberType", "mvno", "iot"),
		MessageType:  r.choice("MessageType", "a2p", "p2p"),
	}
	r.flag("MessageEnabled")
	if r.flag("VoiceEnabled") && n.VoiceRoute == "" {
		r.wrong("VoiceRouteId", "is required when VoiceEnabled is true")
	}
	return n
}

// refuseNumber checks what was read, the fields first, then against the book.
func (s *Sandbox) refuseNumber(r *request, n number) *answer {
	if refusal := r.refused(); refusal != nil {
		return refusal
	}
	var a answer
	switch {
	case n.NumberType == "iot" && n.MessageType == "a2p":
		a = refuse(http.StatusBadRequest, "NumberType iot does not support MessageType a2p")
	case !has(s.book.messageRoute(n.MessageRoute)):
		a = refuse(http.StatusBadRequest, "MessageRouteId does not exist")
	case n.VoiceRoute != "" && !has(s.book.voiceRoute(n.VoiceRoute)):
		a = refuse(http.StatusBadRequest, "VoiceRouteId does not exist")
	default:
		return nil
	}
	return &a
}

// has drops what was found and keeps whether it was.
func has[T any](_ *T, ok bool) bool { return ok }

// numberInUse is the guide's "Phone number already in use".
func numberInUse() answer { return refuse(http.StatusConflict, "Phone number already in use") }

// findNumber looks a number up, edition 2026-04.
func (s *Sandbox) findNumber(r *request) answer {
	e164 := r.query.Get("PhoneNumber")
	if r.checkPhone("PhoneNumber", e164); e164 == "" {
		r.wrong("PhoneNumber", "is required")
	}
	if refusal := r.refused(); refusal != nil {
		return *refusal
	}
	n, ok := s.book.number(e164)
	if !ok {
		return refuse(http.StatusNotFound, "PhoneNumber does not exist")
	}
	return created(object{
		"PhoneNumber":    n.Number,
		"PhoneNumberId":  n.ID,
		"NumberType":     n.NumberType,
		"MessageType":    n.MessageType,
		"MessageRouteId": n.MessageRoute,
		"VoiceRouteId":   n.VoiceRoute,
		"AccountId":      n.Account,
	}, "PhoneNumberId")
}

// belongs says whether a number was provisioned, and for that account where
// the edition ties numbers to accounts.
func (s *Sandbox) belongs(e164, account string) bool {
	n, ok := s.book.number(e164)
	return ok && (s.edition == api.Edition2025 || n.Account == "" || n.Account == account)
}
