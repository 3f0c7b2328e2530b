package sandbox

import "net/http"

// createAccount is edition 2025-12 (guide, Step 2).
func (s *Sandbox) createAccount(r *request) answer {
	name := r.text("AccountName")
	r.text("AccountType")
	r.email("BillingEmail")
	r.email("AdminEmail")
	return s.addAccount(r, name)
}

// createBilledAccount is edition 2026-04.
func (s *Sandbox) createBilledAccount(r *request) answer {
	name := r.text("AccountName")
	r.email("AccountAdmin")
	address := r.nested("BillingAddress")
	for _, key := range []string{"Street1", "City", "State", "Zip"} {
		address.text(key)
	}
	address.optional("Street2")
	address.optional("Country")
	return s.addAccount(r, name)
}

func (s *Sandbox) addAccount(r *request, name string) answer {
	if refusal := r.refused(); refusal != nil {
		return *refusal
	}
	a := account{ID: newID(prefixAccount), Name: name}
	s.book.Accounts = append(s.book.Accounts, a)
	return created(object{"AccountId": a.ID}, "AccountId")
}

// invalidAccount is the guide's "Invalid AccountId".
func invalidAccount() answer { return refuse(http.StatusBadRequest, "Invalid AccountId") }
