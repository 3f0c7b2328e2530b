package wizard

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/state"
	"telegent-setup/steps"
)

// Rule: back goes step by step to the beginning, done steps open to be read, and
// going on comes back to what was typed.
func TestBack(t *testing.T) {
	play(t, stage{}, func(d *driver) {
		d.to(steps.MessageRoute)
		d.keys("ctrl+u", `"Typed so far"`, "esc")
		d.at(steps.StepPrompt, steps.Account)
		d.sees("✓ Create Account", "AccountId", "My MVNO Business")
		d.keys("esc")
		d.at(steps.StepPrompt, steps.Authenticate)
		d.keys("esc")
		d.sees("Go on with step 3")
		d.keys("enter")
		d.at(steps.FormPrompt, steps.MessageRoute)
		require.Equal(t, "Typed so far", d.value("RouteName"))
		require.Len(t, d.wire.sent(), 1)
	})
}

// Rule: the list of the steps opens what can be opened, and nothing that comes later;
// it closes to where it was opened, and esc after a jump returns there, with what was
// typed.
func TestOverview(t *testing.T) {
	play(t, stage{}, func(d *driver) {
		d.to(steps.MessageRoute)
		d.keys("ctrl+u", `"Typed so far"`, "ctrl+o", "8")
		d.sees("The eight steps", "comes later")
		d.keys("ctrl+o")
		d.at(steps.FormPrompt, steps.MessageRoute)
		d.keys("ctrl+o", "2")
		d.at(steps.StepPrompt, steps.Account)
		d.keys("esc")
		d.at(steps.FormPrompt, steps.MessageRoute)
		require.Equal(t, "Typed so far", d.value("RouteName"))
		d.keys("ctrl+o", "esc")
		d.at(steps.FormPrompt, steps.MessageRoute)
	})
}

// Rule: every saved ID is looked for at the service from the list of the steps, which
// stays; what lies below it keeps its edits.
func TestCheckingTheIDs(t *testing.T) {
	play(t, stage{edition: api.Edition2026}, func(d *driver) {
		d.to(steps.VoiceRoute)
		d.keys("ctrl+u", `"Typed so far"`, "ctrl+o", "c")
		d.pass(time.Second)
		d.sees("Every ID that can be checked is there.", "Create Message Route · found")
		d.keys("esc")
		require.Equal(t, "Typed so far", d.value("RouteName"))
	})
}

// Rule: a wrong secret leads to the field of the secret, with the key kept and open.
func TestWrongSecret(t *testing.T) {
	play(t, stage{live: true}, func(d *driver) {
		d.keys("enter", `"sandbox-key"`, "enter", `"wrong"`, "enter")
		d.sees("The service did not accept this AccountKey and AccountSecret.", "Check that your Bearer token is correct")
		d.slowly("enter")
		require.Equal(t, "sandbox-key", d.value("AccountKey"))
		require.Equal(t, "Account secret", d.focused())
		d.keys(`"sandbox-secret"`, "enter")
		d.at(steps.FormPrompt, steps.Account)
	})
}

// Rule: a number that is taken leads to the list again, with the taken one named and
// the answers kept.
func TestNumberInUseLeadsToAnotherNumber(t *testing.T) {
	play(t, stage{faults: []string{"number-in-use"}}, func(d *driver) {
		d.to(steps.Provision)
		d.keys("up", "up", "up", "up", "right", "ctrl+s") // iot.
		d.slowly("enter")
		d.sees("This phone number is taken")
		d.slowly("enter")
		d.at(steps.ListPrompt, steps.Availability)
		d.sees("was claimed by another customer")
		d.keys("enter")
		d.at(steps.ConfirmPrompt, steps.Provision)
		d.sees("This orders +18015550101")
		d.slowly("esc")
		d.at(steps.FormPrompt, steps.Provision)
		require.Equal(t, "+18015550101", d.value("PhoneNumber"))
		require.Equal(t, "iot", d.value("NumberType"))
	})
}

