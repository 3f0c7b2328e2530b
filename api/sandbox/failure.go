package sandbox

import (
	"cmp"
	"context"
	"net/http"
	"time"

	"telegent-setup/api"
)

// slowness is how long the slow fault keeps the answer back.
const slowness = 3 * time.Second

// effect is what happens to an answer on its way: the name of the fault that
// holds it back or loses it, or nothing.
type effect struct{ fault string }

// wait holds the answer back; false means that the connection is cut instead.
func (e effect) wait(ctx context.Context) bool {
	switch e.fault {
	case faultHang:
		<-ctx.Done()
		return false
	case faultDrop, faultRefuse:
		return false
	case faultSlow:
		timer := time.NewTimer(slowness)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-ctx.Done():
			return false
		}
	}
	return true
}

// faultFor is the first fault that has hits left and is meant for the call.
func (s *Sandbox) faultFor(e endpoint) *Fault {
	for i := range s.faults {
		if f := &s.faults[i]; f.Count > 0 && f.hits(e) {
			return f
		}
	}
	return nil
}

// hits says whether the fault is meant for the call.
func (f *Fault) hits(e endpoint) bool {
	kind, _ := f.kind()
	step := cmp.Or(f.Step, kind.Step)
	switch {
	case e.kind == looksUp || f.Name == faultNoLookUp:
		return e.kind == looksUp && f.Name == faultNoLookUp && (step == "" || step == e.step)
	case step == "" || kind.alone:
		return e.kind == creates && (step == "" || step == e.step)
	}
	return step == e.step
}

// used counts a call that the fault has hit.
func (f *Fault) used() {
	if f.Name != faultNoLookUp {
		f.Count--
	}
}

// carriesOut says whether the fault lets the call happen: it corrupts only its
// answer, or what becomes of it later. Hanging calls are not carried out.
func (f *Fault) carriesOut() bool {
	switch f.Name {
	case faultMalformed, faultMissingID, faultSlow, faultDrop,
		faultOrderPending, faultOrderFailed, faultUndelivered, faultNoReceipt, faultNoReply:
		return true
	}
	return false
}

// refuseFor is the answer of a fault that keeps the call from happening, or
// the effect of one after which no answer comes.
func (s *Sandbox) refuseFor(f *Fault, e endpoint) (answer, effect) {
	if f.Name == faultHang || f.Name == faultRefuse {
		return answer{did: f.named("nothing was carried out")}, effect{f.Name}
	}
	a := s.refusal(f.Name, e)
	a.did = f.named(a.did)
	return a, effect{}
}

// named says in the log whose doing it was.
func (f *Fault) named(did string) string { return "fault " + f.Name + ": " + did }

// refusal is how the service would refuse the call.
func (s *Sandbox) refusal(fault string, e endpoint) answer {
	switch fault {
	case faultUnauthorized:
		return refuse(http.StatusUnauthorized, "Unauthorized")
	case faultRoute:
		return messageRouteRequired()
	case faultNumber:
		return numberInUse()
	case faultEmail:
		return emailExists()
	case faultAccount:
		return invalidAccount()
	case faultRate:
		return tooMany(time.Second)
	case faultServer:
		return refuse(http.StatusInternalServerError, "Internal server error")
	case faultHTML:
		return gatewayPage()
	case faultSoft:
		return softFailure()
	case faultNoNumbers:
		if e.step == stepAvailability {
			return s.listing(offer{}, 1)
		}
		return refuse(http.StatusBadRequest, "No numbers available")
	case faultProblem:
		return s.problemDetails(e.step)
	case faultNoLookUp:
		return refuse(http.StatusForbidden, "Forbidden: your rights do not cover this")
	}
	return answer{}
}

// softFailure is a refusal that comes with 200.
func softFailure() answer {
	const message = "The request could not be processed"
	return answer{status: http.StatusOK, did: "refused: " + message, body: object{
		"Successful":       false,
		"ErrorMessage":     message,
		"TransactionLogId": newUUID(),
	}}
}

// problemDetails refuses a field of the step's call in the form of RFC 9457.
func (s *Sandbox) problemDetails(step string) answer {
	field, sentence := "AreaCode", "Area code must be a valid 3-digit code"
	switch {
	case step == stepAuthenticate:
		field, sentence = "AccountKey", "Account key must be a valid key"
	case step == stepAccount:
		field, sentence = "AccountName", "Account name must be a valid name"
	case step == stepMessageRoute || step == stepVoiceRoute:
		field, sentence = "RouteName", "Route name must be a valid name"
	case step == stepProvision && s.edition == api.Edition2025:
		field, sentence = "PhoneNumber", "Phone number must be a valid number"
	case step == stepSubscriber:
		field, sentence = "Email", "Email must be a valid address"
	case step == stepTestMessage:
		field, sentence = "From", "From must be a valid number"
	}
	return answer{
		status: http.StatusBadRequest,
		did:    "refused: " + sentence,
		raw: &raw{"application/problem+json; charset=utf-8", encode(object{
			"Type":    "https://tools.ietf.org/html/rfc9110#section-15.5.1",
			"Title":   "One or more validation errors occurred.",
			"Status":  http.StatusBadRequest,
			"Detail":  "The request holds a field that is not valid.",
			"Errors":  object{"$." + field: []string{sentence}},
			"TraceId": newUUID(),
		})},
	}
}

// gatewayPage is what a gateway says when the service behind it is gone.
func gatewayPage() answer {
	const page = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n" +
		"<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
	return answer{status: http.StatusBadGateway, did: "answered with the page of a gateway", raw: &raw{contentType: "text/html", text: []byte(page)}}
}

// corrupt does to the answer of a call that was carried out what the fault says.
func (s *Sandbox) corrupt(f *Fault, reply answer) (answer, effect) {
	switch f.Name {
	case faultMalformed:
		whole := encode(s.wrap(reply))
		reply.raw = &raw{contentType: jsonType, text: whole[:len(whole)-2]}
	case faultMissingID:
		for _, id := range reply.ids {
			delete(reply.body, id)
		}
	}
	if f.Name == faultDrop {
		reply.did += ", then cut the connection"
	}
	reply.did = f.named(reply.did)
	return reply, effect{f.Name}
}
