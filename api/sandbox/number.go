package sandbox

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"telegent-setup/api"
)

// numberFields are what both editions say of the number that is ordered. The
// absence of the message route is told first: it is an issue of the guide.
func numberFields() []field {
	return []field{
		anyText("MessageRouteId"), optional(anyText("VoiceRouteId")), choice("NumberType", "mvno", "iot"), choice("MessageType", "a2p", "p2p"),
		flag("MessageEnabled"), flag("VoiceEnabled"),
	}
}

func numberFields2025() []field {
	return append(numberFields(), anyText("OrderId"), phone("PhoneNumber"))
}

func numberFields2026() []field {
	areaCode := digits("AreaCode", 3)
	areaCode.or = "ZipCode"
	products := []string{"Sms-Only", "Data-Only", "Sms+Data", "Sms+Data+Voice"}
	product := matching("ProductType", "must be one of "+strings.Join(products, ", "), func(s string) bool {
		return slices.ContainsFunc(products, func(p string) bool { return strings.EqualFold(p, s) })
	})
	return append(numberFields(), product, optional(flag("DataEnabled")), areaCode, digits("ZipCode", 5),
		optional(anyText("AccountId")), optional(anyText("ICCID")), optional(anyText("AssignedSubscriberId")))
}

// provision is edition 2025-12 (guide, Step 6). Any number can be ordered
// that nobody has: the customer may have been given one that is not listed.
func (s *Sandbox) provision(r *request) *answer {
	if refusal := s.refuseNumber(r); refusal != nil {
		return refusal
	}
	n := s.newNumber(r, r.fields.text("OrderId"))
	n.Number = r.fields.text("PhoneNumber")
	if s.store.taken()[n.Number] {
		return refuse(http.StatusConflict, numberInUse)
	}
	switch r.fault {
	case faultOrderPending, faultOrderFailed:
		return s.place(r, n)
	}
	s.store.Numbers = append(s.store.Numbers, n)
	return done("provisioned "+n.Number+", "+n.ID, n.Fields.with(object{"TNID": n.ID}), "TNID", "OrderId")
}

const prefixNumber = "TNID-"

// newNumber is a number as it was asked for, for an order.
func (s *Sandbox) newNumber(r *request, order string) number {
	return number{record: record{ID: newID(prefixNumber), Fields: r.fields}, Order: order, Ordered: r.now, ICCID: newICCID()}
}

// refuseNumber checks the fields against one another, then against the store.
func (s *Sandbox) refuseNumber(r *request) *answer {
	iot, voice := r.fields["NumberType"] == "iot", r.fields["VoiceEnabled"] == true
	problem := ""
	switch {
	case iot && r.fields["MessageType"] == "a2p":
		problem = "NumberType iot does not support MessageType a2p"
	case iot && voice && s.edition == api.Edition2026:
		problem = "NumberType iot does not support VoiceEnabled"
	case voice && r.fields.text("VoiceRouteId") == "":
		problem = "VoiceRouteId is required when VoiceEnabled is true"
	}
	for _, of := range []struct{ key, id string }{
		{"MessageRouteId", messageRoutes.id}, {"VoiceRouteId", voiceRoutes.id}, {"AssignedSubscriberId", subscribers.id},
	} {
		if id := r.fields.text(of.key); problem == "" && id != "" && s.store.record(of.id, id) == nil {
			problem = of.key + " does not exist"
		}
	}
	if problem != "" {
		return refuse(http.StatusBadRequest, "%s", problem)
	}
	return checkAccount(s, r)
}

// findNumber looks a number up.
func (s *Sandbox) findNumber(r *request) *answer {
	n := s.store.number(withPlus(r.fields.text("PhoneNumber")))
	if n == nil {
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
func (s *Sandbox) listNumbers(r *request) *answer {
	for i := range s.store.Orders {
		o := &s.store.Orders[i]
		o.Asked = max(o.Asked, s.pending)
		s.settle(o, r.now)
	}
	return done(fmt.Sprintf("listed %d numbers", len(s.store.Numbers)), object{
		"TotalResults": len(s.store.Numbers),
		"PageNumber":   r.page(),
		"PhoneNumbers": objects(onPage(s.store.Numbers, r.page(), listSize), func(n number) object {
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
