package command

import (
	"testing"
	"time"

	"github.com/spf13/pflag"
	"github.com/stretchr/testify/require"
)

// Rule: a duration without a unit is refused with the one that was probably meant.
func TestADurationHasAUnit(t *testing.T) {
	for text, problem := range map[string]string{
		"5": "as in 5s", "5 s": "as in 30s or 2m", "": "as in 30s or 2m", "5s": "",
	} {
		var d time.Duration
		flags := pflag.NewFlagSet("test", pflag.ContinueOnError)
		AddDuration(flags, &d, "timeout", "the longest wait")
		err := flags.Parse([]string{"--timeout", text})
		if problem == "" {
			require.NoError(t, err)
			require.Equal(t, 5*time.Second, d)
			continue
		}
		require.ErrorContains(t, err, problem)
	}
}
