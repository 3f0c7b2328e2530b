package sandbox

import (
	"cmp"
	"net/http"
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

const prefixNumber = "TNID-"

func newOrder(r *request, id, number string) order {
	iccid := cmp.Or(r.fields.text("ICCID"), newICCID())
	return order{ID: id, Fields: r.fields, Ordered: r.now, Number: number, TNID: newID(prefixNumber), ICCID: iccid}
}

// provision is edition 2025-12 (guide, Step 6). Any number can be ordered
// that nobody has: the customer may have been given one that is not listed.
func (s *Sandbox) provision(r *request) *answer {
	if refusal := s.refuseNumber(r); refusal != nil {
		return refusal
	}
	o := newOrder(r, r.fields.text("OrderId"), r.fields.text("PhoneNumber"))
	if s.store.taken()[o.Number] {
		return refuse(http.StatusConflict, numberInUse)
	}
	switch r.fault {
	case faultOrderPending, faultOrderFailed:
		return s.place(r, o)
	}
	o.Complete = true
	s.store.Orders = append(s.store.Orders, o)
	return done("provisioned "+o.Number+", "+o.TNID, o.Fields.with(object{"TNID": o.TNID}), "TNID", "OrderId")
}

// order is the provisioning of edition 2026-04: the sandbox picks the number.
func (s *Sandbox) order(r *request) *answer {
	if refusal := s.refuseNumber(r); refusal != nil {
		return refusal
	}
	number := ""
	if found := s.available(r.fields.text("AreaCode"), r.fields.text("ZipCode")); len(found) > 0 {
		number = found[0].number
	}
	return s.place(r, newOrder(r, newID("JNUOID-"), number))
}

// place takes an order that may take its time. Every other order that fails
// names the number that it failed for.
func (s *Sandbox) place(r *request, o order) *answer {
	o.Ready = r.now
	switch r.fault {
	case faultOrderPending:
		o.Ready = r.now.Add(orderWait)
	case faultOrderFailed:
		o.Refused = orderFailed
		last := find(s.store.Orders, func(o order) bool { return o.Refused != "" })
		if last != nil && last.Refused == orderFailed {
			o.Refused = orderError
		}
	}
	status := s.settle(&o, r.now)
	s.store.Orders = append(s.store.Orders, o)
	return s.placed(o, status)
}

// followOrder says how far an order is.
func (s *Sandbox) followOrder(r *request) *answer {
	o := find(s.store.Orders, func(o order) bool { return o.ID == r.fields.text("OrderId") })
	if o == nil {
		return unknownID("OrderId")
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
	case o.Asked < s.opt.Orders:
		return orderPending
	case o.Refused != "":
		return o.Refused
	case o.Number == "":
		return orderRejected
	}
	o.Complete = true
	return orderCompleted
}

// placed is the answer to placing an order.
func (s *Sandbox) placed(o order, status string) *answer {
	open := status == orderProcessing || status == orderPending
	if open {
		status = orderSubmitted
	}
	if open && s.opt.Edition == api.Edition2025 {
		return followed(o, "PhoneNumbersRequested", status)
	}
	body := object{
		"OrderDate":           o.date(),
		"OrderId":             o.ID,
		"OrderStatus":         status,
		"PhoneNumberAssigned": nil,
		"PhoneNumberId":       nil,
		"QRCode":              nil,
		"ZipCode":             o.Fields.orNil("ZipCode"),
		"ICCID":               nil,
		"ErrorMessage":        nil,
		"SubscriberId":        o.Fields.orNil("AssignedSubscriberId"),
	}
	switch status {
	case orderCompleted:
		body["OrderStatus"] = orderComplete
		body["PhoneNumberAssigned"] = o.Number
		body["PhoneNumberId"] = o.TNID
		body["QRCode"] = o.activationLink()
		body["ICCID"] = o.ICCID
	case orderError:
		body["PhoneNumberAssigned"] = o.Number
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
		list = append(list, object{"Number": o.Number})
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

func (o order) date() string { return o.Ordered.UTC().Format(dateLayout) }

// refusalOf says why an order is refused, in words or in a code of the
// carrier's; empty for one that is not.
func refusalOf(status string) string {
	return map[string]string{
		orderRejected: "No numbers available in the requested area",
		orderFailed:   "The carrier could not activate the number",
		orderError:    "8A-ACCOUNT_NUM_REQ_OR_INCORRECT",
	}[status]
}
