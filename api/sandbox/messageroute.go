package sandbox

import "net/http"

// createMessageRoute is edition 2025-12 (guide, Step 3).
func (s *Sandbox) createMessageRoute(r *request) answer {
	r.text("RouteName")
	r.webhook("RouteUrl")
	r.choice("RouteType", "POST", "GET")
	r.flag("RouteEnabled")
	r.flag("DeliveryReports")
	return s.addMessageRoute(r)
}

// createMessageRoute2026 is edition 2026-04.
func (s *Sandbox) createMessageRoute2026(r *request) answer {
	r.text("RouteName")
	r.webhook("MessageUrl")
	r.text("MessageUrlMethod")
	r.authentication("Message")
	r.optionalFlag("MessageRouteEnabled")
	r.optionalWebhook("CallbackMessageUrl")
	r.authentication("CallbackMessage")
	r.optional("AccountId")
	return s.addMessageRoute(r)
}

func (s *Sandbox) addMessageRoute(r *request) answer {
	if refusal := s.refuseRoute(r); refusal != nil {
		return *refusal
	}
	m := record{ID: newID(prefixMessageRoute), Fields: r.read}
	s.store.MessageRoutes = append(s.store.MessageRoutes, m)
	s.secrets[m.ID] = r.secrets
	return done("created message route "+m.ID, messageRoute(m), "MessageRouteId")
}

// refuseRoute checks what was read of a message route or a voice route.
func (s *Sandbox) refuseRoute(r *request) *answer {
	if refusal := r.refused(); refusal != nil {
		return refusal
	}
	if id := r.read.text("AccountId"); id != "" && !has(byID(s.store.Accounts, id)) {
		a := invalidAccount()
		return &a
	}
	return nil
}

// messageRoute is a message route as it is answered.
func messageRoute(m record) object { return m.Fields.with(object{"MessageRouteId": m.ID}) }

// findMessageRoute looks a message route up.
func (s *Sandbox) findMessageRoute(r *request) answer {
	id := r.asked("MessageRouteId")
	if refusal := r.refused(); refusal != nil {
		return *refusal
	}
	m, ok := byID(s.store.MessageRoutes, id)
	if !ok {
		return unknownID("MessageRouteId")
	}
	return done("found message route "+m.ID, messageRoute(*m))
}

// listMessageRoutes lists all message routes.
func (s *Sandbox) listMessageRoutes(*request) answer {
	return listAll("message routes", "TotalRoutes", s.store.MessageRoutes, messageRoute)
}

// messageRouteRequired is the guide's "MessageRouteId is required".
func messageRouteRequired() answer {
	return refuse(http.StatusBadRequest, "MessageRouteId is required")
}
