package webhook

import (
	"cmp"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"telegent-setup/api/text"
	"time"
)

// The columns of WriteLine.
const (
	columns   = "%-12s  %-15s  %-16s  %-16s  %-11s  %s\n"
	clockTime = "15:04:05.000"
)

// WriteHeading names the columns of WriteLine.
func WriteHeading(w io.Writer) error {
	_, err := fmt.Fprintf(w, columns, "time", "kind", "from", "to", "status", "text")
	return err
}

// WriteLine writes an event as one line for people, in local time.
func WriteLine(w io.Writer, e Event) error {
	var err error
	switch e := e.(type) {
	case Received:
		_, err = fmt.Fprintf(w, columns, e.Time.Local().Format(clockTime), e.Kind, dash(e.From), dash(e.To), dash(e.Status), e.rest())
	case Forwarded:
		_, err = fmt.Fprintf(w, columns, e.Time.Local().Format(clockTime), "forwarded", "", "", e.status(), e.outcome())
	case Omitted:
		_, err = fmt.Fprintf(w, "%d requests were answered and are not shown: too many waited for this output\n", e.Count)
	}
	return err
}

func dash(s string) string { return cmp.Or(s, "-") }

// longestLine is how much of a text stands in a line, in characters.
const longestLine = 300

// rest is the last column: the text, and what else there is to say.
func (e Received) rest() string {
	parts := []string{text.Cut(text.Collapse(e.Text), longestLine)}
	if e.Media != "" {
		parts = append(parts, "media "+text.Cut(e.Media, longestLine))
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
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), "  ")
}

func (e Forwarded) status() string {
	if e.Status == 0 {
		return "-"
	}
	return strconv.Itoa(e.Status)
}

func (e Forwarded) outcome() string {
	if e.Problem != "" {
		return e.Problem
	}
	return fmt.Sprintf("answered %s after %d ms", strings.TrimSpace(fmt.Sprint(e.Status, " ", http.StatusText(e.Status))), e.Took.Milliseconds())
}

// WriteJSON writes an event as one line of JSON. Times are UTC.
func WriteJSON(w io.Writer, e Event) error {
	switch e := e.(type) {
	case Received:
		return writeLine(w, receivedLine{
			"received", e.Number, stamp(e.Time), e.Kind, e.From, e.To, e.Status, e.Text,
			e.About, e.MessageID, e.Media, e.ErrorCode, e.Error, e.Method, e.Problem,
		})
	case Forwarded:
		return writeLine(w, forwardedLine{"forwarded", e.Number, e.Status, e.Took.Round(time.Millisecond).Seconds(), e.Problem})
	case Omitted:
		return writeLine(w, omittedLine{"omitted", e.Count})
	}
	return nil
}

type receivedLine struct {
	Event     string `json:"event"`
	Number    int    `json:"number"`
	Time      string `json:"time"`
	Kind      Kind   `json:"kind"`
	From      string `json:"from"`
	To        string `json:"to"`
	Status    string `json:"status"`
	Text      string `json:"text"`
	About     string `json:"about,omitempty"`
	MessageID string `json:"message_id,omitempty"`
	Media     string `json:"media,omitempty"`
	ErrorCode string `json:"error_code,omitempty"`
	Error     string `json:"error,omitempty"`
	Method    string `json:"method"`
	Problem   string `json:"problem,omitempty"`
}

type forwardedLine struct {
	Event   string  `json:"event"`
	Number  int     `json:"number"`
	Status  int     `json:"http_status,omitempty"`
	Seconds float64 `json:"seconds"`
	Problem string  `json:"problem,omitempty"`
}

type omittedLine struct {
	Event string `json:"event"`
	Count int    `json:"count"`
}

func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }
