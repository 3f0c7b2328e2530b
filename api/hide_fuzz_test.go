package api

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Rule: hiding takes any text, and doing it twice is doing it once.
func FuzzHide(f *testing.F) {
	for _, s := range []string{
		"https://u:p@h/p?k=v&w#f", "sip:a:p@h", "http://http://a:b@c?d'e", "LPA:1$a$b", "iccid=\\\"8901260000000000017\\\"", `"PortOutPin" : "47 11"`,
		"see https://u:pw@h, or sip:a:b?c@d?e=f", "qrcode>https://q/?text=lpa%3a1%24x<", "Iccid: [redacted]",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		hidden := HideURLs(s)
		require.Equal(t, hidden, HideURLs(hidden))
		_ = HasUserInfo(s)
		_ = UserInfo(s)
		hidden = hidePersonal(s)
		require.Equal(t, hidden, hidePersonal(hidden))
	})
}
