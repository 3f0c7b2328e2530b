package api

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"
)

// Token is a bearer token, good until Expiry. A zero Expiry was not told.
type Token struct {
	Value  Secret
	Expiry time.Time
}

// expiryMargin is how long before its end a token is no longer used.
const expiryMargin = 5 * time.Second

// Fresh says whether the token can be used now.
func (t Token) Fresh() bool {
	return !t.Value.Empty() && (t.Expiry.IsZero() || time.Now().Before(t.Expiry.Add(-expiryMargin)))
}

// Token sends a token call. The token is a secret of this run from then on,
// and is redacted in everything that comes after. The error is always an *Error.
func (c *Client) Token(ctx context.Context, call Call, watch Watch) (Token, error) {
	var token Token
	answer, err := c.send(ctx, exchange{call: call, watch: watch, takeToken: func(raw []byte) bool {
		token = readToken(raw)
		c.redactor.Add(token.Value)
		return !token.Value.Empty()
	}})
	switch {
	case err != nil:
		return Token{}, err
	case token.Value.Empty():
		return Token{}, &Error{Kind: Unexpected, Status: answer.Status, HTML: answer.HTML, Sent: true, Err: errors.New("the answer holds no token")}
	}
	return token, nil
}

// readToken finds the token in a raw answer; an empty one when there is none.
func readToken(raw []byte) Token {
	var a struct {
		Token, AccessToken     Text
		OAuthToken             Text `json:"access_token"`
		TokenExpiry, ExpiresIn Text
		OAuthExpiresIn         Text `json:"expires_in"`
	}
	if (Answer{Body: raw}).Decode(&a) != nil {
		return Token{}
	}
	value := First(a.Token, a.AccessToken, a.OAuthToken)
	if strings.ContainsFunc(value, func(r rune) bool { return r <= ' ' || r >= 0x7f }) {
		return Token{} // It could not stand in a header.
	}
	return Token{Value: NewSecret(value), Expiry: readExpiry(First(a.TokenExpiry), First(a.OAuthExpiresIn, a.ExpiresIn))}
}

// readExpiry reads a time as the service writes it, or seconds from now. One
// that has passed already tells of a wrong clock and is left out: a token that
// did expire is renewed when the service refuses it.
func readExpiry(at, in string) time.Time {
	for _, layout := range []string{"01/02/2006 03:04:05 PM", "1/2/2006 3:04:05 PM", time.RFC3339, "2006-01-02T15:04:05"} {
		if t, err := time.Parse(layout, at); err == nil && time.Now().Before(t) {
			return t
		}
	}
	if n, err := strconv.ParseFloat(in, 64); err == nil && n > 0 && n < 1e9 {
		return time.Now().Add(time.Duration(n * float64(time.Second)))
	}
	return time.Time{}
}
