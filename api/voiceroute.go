package api

// VoiceRouteRequest creates a voice route (guide, Step 4).
type VoiceRouteRequest struct {
	RouteName    string
	RouteType    string
	VoiceURL     string `json:"VoiceUrl"`
	RouteEnabled bool
}

// CreateVoiceRoute is the call of edition 2025-12.
func CreateVoiceRoute(r VoiceRouteRequest) Call { return post("/voice/routes", r) }

// VoiceRoute is the answer; the guide calls its ID the CRID.
type VoiceRoute struct {
	CallRouteID  Text `json:"CallRouteId"`
	VoiceRouteID Text `json:"VoiceRouteId"`
	CRID         Text
}
