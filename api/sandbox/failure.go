package sandbox

import (
	"context"
	"net/http"
	"time"
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

func (f *Fault) hits(e endpoint) bool {
	if f.Step != "" {
		return e.step == f.Step
	}
	kind, _ := find(Faults(), func(k FaultKind) bool { return k.Name == f.Name })
	if kind.Step != "" {
		return e.step == kind.Step
	}
	return e.creates
}

// carriesOut says whether the fault lets the call happen and spoils only its
// answer. Hanging calls are not carried out.
func (f *Fault) carriesOut() bool {
	switch f.Name {
	case faultMalformed, faultMissingID, faultSlow, faultDrop:
		return true
	}
	return false
}

// refuseFor is the answer of a fault that keeps the call from happening.
func (s *Sandbox) refuseFor(f *Fault, e endpoint) (answer, effect) {
	switch f.Name {
	case faultUnauthorized:
		return refuse(http.StatusUnauthorized, "Unauthorized"), effect{}
	case faultRoute:
		return messageRouteRequired(), effect{}
	case faultNumber:
		return numberInUse(), effect{}
	case faultEmail:
		return emailExists(), effect{}
	case faultAccount:
		return invalidAccount(), effect{}
	case faultRate:
		return tooMany(time.Second), effect{}
	case faultServer:
		return refuse(http.StatusInternalServerError, "Internal server error"), effect{}
	case faultHTML:
		return gatewayPage(), effect{}
	case faultSoft:
		return answer{status: http.StatusOK, body: object{
			"Successful":       false,
			"ErrorMessage":     "The request could not be processed",
			"TransactionLogId": newUUID(),
		}}, effect{}
	case faultNoNumbers:
		if e.step == stepAvailability {
			return s.listing(offer{}, 1), effect{}
		}
		return refuse(http.StatusBadRequest, "No numbers available"), effect{}
	}
	return answer{}, effect{f.Name} // No answer ever comes: hang, refuse.
}

// gatewayPage is what a gateway says when the service behind it is gone.
func gatewayPage() answer {
	const page = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n" +
		"<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
	return answer{status: http.StatusBadGateway, raw: &raw{contentType: "text/html", text: []byte(page)}}
}

// spoil does to the answer of a call that was carried out what the fault says.
func (s *Sandbox) spoil(f *Fault, reply answer) (answer, effect) {
	switch f.Name {
	case faultMalformed:
		whole := encode(s.wrap(reply))
		reply.raw = &raw{contentType: jsonType, text: whole[:len(whole)-2]}
	case faultMissingID:
		for _, id := range reply.ids {
			delete(reply.body, id)
		}
	}
	return reply, effect{f.Name}
}
