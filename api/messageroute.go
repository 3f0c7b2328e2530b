package api

// MessageRouteRequest creates a message route (guide, Step 3).
type MessageRouteRequest struct {
	RouteName       string
	RouteURL        string
	RouteType       string
	RouteEnabled    bool
	DeliveryReports bool
}

// CreateMessageRoute is the call of edition 2025-12.
func CreateMessageRoute(r MessageRouteRequest) Call {
	return post("/message/routes", Body{
		{Path: "RouteName", Value: r.RouteName},
		{Path: "RouteUrl", Value: r.RouteURL},
		{Path: "RouteType", Value: r.RouteType},
		{Path: "RouteEnabled", Value: r.RouteEnabled},
		{Path: "DeliveryReports", Value: r.DeliveryReports},
	})
}

// MessageRoute is the answer; the guide calls its ID the MRID.
type MessageRoute struct {
	MessageRouteID Text `json:"MessageRouteId"`
	MRID           Text
}
