package sandbox

import "net/http"

// createMessageRoute is edition 2025-12 (guide, Step 3).
func (s *Sandbox) createMessageRoute(r *request) answer {
	m := route{Name: r.text("RouteName")}
	r.webhook("RouteUrl")
	r.choice("RouteType", "POST", "GET")
	m.Enabled = r.flag("RouteEnabled")
	r.flag("DeliveryReports")
	return s.addMessageRoute(r, m)
}

// createMessageRoute2026 is edition 2026-04. It reads MessagePasswordToken to
// check it and keeps it no longer than that.
func (s *Sandbox) createMessageRoute2026(r *request) answer {
	m := route{Name: r.text("RouteName")}
	r.webhook("MessageUrl")
	r.choice("MessageUrlMethod", "POST", "GET")
	m.Enabled = r.optionalFlag("MessageRouteEnabled")
	r.optionalChoice("MessageAuthenticationType", "None", "Basic", "Bearer")
	r.optional("MessageUsername")
	r.optional("MessagePasswordToken")
	r.optionalWebhook("CallbackMessageUrl")
	r.optionalChoice("CallbackMessageUrlMethod", "POST", "GET")
	m.Account = r.optional("AccountId")
	return s.addMessageRoute(r, m)
}

func (s *Sandbox) addMessageRoute(r *request, m route) answer {
	if refusal := r.refused(); refusal != nil {
		return *refusal
	}
	if m.Account != "" && !s.book.account(m.Account) {
		return invalidAccount()
	}
	m.ID = newID(prefixMessageRoute)
	s.book.MessageRoutes = append(s.book.MessageRoutes, m)
	return created(object{"MessageRouteId": m.ID}, "MessageRouteId")
}

// findMessageRoute looks a message route up, edition 2026-04.
func (s *Sandbox) findMessageRoute(r *request) answer {
	id := r.query.Get("MessageRouteId")
	if id == "" {
		return messageRouteRequired()
	}
	m, ok := s.book.messageRoute(id)
	if !ok {
		return refuse(http.StatusNotFound, "MessageRouteId does not exist")
	}
	return created(object{
		"MessageRouteId":      m.ID,
		"RouteName":           m.Name,
		"MessageRouteEnabled": m.Enabled,
		"AccountId":           m.Account,
	}, "MessageRouteId")
}

// messageRouteRequired is the guide's "MessageRouteId is required".
func messageRouteRequired() answer {
	return refuse(http.StatusBadRequest, "MessageRouteId is required")
}
