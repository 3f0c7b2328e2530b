package text_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"telegent-setup/api/text"
)

// Rule: a slip of the fingers is recognised, and nothing is made of a word that is
// like none.
func TestNearest(t *testing.T) {
	known := []string{"authenticate", "account", "rate-limit", "hang"}
	for name, want := range map[string]string{
		"acount": "account", "ACCOUNT": "account", "autenticat": "authenticate", "rate-limt": "rate-limit", "Hang": "hang",
		"zebra": "", "provision": "", "": "",
	} {
		require.Equal(t, want, text.Nearest(name, known), "%q", name)
	}
}
