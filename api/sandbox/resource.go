package sandbox

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"telegent-setup/api"
)

// resource is a kind of object that is kept as it was sent.
type resource struct {
	name   string // "message route".
	id     string // The key of its ID.
	prefix string // Of its IDs.
	total  string // The key under which a list says how many there are.
	fields map[api.Edition][]field
	check  func(*Sandbox, *request) *answer // The refusal of fields that are right by themselves; may be nil.
	show   func(*Sandbox, record) object    // What a look-up answers; nil is what was sent.
	list   func(record) object              // An entry of a list; nil is what a look-up answers.
}

// accounts are those of the guide, Step 2.
var accounts = resource{
	name: "account", id: "AccountId", prefix: "AID-", total: "TotalResults",
	fields: map[api.Edition][]field{
		api.Edition2025: {anyText("AccountName"), anyText("AccountType"), email("BillingEmail"), email("AdminEmail")},
		api.Edition2026: {anyText("AccountName"), email("AccountAdmin"), {key: "BillingAddress", nested: []field{
			anyText("Street1"), anyText("City"), anyText("State"), anyText("Zip"), optional(anyText("Street2")), optional(anyText("Country")),
		}}},
	},
	show: showAccount,
}

// messageRoutes are those of the guide, Step 3.
var messageRoutes = resource{
	name: "message route", id: "MessageRouteId", prefix: "MRID-", total: "TotalRoutes",
	fields: map[api.Edition][]field{
		api.Edition2025: {
			anyText("RouteName"), webhookURL("RouteUrl"), choice("RouteType", "POST", "GET"), flag("RouteEnabled"), flag("DeliveryReports"),
		},
		api.Edition2026: slices.Concat(
			[]field{anyText("RouteName"), webhookURL("MessageUrl"), choice("MessageUrlMethod", "POST", "GET")}, authentication("Message"),
			[]field{optional(flag("MessageRouteEnabled")), optional(webhookURL("CallbackMessageUrl"))},
			[]field{optional(choice("CallbackMessageUrlMethod", "POST", "GET"))}, authentication("CallbackMessage"),
			[]field{optional(anyText("AccountId"))},
		),
	},
	check: checkAccount,
}

// voiceRoutes are those of the guide, Step 4. Of a route of type Forward no
// further field is documented.
var voiceRoutes = resource{
	name: "voice route", id: "CallRouteId", prefix: "CRID-", total: "TotalRoutes",
	fields: map[api.Edition][]field{
		api.Edition2025: {anyText("RouteName"), choice("RouteType", "Trunk"), sipAddress("VoiceUrl"), flag("RouteEnabled")},
		api.Edition2026: {
			anyText("RouteName"), voiceRouteType(), optional(flag("RouteEnabled")), optional(anyText("AccountId")),
		},
	},
	check: checkAccount,
	list: func(v record) object {
		return object{"CallRouteId": v.ID, "RouteName": v.Fields["RouteName"], "CallRouteStatus": "Active"}
	},
}

func voiceRouteType() field {
	f := choice("RouteType", "Trunk", "URL", "Forward")
	f.brings = map[string][]field{
		"Trunk": trunk(),
		"URL":   append([]field{webhookURL("VoiceUrl"), optional(choice("VoiceUrlMethod", "POST", "GET"))}, authentication("Voice")...),
	}
	return f
}

// subscribers are those of the guide, Step 7. In edition 2026-04 a subscriber
// may have no numbers yet.
var subscribers = resource{
	name: "subscriber", id: "SubscriberId", prefix: "TSUID-", total: "TotalResults",
	fields: map[api.Edition][]field{
		api.Edition2025: subscriberFields(phones("PhoneNumbers")),
		api.Edition2026: subscriberFields(optional(phones("PhoneNumbers"))),
	},
	check: checkSubscriber,
}

func subscriberFields(numbers field) []field {
	return []field{
		anyText("Name"), email("Email"), anyText("Password"), anyText("AccountId"), numbers,
		choice("Role", "Subscriber", "Manager", "Account Admin"),
	}
}

