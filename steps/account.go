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
		},
	}
}

func readAccount(a api.Answer) (Saved, error) {
	var v api.Account
	if err := a.Decode(&v); err != nil {
		return nil, err
	}
	return saved(AccountID, v.AccountID)
}
