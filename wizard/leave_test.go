package wizard

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/state"
	"telegent-setup/steps"
)

// Rule: quitting in the middle of a form keeps what was typed, but no secret, and the
// next run opens with it.
func TestQuitKeepsTheDraft(t *testing.T) {
	play(t, stage{live: true}, func(d *driver) {
		d.livingTo(steps.Account)
		d.keys(`"Half a na"`, "ctrl+c")
		require.True(t, d.quit)
		require.Equal(t, steps.ExitStopped, d.m.exit)
		d = d.again()
		d.keys("enter", `"sandbox-secret"`, "enter")
		d.at(steps.PlanPrompt, "")
		d.sees("Half a na earlier run")
		d.keys("enter")
		d.at(steps.FormPrompt, steps.Account)
		require.Equal(t, "Half a na", d.value("AccountName"))
		d.keys("ctrl+c")
		require.NotContains(t, d.everythingOnDisk(), "sandbox-secret")
	})
}

// Rule: a signal keeps what was typed too, and is 130.
func TestASignalKeepsTheDraft(t *testing.T) {
	play(t, stage{live: true}, func(d *driver) {
		d.livingTo(steps.Account)
		d.keys(`"Half a na"`)
		d.end()
		exit, err := d.m.result(d.m.ctx, tea.ErrProgramKilled, true)
		require.NoError(t, err)
		require.Equal(t, steps.ExitSignalled, exit)
		require.Equal(t, "Half a na", d.store.File().Steps[steps.Account].Answers["AccountName"])
	})
}

