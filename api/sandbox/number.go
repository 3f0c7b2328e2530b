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
func numberFields(more ...field) []field {
	return append([]field{
		anyText("MessageRouteId"), choice("NumberType", "mvno", "iot"), choice("MessageType", "a2p", "p2p"),
		flag("MessageEnabled"), flag("VoiceEnabled"),
	}, append(optional(anyText("VoiceRouteId")), more...)...)
}

func numberFields2025() []field { return numberFields(anyText("OrderId"), phone("PhoneNumber")) }

func numberFields2026() []field {
	areaCode := digits("AreaCode", 3)
	areaCode.or = "ZipCode"
	products := []string{"Sms-Only", "Data-Only", "Sms+Data", "Sms+Data+Voice"}
	product := matching("ProductType", "must be one of "+strings.Join(products, ", "), func(s string) bool {
		return slices.ContainsFunc(products, func(p string) bool { return strings.EqualFold(p, s) })
	})
	return append(numberFields(product), optional(flag("DataEnabled"), areaCode, digits("ZipCode", 5),
		anyText("AccountId"), anyText("ICCID"), anyText("AssignedSubscriberId"))...)
}

// refuseNumber checks the fields against one another, then against the store.
func (s *Sandbox) refuseNumber(r *request) *answer {
	iot, voice := r.fields["NumberType"] == "iot", r.fields["VoiceEnabled"] == true
	problem := ""
	switch {
	case iot && r.fields["MessageType"] == "a2p":
		problem = "NumberType iot does not support MessageType a2p"
	case iot && voice && s.opt.Edition == api.Edition2026:
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
		return refuse(http.StatusBadRequest, problem)
	}
	return checkAccount(s, r)
}

// findNumber looks a number up.
func (s *Sandbox) findNumber(r *request) *answer {
	n := s.store.number(withPlus(r.fields.text("PhoneNumber")))
	if n == nil {
		return unknownID("PhoneNumber")
	}
	return done("found "+n.Number+", "+n.TNID, object{
		"Number":               n.Number,
		"TNID":                 n.TNID,
		"OrderId":              n.ID,
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
		o.Asked = max(o.Asked, s.opt.Orders)
		s.settle(o, r.now)
	}
	all := s.store.numbers()
	return done(fmt.Sprintf("listed %d numbers", len(all)), object{
		"TotalResults": len(all),
		"PageNumber":   r.page(),
		"PhoneNumbers": objects(onPage(all, r.page(), listSize), func(n order) object {
			return object{"Number": n.Number, "Tnid": n.TNID, "Status": numberActive, "MessageRouteId": n.Fields["MessageRouteId"]}
		}),
	})
}

// activationLink shows the eSIM's activation code as a QR code, in the form
// of the service's links.
func (o order) activationLink() string {
	code := strings.ToUpper(strings.ReplaceAll(strings.TrimPrefix(o.TNID, prefixNumber), "-", ""))
	return "https://quickchart.io/qr?text=LPA:1$SMDP.SANDBOX.EXAMPLE$" + code + "&size=300"
}
