package wizard

import (
	"image/color"
	"regexp"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/stretchr/testify/require"

	"telegent-setup/steps"
	"telegent-setup/wizard/terminal"
)

// Rule: the first frame waits for the terminal to tell its background, and not for
// long; a terminal that says it in its environment is believed until then.
func TestTheFirstFrameIsDrawnOnce(t *testing.T) {
	for name, end := range map[string]tea.Msg{"answered": tea.BackgroundColorMsg{Color: color.White}, "mute": terminal.WaitedMsg{}} {
		t.Run(name, func(t *testing.T) {
			play(t, stage{}, func(d *driver) {
				d.m.Waiting = true
				d.send(tea.WindowSizeMsg{Width: 80, Height: 24})
				require.Empty(t, d.m.View().Content)
				d.send(end)
				require.Contains(t, d.screen(), "From your account key")
				require.Equal(t, name == "mute", d.m.Dark)
			})
		})
	}
	for said, dark := range map[string]bool{"": true, "15;0": true, "0;15": false, "0;default;7": false, "12;8": true, "x": true} {
		require.Equal(t, dark, terminal.DarkAtFirst(func(string) string { return said }), said)
	}
}

// white is text in a white or light grey of the palette, which a light terminal
// does not show.
var white = regexp.MustCompile(`\x1b\[[0-9;]*\b(37|97)m`)

// Rule: on a light terminal no text is white, on any form.
func TestLightTerminal(t *testing.T) {
	play(t, stage{}, func(d *driver) {
		d.send(tea.BackgroundColorMsg{Color: color.White})
		for _, step := range []string{steps.Authenticate, steps.Account, steps.MessageRoute, steps.VoiceRoute, steps.Availability, steps.Provision, steps.Subscriber, steps.TestMessage} {
			d.to(step)
			require.NotRegexp(t, white, d.m.View().Content, step)
		}
	})
}

// Rule: colours are changed while a form is open, by a terminal that answers late or
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
