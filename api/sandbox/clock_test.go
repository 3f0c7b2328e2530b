package sandbox_test

import (
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/api/sandbox"
)

// Rule: a token is good for its life and no longer.
func TestTokensExpire(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, c := open(t, sandbox.Options{})
		c.headers("")
		time.Sleep(15*time.Minute - time.Nanosecond)
		require.Equal(t, http.StatusOK, c.step("account", nil).status)
		time.Sleep(time.Nanosecond)
		requireRefused(t, c.step("account", nil), 401, "the token has expired")
		c.tokens = map[string]string{}
		require.Equal(t, http.StatusOK, c.step("account", nil).status)
	})
}

// Rule: a token that was told to expire at a second is good until then.
func TestTokenExpiryIsNotTooLate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(900 * time.Millisecond)
		_, c := open(t, sandbox.Options{})
		got := c.signIn("", nil)
		c.tokens[""] = got.body["token"].(string)
		told, err := time.Parse("01/02/2006 03:04:05 PM", got.body["tokenExpiry"].(string))
		require.NoError(t, err)
		time.Sleep(time.Until(told) - time.Nanosecond)
		require.Equal(t, http.StatusOK, c.step("account", nil).status)
	})
}

// Rule: 50 requests in any 60 seconds; the wait that Retry-After tells is
// enough.
func TestRateLimit(t *testing.T) {
	for _, edition := range api.Editions() {
		synctest.Test(t, func(t *testing.T) {
			_, c := open(t, sandbox.Options{Edition: edition})
			for i := range 50 { // 25 at once, 25 after 30.5 seconds.
				if i == 25 {
					time.Sleep(30500 * time.Millisecond)
				}
				require.Equal(t, http.StatusOK, c.step("authenticate", nil).status, i)
			}
			for range 3 { // Being turned away does not make the wait longer.
				got := c.step("authenticate", nil)
				requireRefused(t, got, 429, "50 requests per minute")
				require.Equal(t, "30", got.header.Get("Retry-After"))
			}
			time.Sleep(29500*time.Millisecond - time.Nanosecond)
			requireRefused(t, c.step("authenticate", nil), 429, "")
			time.Sleep(time.Nanosecond)
			for range 25 {
				require.Equal(t, http.StatusOK, c.step("authenticate", nil).status)
			}
			requireRefused(t, c.step("authenticate", nil), 429, "")
		})
	}
}

// Rule: every request counts, also one that is refused.
func TestRateLimitCountsRefusals(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, c := open(t, sandbox.Options{})
		for range 50 {
			got, err := c.try(t.Context(), "GET", "/", "", nil)
			require.NoError(t, err)
			require.Equal(t, http.StatusNotFound, got.status)
		}
		requireRefused(t, c.step("authenticate", nil), 429, "")
	})
}
