package webhook

import (
	"encoding/json"
	"maps"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"telegent-setup/api/text"
)

// Limits of what is read from one request.
const (
	deepest      = 8   // Levels of JSON.
	mostMessages = 100 // In one list.
	longestText  = 2000
	longestValue = 200
)

// The names under which each thing comes, in lower case without underscores;
// the first that is there counts (guide, message webhooks, and other answers
// of the service about messages).
var names = struct{ id, from, to, text, status, code, failure, direction, media []string }{
	id:        []string{"messageid"},
	from:      []string{"from", "fromnumber", "sender"},
	to:        []string{"to", "tonumber", "recipient", "owner"},
	text:      []string{"messagebody", "text", "body", "message", "content"},
	status:    []string{"status", "messagestatus", "deliverystatus", "devicedeliverystatus"},
	code:      []string{"errorcode"},
	failure:   []string{"errormessage", "error"},
	direction: []string{"direction"},
	media:     []string{"mmsmediaurl", "mediaurl", "mediaurls", "media"},
}

// read reads a request of any shape: JSON, a form or a query; one message, an
// envelope around it, or a list. There is always one, of kind Unknown at least.
func read(query, body string, known []Sent) []Received {
	value, params := decode(body), form(query)
	found := messages(value, deepest)
	if len(found) == 0 {
		found = []object{{}}
	}
	if len(found) == 1 { // What the body does not tell may stand in the query.
		o := newObject(params)
		maps.Copy(o, found[0])
		found[0] = o
	}
	var all []Received
	for _, o := range found[:min(len(found), mostMessages)] {
		r := o.received()
		if r.Kind == Unknown {
			r.Text = cut(strings.TrimSpace(body+" "+query), longestText)
		}
		r.About = about(&r, known)
		if len(found) == 1 && r.About == "" {
			r.About = mentioned(&r, known, []any{value, params})
		}
		all = append(all, r)
	}
	if more := len(found) - len(all); more > 0 {
		all[len(all)-1].Problem = "more than 100 messages in one request: the rest is not shown"
	}
	return all
}

// object is what says something of a message; its names are in lower case,
// without underscores.
type object map[string]any

func newObject(values map[string]any) object {
	o := object{}
	for _, name := range slices.Sorted(maps.Keys(values)) { // Sorted, so that the same body always reads the same.
		o[strings.ToLower(strings.NewReplacer("_", "", "-", "").Replace(name))] = values[name]
	}
	return o
}

// decode reads a body as JSON, else as a form; nil is neither.
func decode(body string) any {
	body = strings.TrimSpace(strings.TrimPrefix(body, "\ufeff"))
	if !strings.HasPrefix(body, "{") && !strings.HasPrefix(body, "[") {
		return form(body)
	}
	var v any
	d := json.NewDecoder(strings.NewReader(body))
	d.UseNumber()
	if d.Decode(&v) != nil {
		return nil
	}
	return v
}

func form(s string) map[string]any {
	all := map[string]any{}
	values, err := url.ParseQuery(s)
	if err != nil {
		return all
	}
	for name, v := range values {
		all[name] = v[0]
	}
	return all
}

// messages finds the objects that tell most of a message, at any level.
func messages(v any, levels int) []object {
	if levels == 0 {
		return nil
	}
	var inner []object
	switch v := v.(type) {
	case []any:
		for _, one := range v {
			if inner = append(inner, messages(one, levels-1)...); len(inner) > mostMessages {
				break
			}
		}
		return inner
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			inner = append(inner, messages(v[name], levels-1)...)
		}
		return better(newObject(v), inner)
	}
	return nil
}

// better is o, or the objects in it when one of them tells more.
func better(o object, inner []object) []object {
	own := o.tells()
	if slices.ContainsFunc(inner, func(i object) bool { return i.tells() > own }) {
		return slices.DeleteFunc(inner, func(i object) bool { return i.tells() <= own })
	}
	if own == 0 {
		return nil
	}
	return []object{o}
}

// tells counts what an object says of a message.
func (o object) tells() int {
	n := 0
	for _, known := range [][]string{names.id, names.from, names.to, names.text, names.status, names.code, names.media} {
		if o.first(known) != "" {
			n++
		}
	}
	return n
}

// first is the first of some names that has a value, as text.
func (o object) first(names []string) string {
	for _, name := range names {
		if s := scalar(o[name]); s != "" {
			return s
		}
	}
	return ""
}

// scalar is a value as it stands, a {Number: ...}, or a list of either.
func scalar(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	case map[string]any:
		for name, inner := range v {
			if s, ok := inner.(string); ok && strings.EqualFold(name, "Number") {
				return s
			}
		}
	case []any:
		var all []string
		for _, one := range v[:min(len(v), 10)] {
			if _, list := one.([]any); list {
				continue
			}
			if s := scalar(one); s != "" {
				all = append(all, s)
			}
		}
		return strings.Join(all, ", ")
	}
	return ""
}

// received is what an object says, cleaned and cut.
func (o object) received() Received {
	value := func(names []string) string { return text.Collapse(cut(o.first(names), longestValue)) }
	number := func(names []string) string {
		if n := e164(o.first(names)); n != "" {
			return n
		}
		return value(names)
	}
	r := Received{
		MessageID: value(names.id), From: number(names.from), To: number(names.to), Status: value(names.status),
		Text: strings.TrimSpace(cut(o.first(names.text), longestText)), Media: text.Collapse(cut(o.first(names.media), longestText)),
		ErrorCode: value(names.code), Error: value(names.failure),
	}
	r.Kind = o.kind(r)
	return r
}

// kind tells a message that came in from a report.
func (o object) kind(r Received) Kind {
	direction := strings.ToLower(o.first(names.direction))
	hasText := slices.ContainsFunc(names.text, func(name string) bool { _, ok := o[name].(string); return ok })
	switch {
	case strings.HasPrefix(direction, "in"), strings.EqualFold(r.Status, "Received"):
		return Inbound
	case strings.HasPrefix(direction, "out"):
		return Report
	case r.Media != "", hasText && r.From != "":
		if isDeliveryStatus(r.Status) {
			return Report
		}
		return Inbound
	case r.Status != "" && (r.MessageID != "" || r.To != "" || isDeliveryStatus(r.Status)), r.ErrorCode != "":
		return Report
	}
	return Unknown
}

func isDeliveryStatus(s string) bool {
	return slices.Contains([]string{"queued", "sent", "delivered", "failed", "undelivered"}, strings.ToLower(s))
}

// cut cleans the beginning of a text, so much of it that n characters are left
// or all there is.
func cut(s string, n int) string {
	return text.Cut(text.Clean(s[:min(len(s), 8*n)]), n)
}

// e164 is a number in E.164, however it is written: with or without its plus,
// which may have arrived as a blank, or with separators. What is no such number
// (a short code, a name) is "".
func e164(s string) string {
	digits := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || strings.ContainsRune("+-.()", r) {
			return -1
		}
		return r
	}, s)
	if number := "+" + digits; text.IsE164(number) {
		return number
	}
	return ""
}

// sameNumber says whether two texts are one number.
func sameNumber(a, b string) bool {
	n := e164(a)
	return n != "" && n == e164(b)
}
