package sandbox

// createVoiceRoute is edition 2025-12 (guide, Step 4).
func (s *Sandbox) createVoiceRoute(r *request) answer {
	r.text("RouteName")
	r.choice("RouteType", "Trunk")
	r.sip("VoiceUrl")
	r.flag("RouteEnabled")
	return s.addVoiceRoute(r)
}

// createVoiceRoute2026 is edition 2026-04. Of a route of type Forward no
// further field is documented.
func (s *Sandbox) createVoiceRoute2026(r *request) answer {
	r.text("RouteName")
	switch r.choice("RouteType", "Trunk", "URL", "Forward") {
	case "Trunk":
		r.trunk()
	case "URL":
		r.webhook("VoiceUrl")
		r.authentication("Voice")
	}
	r.optionalFlag("RouteEnabled")
	r.optional("AccountId")
	return s.addVoiceRoute(r)
}

func (s *Sandbox) addVoiceRoute(r *request) answer {
	if refusal := s.refuseRoute(r); refusal != nil {
		return *refusal
	}
	v := record{ID: newID(prefixVoiceRoute), Fields: r.read}
	s.store.VoiceRoutes = append(s.store.VoiceRoutes, v)
	return done("created voice route "+v.ID, voiceRoute(v), "CallRouteId")
}

// voiceRoute is a voice route as it is answered.
func voiceRoute(v record) object { return v.Fields.with(object{"CallRouteId": v.ID}) }

// findVoiceRoute looks a voice route up.
func (s *Sandbox) findVoiceRoute(r *request) answer {
	id := r.asked("CallRouteId")
	if refusal := r.refused(); refusal != nil {
		return *refusal
	}
	v, ok := byID(s.store.VoiceRoutes, id)
	if !ok {
		return unknownID("CallRouteId")
	}
	return done("found voice route "+v.ID, voiceRoute(*v))
}

// listVoiceRoutes lists all voice routes, by name.
func (s *Sandbox) listVoiceRoutes(*request) answer {
	return listAll("voice routes", "TotalRoutes", s.store.VoiceRoutes, func(v record) object {
		return object{"CallRouteId": v.ID, "RouteName": v.Fields["RouteName"], "CallRouteStatus": "Active"}
	})
}
