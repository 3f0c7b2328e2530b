package sandbox

import "net/http"

// createVoiceRoute is edition 2025-12 (guide, Step 4).
func (s *Sandbox) createVoiceRoute(r *request) answer {
	v := route{Name: r.text("RouteName")}
	r.choice("RouteType", "Trunk")
	r.sip("VoiceUrl")
	v.Enabled = r.flag("RouteEnabled")
	return s.addVoiceRoute(r, v)
}

// createVoiceRoute2026 is edition 2026-04.
func (s *Sandbox) createVoiceRoute2026(r *request) answer {
	v := route{Name: r.text("RouteName")}
	if r.choice("RouteType", "Trunk", "URL", "Forward") == "Trunk" {
		r.text("TrunkUri1")
		r.choice("TrunkTransport1", "UDP", "TCP", "TLS")
		r.optionalFlag("TrunkEnabled1")
	}
	v.Enabled = r.optionalFlag("RouteEnabled")
	v.Account = r.optional("AccountId")
	return s.addVoiceRoute(r, v)
}

func (s *Sandbox) addVoiceRoute(r *request, v route) answer {
	if refusal := r.refused(); refusal != nil {
		return *refusal
	}
	if v.Account != "" && !s.book.account(v.Account) {
		return invalidAccount()
	}
	v.ID = newID(prefixVoiceRoute)
	s.book.VoiceRoutes = append(s.book.VoiceRoutes, v)
	return created(object{"CallRouteId": v.ID}, "CallRouteId")
}

// findVoiceRoute looks a voice route up, edition 2026-04.
func (s *Sandbox) findVoiceRoute(r *request) answer {
	id := r.query.Get("CallRouteId")
	if id == "" {
		return refuse(http.StatusBadRequest, "CallRouteId is required")
	}
	v, ok := s.book.voiceRoute(id)
	if !ok {
		return refuse(http.StatusNotFound, "CallRouteId does not exist")
	}
	return created(object{
		"CallRouteId":  v.ID,
		"RouteName":    v.Name,
		"RouteEnabled": v.Enabled,
		"AccountId":    v.Account,
	}, "CallRouteId")
}
