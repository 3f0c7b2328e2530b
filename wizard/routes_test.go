package wizard

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"telegent-setup/state"
	"telegent-setup/steps"
)

// Every documented issue leads back to the step that it came from, through the
// fix that the guide names, with the answers kept.
func TestNumberInUseLeadsToAnotherNumber(t *testing.T) {
	play(t, stage{faults: []string{"number-in-use"}}, func(d *driver) {
		d.to(steps.Provision)
		d.keys("down", "right") // iot, and the order is refused.
		d.keys("down", "enter", "enter", "enter")
		d.slowly("enter")
		d.sees("This phone number is taken", "The number you selected was claimed by another user")
		d.slowly("enter")
		d.at(steps.Availability, &ask{})
		d.accept()
		d.keys("down", "down", "enter")
		d.at(steps.Provision, &ask{})
		require.Equal(t, "+18015550102", d.value("PhoneNumber"))
		require.Equal(t, "iot", d.value("NumberType"))
		d.accept()
		d.slowly("enter")
		d.at(steps.Subscriber, &ask{})
	})
}

func TestEmailExistsFocusesTheEmail(t *testing.T) {
	play(t, stage{faults: []string{"email-exists"}}, func(d *driver) {
		d.submit(steps.Subscriber)
		d.slowly("enter")
		d.at(steps.Subscriber, &ask{})
		d.keys("ctrl+u", `"other@example.com"`)
		require.Equal(t, "other@example.com", d.value("Email"))
		d.accept()
		d.at(steps.TestMessage, &ask{})
	})
}

func TestInvalidAccountAdoptsFirst(t *testing.T) {
	play(t, stage{faults: []string{"invalid-account"}}, func(d *driver) {
		d.to(steps.Subscriber)
		d.keys("ctrl+u", `"Grace"`)
		d.accept()
		before := d.m.saved[steps.AccountID]
		d.slowly("enter")
		d.at(steps.Account, &adopt{})
		d.keys(`"AID-right"`, "enter")
		d.at(steps.Subscriber, &ask{})
		require.Equal(t, "Grace", d.value("Name"))
		require.Equal(t, "AID-right", d.value("AccountId"))
		require.Equal(t, before, d.store.File().History[0].Value)
	})
}

func TestInvalidAccountMakesAnotherOnlyWhenAsked(t *testing.T) {
	play(t, stage{faults: []string{"invalid-account"}}, func(d *driver) {
		d.submit(steps.Subscriber)
		d.slowly("2")
		d.sees("Create Account once more?", "makes a second one at Telegent")
		d.slowly("2")
		d.at(steps.Account, &ask{})
		d.accept()
		d.at(steps.Subscriber, &ask{})
		require.Equal(t, "AID-a1b2c3d4-e5f6-7890-abcd-ef1234567802", d.value("AccountId"))
	})
}

func TestMessageRouteRequiredLeadsThereAndBack(t *testing.T) {
	play(t, stage{faults: []string{"message-route-required"}}, func(d *driver) {
		d.submit(steps.Provision)
		d.slowly("enter")
		d.sees("once more?")
		d.slowly("2")
		d.at(steps.MessageRoute, &ask{})
		d.accept()
		d.at(steps.Provision, &ask{})
		require.Equal(t, "MRID-a1b2c3d4-e5f6-7890-abcd-ef1234567802", d.value("MessageRouteId"))
	})
}

func TestUnauthorizedSignsInAgainAndComesBack(t *testing.T) {
	play(t, stage{faults: []string{"unauthorized@account:2"}}, func(d *driver) {
		d.to(steps.Account)
		d.keys("ctrl+u", `"Grace"`)
		d.accept()
		d.sees("did not accept the bearer token")
		d.slowly("enter")
		d.at(steps.Authenticate, &ask{})
		d.keys(`"sandbox-secret"`, "enter")
		d.at(steps.Account, &ask{})
		require.Equal(t, "Grace", d.value("AccountName"))
	})
}

// A wrong secret leads to the field of the secret, with the key kept and open.
func TestWrongSecret(t *testing.T) {
	play(t, stage{live: true}, func(d *driver) {
		d.keys("enter", `"sandbox-key"`, "enter", `"wrong"`, "enter")
		d.sees("The service did not accept this AccountKey and AccountSecret.", "Check that your Bearer token is correct")
		d.slowly("enter")
		require.Equal(t, "sandbox-key", d.value("AccountKey"))
		d.keys(`"sandbox-secret"`, "enter")
		d.at(steps.Account, &ask{})
	})
}

// A refused call can be sent again as it was, or changed first.
func TestTryAgain(t *testing.T) {
	play(t, stage{faults: []string{"soft-failure@account"}}, func(d *driver) {
		d.submit(steps.Account)
		d.slowly("enter")
		d.at(steps.MessageRoute, &ask{})
		require.Equal(t, []string{"/accounts/create", "/accounts/create"}, d.wire.sent())
	})
}

