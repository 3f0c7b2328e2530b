package sandbox

import "net/http"

// The states of an order. A finished one stays as it is.
const (
	orderSubmitted = "Submitted"
	orderPending   = "Pending"
	orderComplete  = "Complete"
	orderRejected  = "Rejected"
)

// order is the provisioning of edition 2026-04: the sandbox picks the number,
// and tells it once the order is complete.
func (s *Sandbox) order(r *request) answer {
	n := s.readNumber(r)
	r.choice("ProductType", "Sms-Only", "Data-Only", "Sms+Data", "Sms+Data+Voice")
	r.optionalFlag("DataEnabled")
	r.optional("ICCID")
	areaCode, zipCode := r.digits("AreaCode", 3), r.digits("ZipCode", 5)
	if areaCode == "" && zipCode == "" {
		r.wrong("AreaCode", "or ZipCode is required")
	}
	n.Account = r.optional("AccountId")
	if refusal := s.refuseNumber(r, n); refusal != nil {
		return *refusal
	}
	if n.Account != "" && !s.book.account(n.Account) {
		return invalidAccount()
	}
	o := order{ID: newID(prefixOrder), Number: n}
	o.Number.Order = o.ID
	if found := s.available(areaCode, zipCode); len(found.numbers) > 0 {
		o.Number.Number, o.Number.ID = found.numbers[0].number, newID(prefixNumber)
	}
	s.book.Orders = append(s.book.Orders, o)
	return report(o, orderSubmitted)
}

// followOrder says how far an order is: Pending a number of times, then
// Complete, or Rejected when there was no number to give.
func (s *Sandbox) followOrder(r *request) answer {
	id := r.query.Get("OrderId")
	if id == "" {
		return refuse(http.StatusBadRequest, "OrderId is required")
	}
	o, ok := find(s.book.Orders, func(o order) bool { return o.ID == id })
	if !ok {
		return refuse(http.StatusNotFound, "OrderId does not exist")
	}
	if o.Asked < s.pending {
		o.Asked++
		return report(*o, orderPending)
	}
	if o.Number.Number == "" {
		return report(*o, orderRejected)
	}
	if !has(s.book.number(o.Number.Number)) {
		s.book.Numbers = append(s.book.Numbers, o.Number)
	}
	return report(*o, orderComplete)
}

// report is the answer on an order.
func report(o order, status string) answer {
	body := object{
		"OrderId":             o.ID,
		"OrderStatus":         status,
		"PhoneNumberAssigned": "",
		"PhoneNumberId":       "",
		"QRCode":              "",
		"ErrorMessage":        "",
	}
	ids := []string{"OrderId", "PhoneNumberId", "PhoneNumberAssigned"}
	switch status {
	case orderComplete:
		body["PhoneNumberAssigned"] = o.Number.Number
		body["PhoneNumberId"] = o.Number.ID
		body["QRCode"] = "https://esim.example.com/" + o.Number.ID + ".png"
	case orderRejected:
		body["ErrorMessage"] = "No numbers available in the requested area"
	}
	return created(body, ids...)
}
