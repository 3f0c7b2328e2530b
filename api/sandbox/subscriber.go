package sandbox

import "net/http"

// createSubscriber is the call of both editions (guide, Step 7). The password
// must be there, and is not kept.
func (s *Sandbox) createSubscriber(r *request) answer {
	r.text("Name")
	one := subscriber{Email: r.email("Email")}
	r.text("Password")
	one.Account = r.text("AccountId")
	one.Numbers = r.phones("PhoneNumbers")
	r.choice("Role", "Subscriber", "Manager", "Account Admin")
	if refusal := r.refused(); refusal != nil {
		return *refusal
	}
	if !s.book.account(one.Account) {
		return invalidAccount()
	}
	if s.book.emailKnown(one.Email) {
		return emailExists()
	}
	for _, number := range one.Numbers {
		if !s.belongs(number, one.Account) {
			return foreignNumber()
		}
	}
	one.ID = newID(prefixSubscriber)
	s.book.Subscribers = append(s.book.Subscribers, one)
	return created(object{"SubscriberId": one.ID}, "SubscriberId")
}

// emailExists is the guide's "Email already exists".
func emailExists() answer { return refuse(http.StatusConflict, "Email already exists") }

func foreignNumber() answer {
	return refuse(http.StatusBadRequest, "Phone number does not belong to account")
}