// A search that found nothing leads to the field of the area.
func TestNoNumbers(t *testing.T) {
	play(t, stage{faults: []string{"no-numbers"}}, func(d *driver) {
		d.submit(steps.Availability)
		d.sees("No numbers are available there")
		d.slowly("enter")
		d.at(steps.Availability, &ask{})
		d.keys("ctrl+u", `"212"`)
		d.accept()
		d.at(steps.Availability, &results{})
		d.keys("esc")
		d.at(steps.Availability, &ask{})
		require.Equal(t, "212", d.value("AreaCode"))
	})
}

// "I already have one" is done without a call, on every step that has one.
func TestAdopt(t *testing.T) {
	for step, keys := range map[string][]string{
		steps.Account:      {`"AID-mine"`, "enter"},
		steps.MessageRoute: {`"MRID-mine"`, "enter"},
		steps.VoiceRoute:   {`"CRID-mine"`, "enter"},
		steps.Provision:    {`"+13105557777"`, "enter", "enter"},
		steps.Subscriber:   {`"TSUID-mine"`, "enter"},
		steps.TestMessage:  {`"TMID-mine"`, "enter"},
	} {
		t.Run(step, func(t *testing.T) {
			play(t, stage{}, func(d *driver) {
				d.to(step)
				sent := len(d.wire.sent())
				for d.m.top().screen.(*ask).form.current() != nil {
					d.keys("tab")
				}
				d.keys("right", "enter")
				d.at(step, &adopt{})
				d.keys(keys...)
				require.Len(t, d.wire.sent(), sent)
				require.Equal(t, state.Done, d.m.runner.Status(step).Status)
				require.NotEqual(t, step, d.m.next)
			})
		})
	}
}

// IDs of the answers file are adopted when their step comes, without a call, and
// a step that it skips is offered with no as the answer.
func TestAnswersFile(t *testing.T) {
	st := stage{
		adopt: map[string]steps.Answers{steps.Account: {"AccountId": "AID-mine"}, steps.MessageRoute: {"MessageRouteId": "MRID-mine"}},
		skip:  map[string]bool{steps.VoiceRoute: true},
	}
	play(t, st, func(d *driver) {
		d.to(steps.Authenticate)
		d.accept()
		d.at(steps.VoiceRoute, &sheet{})
		d.sees("MRID-mine", "Will you offer voice calls?")
		require.Equal(t, "AID-mine", d.m.saved[steps.AccountID])
		d.keys("enter")
		d.at(steps.Availability, &ask{})
		require.Empty(t, d.wire.sent())
	})
}

// An ID that cannot be one is not taken, and one that looks odd is.
func TestAdoptChecks(t *testing.T) {
	play(t, stage{}, func(d *driver) {
		d.to(steps.Account)
		d.keys("down", "down", "down", "down", "right", "enter", "enter")
		d.sees("an answer is needed")
		d.pass(50 * time.Millisecond)
		d.keys(`"two words"`, "enter")
		d.at(steps.Account, &adopt{})
		d.pass(50 * time.Millisecond)
		d.keys("ctrl+u", `"0815"`)
		d.sees("IDs of this kind usually begin with AID-")
		d.keys("enter")
		d.at(steps.MessageRoute, &ask{})
	})
}

// A skipped step can be reopened until a number is provisioned.
func TestSkipAndReopen(t *testing.T) {
	play(t, stage{live: true}, func(d *driver) {
		d.livingTo(steps.VoiceRoute)
		d.sees("Will you offer voice calls?")
		d.keys("enter")
		d.at(steps.Availability, &ask{})
		d.misses("Voice enabled")
		d.keys("esc")
		d.sees("skipped", "Set it up after all")
		d.keys("2")
		d.at(steps.VoiceRoute, &ask{})
		require.Equal(t, state.Todo, d.m.runner.Status(steps.VoiceRoute).Status)
		d.keys(`"Trunk"`, "enter", `"sip:a@example.com"`, "enter", "enter")
		d.at(steps.Availability, &ask{})
		d.sees("Voice enabled")
	})
}

// Back goes step by step to the beginning, done steps open to be read, and
// going on comes back to what was typed.
func TestBack(t *testing.T) {
	play(t, stage{}, func(d *driver) {
		d.to(steps.MessageRoute)
		d.keys("ctrl+u", `"Typed so far"`, "esc")
		d.at(steps.Account, &sheet{})
		d.sees("✓ Create Account", "AccountId", "My MVNO Business")
		d.keys("esc")
		d.at(steps.Authenticate, &sheet{})
		d.keys("esc")
		d.sees("Go on with step 3")
		d.keys("enter")
		d.at(steps.MessageRoute, &ask{})
		require.Equal(t, "Typed so far", d.value("RouteName"))
		require.Len(t, d.wire.sent(), 1)
	})
}

