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
	show   func(*Sandbox, object) object    // What a look-up answers; nil is all of it.
	list   func(object) object              // An entry of a list; nil is what a look-up answers.
}

// accounts are those of the guide, Step 2.
var accounts = resource{
	name: "account", id: "AccountId", prefix: "AID-", total: "TotalResults",
	fields: map[api.Edition][]field{
		api.Edition2025: {anyText("AccountName"), anyText("AccountType"), email("BillingEmail"), email("AdminEmail")},
		api.Edition2026: {anyText("AccountName"), email("AccountAdmin"), {key: "BillingAddress", nested: append(
			optional(anyText("Street2"), anyText("Country")),
			anyText("Street1"), anyText("City"), anyText("State"), anyText("Zip"),
		)}},
	},
	show: showAccount,
}

// messageRoutes are those of the guide, Step 3.
var messageRoutes = resource{
	name: "message route", id: "MessageRouteId", prefix: "MRID-", total: "TotalRoutes",
	fields: map[api.Edition][]field{
		api.Edition2025: {
			anyText("RouteName"), webhookURL("RouteUrl"), choice("RouteType", "POST", "GET"),
			flag("RouteEnabled"), flag("DeliveryReports"),
		},
		api.Edition2026: slices.Concat(
			[]field{anyText("RouteName")}, webhookFields("Message"),
			optional(webhookFields("CallbackMessage")...), optional(flag("MessageRouteEnabled"), anyText("AccountId")),
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
		api.Edition2026: append(optional(flag("RouteEnabled"), anyText("AccountId")), anyText("RouteName"), voiceRouteType()),
	},
	check: checkAccount,
	list: func(v object) object {
		return object{"CallRouteId": v["CallRouteId"], "RouteName": v["RouteName"], "CallRouteStatus": "Active"}
	},
}

func voiceRouteType() field {
	f, hook := choice("RouteType", "Trunk", "URL", "Forward"), webhookFields("Voice")
	f.brings = map[string][]field{"Trunk": trunk(), "URL": append(optional(hook[1:]...), hook[0])} // The URL alone is required.
	return f
}

// subscribers are those of the guide, Step 7. In edition 2026-04 a subscriber
// may have no numbers yet.
var subscribers = resource{
	name: "subscriber", id: "SubscriberId", prefix: "TSUID-", total: "TotalResults",
	fields: map[api.Edition][]field{
		api.Edition2025: subscriberFields(phones("PhoneNumbers")),
		api.Edition2026: subscriberFields(optional(phones("PhoneNumbers"))...),
	},
	check: checkSubscriber,
}

func subscriberFields(numbers ...field) []field {
	role := choice("Role", "Subscriber", "Manager", "Account Admin")
	return append(numbers, anyText("Name"), email("Email"), anyText("Password"), anyText("AccountId"), role)
}

// create keeps a new object.
func (k resource) create(s *Sandbox, r *request) *answer {
	if k.check != nil {
		if refusal := k.check(s, r); refusal != nil {
			return refusal
		}
	}
	id := newID(k.prefix)
	r.fields[k.id] = id
	s.store.Records[k.id] = append(s.store.Records[k.id], r.fields)
	s.secrets[id] = r.secrets
	return done("created "+k.name+" "+id, r.fields, k.id)
}

// find looks an object up.
func (k resource) find(s *Sandbox, r *request) *answer {
	id := r.fields.text(k.id)
	one := s.store.record(k.id, id)
	if one == nil {
		return unknownID(k.id)
	}
	return done("found "+k.name+" "+id, k.shown(s, one))
}

// listAll lists all objects on one page, accounts and subscribers as
// distributors see them.
func (k resource) listAll(s *Sandbox, _ *request) *answer {
	all := s.store.Records[k.id]
	results := objects(all, func(one object) object {
		if k.list != nil {
			return k.list(one)
		}
		return k.shown(s, one)
	})
	return done(fmt.Sprintf("listed %d %ss", len(all), k.name), object{k.total: len(all), "Results": results})
}

func (k resource) shown(s *Sandbox, one object) object {
	if k.show != nil {
		return k.show(s, one)
	}
	return one
}

// showAccount is an account as a look-up answers it.
func showAccount(s *Sandbox, account object) object {
	subscribers := 0
	for _, one := range s.store.Records["SubscriberId"] {
		if one["AccountId"] == account["AccountId"] {
			subscribers++
		}
	}
	body := object{"AccountId": account["AccountId"], "AccountName": account["AccountName"], "TotalSubscribers": subscribers}
	if address, ok := account["BillingAddress"]; ok {
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
	sameEmail := func(one object) bool { return strings.EqualFold(one.text("Email"), r.fields.text("Email")) }
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
	return s.opt.Edition == api.Edition2025 || owner == "" || owner == account
}

// subscriberOf is the ID of the subscriber who has a number: who was created
// with it, else for whom it was ordered. Nil when there is none.
func (s *Sandbox) subscriberOf(n order) any {
	for _, one := range s.store.Records["SubscriberId"] {
		if numbers, _ := one["PhoneNumbers"].([]any); slices.Contains(numbers, any(n.Number)) {
			return one["SubscriberId"]
		}
	}
	return n.Fields.orNil("AssignedSubscriberId")
}