// Rule: three Enters order another number when one is taken: the fix, the number,
// the order. The list does not begin with the one that was taken, also when that was
// given ahead, and what it said of it is gone with the change.
func TestThreeEntersOrderAnotherNumber(t *testing.T) {
	given := func(g *steps.Given) { g.Answers[steps.Provision] = steps.Answers{"PhoneNumber": "+18015550102"} }
	for name, tc := range map[string]struct {
		given       func(*steps.Given)
		taken, next string
	}{
		"chosen":      {nil, "+18015550100", "+18015550101"},
		"given ahead": {given, "+18015550102", "+18015550100"},
	} {
		t.Run(name, func(t *testing.T) {
			play(t, stage{faults: []string{"number-in-use"}, given: tc.given}, func(d *driver) {
				d.to(steps.Provision)
				d.keys("ctrl+s")
				d.slowly("enter")
				d.at(steps.FailedPrompt, steps.Provision)
				d.slowly("enter")
				d.sees(tc.taken + " was claimed by another customer. Choose another number.")
				d.misses("given ahead")
				d.slowly("enter")
				d.sees("This orders " + tc.next)
				d.misses("claimed")
				d.slowly("enter")
				d.pass(time.Second)
				require.Equal(t, tc.next, d.m.runner.Saved()[steps.PhoneNumber], d)
			})
		})
	}
}

// Rule: "I already have one" is done without a creating call, on every step that has
// one.
func TestAdopt(t *testing.T) {
	for step, keys := range map[string][]string{
		steps.Account:      {`"AID-mine"`, "enter"},
		steps.MessageRoute: {`"MRID-mine"`, "enter"},
		steps.VoiceRoute:   {`"CRID-mine"`, "enter"},
		steps.Provision:    {`"+13105557777"`, "ctrl+s"},
		steps.Subscriber:   {`"TSUID-mine"`, "enter"},
		steps.TestMessage:  {`"TMID-mine"`, "ctrl+s"},
	} {
		t.Run(step, func(t *testing.T) {
			play(t, stage{faults: []string{"no-lookup:9"}}, func(d *driver) {
				d.to(step)
				sent := d.wire.created()
				d.keys("right", "enter")
				d.at(steps.AdoptPrompt, step)
				d.keys(keys...)
				d.pass(time.Second)
				require.Equal(t, sent, d.wire.created())
				require.Equal(t, state.Done, d.m.runner.Status(step).Status, d)
			})
		})
	}
}

// Rule: an ID that cannot be one is not taken, and one that looks odd is.
func TestAdoptChecks(t *testing.T) {
	play(t, stage{faults: []string{"no-lookup:9"}}, func(d *driver) {
		d.to(steps.Account)
		d.keys("right", "enter", "enter")
		d.sees("an answer is needed")
		d.pass(50 * time.Millisecond)
		d.keys(`"`+strings.Repeat("x", 201)+`"`, "enter")
		d.at(steps.AdoptPrompt, steps.Account)
		d.pass(50 * time.Millisecond)
		d.keys("ctrl+u", `"0815"`)
		d.sees("IDs of this kind usually begin with AID-")
		d.keys("enter")
		d.at(steps.FormPrompt, steps.MessageRoute)
	})
}

// Rule: a customer without a number has a message that is ready to be sent, and
// leaves with everything kept.
func TestNoNumberYet(t *testing.T) {
	play(t, stage{live: true, areas: true}, func(d *driver) {
		d.livingTo(steps.Provision)
		d.sees("the number itself comes from Telegent", "I don't have a number yet")
		d.keys("up", "right", "right", "enter")
		d.at(steps.NoNumberPrompt, steps.Provision)
		d.keys("c")
		require.Contains(t, d.copied, "Please assign a number to our account AID-")
		d.keys("2")
		require.True(t, d.quit)
		require.Equal(t, steps.ExitStopped, d.m.exit)
	})
}

