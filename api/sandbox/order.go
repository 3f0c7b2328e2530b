package sandbox

import (
	"cmp"
	"time"

	"telegent-setup/api"
)

// The states of an order. A finished one stays as it is.
const (
	orderSubmitted  = "Submitted"
	orderPending    = "Pending"
	orderProcessing = "Processing"
	orderComplete   = "Complete"
	orderCompleted  = "Completed"
	orderRejected   = "Rejected"
	orderFailed     = "Failed" // Without a number.
	orderError      = "Error"  // With a number.
)

// orderWait is how long an order takes with the fault order-pending.
const orderWait = 10 * time.Second

// order is the provisioning of edition 2026-04: the sandbox picks the number.
func (s *Sandbox) order(r *request) *answer {
	if refusal := s.refuseNumber(r); refusal != nil {
		return refusal
	}
	n := s.newNumber(r, newID("JNUOID-"))
	n.ICCID = cmp.Or(r.fields.text("ICCID"), n.ICCID)
	if found := s.available(r.fields.text("AreaCode"), r.fields.text("ZipCode")); len(found) > 0 {
		n.Number = found[0].number
	}
	return s.place(r, n)
}

// place takes an order for a number. Every other order that fails names the
// number that it failed for.
func (s *Sandbox) place(r *request, n number) *answer {
	o := order{ID: n.Order, Number: n, Ready: r.now}
	switch r.fault {
	case faultOrderPending:
		o.Ready = r.now.Add(orderWait)
	case faultOrderFailed:
		o.Refused = orderFailed
		if last := find(s.store.Orders, func(o order) bool { return o.Refused != "" }); last != nil && last.Refused == orderFailed {
			o.Refused = orderError
		}
	}
	s.store.Orders = append(s.store.Orders, o)
	return s.placed(o, s.settle(&o, r.now))
}

// followOrder says how far an order is.
func (s *Sandbox) followOrder(r *request) *answer {
	id := r.fields.text("OrderId")
	o := find(s.store.Orders, func(o order) bool { return o.ID == id })
	if o == nil {
		n := find(s.store.Numbers, func(n number) bool { return n.Order == id })
		if n == nil {
			return unknownID("OrderId")
		}
		o = &order{ID: id, Number: *n} // Edition 2025-12: an order that was carried out at once.
	}
	status := s.settle(o, r.now)
	o.Asked++
	return followed(*o, "PhoneNumbersOrdered", status)
}

// settle is the status of an order. Once it is complete, its number is the
// customer's.
func (s *Sandbox) settle(o *order, now time.Time) string {
	switch {
	case now.Before(o.Ready):
		return orderProcessing
	case o.Asked < s.pending:
		return orderPending
	case o.Refused != "":
		return o.Refused
	case o.Number.Number == "":
		return orderRejected
	}
	if s.store.number(o.Number.Number) == nil {
		s.store.Numbers = append(s.store.Numbers, o.Number)
	}
	return orderCompleted
}

// placed is the answer to placing an order.
func (s *Sandbox) placed(o order, status string) *answer {
	open := status == orderProcessing || status == orderPending
	if open {
		status = orderSubmitted
	}
	if open && s.edition == api.Edition2025 {
		return followed(o, "PhoneNumbersRequested", status)
	}
	body := object{
		"OrderDate":           o.date(),
		"OrderId":             o.ID,
		"OrderStatus":         status,
		"PhoneNumberAssigned": nil,
		"PhoneNumberId":       nil,
		"QRCode":              nil,
		"ZipCode":             o.Number.Fields.orNil("ZipCode"),
		"ICCID":               nil,
		"ErrorMessage":        nil,
		"SubscriberId":        o.Number.Fields.orNil("AssignedSubscriberId"),
	}
	switch status {
	case orderCompleted:
		body["OrderStatus"] = orderComplete
		body["PhoneNumberAssigned"] = o.Number.Number
		body["PhoneNumberId"] = o.Number.ID
		body["QRCode"] = o.Number.activationLink()
		body["ICCID"] = o.Number.ICCID
	case orderError:
		body["PhoneNumberAssigned"] = o.Number.Number
	}
	if message := refusalOf(status); message != "" {
		body["ErrorMessage"] = message
	}
	return done(o.told(status), body, "OrderId", "PhoneNumberId", "PhoneNumberAssigned")
}

// followed is the answer to asking for an order, and to placing one that lists
// its numbers. The ID of a number is not in it.
func followed(o order, numbers, status string) *answer {
	list := []object{}
	if numbers == "PhoneNumbersRequested" || status == orderCompleted || status == orderError {
		list = append(list, object{"Number": o.Number.Number})
	}
	return done(o.told(status), object{
		"OrderDate":          o.date(),
		"OrderId":            o.ID,
		"OrderStatus":        status,
		"OrderStatusMessage": refusalOf(status),
		"OrderType":          "Provision",
		numbers:              list,
	}, "OrderId", numbers)
}

func (o order) told(status string) string { return "order " + o.ID + ": " + status }

func (o order) date() string { return o.Number.Ordered.UTC().Format(dateLayout) }

// refusalOf says why an order is refused, in words or in a code of the
// carrier's; empty for one that is not.
func refusalOf(status string) string {
	return map[string]string{
		orderRejected: "No numbers available in the requested area",
		orderFailed:   "The carrier could not activate the number",
		orderError:    "8A-ACCOUNT_NUM_REQ_OR_INCORRECT",
	}[status]
}
