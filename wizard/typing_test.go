package wizard

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/stretchr/testify/require"

	"telegent-setup/steps"
)

// Rule: keys for several screens in one burst land where they were meant for: none
// is lost, doubled, or put in another field.
func TestBurst(t *testing.T) {
	play(t, stage{live: true}, func(d *driver) {
		d.send(presses(
			"enter", `"sandbox-key"`, "enter", `"sandbox-secret"`, "enter",
			`"Ada & Söhne"`, "tab", "tab", `"billing@example.com"`, "down", `"admin@example.com"`, "enter",
			`"https://example.com/m?a=1"`, "enter", "right", "enter", "n", "enter", "enter",
			"2", `"sip:a@example.com"`, "enter", "enter",
			`"310"`, "ctrl+s",
			"down", "enter",
		)...)
		require.Equal(t, []string{"/accounts/create", "/message/routes", "/voice/routes", "/numbers/availability"}, d.wire.sent())
		require.JSONEq(t, `{"AccountKey":"sandbox-key","AccountSecret":"sandbox-secret"}`, d.wire.body[0])
		require.JSONEq(t, `{"AccountName":"Ada & Söhne","AccountType":"MVNO","BillingEmail":"billing@example.com","AdminEmail":"admin@example.com"}`, d.wire.body[1])
		require.JSONEq(t, `{"RouteName":"Primary Message Route","RouteUrl":"https://example.com/m?a=1","RouteType":"GET","RouteEnabled":false,"DeliveryReports":true}`, d.wire.body[2])
		require.JSONEq(t, `{"RouteName":"Primary SIP Trunk","RouteType":"Trunk","VoiceUrl":"sip:a@example.com","RouteEnabled":true}`, d.wire.body[3])
		d.at(steps.FormPrompt, steps.Provision)
		require.Equal(t, "+13105550100", d.value("PhoneNumber"))
	})
}

// Rule: keys typed while a call is under way go to the next form, however long it
// takes, and none is lost.
func TestTypingAheadWhileWaiting(t *testing.T) {
	for _, wait := range []time.Duration{0, 1500 * time.Millisecond} {
		t.Run(wait.String(), func(t *testing.T) {
			play(t, stage{faults: []string{"slow@account"}}, func(d *driver) {
				d.submit(steps.Account)
				d.works(steps.Account)
				d.pass(wait)
				d.keys("ctrl+u", `"My route"`, "tab", "ctrl+u", `"https://example.com/"`)
				d.send(tea.PasteMsg{Content: "messages"})
				d.pass(4 * time.Second)
				d.at(steps.FormPrompt, steps.MessageRoute)
				require.Equal(t, "My route", d.value("RouteName"))
				require.Equal(t, "https://example.com/messages", d.value("RouteUrl"))
				require.Equal(t, "Webhook URL", d.focused())
			})
		})
	}
}

// Rule: an Enter typed during a call longer than a second moves, and never sends a
// creating call of a form that was not seen: it stops on the button.
func TestEnterTypedInALongWaitDoesNotSend(t *testing.T) {
	for _, key := range []string{"enter", "ctrl+s"} {
		t.Run(key, func(t *testing.T) {
			play(t, stage{faults: []string{"slow@account"}}, func(d *driver) {
				d.submit(steps.Account)
				d.pass(1500 * time.Millisecond)
				d.keys("ctrl+u", `"My route"`, "enter", key, key, key, key, key, key)
				d.pass(5 * time.Second)
				d.at(steps.FormPrompt, steps.MessageRoute)
				require.Equal(t, "My route", d.value("RouteName"))
				require.Equal(t, "Create Message Route", d.button())
				d.sees("Press enter to send.")
				require.Equal(t, []string{"/accounts/create"}, d.wire.sent())
				d.keys("enter")
				d.misses("Press enter")
				require.Equal(t, []string{"/accounts/create", "/message/routes"}, d.wire.sent())
			})
		})
	}
}

// Rule: a key that was typed before a question was read never answers it.
func TestKeysTypedAheadBuyNothing(t *testing.T) {
	for _, key := range []string{"enter", "y", "1"} {
		t.Run(key, func(t *testing.T) {
			play(t, stage{}, func(d *driver) {
				d.to(steps.Provision)
				burst := presses("ctrl+s")
				for range 50 {
					burst = append(burst, press(key))
				}
				d.send(burst...)
				d.pass(time.Second)
				d.at(steps.ConfirmPrompt, steps.Provision)
				d.sees("This orders", "Keys pressed before this appeared were ignored")
				require.NotContains(t, d.wire.sent(), "/numbers/provision")
				d.slowly("enter")
				d.at(steps.FormPrompt, steps.Subscriber)
			})
		})
	}
}

