package text_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"telegent-setup/api/text"
)

func TestIsE164(t *testing.T) {
	for _, number := range []string{"+13105551234", "+4930123", "+123456789012345"} {
		require.True(t, text.IsE164(number), number)
	}
	for _, other := range []string{"", "+", "13105551234", "+013105551234", "+123456", "+1234567890123456", "+1310555123a", "+1 3105551234", "+١٢٣٤٥٦٧٨"} {
		require.False(t, text.IsE164(other), other)
	}
}

// Rule: a number is understood however it is written, and what it leaves open is
// told; what could be anything is not guessed at.
func TestE164(t *testing.T) {
	for in, want := range map[string]struct {
		number  string
		guessed bool
	}{
		"+13105551234":      {"+13105551234", false},
		" +1 310-555-1234 ": {"+13105551234", false},
		"0049 30 1234567":   {"+49301234567", false},
		"011 49 30 1234567": {"+49301234567", false},
		"(310) 555-1234":    {"+13105551234", true},
		"13105551234":       {"+13105551234", true},
		"030 1234567":       {"", false},
		"310+5551234":       {"", false},
		"call me":           {"", false},
		"":                  {"", false},
	} {
		number, guessed := text.E164(in)
		require.Equal(t, want.number, number, "%q", in)
		require.Equal(t, want.guessed, guessed, "%q", in)
	}
}
