package wizard

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"telegent-setup/state"
	"telegent-setup/steps"
)

// Rule: in the sandbox at most nine Enters lead from the first screen through the
// plan to the end, and the last screen holds every ID.
func TestEnterFinishesTheSandbox(t *testing.T) {
	play(t, stage{}, func(d *driver) {
		enters := 0
		for d.m.prompt.Kind != steps.FinishedPrompt {
			require.Less(t, enters, 9, d)
			d.slowly("enter")
			d.pass(time.Second)
			enters++
		}
		d.sees("Success: your first setup is complete", "A test message accepted by the service",
			"AccountId", "MRID", "CRID", "TNID", "PhoneNumber", "SubscriberId", "MessageId")
		for _, x := range d.m.runner.All() {
			require.Equal(t, state.Done, x.Status, x.Step.ID)
		}
		d.keys("c")
		require.Contains(t, d.copied, "AccountId=AID-")
		d.keys("enter")
		require.True(t, d.quit)
		require.Equal(t, 0, d.m.exit)
	})
}
