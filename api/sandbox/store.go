package sandbox

import (
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"slices"
	"time"
)

// store is everything that was created, as far as later requests ask for it or
// are checked against it: no password, no token, no user info of a URL.
type store struct {
	Version  int                 `json:"version"`
	Records  map[string][]object `json:"records,omitempty"` // Of the resources, by the key of their ID.
	Orders   []order             `json:"orders,omitempty"`
	Messages []message           `json:"messages,omitempty"`
}

// order is an order of a number, which may take its time or fail. The number is
// held for it until it is complete, and then the customer's.
type order struct {
	ID       string    `json:"id"`     // Edition 2025-12: as the customer named it.
	Fields   object    `json:"fields"` // As they were sent.
	Ordered  time.Time `json:"ordered"`
	Ready    time.Time `json:"ready"`             // Before it, the order is under way; zero when it is carried out at once.
	Asked    int       `json:"asked"`             // How often it was asked for.
	Refused  string    `json:"refused,omitempty"` // The status of an order that is to fail.
	Complete bool      `json:"complete"`
	Number   string    `json:"number"` // Empty when there is none to give.
	TNID     string    `json:"tnid"`
	ICCID    string    `json:"iccid"`
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

// find gives the newest that is wanted, or nil; it is good until the next
// append.
func find[T any](all []T, wanted func(T) bool) *T {
	for i, one := range slices.Backward(all) {
		if wanted(one) {
			return &all[i]
		}
	}
	return nil
}

// record finds an object of a resource by its ID; nil is none.
func (b *store) record(key, id string) object {
	one := find(b.Records[key], func(o object) bool { return o[key] == id })
	if one == nil {
		return nil
	}
	return *one
}

// numbers are those of the customer.
func (b *store) numbers() []order {
	return slices.DeleteFunc(slices.Clone(b.Orders), func(o order) bool { return !o.Complete })
}

// number finds a number of the customer.
func (b *store) number(e164 string) *order {
	return find(b.Orders, func(o order) bool { return o.Complete && o.Number == e164 })
}

// taken are the numbers in use: by strangers, always, by customers of this
// sandbox, and by orders under way.
func (b *store) taken() map[string]bool {
	all := map[string]bool{"+13105550000": true, "+18015550000": true}
	for _, o := range b.Orders {
		if o.Refused == "" {
			all[o.Number] = true
		}
	}
	return all
}

// Objects lists the IDs of everything that was created, oldest first.
type Objects struct {
	Accounts, MessageRoutes, VoiceRoutes []string
	Numbers                              []string // TNIDs.
	PhoneNumbers                         []string // E.164, in the order of Numbers.
	Orders                               []string // Those that took their time or failed, and all of edition 2026-04.
	Subscribers, Messages                []string
}

// Objects is what the sandbox holds now.
func (s *Sandbox) Objects() Objects {
	s.mu.Lock()
	defer s.mu.Unlock()
	records := func(k resource) []string {
		return names(s.store.Records[k.id], func(o object) string { return o.text(k.id) })
	}
	slow := slices.DeleteFunc(slices.Clone(s.store.Orders), func(o order) bool { return o.Ready.IsZero() })
	return Objects{
		Accounts:      records(accounts),
		MessageRoutes: records(messageRoutes),
		VoiceRoutes:   records(voiceRoutes),
		Numbers:       names(s.store.numbers(), func(n order) string { return n.TNID }),
		PhoneNumbers:  names(s.store.numbers(), func(n order) string { return n.Number }),
		Orders:        names(slow, func(o order) string { return o.ID }),
		Subscribers:   records(subscribers),
		Messages:      names(s.store.Messages, func(m message) string { return m.ID }),
	}
}

func names[T any](all []T, name func(T) string) []string {
	var list []string
	for _, one := range all {
		list = append(list, name(one))
	}
	return list
}

// newID makes an ID: MRID-12345678-abcd-1234-5678-abcdef123456.
func newID(prefix string) string { return prefix + newUUID() }

func newUUID() string {
	b := random()
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// newICCID makes the number of a SIM: 19 digits, the first four those of
// North America.
func newICCID() string {
	b := random()
	return fmt.Sprintf("8901%015d", binary.BigEndian.Uint64(b[:])%1e15)
}

func random() (b [16]byte) {
	_, _ = rand.Read(b[:]) // Never fails: crypto/rand ends the program instead.
	return b
}