// create keeps a new object.
func (k resource) create(s *Sandbox, r *request) *answer {
	if k.check != nil {
		if refusal := k.check(s, r); refusal != nil {
			return refusal
		}
	}
	one := record{ID: newID(k.prefix), Fields: r.fields}
	s.store.Records[k.id] = append(s.store.Records[k.id], one)
	s.secrets[one.ID] = r.secrets
	return done("created "+k.name+" "+one.ID, k.whole(one), k.id)
}

// find looks an object up.
func (k resource) find(s *Sandbox, r *request) *answer {
	one := s.store.record(k.id, r.fields.text(k.id))
	if one == nil {
		return unknownID(k.id)
	}
	return done("found "+k.name+" "+one.ID, k.shown(s, *one))
}

// listAll lists all objects on one page, accounts and subscribers as
// distributors see them.
func (k resource) listAll(s *Sandbox, _ *request) *answer {
	all := s.store.Records[k.id]
	return done(fmt.Sprintf("listed %d %ss", len(all), k.name), object{k.total: len(all), "Results": objects(all, func(one record) object {
		if k.list != nil {
			return k.list(one)
		}
		return k.shown(s, one)
	})})
}

func (k resource) shown(s *Sandbox, one record) object {
	if k.show != nil {
		return k.show(s, one)
	}
	return k.whole(one)
}

func (k resource) whole(one record) object { return one.Fields.with(object{k.id: one.ID}) }

// showAccount is an account as a look-up answers it.
func showAccount(s *Sandbox, a record) object {
	subscribers := 0
	for _, one := range s.store.Records["SubscriberId"] {
		if one.Fields["AccountId"] == a.ID {
			subscribers++
		}
	}
	body := object{"AccountId": a.ID, "AccountName": a.Fields["AccountName"], "TotalSubscribers": subscribers}
	if address, ok := a.Fields["BillingAddress"]; ok {
		body["BillingAddress"] = address
	}
	return body
}

// The refusals of the guide that several calls can have.
const (
	invalidAccount = "Invalid AccountId"
	emailExists    = "Email already exists"
	numberInUse    = "Phone number already in use"
	foreignNumber  = "Phone number does not belong to account"
)

// checkAccount refuses an AccountId that nothing has.
func checkAccount(s *Sandbox, r *request) *answer {
	if id := r.fields.text("AccountId"); id != "" && s.store.record("AccountId", id) == nil {
		return refuse(http.StatusBadRequest, invalidAccount)
	}
	return nil
}

// checkSubscriber refuses an email or a number of somebody else. The password
// must be there, and is not kept.
func checkSubscriber(s *Sandbox, r *request) *answer {
	delete(r.fields, "Password")
	if refusal := checkAccount(s, r); refusal != nil {
		return refusal
	}
	sameEmail := func(one record) bool { return strings.EqualFold(one.Fields.text("Email"), r.fields.text("Email")) }
	if slices.ContainsFunc(s.store.Records["SubscriberId"], sameEmail) {
		return refuse(http.StatusConflict, emailExists)
	}
	numbers, _ := r.fields["PhoneNumbers"].([]any)
	for _, number := range numbers {
		if !s.belongs(number.(string), r.fields.text("AccountId")) {
			return refuse(http.StatusBadRequest, foreignNumber)
		}
	}
	r.fields["PhoneNumbers"] = append([]any{}, numbers...) // [] when there is none, not null.
	return nil
}

// belongs says whether a number was provisioned, and for that account where
// the edition ties numbers to accounts.
func (s *Sandbox) belongs(e164, account string) bool {
	n := s.store.number(e164)
	if n == nil {
		return false
	}
	owner := n.Fields.text("AccountId")
	return s.edition == api.Edition2025 || owner == "" || owner == account
}

// subscriberOf is the ID of the subscriber who has a number: who was created
// with it, else for whom it was ordered. Nil when there is none.
func (s *Sandbox) subscriberOf(n number) any {
	for _, one := range s.store.Records["SubscriberId"] {
		if numbers, _ := one.Fields["PhoneNumbers"].([]any); slices.Contains(numbers, any(n.Number)) {
			return one.ID
		}
	}
	return n.Fields.orNil("AssignedSubscriberId")
}
