package steps

import "telegent-setup/api"

// account creates the main account (guide, Step 2).
func account() Step {
	return Step{
		ID: Account, Title: "Create Account", Creates: true, Saves: []ID{AccountID},
		Why: "Create your main account to organize subscribers and numbers.",
		Forms: map[api.Edition]Form{
			api.Edition2025: {
				Fields: []Field{
					{Key: "AccountName", Label: "Account name", Sample: "My MVNO Business", Help: "The name of your business."},
					{Key: "AccountType", Label: "Account type", Sample: "MVNO", Default: "MVNO", Help: "MVNO, unless your Telegent representative told you another."},
					{Key: "BillingEmail", Label: "Billing email", Sample: "billing@example.com", Check: email, Help: "Where invoices go."},
					{Key: "AdminEmail", Label: "Admin email", Sample: "admin@example.com", Check: email, Help: "Who administers the account."},
				},
				Adopt: adopted(AccountID, "AccountId", "Account ID", "AID-"),
				Request: func(in Input) (api.Call, error) {
					return api.CreateAccount(api.AccountRequest{
						AccountName:  in.Answers["AccountName"],
						AccountType:  in.Answers["AccountType"],
						BillingEmail: in.Answers["BillingEmail"],
						AdminEmail:   in.Answers["AdminEmail"],
					}), nil
				},
				Read: readAccount,
			},
			api.Edition2026: billedAccount(),
		},
	}
}

// billedAccount is the form of edition 2026-04.
func billedAccount() Form {
	address := func(key, label, sample string) Field {
		return Field{Key: "BillingAddress." + key, Label: label, Sample: sample}
	}
	street2 := address("Street2", "Street, second line", "")
	street2.Optional = true
	country := address("Country", "Country", "USA")
	country.Default = "USA"
	return Form{
		Fields: []Field{
			{Key: "AccountName", Label: "Account name", Sample: "My MVNO Business", Help: "The name of your business."},
			{Key: "AccountAdmin", Label: "Admin email", Sample: "admin@example.com", Check: email, Help: "Who administers the account."},
			address("Street1", "Billing street", "123 Main Street"), street2,
			address("City", "City", "Lehi"), address("State", "State", "UT"), address("Zip", "Zip code", "84043"), country,
		},
		Adopt: adopted(AccountID, "AccountId", "Account ID", "AID-"),
		Request: func(in Input) (api.Call, error) {
			at := func(key string) string { return in.Answers["BillingAddress."+key] }
			return api.CreateBilledAccount(api.BilledAccountRequest{
				AccountName:  in.Answers["AccountName"],
				AccountAdmin: in.Answers["AccountAdmin"],
				BillingAddress: api.Address{
					Street1: at("Street1"), Street2: at("Street2"), City: at("City"),
					State: at("State"), Zip: at("Zip"), Country: at("Country"),
				},
			}), nil
		},
		Read: readAccount,
	}
}

func readAccount(a api.Answer) (Saved, error) {
	var v api.Account
	if err := a.Decode(&v); err != nil {
		return nil, err
	}
	return saved(AccountID, v.AccountID)
}