// Rule: Enter held down, whatever the delay before it repeats, answers no question:
// it takes a press of its own.
func TestHeldEnterBuysNothing(t *testing.T) {
	for _, delay := range []time.Duration{150 * time.Millisecond, 250 * time.Millisecond, 500 * time.Millisecond, 660 * time.Millisecond} {
		t.Run(delay.String(), func(t *testing.T) {
			play(t, stage{}, func(d *driver) {
				d.to(steps.Provision)
				d.keys("enter")
				d.pass(delay)
				for range 100 {
					d.keys("enter")
					d.pass(40 * time.Millisecond)
				}
				require.NotContains(t, d.wire.sent(), "/numbers/provision")
				d.pass(time.Second)
				d.at(steps.ConfirmPrompt, steps.Provision)
				d.slowly("enter")
				require.Contains(t, d.wire.sent(), "/numbers/provision")
			})
		})
	}
}

// Rule: keys typed while a call is under way choose nothing on the screen of its
// failure, nor on that of an unknown outcome.
func TestKeysTypedAheadChooseNothing(t *testing.T) {
	for fault, kind := range map[string]steps.PromptKind{"soft-failure@account": steps.FailedPrompt, "drop@account": steps.UnknownPrompt} {
		t.Run(fault, func(t *testing.T) {
			play(t, stage{faults: []string{fault}}, func(d *driver) {
				d.to(steps.Account)
				d.send(presses("ctrl+s", "3", "y", "enter")...)
				d.pass(time.Second)
				d.at(kind, steps.Account)
				require.Len(t, d.wire.sent(), 1)
			})
		})
	}
}

// Rule: a form that is refused ignores what was typed ahead for the next one, and
// hears a person.
func TestRefusedFormDropsTypeAhead(t *testing.T) {
	play(t, stage{live: true}, func(d *driver) {
		d.keys("enter", "enter", `"sandbox-secret"`, "enter", `"Ada"`, "enter")
		d.at(steps.FormPrompt, steps.Authenticate)
		d.sees("an answer is needed")
		require.Empty(t, d.value("AccountKey"))
		d.pass(50 * time.Millisecond)
		d.keys(`"sandbox-key"`)
		d.misses("an answer is needed")
		d.keys("ctrl+s")
		d.at(steps.FormPrompt, steps.Account)
		require.Empty(t, d.value("AccountName"))
	})
}

// Rule: a paste loses what it brought along: outer spaces, line breaks, control and
// bidi characters.
func TestPaste(t *testing.T) {
	for name, c := range map[string]struct{ pasted, want string }{
		"outer spaces":         {"  Ada Ltd \r\n", "Ada Ltd"},
		"lines":                {"Ada\r\nLtd", "Ada Ltd"},
		"control characters":   {"A\x1b[31mda\x00", "A[31mda"},
		"turned text":          {"Ada\u202e Ltd\u200b", "Ada Ltd"},
		"wide and joined runs": {"東京👩‍👩‍👧 é", "東京👩‍👩‍👧 é"},
	} {
		t.Run(name, func(t *testing.T) {
			play(t, stage{live: true}, func(d *driver) {
				d.livingTo(steps.Account)
				d.send(tea.PasteMsg{Content: c.pasted})
				require.Equal(t, c.want, d.value("AccountName"))
			})
		})
	}
}

// Rule: a pasted secret keeps its inner spaces, shows how long it is and never what
// it is, and no form holds it once the runner does.
func TestPastedSecret(t *testing.T) {
	play(t, stage{live: true}, func(d *driver) {
		d.keys("enter", `"sandbox-key"`, "enter")
		d.send(tea.PasteMsg{Content: "  two  spaces\n"})
		d.sees("11 characters", "***********")
		d.misses("two")
		d.keys("ctrl+r")
		d.sees("$TELEGENT_ACCOUNT_SECRET")
		d.keys("c")
		require.Contains(t, d.copied, "curl")
		require.NotContains(t, d.copied, "two")
		require.NotContains(t, d.copied, "TELEGENT_TOKEN", "signing in needs no token")
		d.keys("esc", "esc", "enter")
		d.at(steps.FormPrompt, steps.Authenticate)
		d.sees("11 characters, kept for this run", "type to replace it")
		require.Equal(t, 11, d.question("AccountSecret").Held)
	})
}

// Rule: what is copied of a request runs as it is: it begins with the command that
// gets the token. What is shown is the request alone.
func TestACopiedRequestRunsAsItIs(t *testing.T) {
	play(t, stage{}, func(d *driver) {
		d.to(steps.Account)
		d.keys("ctrl+r")
		d.misses("TELEGENT_TOKEN=$(")
		d.keys("c")
		require.Contains(t, d.copied, "TELEGENT_TOKEN=$(curl -sS")
		require.Contains(t, d.copied, "/accounts/create")
		require.NotContains(t, d.copied, "sandbox-secret")
	})
}

// Rule: in a text field ? is text, and help has keys of its own; elsewhere ? is help.
func TestHelpKeys(t *testing.T) {
	play(t, stage{live: true}, func(d *driver) {
		d.keys("?")
		d.sees("Keys", "Everywhere")
		d.keys("?", "enter", `"a?b"`)
		require.Equal(t, "a?b", d.value("AccountKey"))
		d.keys("f1")
		d.sees("Everywhere", "support@telegent.com", "ctrl+s")
		d.keys("ctrl+g")
		require.Equal(t, "a?b", d.value("AccountKey"))
	})
}

// Rule: text of any width fits its field and its frame, at any size of terminal.
func TestNoLineIsWiderThanTheTerminal(t *testing.T) {
	play(t, stage{live: true}, func(d *driver) {
		d.livingTo(steps.Account)
		d.send(tea.PasteMsg{Content: strings.Repeat("東京👩‍👩‍👧", 40)})
		for _, size := range append(sizes, tea.WindowSizeMsg{Width: 24, Height: 8}, tea.WindowSizeMsg{Width: 79, Height: 9}) {
			d.send(size)
			d.fits()
		}
	})
}

// fits requires the whole view to fit the terminal.
func (d *driver) fits() {
	d.t.Helper()
	lines := strings.Split(strings.TrimSuffix(d.m.View().Content, "\n"), "\n")
	require.LessOrEqual(d.t, len(lines), d.m.H)
	for _, l := range lines {
		require.LessOrEqual(d.t, cells(l), d.m.W, "%d cells: %q", cells(l), l)
	}
}

// Rule: what was typed and where the focus was survive any change of size; a window
// too small for anything says so.
func TestResizeKeepsTheForm(t *testing.T) {
	play(t, stage{live: true}, func(d *driver) {
		d.livingTo(steps.Account)
		d.keys(`"Ada"`, "enter", "enter", `"bill"`)
		for _, size := range []tea.WindowSizeMsg{{Width: 200, Height: 60}, {Width: 10, Height: 3}, {Width: 40, Height: 12}, {Width: 100, Height: 30}} {
			d.send(size)
		}
		d.keys(`"ing@example.com"`, "enter")
		require.Equal(t, "Ada", d.value("AccountName"))
		require.Equal(t, "billing@example.com", d.value("BillingEmail"))
		d.send(tea.WindowSizeMsg{Width: 20, Height: 7})
		require.Contains(t, d.screen(), "Make the window")
	})
}

// Rule: up and down, tab and shift+tab move between fields and buttons and go round
// at both ends; from the first field back they come to the button that sends.
func TestMovingInAForm(t *testing.T) {
	play(t, stage{}, func(d *driver) {
		d.to(steps.Account)
		for _, move := range []struct{ key, field, button string }{
			{"", "", "Create Account"}, {"up", "Admin email", ""}, {"down", "", "Create Account"}, {"right", "", "I already have one"}, {"left", "", "Create Account"}, {"left", "", "Create Account"},
			{"shift+tab", "Admin email", ""}, {"shift+tab", "Billing email", ""}, {"up", "Account type", ""}, {"up", "Account name", ""},
			{"up", "", "Create Account"}, {"tab", "", "I already have one"}, {"tab", "", "Show request"}, {"tab", "Account name", ""},
			{"shift+tab", "", "Create Account"}, {"down", "", "I already have one"}, {"up", "Admin email", ""},
		} {
			if move.key != "" {
				d.keys(move.key)
			}
			require.Equal(t, move.field, d.focused(), "%v\n%s", move, d)
			if move.field == "" {
				require.Equal(t, move.button, d.button(), "%v\n%s", move, d)
			}
		}
	})
}

// Rule: a form opens at its first question without a good answer, and on its button
// when all are good; ctrl+s sends from any field.
func TestWhereAFormOpens(t *testing.T) {
	play(t, stage{live: true}, func(d *driver) {
		d.livingTo(steps.Account)
		require.Equal(t, "Account name", d.focused())
		d.keys(`"Ada"`, "down", "down", `"a@example.com"`, "down", `"b@example.com"`, "up", "up", "ctrl+s")
		d.at(steps.FormPrompt, steps.MessageRoute)
		require.Equal(t, "Webhook URL", d.focused(), "the name has a default")
		d.keys(`"https://example.com/m"`, "up", "ctrl+s", "enter")
		d.at(steps.FormPrompt, steps.Availability)
		require.Equal(t, "Search", d.button())
	})
}

// Rule: Tab in an empty field takes its sample, and stays to let it be changed; in a
// field with an answer it goes on. An ID has no sample that could be taken.
func TestTabTakesTheSample(t *testing.T) {
	play(t, stage{live: true}, func(d *driver) {
		d.livingTo(steps.Account)
		d.keys("tab")
		require.Equal(t, "My MVNO Business", d.value("AccountName"))
		require.Equal(t, "Account name", d.focused())
		d.keys(`"!"`, "tab")
		require.Equal(t, "My MVNO Business!", d.value("AccountName"))
		require.Equal(t, "Account type", d.focused())
		d.keys("up", "up", "right", "enter", "tab")
		d.at(steps.AdoptPrompt, steps.Account)
		require.Empty(t, d.value("AccountId"))
	})
}

// Rule: a number that only lacks separators is taken as it is meant. One that has to
// be guessed stays on its field with the offer; a second Enter takes it, as ctrl+e
// does, and nothing takes it unasked.
func TestALocalNumberIsOffered(t *testing.T) {
	for name, c := range map[string]struct {
		typed string
		keys  []string
		want  string
		field string
	}{
		"separators":   {"+1 310-555-9999", []string{"enter"}, "+13105559999", "Message"},
		"one enter":    {"(310) 555-9999", []string{"enter"}, "(310) 555-9999", "To"},
		"two enters":   {"(310) 555-9999", []string{"enter", "enter"}, "+13105559999", "Message"},
		"ctrl+e":       {"(310) 555-9999", []string{"ctrl+e"}, "+13105559999", "To"},
		"left alone":   {"(310) 555-9999", []string{"tab"}, "(310) 555-9999", "Message"},
		"changed mind": {"(310) 555-9999", []string{"enter", `"0"`, "enter"}, "(310) 555-99990", "Message"},
	} {
		t.Run(name, func(t *testing.T) {
			play(t, stage{}, func(d *driver) {
				d.to(steps.TestMessage)
				d.keys("up", "up", "ctrl+u", `"`+c.typed+`"`)
				d.keys(c.keys...)
				require.Equal(t, c.want, d.value("To"), d)
				require.Equal(t, c.field, d.focused(), d)
			})
		})
	}
}

// Rule: a new password is typed twice, and is not sent before both are the same.
func TestANewPasswordIsTypedTwice(t *testing.T) {
	play(t, stage{}, func(d *driver) {
		d.to(steps.Subscriber)
		d.keys("shift+tab", "up", `"Tr0ub4dor&3"`)
		d.sees("Password, once more")
		d.keys("ctrl+s")
		d.at(steps.FormPrompt, steps.Subscriber)
		d.sees("this is not the same as above")
		require.Equal(t, "Password, once more", d.focused())
		d.keys(`"Tr0ub4dor&3"`)
		d.misses("this is not the same")
		d.keys("ctrl+s")
		d.at(steps.FormPrompt, steps.TestMessage)
		require.Contains(t, d.wire.body[len(d.wire.body)-1], "Tr0ub4dor")
	})
}

// Rule: a screen that waits for a person writes nothing and runs nothing.
func TestIdle(t *testing.T) {
	play(t, stage{}, func(d *driver) {
		d.to(steps.Account)
		d.pass(time.Second)
		before := d.delivered
		d.pass(30 * time.Second)
		require.Equal(t, before, d.delivered)
	})
}

// Rule: a value that is longer than its field has the same shape before and after
// the first key.
func TestALongValueStaysOnOneLine(t *testing.T) {
	play(t, stage{}, func(d *driver) {
		d.send(tea.WindowSizeMsg{Width: 40, Height: 12})
		d.to(steps.MessageRoute)
		d.keys("up", "up", "up", "up")
		require.Equal(t, "Webhook URL", d.focused())
		before := strings.Count(d.screen(), "┃")
		d.keys("end", `"x"`)
		require.Equal(t, before, strings.Count(d.screen(), "┃"))
	})
}

// Rule: what has just happened is said until the next key.
func TestANoteGoesWithTheNextKey(t *testing.T) {
	play(t, stage{live: true}, func(d *driver) {
		d.livingTo(steps.Account)
		d.keys("ctrl+o", "8")
		d.sees("comes later")
		require.NotEmpty(t, d.m.Notes)
		d.keys("down")
		require.Empty(t, d.m.Notes)
	})
}
