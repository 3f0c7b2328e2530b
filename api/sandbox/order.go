package sandbox

import (
	"slices"
	"strings"
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
func (s *Sandbox) order(r *request) answer {
	s.readNumber(r)
	r.product()
	r.optionalFlag("DataEnabled")
	areaCode, zipCode := r.digits("AreaCode", 3), r.digits("ZipCode", 5)
	if areaCode == "" && zipCode == "" {
		r.wrong("AreaCode", "or ZipCode is required")
	}
	account, iccid := r.optional("AccountId"), r.optional("ICCID")
	r.optional("AssignedSubscriberId")
	if refusal := s.refuseNumber(r); refusal != nil {
		return *refusal
	}
	if account != "" && !has(byID(s.store.Accounts, account)) {
		return invalidAccount()
	}
	n := s.newNumber(r, newID(prefixOrder))
	if iccid != "" {
		n.ICCID = iccid
	}
	if found := s.available(areaCode, zipCode); len(found.numbers) > 0 {
		n.Number = found.numbers[0].number
	}
	return s.place(r, n)
}

// product reads the product that is ordered, in any letter case.
func (r *request) product() {
	const key = "ProductType"
	products := []string{"Sms-Only", "Data-Only", "Sms+Data", "Sms+Data+Voice"}
	wanted := r.text(key)
	i := slices.IndexFunc(products, func(p string) bool { return strings.EqualFold(p, wanted) })
	if i >= 0 {
		wanted = products[i]
	}
	r.oneOf(key, wanted, products)
}

// place takes an order for a number. Every other order that fails names the
// number that it failed for.
func (s *Sandbox) place(r *request, n number) answer {
	o := order{ID: n.Order, Number: n, Ready: r.now}
	switch r.fault {
	case faultOrderPending:
		o.Ready = r.now.Add(orderWait)
	case faultOrderFailed:
		o.Refused = orderFailed
		if last := lastOrder(s.store.Orders, func(o order) bool { return o.Refused != "" }); last != nil && last.Refused == orderFailed {
			o.Refused = orderError
		}
	}
	s.store.Orders = append(s.store.Orders, o)
	return s.placed(o, s.settle(&o, r.now))
}

// lastOrder is the newest of the wanted orders, or nil.
func lastOrder(all []order, wanted func(order) bool) *order {
	for i := range slices.Backward(all) {
		if wanted(all[i]) {
			return &all[i]
		}
	}
	return nil
}

// followOrder says how far an order is.
func (s *Sandbox) followOrder(r *request) answer {
	id := r.asked("OrderId")
	if refusal := r.refused(); refusal != nil {
		return *refusal
	}
	o := lastOrder(s.store.Orders, func(o order) bool { return o.ID == id })
	if o == nil {
		n, ok := find(s.store.Numbers, func(n number) bool { return n.Order == id })
		if !ok {
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
	if !has(s.store.number(o.Number.Number)) {
		s.store.Numbers = append(s.store.Numbers, o.Number)
	}
	return orderCompleted
}

// placed is the answer to placing an order.
func (s *Sandbox) placed(o order, status string) answer {
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
func followed(o order, numbers, status string) answer {
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
	switch status {
	case orderRejected:
		return "No numbers available in the requested area"
	case orderFailed:
		return "The carrier could not activate the number"
	case orderError:
		return "8A-ACCOUNT_NUM_REQ_OR_INCORRECT"
	}
	return ""
}
