package api

// AvailabilityRequest searches for numbers (guide, Step 5). An empty AreaCode
// and ZipCode give a random selection.
type AvailabilityRequest struct {
	NumberType     string
	MessageType    string
	MessageEnabled bool
	VoiceEnabled   bool
	PageNumber     int
	AreaCode       string
	ZipCode        string
}

// SearchNumbers is the call of both editions.
func SearchNumbers(r AvailabilityRequest) Call {
	return post("/numbers/availability", Body{
		{Path: "NumberType", Value: r.NumberType},
		{Path: "MessageType", Value: r.MessageType},
		{Path: "MessageEnabled", Value: r.MessageEnabled},
		{Path: "VoiceEnabled", Value: r.VoiceEnabled},
		{Path: "PageNumber", Value: r.PageNumber},
		{Path: "AreaCode", Value: r.AreaCode},
		{Path: "ZipCode", Value: r.ZipCode},
	})
}

// PageSize is the most entries that one page of the availability answer holds.
const PageSize = 10_000

// Availability is the answer: areas, and with some services the numbers too.
type Availability struct {
	ResultsTotal         Text
	AvailableNumberAreas []Area
	NumbersAvailable     []Number
}

// Area is where numbers are available. NGP is the Number Gateway Provider.
type Area struct {
	NGP, AreaCode, Zipcode Text
}

// Number is a number that can be provisioned, E.164.
type Number struct {
	Number Text
}

// ProvisionRequest orders a number (guide, Step 6). Without a voice route,
// VoiceRouteID is left out.
type ProvisionRequest struct {
	OrderID        string
	PhoneNumber    string
	NumberType     string
	MessageType    string
	MessageRouteID string
	VoiceRouteID   string
	MessageEnabled bool
	VoiceEnabled   bool
}

// ProvisionNumber is the call of edition 2025-12.
func ProvisionNumber(r ProvisionRequest) Call {
	return post("/numbers/provision", Body{
		{Path: "OrderId", Value: r.OrderID},
		{Path: "PhoneNumber", Value: r.PhoneNumber},
		{Path: "NumberType", Value: r.NumberType},
		{Path: "MessageType", Value: r.MessageType},
		{Path: "MessageRouteId", Value: r.MessageRouteID},
		{Path: "VoiceRouteId", Value: r.VoiceRouteID},
		{Path: "MessageEnabled", Value: r.MessageEnabled},
		{Path: "VoiceEnabled", Value: r.VoiceEnabled},
	}.filled("VoiceRouteId"))
}

// Provision is the answer. The ID of the number comes under one of three names.
type Provision struct {
	PhoneNumber   Text
	TNID          Text
	PhoneNumberID Text `json:"PhoneNumberId"`
	NumberID      Text `json:"NumberId"`
}
