package sandbox

import (
	"net/http"
	"slices"

	"telegent-setup/api"
)

// createSubscriber is the call of both editions (guide, Step 7). The password
// must be there, and is not kept. In edition 2026-04 a subscriber may have no
// numbers yet.
func (s *Sandbox) createSubscriber(r *request) answer {
	r.text("Name")
	email := r.email("Email")
	r.text("Password")
	account, numbers := r.text("AccountId"), r.phones("PhoneNumbers")
	delete(r.read, "Password")
	if len(numbers) == 0 && s.edition == api.Edition2025 {
		r.wrong("PhoneNumbers", "is required")
	}
	r.choice("Role", "Subscriber", "Manager", "Account Admin")
	if refusal := r.refused(); refusal != nil {
		return *refusal
	}
	if !has(byID(s.store.Accounts, account)) {
		return invalidAccount()
	}
	if s.store.emailKnown(email) {
		return emailExists()
	}
	for _, number := range numbers {
		if !s.belongs(number, account) {
			return foreignNumber()
		}
	}
	delete(r.read, "PhoneNumbers") // Kept as Numbers.
	one := subscriber{record{ID: newID(prefixSubscriber), Fields: r.read}, numbers}
	s.store.Subscribers = append(s.store.Subscribers, one)
	return done("created subscriber "+one.ID, one.answer(), "SubscriberId")
}

// emailExists is the guide's "Email already exists".
func emailExists() answer { return refuse(http.StatusConflict, "Email already exists") }

func foreignNumber() answer {
	return refuse(http.StatusBadRequest, "Phone number does not belong to account")
}

// answer is a subscriber as it is answered.
func (one subscriber) answer() object {
	return one.Fields.with(object{"SubscriberId": one.ID, "PhoneNumbers": append([]string{}, one.Numbers...)}) // [] when there is none, not null.
}

// findSubscriber looks a subscriber up.
func (s *Sandbox) findSubscriber(r *request) answer {
	id := r.asked("SubscriberId")
	if refusal := r.refused(); refusal != nil {
		return *refusal
	}
	one, ok := find(s.store.Subscribers, func(one subscriber) bool { return one.ID == id })
	if !ok {
		return unknownID("SubscriberId")
	}
	return done("found subscriber "+one.ID, one.answer())
}

// listSubscribers lists all subscribers, as distributors see them.
func (s *Sandbox) listSubscribers(*request) answer {
	return listAll("subscribers", "TotalResults", s.store.Subscribers, subscriber.answer)
}

// subscriberOf is the ID of the subscriber who has a number: who was created
// with it, else for whom it was ordered. Nil when there is none.
func (s *Sandbox) subscriberOf(n number) any {
	one, ok := find(s.store.Subscribers, func(one subscriber) bool { return slices.Contains(one.Numbers, n.Number) })
	if ok {
		return one.ID
	}
	return n.Fields.orNil("AssignedSubscriberId")
}
