package wizard

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/state"
	"telegent-setup/steps"
)

// Quitting in the middle of a form keeps what was typed, but no secret, and the
// next run opens with it.
func TestQuitKeepsTheDraft(t *testing.T) {
	play(t, stage{live: true}, func(d *driver) {
		d.livingTo(steps.Account)
		d.keys(`"Half a na"`, "ctrl+c")
		require.True(t, d.quit)
		require.Equal(t, 3, d.m.exit)
		d = d.again()
		d.keys("enter", `"sandbox-secret"`, "enter")
		d.at(steps.Account, &ask{})
		require.Equal(t, "Half a na", d.value("AccountName"))
		d.keys("ctrl+c")
		require.NotContains(t, d.everythingOnDisk(), "sandbox-secret")
	})
}

// A secret that was typed is never on a screen, in a title, or on disk.
func TestSecretsStaySecret(t *testing.T) {
	const password = "Tr0ub4dor&3"
	play(t, stage{live: true, faults: []string{"email-exists"}}, func(d *driver) {
		look := func() {
			v := d.m.View()
			require.NotContains(t, v.Content+v.WindowTitle, password)
		}
		d.livingTo(steps.VoiceRoute)
		d.keys("enter", `"801"`, "enter", "enter", "enter", "enter", "enter", "enter", "enter", "enter", "enter", "enter")
		d.slowly("enter")
		d.at(steps.Subscriber, &ask{})
		d.keys(`"Ada"`, "enter", `"ada@example.com"`, "enter")
		for _, msg := range presses(`"`+password+`"`, "ctrl+r", "esc", "enter", "enter") {
			d.send(msg)
			look()
		}
		d.sees("This email address belongs to another subscriber")
		d.slowly("2")
		look()
		d.sees("$TELEGENT_SUBSCRIBER_PASSWORD")
		d.keys("c")
		require.NotContains(t, d.copied, password)
		d.keys("ctrl+c")
		require.NotContains(t, d.everythingOnDisk(), password)
	})
}

func (d *driver) everythingOnDisk() string {
	d.t.Helper()
	files, err := filepath.Glob(filepath.Join(filepath.Dir(d.path), "*"))
	require.NoError(d.t, err)
	var all strings.Builder
	for _, f := range files {
		data, err := os.ReadFile(f)
		require.NoError(d.t, err)
		all.Write(data)
	}
	return all.String()
}

// Esc stops a wait honestly: what creates nothing was not carried out, and what
// may have arrived is asked about.
func TestEscStops(t *testing.T) {
	t.Run("a search", func(t *testing.T) {
		play(t, stage{faults: []string{"hang@availability"}}, func(d *driver) {
			d.submit(steps.Availability)
			d.at(steps.Availability, &work{})
			d.sees("this call creates nothing")
			d.keys("esc")
			d.at(steps.Availability, &ask{})
			d.sees("Stopped. Nothing was created.")
		})
	})
	t.Run("waiting for the rate limit", func(t *testing.T) {
		play(t, stage{faults: []string{"rate-limit@account:5"}}, func(d *driver) {
			d.submit(steps.Account)
			d.pass(200 * time.Millisecond)
			d.sees("Going on in", "nothing has been created yet")
			d.keys("esc")
			d.at(steps.Account, &ask{})
			d.sees("Stopped. Nothing was created.")
			require.NotEqual(t, state.Sent, d.m.runner.Status(steps.Account).Status)
		})
	})
	t.Run("a call that may have arrived", func(t *testing.T) {
		play(t, stage{faults: []string{"hang@account"}}, func(d *driver) {
			d.submit(steps.Account)
			d.sees("may have gone through")
			d.keys("esc")
			d.at(steps.Account, &sheet{})
			d.sees(steps.OfferAdopt, steps.OfferLeave, steps.OfferResend)
		})
	})
}

// ctrl+c during a call cancels it first, waits for what became of it, and then
// leaves with 3.
func TestInterruptDuringACall(t *testing.T) {
	play(t, stage{faults: []string{"hang@account"}}, func(d *driver) {
		d.submit(steps.Account)
		d.keys("ctrl+c")
		require.True(t, d.quit)
		require.Equal(t, 3, d.m.exit)
		require.Equal(t, state.Sent, d.store.File().Steps[steps.Account].Status)
	})
}