// Rule: the list begins with the number that was given ahead, and with none when that
// is not there.
func TestTheGivenNumber(t *testing.T) {
	for given, row := range map[string]string{"+18015550103": "+1 801 555 0103", "+13105559876": ""} {
		t.Run(given, func(t *testing.T) {
			st := stage{given: func(g *steps.Given) {
				g.Answers[steps.Provision] = steps.Answers{"PhoneNumber": given}
			}}
			play(t, st, func(d *driver) {
				d.submit(steps.Availability)
				d.at(steps.ListPrompt, steps.Availability)
				require.Equal(t, row, d.button())
				d.keys("enter")
				if row != "" {
					require.Equal(t, given, d.value("PhoneNumber"))
					return
				}
				d.sees("Move to a row first", "is not in this list")
				d.keys("down", "enter")
				require.Equal(t, "+18015550100", d.value("PhoneNumber"))
			})
		})
	}
}

// Rule: pgdn at the end of a page turns to the next, pgup at its beginning back; a
// filter says what it does not see, and a page that was turned is not where the next
// search begins.
func TestPages(t *testing.T) {
	play(t, stage{live: true, areas: true, many: 25_000}, func(d *driver) {
		d.livingTo(steps.Availability)
		d.accept()
		d.at(steps.ListPrompt, steps.Availability)
		d.sees("25,000 numbers", "page 1 of 3")
		d.keys("end", "pgdown")
		d.sees("page 2 of 3")
		d.keys("end", "pgdown")
		d.sees("1 of 5,000", "page 3 of 3")
		d.keys("end", "pgdown")
		d.sees("5,000 of 5,000")
		d.keys(`"^80"`)
		d.sees("of all 25,000, these 5,000 are loaded")
		d.keys("esc", "home", "pgup")
		d.sees("page 2 of 3")
		d.keys("ctrl+left")
		d.sees("page 1 of 3")
		d.keys("ctrl+right", "esc")
		d.at(steps.FormPrompt, steps.Availability)
		d.accept()
		d.sees("page 1 of 3")
	})
}

// Rule: an order under way is asked for as soon as the next run has signed in, and is
// never placed again.
func TestAnOrderIsAskedForByTheNextRun(t *testing.T) {
	play(t, stage{edition: api.Edition2026}, func(d *driver) {
		d.submit(steps.Provision)
		d.pass(300 * time.Millisecond)
		d.sees("Telegent is working on the order")
		d.keys("ctrl+c")
		require.True(t, d.quit)
		require.Equal(t, state.Sent, d.store.File().Steps[steps.Provision].Status)
		d = d.again()
		require.Contains(t, d.screen(), "order under way")
		d.slowly("enter", "2")
		d.pass(time.Minute)
		d.at(steps.FormPrompt, steps.Subscriber)
		require.Equal(t, 1, countOf(d.wire.sent(), "/numbers/provision"))
	})
}

// Rule: while a plan runs, the rail fills in.
func TestTheRailFillsIn(t *testing.T) {
	play(t, stage{faults: []string{"slow@voice-route"}}, func(d *driver) {
		d.keys("enter", "enter")
		d.at(steps.PlanPrompt, "")
		d.keys("enter")
		d.pass(time.Second)
		require.NotNil(t, d.m.pending)
		require.Contains(t, d.screen(), "✓ 3 Create Message Route")
		require.Contains(t, d.screen(), "▸ ● 4 Create Voice Route")
		d.sees("Create Voice Route")
		d.pass(4 * time.Second)
		d.at(steps.ListPrompt, steps.Availability)
	})
}

// Rule: a step that is shown can be seen with its call and its answer.
func TestRequestAndAnswer(t *testing.T) {
	play(t, stage{}, func(d *driver) {
		d.to(steps.MessageRoute)
		d.keys("esc", "5")
		d.sees("Request and answer", "/accounts/create", "HTTP 200", "AID-")
		d.keys("c")
		require.Contains(t, d.copied, "curl")
		d.keys("esc")
		d.at(steps.StepPrompt, steps.Account)
	})
}
