package api

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"strings"

	"telegent-setup/api/text"
)

// Curl is a call as a cURL command that does the same. Secrets are shell
// variables, the token is $TELEGENT_TOKEN.
func (c *Client) Curl(call Call) string { return c.curl(call, false) }

// curl is Curl, or what of it may be recorded.
func (c *Client) curl(call Call, record bool) string {
	var b strings.Builder
	fmt.Fprintf(&b, "curl -X %s %s", call.Method, ShellQuote(c.redactor.Redact(c.URL(call))))
	if !call.NoToken {
		b.WriteString(" \\\n  -H \"Authorization: Bearer $TELEGENT_TOKEN\"")
	}
	b.WriteString(" \\\n  -H 'Accept: application/json'")
	var variables []string // And what stands for each, which no value can hold.
	body, err := call.Body.write(func(m Member) string {
		if m.Env == "" {
			return text.Redacted
		}
		mark := rand.Text()
		variables = append(variables, mark, `'"$`+m.Env+`"'`)
		return mark
	})
	if err != nil || body == nil {
		return b.String()
	}
	if record { // Its secrets are variables by now.
		body = (&rewriter{redactor: c.redactor, hide: personalKey, record: true}).apply(body)
	}
	var pretty bytes.Buffer
	if json.Indent(&pretty, body, "", "  ") != nil {
		return b.String()
	}
	quoted := ShellQuote(c.redactor.Redact(pretty.String()))
	quoted = strings.NewReplacer(variables...).Replace(quoted)
	fmt.Fprintf(&b, " \\\n  -H 'Content-Type: application/json' \\\n  -d %s", quoted)
	return b.String()
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
