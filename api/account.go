package api

// AccountRequest creates an account (guide, Step 2).
type AccountRequest struct {
	AccountName  string
	AccountType  string
	BillingEmail string
	AdminEmail   string
}

// CreateAccount is the call of edition 2025-12.
func CreateAccount(r AccountRequest) Call { return post("/accounts/create", r) }

// BilledAccountRequest creates an account in edition 2026-04.
type BilledAccountRequest struct {
	AccountName    string
	AccountAdmin   string
	BillingAddress Address
}

// Address is a billing address.
type Address struct {
	Street1 string
	Street2 string `json:",omitempty"`
	City    string
	State   string
	Zip     string
	Country string
}

// CreateBilledAccount is the call of edition 2026-04.
func CreateBilledAccount(r BilledAccountRequest) Call { return post("/account/create", r) }

// Account is the answer.
type Account struct {
	AccountID Text `json:"AccountId"`
}