// The list of steps opens what can be opened, and nothing that comes later.
func TestOverview(t *testing.T) {
	play(t, stage{}, func(d *driver) {
		d.to(steps.MessageRoute)
		d.keys("ctrl+o", "8")
		d.sees("The eight steps")
		d.pass(50 * time.Millisecond)
		d.keys("2")
		d.sees("✓ Create Account")
		d.keys("ctrl+o", "3")
		d.at(steps.MessageRoute, &ask{})
		d.keys("ctrl+o", "ctrl+o")
		d.at(steps.MessageRoute, &ask{})
	})
}

// Making a done step's object once more is asked first, and the old ID stays.
func TestMakingANewOne(t *testing.T) {
	play(t, stage{}, func(d *driver) {
		d.to(steps.MessageRoute)
		d.keys("esc", "3")
		d.sees("Create Account once more?")
		d.slowly("enter")
		d.sees("✓ Create Account")
		d.slowly("3")
		d.slowly("3")
		d.at(steps.Account, &ask{})
		d.accept()
		d.at(steps.MessageRoute, &ask{})
		require.Len(t, d.wire.sent(), 2)
		require.Equal(t, "AID-a1b2c3d4-e5f6-7890-abcd-ef1234567801", d.store.File().History[0].Value)
	})
}

// An unknown outcome is settled by entering the ID, with nothing sent.
func TestUnknownEnterTheID(t *testing.T) {
	play(t, stage{faults: []string{"drop@provision"}}, func(d *driver) {
		d.submit(steps.Provision)
		d.sees("It may have gone through anyway")
		d.slowly("enter")
		d.at(steps.Provision, &adopt{})
		d.keys("enter", "enter")
		d.at(steps.Subscriber, &ask{})
	})
}

// Sending again is asked for in words, and an answer that gives the first call
// away offers the ID first.
func TestUnknownSendAgain(t *testing.T) {
	play(t, stage{faults: []string{"drop@subscriber"}}, func(d *driver) {
		d.submit(steps.Subscriber)
		d.slowly("3")
		d.sees("Send it a second time?")
		d.slowly("enter")
		require.Equal(t, 1, countOf(d.wire.sent(), "/subscribers/create"))
		d.slowly("3", "2")
		require.Equal(t, 2, countOf(d.wire.sent(), "/subscribers/create"))
		d.sees("the first call probably did arrive")
		d.sees("Change the answers and send again")
		d.slowly("enter")
		d.at(steps.Subscriber, &adopt{})
		d.keys("esc")
		d.slowly("3", "2")
		d.at(steps.Subscriber, &ask{})
		for d.m.top().screen.(*ask).form.current().spec.Key != "Email" {
			d.keys("down")
		}
		d.keys("ctrl+u", `"other@example.com"`)
		for d.m.top().screen.(*ask).form.current() != nil {
			d.keys("down")
		}
		d.keys("enter")
		d.at(steps.TestMessage, &ask{})
		require.Equal(t, 3, countOf(d.wire.sent(), "/subscribers/create"))
	})
}

// A run that finds a step without an outcome asks about it, after signing in.
func TestUnknownFoundByTheNextRun(t *testing.T) {
	play(t, stage{faults: []string{"drop@account"}}, func(d *driver) {
		d.submit(steps.Account)
		d.slowly("2")
		require.True(t, d.quit)
		require.Equal(t, 3, d.m.exit)
		d = d.again()
		d.sees("outcome unknown")
		d.keys("enter")
		d.at(steps.Account, &sheet{})
		d.sees("Last time: The connection broke", "Enter the ID")
		d.slowly("3", "2")
		d.at(steps.MessageRoute, &ask{})
	})
}

// A customer without a number is told whom to ask, and leaves with everything
// kept.
func TestNoNumberYet(t *testing.T) {
	play(t, stage{live: true, areas: true}, func(d *driver) {
		d.livingTo(steps.VoiceRoute)
		d.keys("enter", `"801"`, "enter", "enter", "enter", "enter", "enter", "enter")
		d.at(steps.Provision, &ask{})
		d.sees("the number itself comes from Telegent", "I don't have a number yet")
		for d.m.top().screen.(*ask).form.current() != nil {
			d.keys("down")
		}
		d.keys("right", "right", "enter")
		d.sees("support@telegent.com", "Telegent representative")
		d.keys("enter")
		require.True(t, d.quit)
		require.Equal(t, 3, d.m.exit)
	})
}

func countOf(all []string, want string) int {
	return strings.Count(strings.Join(all, "\n")+"\n", want+"\n")
}
