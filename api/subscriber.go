package api

// SubscriberRequest creates a subscriber (guide, Step 7).
type SubscriberRequest struct {
	Name         string
	Email        string
	Password     Secret
	AccountID    string
	PhoneNumbers []string
	Role         string
}

// CreateSubscriber is the call of both editions.
func CreateSubscriber(r SubscriberRequest) Call {
	return post("/subscribers/create", Body{
		{Path: "Name", Value: r.Name},
		{Path: "Email", Value: r.Email},
		{Path: "Password", Value: r.Password, Env: "TELEGENT_SUBSCRIBER_PASSWORD"},
		{Path: "AccountId", Value: r.AccountID},
		{Path: "PhoneNumbers", Value: r.PhoneNumbers},
		{Path: "Role", Value: r.Role},
	})
}

// Subscriber is the answer.
type Subscriber struct {
	SubscriberID Text `json:"SubscriberId"`
}
