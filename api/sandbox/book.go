package sandbox

import "strings"

// book is everything that was created. Of what a request sends it keeps what
// later requests are checked against: no password, no URL, no message text.
type book struct {
	Version       int          `json:"version"`
	Accounts      []account    `json:"accounts,omitempty"`
	MessageRoutes []route      `json:"message_routes,omitempty"`
	VoiceRoutes   []route      `json:"voice_routes,omitempty"`
	Numbers       []number     `json:"numbers,omitempty"`
	Orders        []order      `json:"orders,omitempty"`
	Subscribers   []subscriber `json:"subscribers,omitempty"`
	Messages      []message    `json:"messages,omitempty"`
}

type account struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type route struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Enabled bool   `json:"enabled"`
	Account string `json:"account,omitempty"`
}

type number struct {
	ID           string `json:"id"`
	Number       string `json:"number"`
	NumberType   string `json:"number_type"`
	MessageType  string `json:"message_type"`
	MessageRoute string `json:"message_route"`
	VoiceRoute   string `json:"voice_route,omitempty"`
	Account      string `json:"account,omitempty"`
	Order        string `json:"order"` // Edition 2025-12: as the customer named it.
}

// order is an order of edition 2026-04. Its number is held for it until it is
// complete.
type order struct {
	ID     string `json:"id"`
	Number number `json:"number"` // Without a Number when there is none to give.
	Asked  int    `json:"asked"`  // How often it was asked for.
}

type subscriber struct {
	ID      string   `json:"id"`
	Email   string   `json:"email"`
	Account string   `json:"account"`
	Numbers []string `json:"numbers"`
}

type message struct {
	ID   string   `json:"id"`
	From string   `json:"from"`
	To   []string `json:"to"`
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

func (b *book) account(id string) bool {
	_, ok := find(b.Accounts, func(a account) bool { return a.ID == id })
	return ok
}

func (b *book) messageRoute(id string) (*route, bool) {
	return find(b.MessageRoutes, func(r route) bool { return r.ID == id })
}

func (b *book) voiceRoute(id string) (*route, bool) {
	return find(b.VoiceRoutes, func(r route) bool { return r.ID == id })
}

func (b *book) number(e164 string) (*number, bool) {
	return find(b.Numbers, func(n number) bool { return n.Number == e164 })
}

func (b *book) emailKnown(email string) bool {
	_, ok := find(b.Subscribers, func(s subscriber) bool { return strings.EqualFold(s.Email, email) })
	return ok
}

// taken are the numbers in use: by strangers, always, by customers of this
// sandbox, and by orders under way.
func (b *book) taken() map[string]bool {
	all := map[string]bool{"+13105550000": true, "+18015550000": true}
	for _, n := range b.Numbers {
		all[n.Number] = true
	}
	for _, o := range b.Orders {
		all[o.Number.Number] = true
	}
	return all
}

func (b *book) objects() Objects {
	return Objects{
		Accounts:      list(b.Accounts, func(a account) string { return a.ID }),
		MessageRoutes: list(b.MessageRoutes, func(r route) string { return r.ID }),
		VoiceRoutes:   list(b.VoiceRoutes, func(r route) string { return r.ID }),
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
