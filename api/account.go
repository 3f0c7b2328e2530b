package api

// AccountRequest creates an account (guide, Step 2).
type AccountRequest struct {
	AccountName  string
	AccountType  string
	BillingEmail string
	AdminEmail   string
}

// CreateAccount is the call of edition 2025-12.
func CreateAccount(r AccountRequest) Call {
	return post("/accounts/create", Body{
		{Path: "AccountName", Value: r.AccountName},
		{Path: "AccountType", Value: r.AccountType},
		{Path: "BillingEmail", Value: r.BillingEmail},
		{Path: "AdminEmail", Value: r.AdminEmail},
	})
}

// BilledAccountRequest creates an account in edition 2026-04.
type BilledAccountRequest struct {
	AccountName    string
	AccountAdmin   string
	BillingAddress Address
}

// Address is a billing address.
type Address struct {
	Street1 string
	Street2 string // Left out when empty.
	City    string
	State   string
	Zip     string
	Country string
}

// CreateBilledAccount is the call of edition 2026-04.
func CreateBilledAccount(r BilledAccountRequest) Call {
	return post("/account/create", Body{
		{Path: "AccountName", Value: r.AccountName},
		{Path: "AccountAdmin", Value: r.AccountAdmin},
		{Path: "BillingAddress.Street1", Value: r.BillingAddress.Street1},
		{Path: "BillingAddress.Street2", Value: r.BillingAddress.Street2},
		{Path: "BillingAddress.City", Value: r.BillingAddress.City},
		{Path: "BillingAddress.State", Value: r.BillingAddress.State},
		{Path: "BillingAddress.Zip", Value: r.BillingAddress.Zip},
		{Path: "BillingAddress.Country", Value: r.BillingAddress.Country},
	}.filled("BillingAddress.Street2"))
}

// Account is the answer.
type Account struct {
	AccountID Text `json:"AccountId"`
}
