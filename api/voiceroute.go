package api

import "net/url"

// VoiceRouteRequest creates a voice route (guide, Step 4).
type VoiceRouteRequest struct {
	RouteName    string
	RouteType    string
	VoiceURL     string `json:"VoiceUrl"`
	RouteEnabled bool
}

// CreateVoiceRoute is the call of edition 2025-12.
func CreateVoiceRoute(r VoiceRouteRequest) Call { return post("/voice/routes", r) }

// TrunkRouteRequest creates a voice route in edition 2026-04. The trunk is left
// out of a route of another type.
type TrunkRouteRequest struct {
	RouteName       string
	RouteType       string
	TrunkURI1       string `json:"TrunkUri1,omitempty"`
	TrunkTransport1 string `json:",omitempty"`
	TrunkEnabled1   *bool  `json:",omitempty"`
	RouteEnabled    bool
	AccountID       string `json:"AccountId"`
}

// CreateTrunkRoute is the call of edition 2026-04.
func CreateTrunkRoute(r TrunkRouteRequest) Call { return post("/voice/routes", r) }

// LookUpVoiceRoute asks whether a voice route exists (edition 2026-04).
func LookUpVoiceRoute(id string) Call {
	return Call{Method: "GET", Path: "/voice/routes", Query: url.Values{"CallRouteId": {id}}}
}

// VoiceRoute is the answer; the guide calls its ID the CRID.
type VoiceRoute struct {
	CallRouteID  Text `json:"CallRouteId"`
	VoiceRouteID Text `json:"VoiceRouteId"`
	CRID         Text
}
