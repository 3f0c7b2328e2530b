package steps

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Fields that hold a number, and several.
var one, several = Field{Format: Phone}, Field{Format: Phone, Kind: List}

// Rule: a number typed the local way is offered in E.164, and never taken as it is;
// what could be anything is not guessed at.
func TestPhoneNumbersAreOffered(t *testing.T) {
	for typed, offered := range map[string]string{
		"(310) 555-1234":         "+13105551234",
		"310-555-1234":           "+13105551234",
		"310.555.1234":           "+13105551234",
		"3105551234":             "+13105551234",
		"1 (310) 555-1234":       "+13105551234",
		"1-310-555-1234":         "+13105551234",
		"13105551234":            "+13105551234",
		"310\u2011555\u20111234": "+13105551234",
		" 310 555 1234 ":         "+13105551234",
		"0049 30 1234567":        "+49301234567",
		"011 49 30 1234567":      "+49301234567",
	} {
		t.Run(typed, func(t *testing.T) {
			require.Equal(t, offered, one.meant(typed))
			require.Contains(t, Phone.problem(typed, Env{}), offered)
		})
	}
	for _, typed := range []string{
		"", "555-1234", "110-555-1234", "310-155-1234", "030 1234567", "310-555-12345", "call 310-555-1234", "310+5551234",
		"+013105551234", "00", "+", "1234567890123456",
	} {
		t.Run(typed, func(t *testing.T) {
			require.Empty(t, one.meant(typed))
			require.NotEmpty(t, Phone.problem(typed, Env{}))
		})
	}
	require.Empty(t, one.meant("+13105551234"))
	require.Empty(t, Phone.problem("+13105551234", Env{}))
}

// Rule: what only separates the digits of a whole number is taken off, and what
// would have to be guessed stays.
func TestSeparatorsAreTakenOff(t *testing.T) {
	for typed, taken := range map[string]string{
		"+1 (310) 555-1234": "+13105551234",
		"+49 30 1234567":    "+49301234567",
		"(310) 555-1234":    "(310) 555-1234",
		"0049 30 1234567":   "0049 30 1234567",
	} {
		require.Equal(t, taken, one.tidy(typed))
	}
	require.Equal(t, "+13105551234,+442071234567", several.tidy("+1 310 555 1234, +44 20 7123 4567,"))
}

// Rule: in a list every number is offered, and those that are fine stay.
func TestPhoneNumbersOfAListAreOffered(t *testing.T) {
	require.Equal(t, "+13105551234, +442071234567", several.meant("310-555-1234,+442071234567"))
	require.Empty(t, several.meant("+13105551234, +442071234567"))
	require.Empty(t, several.meant("nobody"))
}
