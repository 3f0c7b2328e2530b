package steps

import "telegent-setup/api"

// subscriber creates the end user of the number (guide, Step 7). It is the same
// in both editions.
func subscriber() Step {
	form := Form{
		Fields: []Field{
			{Key: "Name", Label: "Name", Sample: "John Smith", Help: "The end user who will use this phone number."},
			{Key: "Email", Label: "Email", Sample: "john@example.com", Check: email, Help: "Must be unique across the entire platform."},
			{
				Key: "Password", Label: "Password", Kind: Secret, Env: "TELEGENT_SUBSCRIBER_PASSWORD", Sample: "SecurePass123!",
				Help: "The subscriber’s own. It is sent to the service, and never stored.",
			},
			{
				Key: "Role", Label: "Role", Kind: Chosen, Default: "Subscriber",
				Choices: []Choice{{"Subscriber", "Subscriber"}, {"Manager", "Manager"}, {"Account Admin", "Account Admin"}},
			},
			accountField(),
			{Key: "PhoneNumbers", Label: "Phone number", Kind: List, From: PhoneNumber, Check: phones, Offer: internationals, Help: "From step 6."},
		},
		Adopt: adopted(SubscriberID, "SubscriberId", "Subscriber ID", "TSUID-"),
		Request: func(in Input) (api.Call, error) {
			return api.CreateSubscriber(api.SubscriberRequest{
				Name:         in.Answers["Name"],
				Email:        in.Answers["Email"],
				Password:     in.Secrets["Password"],
				AccountID:    in.Answers["AccountId"],
				PhoneNumbers: split(in.Answers["PhoneNumbers"]),
				Role:         in.Answers["Role"],
			}), nil
		},
		Read: readSubscriber,
	}
	return Step{
		ID: Subscriber, Title: "Create Subscriber", Creates: true, Saves: []ID{SubscriberID},
		Why:    "Finally, create the end user who will use this phone number.",
		Issues: []Issue{emailExists, numberNotInAccount, invalidAccount},
		Forms:  map[api.Edition]Form{api.Edition2025: form, api.Edition2026: form},
	}
}

func readSubscriber(a api.Answer) (Saved, error) {
	var v api.Subscriber
	if err := a.Decode(&v); err != nil {
		return nil, err
	}
	return saved(SubscriberID, v.SubscriberID)
}
