package wizard

import (
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/steps"
)

// wide are names that are no row of one rune, one cell, left to right.
var wide = map[string]string{
	"wide characters":  "李小龍",
	"a combining mark": "Rene\u0301",
	"joined emoji":     "Ada 👩‍👩‍👧",
	"a flag":           "Ada 🇨🇭",
	"Hebrew":           "שלום",
	"Arabic":           "مرحبا",
}

// Text in any script arrives unchanged in every text field of every step,
// whether typed or pasted, and no line is wider than the terminal.
func TestWide(t *testing.T) {
	everyTextField(t, func(d *driver, x *field) {
		long := ""
		for name, text := range wide {
			long += strings.Repeat(text+" ", 5)
			for way, msgs := range map[string][]tea.Msg{
				"typed":  typed(split(text)),
				"pasted": {tea.PasteMsg{Content: text}},
			} {
				d.keys("ctrl+u")
				require.Empty(d.t, x.value)
				d.send(msgs...)
				require.Equal(d.t, text, x.value, "%s, %s in %s", name, way, x.spec.Key)
				d.fits()
			}
		}
		long = strings.TrimSpace(long)
		d.keys("ctrl+u")
		d.send(tea.PasteMsg{Content: long})
		require.Equal(d.t, long, x.value, "in %s", x.spec.Key)
		d.fits()
		d.keys("home")
		d.fits()
		d.keys("end", "ctrl+u")
	})
}

// Backspace takes one whole character, as a person sees it, in every text field
// of every step.
func TestWideBackspace(t *testing.T) {
	everyTextField(t, func(d *driver, x *field) {
		for name, text := range wide {
			characters := split(text)
			d.keys("ctrl+u")
			d.send(tea.PasteMsg{Content: text})
			for i := range slices.Backward(characters) {
				d.keys("backspace")
				require.Equal(d.t, strings.Join(characters[:i], ""), x.value, "%s, in %s", name, x.spec.Key)
			}
			d.fits()
		}
	})
}

// everyTextField calls test with each text field of each step's form, at two
// sizes of terminal. The field has the focus.
func everyTextField(t *testing.T, test func(d *driver, x *field)) {
	t.Helper()
	for _, edition := range []api.Edition{api.Edition2025, api.Edition2026} {
		for i, step := range []string{
			steps.Authenticate, steps.Account, steps.MessageRoute, steps.VoiceRoute,
			steps.Availability, steps.Provision, steps.Subscriber, steps.TestMessage,
		} {
			t.Run(string(edition)+"/"+step, func(t *testing.T) {
				t.Parallel()
				play(t, stage{edition: edition}, func(d *driver) {
					if i > 5 { // An order of 2026-04 takes its time.
						d.submit(steps.Provision)
						d.pass(time.Minute)
					}
					d.to(step)
					f, fields := d.m.top().screen.(*ask).form, 0
					f.move(-len(f.fields))
					for ; f.current() != nil; d.keys("tab") {
						if !f.current().letters() {
							continue
						}
						fields++
						for _, size := range []tea.WindowSizeMsg{{Width: 80, Height: 24}, {Width: 40, Height: 12}} {
							d.send(size)
							test(d, f.current())
						}
					}
					require.Positive(t, fields)
				})
			})
		}
	}
}

// fits requires the whole view to fit the terminal.
func (d *driver) fits() {
	d.t.Helper()
	lines := strings.Split(strings.TrimSuffix(d.m.View().Content, "\n"), "\n")
	require.LessOrEqual(d.t, len(lines), d.m.h)
	for _, l := range lines {
		require.LessOrEqual(d.t, cells(l), d.m.w, "%d cells: %q", cells(l), l)
	}
}

// split is a text as the characters that a person sees.
func split(text string) []string {
	var all []string
	for text != "" {
		c, _ := ansi.FirstGraphemeCluster(text, ansi.GraphemeWidth)
		all, text = append(all, c), text[len(c):]
	}
	return all
}

// typed are the keys as a terminal's decoder hands them on: a character each.
func typed(characters []string) []tea.Msg {
	var all []tea.Msg
	for _, c := range characters {
		code, rest := []rune(c)[0], []rune(c)[1:]
		if len(rest) > 0 {
			code = tea.KeyExtended
		}
		all = append(all, tea.KeyPressMsg{Code: code, Text: c})
	}
	return all
}
