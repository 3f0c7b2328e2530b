package api

import "net/url"

// OrderRequest orders a number in edition 2026-04, which the service chooses.
type OrderRequest struct {
	NumberType     string
	MessageType    string
	MessageEnabled bool
	VoiceEnabled   bool
	DataEnabled    bool
	MessageRouteID string `json:"MessageRouteId"`
	VoiceRouteID   string `json:"VoiceRouteId,omitempty"`
	AreaCode       string `json:",omitempty"`
	ZipCode        string `json:",omitempty"`
	ProductType    string
	AccountID      string `json:"AccountId"`
	ICCID          string `json:",omitempty"`
}

// OrderNumber is the call of edition 2026-04.
func OrderNumber(r OrderRequest) Call { return post("/numbers/provision", r) }

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
