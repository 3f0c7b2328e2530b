package wizard

import (
	"testing"

	"github.com/stretchr/testify/require"

	"telegent-setup/state"
	"telegent-setup/steps"
)

// to takes the ready answers of the sandbox until the form of a step is there.
func (d *driver) to(step string) {
	d.t.Helper()
	for range 40 {
		switch s := d.m.top().screen.(type) {
		case *ask:
			if s.step.ID == step {
				return
			}
			d.accept()
		case *sheet:
			d.slowly("enter")
		default:
			d.keys("enter")
		}
	}
	require.Fail(d.t, "never came to "+step, "the screen is:\n%s", d.screen())
}

// accept takes the ready answers of the form on the screen.
func (d *driver) accept() {
	d.t.Helper()
	s, ok := d.m.top().screen.(*ask)
	require.True(d.t, ok, "no form; the screen is:\n%s", d.screen())
	for i := s.form.at; i < len(s.form.asked()); i++ {
		d.keys("enter")
	}
}

// Pressing Enter through the sandbox finishes every step, and the last screen
// says so with every ID.
func TestEnterFinishesTheSandbox(t *testing.T) {
	play(t, stage{}, func(d *driver) {
		d.to(steps.TestMessage)
		d.accept()
		d.slowly("enter")
		d.sees("Success: your first setup is complete", "A test message accepted by the service",
			"AccountId", "MRID", "CRID", "TNID", "PhoneNumber", "SubscriberId", "MessageId",
			"Accepted is not delivered", "telegent-setup export", "support@telegent.com")
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
