package steps

import "telegent-setup/api"

// subscriber creates the end user of the number (guide, Step 7). It is the same
// in both editions, but that a subscriber may be without a number in 2026-04.
func subscriber() *Step {
	form2025 := Form{
		Path:      "/subscribers/create",
		BodyOrder: []string{"Name", "Email", "Password", "AccountId", "PhoneNumbers", "Role"},
		Fields: []Field{
			{Key: "Name", Label: "Name", Sample: "John Smith", Help: "The end user who will use this phone number."},
			{Key: "Email", Label: "Email", Sample: "john@example.com", Format: Email, Help: "Must be unique across the entire platform."},
			{
				Key: "Password", Label: "Password", Kind: Secret, Env: "TELEGENT_SUBSCRIBER_PASSWORD", Variable: "TELEGENT_SUBSCRIBER_PASSWORD", Twice: true,
				Sample: "SecurePass123!", Help: "The subscriber’s own. It is sent to the service, and never stored.",
			},
			{Key: "Role", Label: "Role", Kind: Chosen, Default: "Subscriber", Choices: named("Subscriber", "Manager", "Account Admin")},
			accountField(),
			{Key: "PhoneNumbers", Label: "Phone number", Kind: List, SavedID: PhoneNumber, Format: Phone, Help: "From step 6."},
		},
		Adopt:  adopted(SubscriberID, "SubscriberId", "Subscriber ID", "TSUID-"),
		Result: []Result{{ID: SubscriberID, Names: []string{"SubscriberId"}}},
		Lookup: Lookup{
			ByID:  Ask{Path: "/subscribers/get", Param: "SubscriberId", ID: SubscriberID},
			List:  Ask{Path: "/distributor/subscribers"},
			Match: []Match{{Key: "Email", Names: []string{"Email"}}},
			Show:  []string{"Name", "Email"},
		},
		Repeat: "the service refuses it: an email address belongs to one subscriber only",
	}
	form2026 := form2025
	form2026.Issues = []Issue{invalidAccount2026}
	return &Step{
		ID: Subscriber, Title: "Create Subscriber", Object: "the subscriber", Made: "was created", Missing: "was not created", Doing: "Creating the subscriber", Button: "Create Subscriber",
		Done: "A subscriber with an active number", Creates: true, Saves: []ID{SubscriberID},
		Why:    "Finally, create the end user who will use this phone number.",
		Issues: []Issue{emailExists, numberNotInAccount, invalidAccount},
		Forms:  map[api.Edition]*Form{api.Edition2025: &form2025, api.Edition2026: &form2026},
	}
}
