package sandbox

import "net/http"

// createAccount is edition 2025-12 (guide, Step 2).
func (s *Sandbox) createAccount(r *request) answer {
	r.text("AccountName")
	r.text("AccountType")
	r.email("BillingEmail")
	r.email("AdminEmail")
	return s.addAccount(r)
}

// createBilledAccount is edition 2026-04.
func (s *Sandbox) createBilledAccount(r *request) answer {
	r.text("AccountName")
	r.email("AccountAdmin")
	address := r.nested("BillingAddress")
	for _, key := range []string{"Street1", "City", "State", "Zip"} {
		address.text(key)
	}
	address.optional("Street2")
	address.optional("Country")
	return s.addAccount(r)
}

func (s *Sandbox) addAccount(r *request) answer {
	if refusal := r.refused(); refusal != nil {
		return *refusal
	}
	a := record{ID: newID(prefixAccount), Fields: r.read}
	s.store.Accounts = append(s.store.Accounts, a)
	return done("created account "+a.ID, a.Fields.with(object{"AccountId": a.ID}), "AccountId")
}

// invalidAccount is the guide's "Invalid AccountId".
func invalidAccount() answer { return refuse(http.StatusBadRequest, "Invalid AccountId") }

// findAccount looks an account up.
func (s *Sandbox) findAccount(r *request) answer {
	id := r.asked("AccountId")
	if refusal := r.refused(); refusal != nil {
		return *refusal
	}
	a, ok := byID(s.store.Accounts, id)
	if !ok {
		return unknownID("AccountId")
	}
	return done("found account "+a.ID, s.account(*a))
}

// listAccounts lists all accounts, as distributors see them.
func (s *Sandbox) listAccounts(*request) answer {
	return listAll("accounts", "TotalResults", s.store.Accounts, s.account)
}

// account is an account as a look-up answers it.
func (s *Sandbox) account(a record) object {
	body := object{"AccountId": a.ID, "AccountName": a.Fields["AccountName"], "TotalSubscribers": 0}
	for _, one := range s.store.Subscribers {
		if one.Fields["AccountId"] == a.ID {
			body["TotalSubscribers"] = body["TotalSubscribers"].(int) + 1
		}
	}
	if address, ok := a.Fields["BillingAddress"]; ok {
		body["BillingAddress"] = address
	}
	return body
}
