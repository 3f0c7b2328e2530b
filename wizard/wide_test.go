//go:build !race

package wizard

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/steps"
	"telegent-setup/wizard/screen"
	"telegent-setup/wizard/widget"
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

// Rule: text in any script arrives unchanged in every text field of every step,
// whether typed or pasted, and no line is wider than the terminal.
func TestWide(t *testing.T) {
	everyTextField(t, func(d *driver, key string) {
		long := ""
		for name, text := range wide {
			long += strings.Repeat(text+" ", 5)
			for way, msgs := range map[string][]tea.Msg{
				"typed":  typed(split(text)),
				"pasted": {tea.PasteMsg{Content: text}},
			} {
				d.keys("ctrl+u")
				d.holds(key, "", "emptied")
				d.send(msgs...)
				d.holds(key, text, name+", "+way)
				d.fits()
			}
		}
		long = strings.TrimSpace(long)
		d.keys("ctrl+u")
		d.send(tea.PasteMsg{Content: long})
		d.holds(key, long, "all of them")
		d.fits()
		d.keys("home")
		d.fits()
		d.keys("end", "ctrl+u")
	})
}

// Rule: backspace takes one whole character, as a person sees it, in every text field
// of every step.
func TestWideBackspace(t *testing.T) {
	everyTextField(t, func(d *driver, key string) {
		for name, text := range wide {
			characters := split(text)
			d.keys("ctrl+u")
			d.send(tea.PasteMsg{Content: text})
			for i := range slices.Backward(characters) {
				d.keys("backspace")
				d.holds(key, strings.Join(characters[:i], ""), name)
			}
			d.fits()
		}
	})
}

// everyTextField calls test with the key of each text field of each step's form, at
// two sizes of terminal. The field has the focus.
func everyTextField(t *testing.T, test func(d *driver, key string)) {
	t.Helper()
	for _, edition := range api.Editions() {
		for _, step := range steps.All() {
			t.Run(string(edition)+"/"+step.ID, func(t *testing.T) {
				t.Parallel()
				play(t, stage{edition: edition}, func(d *driver) {
					d.to(step.ID)
					fields := 0
					for _, q := range d.questions() {
						if !q.Asked || q.Kind == steps.Bool || q.Kind == steps.Chosen {
							continue
						}
						fields++
						d.focusOn(q.Label)
						for _, size := range []tea.WindowSizeMsg{{Width: 80, Height: 24}, {Width: 40, Height: 12}} {
							d.send(size)
							test(d, q.Key)
						}
					}
					require.Positive(t, fields)
				})
			})
		}
	}
}

// focusOn gives the focus to a field of the form.
func (d *driver) focusOn(label string) {
	d.t.Helper()
	for range 40 {
		if d.focused() == label {
			return
		}
		d.keys("shift+tab")
	}
	require.Fail(d.t, "never came to "+label, "the screen is:\n%s", d)
}

// holds requires a field of the form to hold a text; of a secret its length is seen.
func (d *driver) holds(key, text, why string) {
	d.t.Helper()
	q := d.question(key)
	if q.Kind == steps.Secret {
		if n := utf8.RuneCountInString(text); n > 0 {
			d.sees(widget.Plural(n, "character"))
		}
		return
	}
	edits, _ := d.m.Top().Screen.(*screen.Form).Edits()
	require.Equal(d.t, strings.TrimSpace(text), edits[key], "%s, in %s", why, key)
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
