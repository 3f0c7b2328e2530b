package sandbox

import (
	"strings"
	"time"
)

// store is everything that was created, as far as later requests ask for it or
// are checked against it: no password, no token, no user info of a URL.
type store struct {
	Version       int          `json:"version"`
	Accounts      []record     `json:"accounts,omitempty"`
	MessageRoutes []record     `json:"message_routes,omitempty"`
	VoiceRoutes   []record     `json:"voice_routes,omitempty"`
	Numbers       []number     `json:"numbers,omitempty"`
	Orders        []order      `json:"orders,omitempty"`
	Subscribers   []subscriber `json:"subscribers,omitempty"`
	Messages      []message    `json:"messages,omitempty"`
}

// record is something that was created from the fields of a request.
type record struct {
	ID     string `json:"id"`
	Fields object `json:"fields"` // As they were sent.
}

// number is a number that was provisioned; its ID is the TNID.
type number struct {
	record
	Number  string    `json:"number"`
	Order   string    `json:"order"` // Edition 2025-12: as the customer named it.
	Ordered time.Time `json:"ordered"`
	ICCID   string    `json:"iccid"`
}

// order is an order that may take its time or fail. Its number is held for it
// until it is complete.
type order struct {
	ID      string    `json:"id"`
	Number  number    `json:"number"`            // Without a Number when there is none to give.
	Asked   int       `json:"asked"`             // How often it was asked for.
	Ready   time.Time `json:"ready"`             // Before it, the order is under way.
	Refused string    `json:"refused,omitempty"` // The status of an order that is to fail.
}

type subscriber struct {
	record
	Numbers []string `json:"numbers"`
}

// message is an outbound message. What becomes of it follows from the time.
type message struct {
	ID      string    `json:"id"`
	From    string    `json:"from"`
	To      []string  `json:"to"`
	Body    string    `json:"body"`
	Queued  time.Time `json:"queued"`
	Fault   string    `json:"fault,omitempty"` // That keeps it from being delivered, reported or answered.
	Replies []string  `json:"replies"`         // The IDs of the answers, in the order of To.
}

// find gives the one that is wanted; the pointer is good until the next append.
func find[T any](all []T, wanted func(T) bool) (*T, bool) {
	for i := range all {
		if wanted(all[i]) {
			return &all[i], true
		}
	}
	return nil, false
}

func byID(all []record, id string) (*record, bool) {
	return find(all, func(one record) bool { return one.ID == id })
}

// has drops what was found and keeps whether it was.
func has[T any](_ *T, ok bool) bool { return ok }

func (b *store) number(e164 string) (*number, bool) {
	return find(b.Numbers, func(n number) bool { return n.Number == e164 })
}

func (b *store) emailKnown(email string) bool {
	return has(find(b.Subscribers, func(s subscriber) bool { return strings.EqualFold(s.Fields.text("Email"), email) }))
}

// taken are the numbers in use: by strangers, always, by customers of this
// sandbox, and by orders under way.
func (b *store) taken() map[string]bool {
	all := map[string]bool{"+13105550000": true, "+18015550000": true}
	for _, n := range b.Numbers {
		all[n.Number] = true
	}
	for _, o := range b.Orders {
		if o.Refused == "" {
			all[o.Number.Number] = true
		}
	}
	return all
}

func (b *store) objects() Objects {
	return Objects{
		Accounts:      list(b.Accounts, func(a record) string { return a.ID }),
		MessageRoutes: list(b.MessageRoutes, func(r record) string { return r.ID }),
		VoiceRoutes:   list(b.VoiceRoutes, func(r record) string { return r.ID }),
		Numbers:       list(b.Numbers, func(n number) string { return n.ID }),
		PhoneNumbers:  list(b.Numbers, func(n number) string { return n.Number }),
		Orders:        list(b.Orders, func(o order) string { return o.ID }),
		Subscribers:   list(b.Subscribers, func(s subscriber) string { return s.ID }),
		Messages:      list(b.Messages, func(m message) string { return m.ID }),
	}
}

func list[T any](all []T, name func(T) string) []string {
	var names []string
	for _, one := range all {
		names = append(names, name(one))
	}
	return names
}
