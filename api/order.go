package api

import "net/url"

// OrderRequest orders a number in edition 2026-04, which the service chooses.
// Without a voice route, area code, zip code or ICCID, these are left out.
type OrderRequest struct {
	NumberType     string
	MessageType    string
	MessageEnabled bool
	VoiceEnabled   bool
	DataEnabled    bool
	MessageRouteID string
	VoiceRouteID   string
	AreaCode       string
	ZipCode        string
	ProductType    string
	AccountID      string
	ICCID          string
}

// OrderNumber is the call of edition 2026-04.
func OrderNumber(r OrderRequest) Call {
	return post("/numbers/provision", Body{
		{Path: "NumberType", Value: r.NumberType},
		{Path: "MessageType", Value: r.MessageType},
		{Path: "MessageEnabled", Value: r.MessageEnabled},
		{Path: "VoiceEnabled", Value: r.VoiceEnabled},
		{Path: "DataEnabled", Value: r.DataEnabled},
		{Path: "MessageRouteId", Value: r.MessageRouteID},
		{Path: "VoiceRouteId", Value: r.VoiceRouteID},
		{Path: "AreaCode", Value: r.AreaCode},
		{Path: "ZipCode", Value: r.ZipCode},
		{Path: "ProductType", Value: r.ProductType},
		{Path: "AccountId", Value: r.AccountID},
		{Path: "ICCID", Value: r.ICCID},
	}.filled("VoiceRouteId", "AreaCode", "ZipCode", "ICCID"))
}

// FollowOrder asks what became of an order (edition 2026-04).
func FollowOrder(id string) Call {
	return Call{Method: "GET", Path: "/numbers/order", Query: url.Values{"OrderId": {id}}}
}

// LookUpNumber asks whether a number exists (edition 2026-04).
func LookUpNumber(number string) Call {
	return Call{Method: "GET", Path: "/numbers", Query: url.Values{"PhoneNumber": {number}}}
}

// Order is the answer to both: an order under way, complete, or refused.
type Order struct {
	OrderID             Text `json:"OrderId"`
	OrderStatus         Text // "Submitted", "Pending", "Complete", "Completed", "Rejected", "Cancelled".
	PhoneNumberAssigned Text
	PhoneNumber         Text
	PhoneNumberID       Text `json:"PhoneNumberId"`
	TNID                Text
	NumberID            Text `json:"NumberId"`
	QRCode              Text // Of an eSIM: a URL. Personal.
	ErrorMessage        Text
}
