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

// Account is the answer.
type Account struct {
	AccountID Text `json:"AccountId"`
}
