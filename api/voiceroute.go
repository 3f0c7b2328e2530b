package api

import "net/url"

// VoiceRouteRequest creates a voice route (guide, Step 4).
type VoiceRouteRequest struct {
	RouteName    string
	RouteType    string
	VoiceURL     string
	RouteEnabled bool
}

// CreateVoiceRoute is the call of edition 2025-12.
func CreateVoiceRoute(r VoiceRouteRequest) Call {
	return post("/voice/routes", Body{
		{Path: "RouteName", Value: r.RouteName},
		{Path: "RouteType", Value: r.RouteType},
		{Path: "VoiceUrl", Value: r.VoiceURL},
		{Path: "RouteEnabled", Value: r.RouteEnabled},
	})
}

// TrunkRouteRequest creates a voice route in edition 2026-04. The trunk is left
// out of a route of another type.
type TrunkRouteRequest struct {
	RouteName       string
	RouteType       string
	TrunkURI1       string
	TrunkTransport1 string
	TrunkEnabled1   *bool
	RouteEnabled    bool
	AccountID       string
}

// CreateTrunkRoute is the call of edition 2026-04.
func CreateTrunkRoute(r TrunkRouteRequest) Call {
	body := Body{
		{Path: "RouteName", Value: r.RouteName},
		{Path: "RouteType", Value: r.RouteType},
		{Path: "TrunkUri1", Value: r.TrunkURI1},
		{Path: "TrunkTransport1", Value: r.TrunkTransport1},
	}
	if r.TrunkEnabled1 != nil {
		body = append(body, Member{Path: "TrunkEnabled1", Value: *r.TrunkEnabled1})
	}
	body = append(body, Member{Path: "RouteEnabled", Value: r.RouteEnabled}, Member{Path: "AccountId", Value: r.AccountID})
	return post("/voice/routes", body.filled("TrunkUri1", "TrunkTransport1"))
}

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
