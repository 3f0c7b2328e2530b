package api

import (
	"fmt"
	"strings"
)

// takeToken takes the token out of an answer, under any of its names: the first in
// it. Every sed knows these expressions.
const takeToken = `sed -n '/.*"\([Aa]ccess_\{0,1\}\)\{0,1\}[Tt]oken" *: *"\([^"]*\)".*/{s//\2/p;q;}'`

// CurlWithToken is Curl of a call with the command that gets its token first. The
// two run as they are where the variables of their secrets are set.
func (c *Client) CurlWithToken(token, call Call) string {
	silent := "curl -sS" + strings.TrimPrefix(c.Curl(token), "curl")
	return fmt.Sprintf("TELEGENT_TOKEN=$(%s |\n  %s)\n%s", silent, takeToken, c.Curl(call))
}