// What a call gave and could not be saved is said, also to a person who stopped
// it or left meanwhile.
func TestWhatCouldNotBeSavedIsSaid(t *testing.T) {
	for _, key := range []string{"esc", "ctrl+c"} {
		t.Run(key, func(t *testing.T) {
			play(t, stage{}, func(d *driver) {
				d.wire.answered = func(path string) {
					if path == "/v1.0/accounts/create" {
						d.m.Update(presses(key)[0]) // Too late to stop it.
						require.NoError(t, os.RemoveAll(d.path))
						require.NoError(t, os.MkdirAll(filepath.Join(d.path, "in the way"), 0o700))
					}
				}
				d.submit(steps.Account)
				require.True(t, d.quit)
				require.Equal(t, steps.ExitBroken, d.m.exit)
				require.ErrorContains(t, d.m.err, "AID-")
				require.ErrorContains(t, d.m.err, "could not be saved")
			})
		})
	}
}

// A result of an attempt that was given up changes nothing.
func TestStaleResultsAreDropped(t *testing.T) {
	play(t, stage{faults: []string{"slow@account"}}, func(d *driver) {
		d.submit(steps.Account)
		before := d.m.attempt
		for _, stale := range []resultMsg{
			{kind: submitted, step: steps.Account, attempt: before - 1},
			{kind: submitted, step: steps.Provision, attempt: before},
			{kind: searched, step: steps.Availability, attempt: before + 1},
		} {
			d.send(stale)
			d.at(steps.Account, &work{})
		}
		d.pass(4 * time.Second)
		d.at(steps.MessageRoute, &ask{})
		d.send(resultMsg{kind: submitted, step: steps.Account, attempt: before})
		d.at(steps.MessageRoute, &ask{})
	})
}

// A finished setup opens on its last screen, sends nothing, and is 0.
func TestFinishedSetup(t *testing.T) {
	play(t, stage{}, func(d *driver) {
		d.submit(steps.TestMessage)
		d.sees("Success")
		calls := len(d.wire.calls)
		d = d.again()
		d.sees("Your setup is complete", "A test message accepted by the service", "Nothing is left to send")
		d.misses("delivered to")
		d.keys("ctrl+c")
		require.True(t, d.quit)
		require.Equal(t, 0, d.m.exit)
		require.Len(t, d.wire.calls, calls)
	})
}

// A resumed run signs in first: without asking when the secret is at hand, else
// for the secret alone.
func TestResume(t *testing.T) {
	t.Run("with the secret at hand", func(t *testing.T) {
		play(t, stage{}, func(d *driver) {
			d.to(steps.VoiceRoute)
			d = d.again()
			d.sees("Welcome back", "AID-a1b2c3d4-e5f6-7890-abcd-ef1234567801", "Go on with step 4")
			d.keys("enter")
			d.sees("Signed in", "Will you offer voice calls?")
		})
	})
	t.Run("without", func(t *testing.T) {
		play(t, stage{live: true}, func(d *driver) {
			d.livingTo(steps.MessageRoute)
			d = d.again()
			d.keys("enter")
			d.at(steps.Authenticate, &ask{})
			require.Len(t, d.m.top().screen.(*ask).form.asked(), 1)
			d.keys(`"sandbox-secret"`, "enter")
			d.at(steps.MessageRoute, &ask{})
		})
	})
}

// Secrets of the environment are not asked for, and are named.
func TestSecretsOfTheEnvironment(t *testing.T) {
	st := stage{
		live: true, environ: []string{"TELEGENT_ACCOUNT_KEY=sandbox-key", "TELEGENT_ACCOUNT_SECRET=sandbox-secret"},
		secrets: map[string]string{"AccountSecret": "sandbox-secret"},
		given:   map[string]steps.Answers{steps.Authenticate: {"AccountKey": "sandbox-key"}},
	}
	play(t, st, func(d *driver) {
		d.keys("enter")
		d.sees("14 characters from TELEGENT_ACCOUNT_SECRET", "sandbox-key from TELEGENT_ACCOUNT_KEY")
		d.keys("enter")
		d.at(steps.Account, &ask{})
	})
}

