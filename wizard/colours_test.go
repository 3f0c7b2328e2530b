package wizard

import (
	"image/color"
	"regexp"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/stretchr/testify/require"

	"telegent-setup/steps"
)

// white is text in a white or light grey of the palette, which a light terminal
// does not show.
var white = regexp.MustCompile(`\x1b\[[0-9;]*\b(37|97)m`)

// On a light terminal no text is white, on any form.
func TestLightTerminal(t *testing.T) {
	play(t, stage{}, func(d *driver) {
		d.send(tea.BackgroundColorMsg{Color: color.White})
		for _, step := range []string{steps.Authenticate, steps.Account, steps.MessageRoute, steps.VoiceRoute, steps.Availability, steps.Provision, steps.Subscriber, steps.TestMessage} {
			d.to(step)
			require.NotRegexp(t, white, d.m.View().Content, step)
		}
	})
}

// Colours are changed while a form is open, by a terminal that answers late or
// that has only sixteen of them; nothing typed is lost.
func TestColoursArriveLate(t *testing.T) {
	play(t, stage{live: true}, func(d *driver) {
		d.livingTo(steps.Account)
		d.keys(`"Ada"`)
		before := d.m.View().Content
		d.send(tea.BackgroundColorMsg{Color: color.White})
		light := d.m.View().Content
		require.NotEqual(t, before, light)
		require.Equal(t, plainText(before), plainText(light))
		d.send(tea.ColorProfileMsg{Profile: colorprofile.ANSI})
		require.NotEqual(t, light, d.m.View().Content)
		require.NotRegexp(t, `\x1b\[[0-9;]*38;[25]`, d.m.View().Content, "sixteen colours are enough")
		require.Equal(t, "Ada", d.value("AccountName"))
	})
}
