package api

// SubscriberRequest creates a subscriber (guide, Step 7).
type SubscriberRequest struct {
	Name         string
	Email        string
	Password     Secret
	AccountID    string `json:"AccountId"`
	PhoneNumbers []string
	Role         string
}

func (r SubscriberRequest) open(reveal func(string, Secret) string) any {
	return struct {
		Name         string
		Email        string
		Password     string
		AccountID    string `json:"AccountId"`
		PhoneNumbers []string
		Role         string
	}{r.Name, r.Email, reveal("TELEGENT_SUBSCRIBER_PASSWORD", r.Password), r.AccountID, r.PhoneNumbers, r.Role}
}

// CreateSubscriber is the call of both editions.
func CreateSubscriber(r SubscriberRequest) Call { return post("/subscribers/create", r) }

// Subscriber is the answer.
type Subscriber struct {
	SubscriberID Text `json:"SubscriberId"`
}
