package webhook

import (
	"cmp"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"telegent-setup/api/text"
)

// Event is something that a Receiver has to tell: Received, Forwarded or
// Omitted.
type Event interface{ size() int }

// Received is a message or a report that came in. All its text is cleaned and
// cut.
type Received struct {
	Number    int       `json:"-"` // Of the request, from 1. A request with a list has several messages.
	Time      time.Time `json:"-"`
	Kind      Kind      `json:"kind"`
	From      string    `json:"from"` // E.164 where it is such a number, and To.
	To        string    `json:"to"`
	Status    string    `json:"status"`          // Of a report; of an inbound message where one came.
	Text      string    `json:"text"`            // Of an inbound message; of unknown ones the beginning of the body.
	About     string    `json:"about,omitempty"` // The saved message that it is about, or answers.
	MessageID string    `json:"message_id,omitempty"`
	Media     string    `json:"media,omitempty"` // URLs of an MMS.
	ErrorCode string    `json:"error_code,omitempty"`
	Error     string    `json:"error,omitempty"`
	Method    string    `json:"method"`
	Problem   string    `json:"problem,omitempty"` // Why it could not be read as it should.
}

// Forwarded says what came back for a request that was forwarded.
type Forwarded struct {
	Number  int       // Of the request.
	Time    time.Time // When the request came in, as in its Received.
	Status  int
	Took    time.Duration
	Problem string // Why nothing came back.
}

// Omitted says that requests were answered that could not be told of, because
// too much waited for a slow reader.
type Omitted struct{ Count int }

// overhead is about what an event takes beside its text, in bytes.
const overhead = 400

func (e Received) size() int {
	return overhead + len(e.MessageID) + len(e.From) + len(e.To) + len(e.Status) + len(e.Text) + len(e.Media) + len(e.Error) + len(e.About)
}

func (e Forwarded) size() int { return overhead + len(e.Problem) }

func (Omitted) size() int { return overhead }

// columns are those of WriteLine.
const columns = "%-12s  %-15s  %-16s  %-16s  %-11s  %s\n"

// WriteHeading names the columns of WriteLine.
func WriteHeading(w io.Writer) error {
	_, err := fmt.Fprintf(w, columns, "time", "kind", "from", "to", "status", "text")
	return err
}

// WriteLine writes an event as one line for people, in local time.
func WriteLine(w io.Writer, e Event) error {
	var err error
	clock := func(t time.Time) string { return t.Local().Format("15:04:05.000") }
	orDash := func(s string) string { return cmp.Or(s, "-") }
	switch e := e.(type) {
	case Received:
		_, err = fmt.Fprintf(w, columns, clock(e.Time), e.Kind, orDash(e.From), orDash(e.To), orDash(e.Status), e.rest())
	case Forwarded:
		status, outcome := "-", e.Problem
		if e.Status != 0 {
			status = fmt.Sprint(e.Status)
		}
		if outcome == "" {
			answered := strings.TrimSpace(status + " " + http.StatusText(e.Status))
			outcome = fmt.Sprintf("answered %s after %d ms", answered, e.Took.Milliseconds())
		}
		_, err = fmt.Fprintf(w, columns, clock(e.Time), "forwarded", "", "", status, outcome)
	case Omitted:
		_, err = fmt.Fprintf(w, "%d requests were answered and are not shown: too many waited for this output\n", e.Count)
	}
	return err
}

// rest is the last column: the text, and what else there is to say.
func (e Received) rest() string {
	const longest = 300 // Characters.
	parts := []string{text.Cut(text.Collapse(e.Text), longest)}
	if e.Media != "" {
		parts = append(parts, "media "+text.Cut(e.Media, longest))
	}
	if e.ErrorCode != "" || e.Error != "" {
		parts = append(parts, strings.TrimSpace("error "+e.ErrorCode+" "+e.Error))
	}
	parts = append(parts, e.Problem)
	switch {
	case e.About != "" && e.Kind == Inbound:
		parts = append(parts, "(answers "+e.About+")")
	case e.About != "":
		parts = append(parts, "(about "+e.About+")")
	case e.MessageID != "":
		parts = append(parts, "("+e.MessageID+")")
	}
	return text.Join("  ", parts...)
}

// WriteJSON writes an event as one line of JSON. Times are UTC.
func WriteJSON(w io.Writer, e Event) error {
	switch e := e.(type) {
	case Received:
		return writeLine(w, struct {
			Event  string `json:"event"`
			Number int    `json:"number"`
			Time   string `json:"time"`
			Received
		}{"received", e.Number, e.Time.UTC().Format("2006-01-02T15:04:05.000Z"), e})
	case Forwarded:
		return writeLine(w, struct {
			Event   string  `json:"event"`
			Number  int     `json:"number"`
			Status  int     `json:"http_status,omitempty"`
			Seconds float64 `json:"seconds"`
			Problem string  `json:"problem,omitempty"`
		}{"forwarded", e.Number, e.Status, e.Took.Round(time.Millisecond).Seconds(), e.Problem})
	case Omitted:
		return writeLine(w, struct {
			Event string `json:"event"`
			Count int    `json:"count"`
		}{"omitted", e.Count})
	}
	return nil
}
