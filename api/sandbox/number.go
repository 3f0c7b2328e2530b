package sandbox

import (
	"fmt"
	"net/http"
	"strings"

	"telegent-setup/api"
)

// provision is edition 2025-12 (guide, Step 6). Any number can be ordered
// that nobody has: the customer may have been given one that is not listed.
func (s *Sandbox) provision(r *request) answer {
	s.readNumber(r)
	n := s.newNumber(r, r.text("OrderId"))
	n.Number = r.phone("PhoneNumber")
	if refusal := s.refuseNumber(r); refusal != nil {
		return *refusal
	}
	if s.store.taken()[n.Number] {
		return numberInUse()
	}
	switch r.fault {
	case faultOrderPending, faultOrderFailed:
		return s.place(r, n)
	}
	s.store.Numbers = append(s.store.Numbers, n)
	return done("provisioned "+n.Number+", "+n.ID, n.Fields.with(object{"TNID": n.ID}), "TNID", "OrderId")
}

// newNumber is a number as it was read, for an order.
func (s *Sandbox) newNumber(r *request, order string) number {
	return number{record: record{ID: newID(prefixNumber), Fields: r.read}, Order: order, Ordered: r.now, ICCID: newICCID()}
}

// readNumber reads what both editions say of the number that is ordered.
func (s *Sandbox) readNumber(r *request) {
	r.text("MessageRouteId") // First, since its absence has an answer of its own.
	route := r.optional("VoiceRouteId")
	numberType, messageType := r.choice("NumberType", "mvno", "iot"), r.choice("MessageType", "a2p", "p2p")
	r.flag("MessageEnabled")
	voice := r.flag("VoiceEnabled")
	switch {
	case numberType == "iot" && messageType == "a2p":
		r.wrong("NumberType", "iot does not support MessageType a2p")
	case numberType == "iot" && voice && s.edition == api.Edition2026:
		r.wrong("NumberType", "iot does not support VoiceEnabled")
	case voice && route == "":
		r.wrong("VoiceRouteId", "is required when VoiceEnabled is true")
	}
}

// refuseNumber checks what was read, the fields first, then against the store.
func (s *Sandbox) refuseNumber(r *request) *answer {
	if refusal := r.refused(); refusal != nil {
		return refusal
	}
	voice, subscriberID := r.read.text("VoiceRouteId"), r.read.text("AssignedSubscriberId")
	var missing string
	switch {
	case !has(byID(s.store.MessageRoutes, r.read.text("MessageRouteId"))):
		missing = "MessageRouteId"
	case voice != "" && !has(byID(s.store.VoiceRoutes, voice)):
		missing = "VoiceRouteId"
	case subscriberID != "" && !has(find(s.store.Subscribers, func(one subscriber) bool { return one.ID == subscriberID })):
		missing = "AssignedSubscriberId"
	default:
		return nil
	}
	a := refuse(http.StatusBadRequest, "%s does not exist", missing)
	return &a
}

// numberInUse is the guide's "Phone number already in use".
func numberInUse() answer { return refuse(http.StatusConflict, "Phone number already in use") }

// findNumber looks a number up.
func (s *Sandbox) findNumber(r *request) answer {
	e164 := r.askedPhone()
	if refusal := r.refused(); refusal != nil {
		return *refusal
	}
	n, ok := s.store.number(e164)
	if !ok {
		return unknownID("PhoneNumber")
	}
	return done("found "+n.Number+", "+n.ID, object{
		"Number":               n.Number,
		"TNID":                 n.ID,
		"OrderId":              n.Order,
		"Status":               numberActive,
		"MessageRouteId":       n.Fields["MessageRouteId"],
		"VoiceRouteId":         n.Fields.orNil("VoiceRouteId"),
		"AssignedSubscriberId": s.subscriberOf(*n),
		"Iccid":                n.ICCID,
		"QrActivationLink":     n.activationLink(),
	})
}

const numberActive = "Active"

// listNumbers lists the numbers on a page of the inventory. An order that
// nobody asks for gets on all the same: whoever lost its ID finds its number
// here.
func (s *Sandbox) listNumbers(r *request) answer {
	page := r.askedPage()
	if refusal := r.refused(); refusal != nil {
		return *refusal
	}
	for i := range s.store.Orders {
		o := &s.store.Orders[i]
		o.Asked = max(o.Asked, s.pending)
		s.settle(o, r.now)
	}
	return done(fmt.Sprintf("listed %d numbers", len(s.store.Numbers)), object{
		"TotalResults": len(s.store.Numbers),
		"PageNumber":   page,
		"PhoneNumbers": objects(onPage(s.store.Numbers, page, listSize), func(n number) object {
			return object{"Number": n.Number, "Tnid": n.ID, "Status": numberActive, "MessageRouteId": n.Fields["MessageRouteId"]}
		}),
	})
}

// activationLink shows the eSIM's activation code as a QR code, in the form
// of the service's links.
func (n number) activationLink() string {
	code := strings.ToUpper(strings.ReplaceAll(strings.TrimPrefix(n.ID, prefixNumber), "-", ""))
	return "https://quickchart.io/qr?text=LPA:1$SMDP.SANDBOX.EXAMPLE$" + code + "&size=300"
}

// belongs says whether a number was provisioned, and for that account where
// the edition ties numbers to accounts.
func (s *Sandbox) belongs(e164, account string) bool {
	n, ok := s.store.number(e164)
	if !ok {
		return false
	}
	owner := n.Fields.text("AccountId")
	return s.edition == api.Edition2025 || owner == "" || owner == account
}