// A fault of this program inside a command ends it with 1 and the trace, not
// with a broken terminal.
func TestPanicInACommand(t *testing.T) {
	play(t, stage{}, func(d *driver) {
		d.run(d.m.lane.command(func() tea.Msg { panic("out of cheese") }))
		d.settle()
		require.True(t, d.quit)
		require.Equal(t, 1, d.m.exit)
		require.ErrorContains(t, d.m.err, "out of cheese")
		require.ErrorContains(t, d.m.err, "leave_test.go")
	})
}

// A state file that cannot be written ends the program with 1.
func TestDiskTrouble(t *testing.T) {
	play(t, stage{live: true}, func(d *driver) {
		d.livingTo(steps.Account)
		require.NoError(t, os.RemoveAll(filepath.Dir(d.path)))
		d.keys(`"Ada"`, "ctrl+c")
		require.True(t, d.quit)
		require.Equal(t, 1, d.m.exit)
		require.Error(t, d.m.err)
	})
}

// ctrl+v pastes what the clipboard of the machine holds into the field it was
// pressed in, however slow that is; a clipboard that hangs holds nothing up.
func TestClipboard(t *testing.T) {
	play(t, stage{live: true}, func(d *driver) {
		d.livingTo(steps.Account)
		d.m.clipboard = func() (string, error) {
			time.Sleep(300 * time.Millisecond)
			return " Ada Ltd\n", nil
		}
		d.keys("ctrl+v", "tab", "ctrl+u", `"MVNO"`)
		d.pass(time.Second)
		require.Equal(t, "Ada Ltd", d.value("AccountName"))
		require.Equal(t, "MVNO", d.value("AccountType"))
		d.m.clipboard = func() (string, error) {
			time.Sleep(2 * time.Second)
			return "too late", nil
		}
		d.keys("tab", "ctrl+v", `"a@example.com"`)
		d.pass(1100 * time.Millisecond)
		require.Equal(t, "a@example.com", d.value("BillingEmail"))
	})
}

// Another test message can be sent from the last screen, and a failure of it
// leads back to it after signing in.
func TestAnotherMessage(t *testing.T) {
	play(t, stage{}, func(d *driver) {
		d.submit(steps.TestMessage)
		d = d.again()
		d.keys("2")
		d.sees("When the message does not arrive")
		d.keys("2")
		d.at(steps.TestMessage, &ask{})
		d.keys("ctrl+u", `"+13105558888"`)
		d.accept()
		d.slowly("enter")
		d.sees("Success")
		require.Equal(t, 2, countOf(d.wire.sent(), "/message/send"))
	})
}

// A page that was turned is not where the next search begins.
func TestNextPage(t *testing.T) {
	play(t, stage{live: true, areas: true, many: 25_000}, func(d *driver) {
		d.livingTo(steps.VoiceRoute)
		d.keys("enter", "enter", "enter", "enter", "enter", "enter")
		d.at(steps.Availability, &results{})
		d.sees("25,000 numbers", "page 1")
		d.keys("ctrl+n")
		d.sees("page 2", "ctrl+p previous page")
		d.keys("ctrl+n")
		d.sees("of 5,000", "page 3")
		d.keys("ctrl+n", "esc")
		d.at(steps.Availability, &ask{})
		d.accept()
		d.sees("page 1")
	})
}

// An order under way is asked for as soon as the next run has signed in, and is
// never placed again.
func TestAnOrderIsAskedForByTheNextRun(t *testing.T) {
	play(t, stage{edition: api.Edition2026}, func(d *driver) {
		d.to(steps.Provision)
		d.accept()
		d.slowly("enter")
		d.pass(300 * time.Millisecond)
		d.sees("Telegent is working on the order")
		d.keys("ctrl+c")
		require.True(t, d.quit)
		require.Equal(t, state.Sent, d.store.File().Steps[steps.Provision].Status)
		d = d.again()
		d.sees("order under way")
		d.keys("enter")
		d.at(steps.Provision, &work{})
		d.pass(time.Minute)
		d.at(steps.Subscriber, &ask{})
		require.Equal(t, 1, countOf(d.wire.sent(), "/numbers/provision"))
	})
}
