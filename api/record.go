package api

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"telegent-setup/api/text"
)

// Exchange is one call and its answer as they may be recorded: redacted.
type Exchange struct {
	Time    time.Time         `json:"time"`
	Method  string            `json:"method"`
	URL     string            `json:"url"`
	Curl    string            `json:"curl"`              // The request as a cURL command, token as $TELEGENT_TOKEN.
	Request json.RawMessage   `json:"request,omitempty"` // The body.
	Status  int               `json:"status,omitempty"`  // 0 when no answer came.
	Headers map[string]string `json:"headers,omitempty"` // The ones that support asks for.
	Answer  string            `json:"answer,omitempty"`  // The body, as text.
	Error   string            `json:"error,omitempty"`   // Why no answer came.
	Seconds float64           `json:"seconds"`
}

// longestRecord is how much of an answer is recorded, in bytes.
const longestRecord = 32 << 10

// record makes the record of one try.
func (c *Client) record(call Call, start time.Time, answer Answer, failed *Error) Exchange {
	x := Exchange{
		Time:    start.UTC().Truncate(time.Millisecond),
		Method:  call.Method,
		URL:     c.forRecord(c.URL(call)),
		Curl:    HideURLs(c.curl(call, true)),
		Status:  answer.Status,
		Seconds: time.Since(start).Round(time.Millisecond).Seconds(),
		Answer:  recordBody(answer.Body),
	}
	if body, err := call.SafeBody(); err == nil && body != nil {
		x.Request = ForRecord(body, c.redactor)
	}
	if failed != nil && failed.Err != nil {
		x.Error = failed.Err.Error()
		x.Status = failed.Status
	}
	for _, name := range []string{"Date", "Content-Type", "Retry-After", "Server", "Via", "X-Request-Id", "X-Correlation-Id", "Cf-Ray"} {
		if v := answer.Header.Get(name); v != "" {
			if x.Headers == nil {
				x.Headers = map[string]string{}
			}
			x.Headers[name] = text.Cut(c.forRecord(v), 200)
		}
	}
	return x
}

// recordBody is the text of an answer for the record, which is redacted already.
// Of a long one the beginning is kept; it is cut after all was hidden, never before.
func recordBody(answer []byte) string {
	w := rewriter{redactor: &Redactor{}, hide: recordKey, record: true, most: longestRecord}
	body := w.apply(answer)
	kept := body[:min(len(body), longestRecord)]
	said := strings.ToValidUTF8(string(kept), "\uFFFD")
	if rest := len(body) - len(kept) + w.left; rest > 0 {
		said += fmt.Sprintf("… (%d bytes more)", rest)
	}
	return said
}

// forRecord makes one line of text fit for a record and for a person.
func (c *Client) forRecord(s string) string {
	return HideURLs(hidePersonal(c.redactor.Redact(text.Collapse(s))))
}

// Curl is a call as a cURL command that does the same. Secrets are shell
// variables, the token is $TELEGENT_TOKEN.
func (c *Client) Curl(call Call) string { return c.curl(call, false) }

// curl is Curl, or what of it may be recorded.
func (c *Client) curl(call Call, record bool) string {
	var variables []string // And what stands for each, which no value can hold.
	body, err := call.Body.write(func(m Member) string {
		if m.Env == "" {
			return text.Redacted
		}
		mark := rand.Text()
		variables = append(variables, mark, `'"$`+m.Env+`"'`)
		return mark
	})
	if record { // Its secrets are variables by now.
		body = (&rewriter{redactor: c.redactor, hide: personalKey, record: true}).apply(body)
	}
	var pretty bytes.Buffer
	if err == nil {
		_ = json.Indent(&pretty, body, "", "  ") // Which leaves it empty where there is none.
	}
	command := CurlCommand(call.Method, c.redactor.Redact(c.URL(call)), !call.NoToken, c.redactor.Redact(pretty.String()))
	return strings.NewReplacer(variables...).Replace(command)
}

// CurlCommand is a request as a cURL command: with the token as $TELEGENT_TOKEN where
// it carries one, and with its body, which is JSON, unless that is empty.
func CurlCommand(method, url string, token bool, body string) string {
	command := "curl -X " + method + " " + ShellQuote(url)
	if token {
		command += " \\\n  -H \"Authorization: Bearer $TELEGENT_TOKEN\""
	}
	command += " \\\n  -H 'Accept: application/json'"
	if body != "" {
		command += " \\\n  -H 'Content-Type: application/json' \\\n  -d " + ShellQuote(body)
	}
	return command
}

// takeToken takes the token out of an answer, under any of its names: the first in
// it. Every sed knows these expressions.
const takeToken = `sed -n '/.*"\([Aa]ccess_\{0,1\}\)\{0,1\}[Tt]oken" *: *"\([^"]*\)".*/{s//\2/p;q;}'`

// CurlWithToken is Curl of a call with the command that gets its token first. The
// two run as they are where the variables of their secrets are set.
func (c *Client) CurlWithToken(token, call Call) string {
	silent := "curl -sS" + strings.TrimPrefix(c.Curl(token), "curl")
	return fmt.Sprintf("TELEGENT_TOKEN=$(%s |\n  %s)\n%s", silent, takeToken, c.Curl(call))
}

// ShellQuote quotes a text for a POSIX shell, whatever is in it.
func ShellQuote(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }
