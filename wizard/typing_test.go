package wizard

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/stretchr/testify/require"

	"telegent-setup/steps"
)

// Keys for several screens in one burst land where they were meant for: none is
// lost, doubled, or put in another field.
func TestBurst(t *testing.T) {
	play(t, stage{live: true}, func(d *driver) {
		d.send(presses(
			"enter", `"sandbox-key"`, "enter", `"sandbox-secret"`, "enter",
			`"Ada & Söhne"`, "tab", `""`, "tab", `"billing@example.com"`, "down", `"admin@example.com"`, "enter",
			`"Main"`, "enter", `"https://example.com/m?a=1"`, "enter", "right", "enter", "n", "enter", "enter",
			"2", `"Trunk"`, "enter", `"sip:a@example.com"`, "enter", "enter",
			`"310"`, "enter", "enter", "enter", "enter", "enter", "enter",
			"down", "enter",
		)...)
		require.Equal(t, []string{"/accounts/create", "/message/routes", "/voice/routes", "/numbers/availability"}, d.wire.sent())
		require.JSONEq(t, `{"AccountKey":"sandbox-key","AccountSecret":"sandbox-secret"}`, d.wire.body[0])
		require.JSONEq(t, `{"AccountName":"Ada & Söhne","AccountType":"MVNO","BillingEmail":"billing@example.com","AdminEmail":"admin@example.com"}`, d.wire.body[1])
		require.JSONEq(t, `{"RouteName":"Main","RouteUrl":"https://example.com/m?a=1","RouteType":"GET","RouteEnabled":false,"DeliveryReports":true}`, d.wire.body[2])
		require.JSONEq(t, `{"RouteName":"Trunk","RouteType":"Trunk","VoiceUrl":"sip:a@example.com","RouteEnabled":true}`, d.wire.body[3])
		d.at(steps.Provision, &ask{})
		require.Equal(t, "+13105550100", d.value("PhoneNumber"))
	})
}

// Keys typed while a call is under way wait for the next form.
func TestTypingAheadWhileWaiting(t *testing.T) {
	play(t, stage{faults: []string{"slow@account"}}, func(d *driver) {
		d.submit(steps.Account)
		d.at(steps.Account, &work{})
		d.keys("ctrl+u", `"My route"`, "tab")
		d.send(tea.PasteMsg{Content: ""})
		d.pass(4 * time.Second)
		d.at(steps.MessageRoute, &ask{})
		require.Equal(t, "My route", d.value("RouteName"))
	})
}

// A key that was typed before a question was read never answers it.
func TestKeysTypedAheadBuyNothing(t *testing.T) {
	for _, key := range []string{"enter", "y", "1"} {
		t.Run(key, func(t *testing.T) {
			play(t, stage{}, func(d *driver) {
				d.to(steps.Provision)
				burst := presses("enter", "enter", "enter", "enter", "enter")
				for range 50 {
					burst = append(burst, press(key))
				}
				d.send(burst...)
				d.pass(time.Second)
				d.at(steps.Provision, &sheet{})
				d.sees("This orders", "Keys pressed before this appeared were ignored")
				require.NotContains(t, d.wire.sent(), "/numbers/provision")
				d.slowly("enter")
				d.at(steps.Subscriber, &ask{})
			})
		})
	}
}

// Enter held down, whatever the delay before it repeats, answers no question:
// it takes a press of its own.
func TestHeldEnterBuysNothing(t *testing.T) {
	for _, delay := range []time.Duration{150 * time.Millisecond, 250 * time.Millisecond, 500 * time.Millisecond, 660 * time.Millisecond} {
		t.Run(delay.String(), func(t *testing.T) {
			play(t, stage{}, func(d *driver) {
				d.to(steps.Provision)
				d.keys("enter", "enter", "enter", "enter", "enter")
				d.pass(delay)
				for range 100 {
					d.keys("enter")
					d.pass(40 * time.Millisecond)
				}
				require.NotContains(t, d.wire.sent(), "/numbers/provision")
				d.pass(time.Second)
				d.at(steps.Provision, &sheet{})
				d.slowly("enter")
				require.Contains(t, d.wire.sent(), "/numbers/provision")
			})
		})
	}
}

// Keys typed while a call is under way choose nothing on the screen of its
// failure, nor on that of an unknown outcome.
func TestKeysTypedAheadChooseNothing(t *testing.T) {
	for fault, title := range map[string]string{
		"soft-failure@account": "The service refused this step",
		"drop@account":         "It may have gone through anyway",
	} {
		t.Run(fault, func(t *testing.T) {
			play(t, stage{faults: []string{fault}}, func(d *driver) {
				d.to(steps.Account)
				d.send(presses("enter", "enter", "enter", "enter", "enter", "3", "y", "enter")...)
				d.pass(time.Second)
				d.at(steps.Account, &sheet{})
				d.sees(title)
				require.Len(t, d.wire.sent(), 1)
			})
		})
	}
}

// A form that is refused is deaf to what was typed ahead for the next one, and
// hears a person.
func TestRefusedFormDropsTypeAhead(t *testing.T) {
	play(t, stage{live: true}, func(d *driver) {
		d.keys("enter", "enter", `"sandbox-secret"`, "enter", `"Ada"`, "enter")
		d.at(steps.Authenticate, &ask{})
		d.sees("an answer is needed")
		require.Empty(t, d.value("AccountKey"))
		d.pass(50 * time.Millisecond)
		d.keys(`"sandbox-key"`)
		d.misses("an answer is needed")
		d.keys("enter", "enter")
		d.at(steps.Account, &ask{})
		require.Empty(t, d.value("AccountName"))
	})
}

// A paste loses what it brought along: outer spaces, line breaks, control and
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

// A pasted secret keeps its inner spaces, shows how long it is and never what
// it is, and is forgotten by the form once the runner holds it.
func TestPastedSecret(t *testing.T) {
	play(t, stage{live: true}, func(d *driver) {
		d.keys("enter", `"sandbox-key"`, "enter")
		d.send(tea.PasteMsg{Content: "  two  spaces\n"})
		d.sees("11 characters", "***********")
		d.keys("shift+tab")
		d.sees("11 characters, kept for this run")
		require.Empty(t, d.value("AccountSecret"))
		require.Equal(t, 11, d.m.runner.Kept("AccountSecret").Len())
		d.misses("two")
		d.keys("ctrl+r")
		d.sees("$TELEGENT_ACCOUNT_SECRET")
		d.keys("c")
		require.Contains(t, d.copied, "curl")
		require.NotContains(t, d.copied, "two")
	})
}

// In a text field ? is text, and help has keys of its own; elsewhere ? is help.
func TestHelpKeys(t *testing.T) {
	play(t, stage{live: true}, func(d *driver) {
		d.keys("?")
		d.sees("Keys", "Everywhere")
		d.keys("?", "enter", `"a?b"`)
		require.Equal(t, "a?b", d.value("AccountKey"))
		d.keys("f1")
		d.sees("Everywhere", "support@telegent.com")
		d.keys("ctrl+g")
		require.Equal(t, "a?b", d.value("AccountKey"))
	})
}

// Text of any width fits its field and its frame, at any size of terminal.
func TestNoLineIsWiderThanTheTerminal(t *testing.T) {
	play(t, stage{live: true}, func(d *driver) {
		d.livingTo(steps.Account)
		d.send(tea.PasteMsg{Content: strings.Repeat("東京👩‍👩‍👧", 40)})
		for _, size := range append(sizes, tea.WindowSizeMsg{Width: 24, Height: 8}, tea.WindowSizeMsg{Width: 79, Height: 9}) {
			d.send(size)
			lines := strings.Split(strings.TrimSuffix(d.m.View().Content, "\n"), "\n")
			require.LessOrEqual(t, len(lines), size.Height)
			for _, l := range lines {
				require.LessOrEqual(t, cells(l), size.Width, "%d cells: %q", cells(l), l)
			}
		}
	})
}

// What was typed and where the focus was survive any change of size; a window
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

// Up and down, tab and shift+tab move between fields and buttons and stop at
// both ends.
func TestMovingInAForm(t *testing.T) {
	play(t, stage{live: true}, func(d *driver) {
		d.livingTo(steps.Account)
		a := d.m.top().screen.(*ask)
		for _, move := range []struct {
			key  string
			want int
		}{
			{"up", 0}, {"down", 1}, {"tab", 2}, {"shift+tab", 1}, {"up", 0},
			{"tab", 1}, {"tab", 2}, {"tab", 3}, {"tab", 4}, {"left", 4}, {"right", 5}, {"up", 3}, {"down", 4}, {"tab", 5}, {"tab", 6}, {"tab", 6},
		} {
			d.keys(move.key)
			require.Equal(t, move.want, a.form.at, move.key)
		}
	})
}

// A screen that waits for a person writes nothing and runs nothing.
func TestIdle(t *testing.T) {
	play(t, stage{}, func(d *driver) {
		d.to(steps.Account)
		d.pass(time.Second)
		before := d.delivered
		d.pass(30 * time.Second)
		require.Equal(t, before, d.delivered)
	})
}

// Keys pressed while a call is waited for fill no form that was not seen yet.
func TestKeysInALongWaitAreNotTyped(t *testing.T) {
	play(t, stage{faults: []string{"slow@account"}}, func(d *driver) {
		d.submit(steps.Account)
		d.pass(1500 * time.Millisecond)
		d.keys("enter", "enter", "enter", "enter", "enter", "enter", "enter")
		d.at(steps.Account, &work{})
		d.pass(5 * time.Second)
		d.at(steps.MessageRoute, &ask{})
		require.Equal(t, "RouteName", d.m.top().screen.(*ask).form.current().spec.Key, "nothing was pressed here yet")
	})
}

// A value that is longer than its field has the same shape before and after the
// first key.
func TestALongValueStaysOnOneLine(t *testing.T) {
	play(t, stage{}, func(d *driver) {
		d.send(tea.WindowSizeMsg{Width: 40, Height: 12})
		d.to(steps.MessageRoute)
		d.keys("tab")
		before := strings.Count(d.screen(), "┃")
		d.keys("end", `"x"`)
		require.Equal(t, before, strings.Count(d.screen(), "┃"))
	})
}