// Rule: a secret that was typed is never on a screen, in a title, or on disk.
func TestSecretsStaySecret(t *testing.T) {
	const password = "Tr0ub4dor&3"
	play(t, stage{live: true, faults: []string{"email-exists"}}, func(d *driver) {
		look := func() {
			v := d.m.View()
			require.NotContains(t, v.Content+v.WindowTitle, password)
		}
		d.livingTo(steps.Provision)
		d.accept()
		d.pass(time.Second)
		d.slowly("enter")
		d.at(steps.FormPrompt, steps.Subscriber)
		d.keys(`"Ada"`, "enter", `"ada@example.com"`, "enter")
		for _, msg := range presses(`"`+password+`"`, "enter", `"`+password+`"`, "ctrl+r", "esc", "ctrl+s") {
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

// Rule: esc stops a wait honestly: what creates nothing was not carried out, and what
// may have arrived is asked about.
func TestEscStops(t *testing.T) {
	for name, c := range map[string]struct {
		fault, step, note string
		kind              steps.PromptKind
	}{
		"a search":                     {"hang@availability", steps.Availability, "this call creates nothing", steps.FormPrompt},
		"waiting for the rate limit":   {"rate-limit@account:5", steps.Account, "nothing has been created yet", steps.FormPrompt},
		"a call that may have gone":    {"hang@account", steps.Account, "may have gone through", steps.UnknownPrompt},
		"an order that is under way":   {"order-pending", steps.Provision, "The order is placed, and saved", steps.UnknownPrompt},
		"signing in":                   {"hang@authenticate", steps.Authenticate, "this call creates nothing", steps.FormPrompt},
		"looking for what there is":    {"", steps.MessageRoute, "this call creates nothing", steps.AdoptPrompt},
		"checking an ID that is typed": {"", steps.VoiceRoute, "this call creates nothing", steps.FormPrompt},
	} {
		t.Run(name, func(t *testing.T) {
			st := stage{edition: api.Edition2025}
			if c.fault == "order-pending" {
				st.edition = api.Edition2026
			}
			if c.fault != "" {
				st.faults = []string{c.fault}
			}
			play(t, st, func(d *driver) {
				switch name {
				case "looking for what there is":
					d.to(c.step)
					d.keys("right", "enter")
					d.wire.stuck = true
					d.keys("down", "down", "enter")
				case "checking an ID that is typed":
					d.to(c.step)
					d.keys("right", "enter")
					d.wire.stuck = true
					d.keys(`"CRID-mine"`, "enter")
				default:
					d.submit(c.step)
				}
				d.pass(300 * time.Millisecond)
				d.works(c.step)
				d.sees(c.note)
				d.keys("esc")
				d.pass(time.Second)
				if name == "checking an ID that is typed" { // It is taken all the same.
					c.step = steps.Availability
				}
				d.at(c.kind, c.step)
			})
		})
	}
}

// Rule: ctrl+c during a call cancels it first, waits for what became of it, and then
// leaves with 3; what had left stays sent.
func TestInterruptDuringACall(t *testing.T) {
	play(t, stage{faults: []string{"hang@account"}}, func(d *driver) {
		d.submit(steps.Account)
		d.keys("ctrl+c")
		require.True(t, d.quit)
		require.Equal(t, steps.ExitStopped, d.m.exit)
		require.Equal(t, state.Sent, d.store.File().Steps[steps.Account].Status)
	})
}

// Rule: what a call gave and could not be saved is said, also to a person who stopped
// it or left meanwhile.
func TestWhatCouldNotBeSavedIsSaid(t *testing.T) {
	for _, key := range []string{"esc", "ctrl+c"} {
		t.Run(key, func(t *testing.T) {
			play(t, stage{}, func(d *driver) {
				d.wire.answered = func(path string) {
					if path == "/v1.0/accounts/create" {
						d.m.Update(presses(key)[0]) // Too late to stop it.
						d.blockSaves()
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

// Rule: a result of an attempt that was given up changes nothing.
func TestStaleResultsAreDropped(t *testing.T) {
	play(t, stage{faults: []string{"slow@account"}}, func(d *driver) {
		d.submit(steps.Account)
		before := d.m.pending
		for _, stale := range []tea.Msg{endedMsg{work: &pending{}}, endedMsg{}, tickMsg{&pending{}}} {
			d.send(stale)
			d.works(steps.Account)
		}
		d.pass(4 * time.Second)
		d.at(steps.FormPrompt, steps.MessageRoute)
		d.send(endedMsg{work: before})
		d.at(steps.FormPrompt, steps.MessageRoute)
	})
}

// Rule: a finished setup opens on its last screen, sends nothing, and is 0.
func TestFinishedSetup(t *testing.T) {
	play(t, stage{}, func(d *driver) {
		d.submit(steps.TestMessage)
		d.onward()
		d = d.again()
		calls := len(d.wire.calls)
		d.at(steps.FinishedPrompt, "")
		d.sees("Your setup is complete")
		d.keys("ctrl+o", "2", "esc")
		d.at(steps.FinishedPrompt, "")
		d.keys("q")
		require.True(t, d.quit)
		require.Equal(t, steps.ExitDone, d.m.exit)
		require.Len(t, d.wire.calls, calls)
	})
}

// Rule: a resumed run signs in first: without asking when the secret is at hand, else
// for the secret alone.
func TestResume(t *testing.T) {
	t.Run("with the secret at hand", func(t *testing.T) {
		play(t, stage{}, func(d *driver) {
			d.to(steps.VoiceRoute)
			d = d.again()
			d.sees("Welcome back", "AID-a1b2c3d4-e5f6-7890-abcd-ef1234567801", "Go on with step 4")
			d.keys("enter")
			d.at(steps.PlanPrompt, "")
			require.True(t, d.m.Context.Facts.SignedIn)
		})
	})
	t.Run("without", func(t *testing.T) {
		play(t, stage{live: true}, func(d *driver) {
			d.livingTo(steps.MessageRoute)
			d = d.again()
			d.keys("enter")
			d.at(steps.FormPrompt, steps.Authenticate)
			require.Equal(t, "Account secret", d.focused())
			require.False(t, d.question("AccountKey").Asked)
			d.keys(`"sandbox-secret"`, "enter")
			d.at(steps.FormPrompt, steps.MessageRoute)
		})
	})
}

// Rule: a fault of this program inside a command ends it with 1 and the trace, not
// with a broken terminal.
func TestPanicInACommand(t *testing.T) {
	play(t, stage{}, func(d *driver) {
		d.run(d.m.start(func(context.Context) func(*pending) tea.Cmd { panic("out of cheese") }))
		d.settle()
		require.True(t, d.quit)
		require.Equal(t, steps.ExitBroken, d.m.exit)
		require.ErrorContains(t, d.m.err, "out of cheese")
		require.ErrorContains(t, d.m.err, "leave_test.go")
	})
}

// Rule: a state file that cannot be written ends the program with 1.
func TestDiskTrouble(t *testing.T) {
	play(t, stage{live: true}, func(d *driver) {
		d.livingTo(steps.Account)
		d.blockSaves()
		d.keys(`"Ada"`, "ctrl+c")
		require.True(t, d.quit)
		require.Equal(t, steps.ExitBroken, d.m.exit)
		require.Error(t, d.m.err)
	})
}

// Rule: ctrl+v pastes what the clipboard of the machine holds into the field it was
// pressed in, however slow that is; a clipboard that hangs holds nothing up.
func TestClipboard(t *testing.T) {
	play(t, stage{live: true}, func(d *driver) {
		d.livingTo(steps.Account)
		d.m.clipboard = func() (string, error) {
			time.Sleep(300 * time.Millisecond)
			return " Ada Ltd\n", nil
		}
		d.keys("ctrl+v", "tab", "ctrl+u", `"RESELLER"`)
		d.pass(time.Second)
		require.Equal(t, "Ada Ltd", d.value("AccountName"))
		require.Equal(t, "RESELLER", d.value("AccountType"))
		d.m.clipboard = func() (string, error) {
			time.Sleep(2 * time.Second)
			return "too late", nil
		}
		d.keys("tab", "ctrl+v", `"a@example.com"`)
		d.pass(1100 * time.Millisecond)
		require.Equal(t, "a@example.com", d.value("BillingEmail"))
	})
}

// Rule: what becomes of the message is shown as it comes; Enter goes on at any time,
// and ctrl+c leaves a setup that is complete.
func TestDelivery(t *testing.T) {
	for _, key := range []string{"enter", "ctrl+c", ""} {
		t.Run("key "+key, func(t *testing.T) {
			play(t, stage{faults: []string{"no-reply"}}, func(d *driver) {
				d.submit(steps.TestMessage)
				d.pass(time.Second)
				require.True(t, d.m.pending.watching)
				d.pass(3 * time.Second)
				d.sees("Delivered after 2.0 s", "Waiting for an answer")
				if key == "" {
					d.pass(3 * time.Minute)
				} else {
					d.keys(key)
				}
				require.Equal(t, key == "ctrl+c", d.quit)
				require.Equal(t, steps.ExitDone, d.m.exit)
				if !d.quit {
					d.at(steps.FinishedPrompt, "")
					d.sees("The message was delivered")
				}
			})
		})
	}
}

// blockSaves lets nothing be saved any more.
func (d *driver) blockSaves() {
	d.t.Helper()
	require.NoError(d.t, os.RemoveAll(d.path))
	require.NoError(d.t, os.MkdirAll(filepath.Join(d.path, "in the way"), 0o700))
}
