package webhook

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"time"

	"telegent-setup/api"
)

// Kind is what a webhook is called for.
type Kind string

// The kinds of calls.
const (
	Inbound Kind = "inbound"         // A message came in.
	Report  Kind = "delivery report" // What became of a message that was sent.
	Unknown Kind = "unknown"         // Neither, as far as can be told.
)

// Message is a message as a webhook is told of it.
type Message struct {
	ID                      string
	From, To                string // E.164.
	Text                    string // Of an inbound one.
	Status                  string // Of a report: "Delivered", "Undelivered".
	ErrorCode, ErrorMessage string // Of a report; empty when there is none.
	Time                    time.Time
}

// Content is what a webhook is called with.
type Content []field

type field struct {
	name  string
	value any // A string or a number.
}

// InboundContent tells of a message that came in, with the names that are
// documented for an edition.
func InboundContent(edition api.Edition, m Message) Content {
	if edition == api.Edition2026 {
		return Content{
			{"Message_ID", m.ID}, {"Owner", m.To}, {"To", m.To}, {"From", m.From}, {"Message_Body", m.Text}, {"Segment", 1},
		}
	}
	return Content{
		{"MessageId", m.ID}, {"From", m.From}, {"To", m.To}, {"Text", m.Text}, {"Timestamp", timestamp(m.Time)}, {"Direction", "Inbound"},
	}
}

// ReportContent tells what became of a message. Both editions have the same
// names, as far as is documented.
func ReportContent(m Message) Content {
	c := Content{{"MessageId", m.ID}, {"Status", m.Status}, {"Timestamp", timestamp(m.Time)}}
	if m.ErrorCode != "" || m.ErrorMessage != "" {
		c = append(c, field{"ErrorCode", m.ErrorCode}, field{"ErrorMessage", m.ErrorMessage})
	}
	return c
}

// Sample is content of a kind about a message that never was; its numbers
// belong to nobody.
func Sample(kind Kind, edition api.Edition, now time.Time) Content {
	const telegentNumber, phone = "+13105550123", "+13105550199"
	if kind == Report {
		return ReportContent(Message{ID: "TMID-SAMPLE", Status: "Delivered", Time: now})
	}
	return InboundContent(edition, Message{ID: "TMID-SAMPLE", From: phone, To: telegentNumber, Text: "Sample message: a test of this webhook.", Time: now})
}

func timestamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

func (c Content) query() string {
	values := url.Values{}
	for _, f := range c {
		values.Set(f.name, fmt.Sprint(f.value))
	}
	return values.Encode()
}

// json keeps the order of the fields.
func (c Content) json() []byte {
	var b bytes.Buffer
	for i, f := range c {
		b.WriteByte("{,"[min(i, 1)])
		writeJSON(&b, f.name)
		b.WriteByte(':')
		writeJSON(&b, f.value)
	}
	b.WriteByte('}')
	return b.Bytes()
}

func writeJSON(b *bytes.Buffer, v any) {
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(v)       // Strings and numbers cannot fail.
	b.Truncate(b.Len() - 1) // The encoder ends with a line break.
}
