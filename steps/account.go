package steps

import "telegent-setup/api"

// account creates the main account (guide, Step 2).
func account() *Step {
	name := Field{Key: "AccountName", Label: "Account name", Sample: "My MVNO Business", Help: "The name of your business."}
	form := Form{
		Adopt:  adopted(AccountID, "AccountId", "Account ID", "AID-"),
		Result: []Result{{ID: AccountID, Names: []string{"AccountId"}}},
		Lookup: Lookup{
			ByID:  Ask{Path: "/account", Param: "AccountId", ID: AccountID},
			List:  Ask{Path: "/distributor/accounts"},
			Match: []Match{{Key: "AccountName", Names: []string{"AccountName", "Name"}}},
			Show:  []string{"AccountName", "Name", "TotalSubscribers"},
		},
		Repeat: "a second account of the same name is made: Telegent does not see that it is a repeat",
	}
	form2025, form2026 := form, form
	form2025.Path = "/accounts/create"
	form2025.Fields = []Field{
		name,
		{Key: "AccountType", Label: "Account type", Sample: "MVNO", Default: "MVNO", Help: "MVNO, unless your Telegent representative told you another."},
		{Key: "BillingEmail", Label: "Billing email", Sample: "billing@example.com", Format: Email, Help: "Where invoices go."},
		{Key: "AdminEmail", Label: "Admin email", Sample: "admin@example.com", Format: Email, Help: "Who administers the account."},
	}
	form2026.Path, form2026.AdoptFirst = "/account/create", true
	form2026.Why = "Most customers have their account already: its AccountId comes from the Telegent representative. Else create it here."
	form2026.Fields = []Field{
		name,
		{Key: "AccountAdmin", Label: "Admin email", Sample: "admin@example.com", Format: Email, Help: "Who administers the account."},
		{Key: "BillingAddress.Street1", Label: "Billing street", Sample: "123 Main Street"},
		{Key: "BillingAddress.Street2", Label: "Street, second line", Optional: true},
		{Key: "BillingAddress.City", Label: "City", Sample: "Lehi"},
		{Key: "BillingAddress.State", Label: "State", Sample: "UT"},
		{Key: "BillingAddress.Zip", Label: "Zip code", Sample: "84043"},
		{Key: "BillingAddress.Country", Label: "Country", Sample: "USA", Default: "USA"},
	}
	return &Step{
		ID: Account, Title: "Create Account", Object: "the account", Made: "was created", Missing: "was not created", Doing: "Creating the account", Button: "Create Account",
		Done: "An account created", Creates: true, Saves: []ID{AccountID},
		Why:   "Create your main account to organize subscribers and numbers.",
		Forms: map[api.Edition]*Form{api.Edition2025: &form2025, api.Edition2026: &form2026},
	}
}
