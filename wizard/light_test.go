package wizard

import (
	"image/color"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/stretchr/testify/require"
)

// The first frame waits for the terminal to tell its background, and not for
// long; a terminal that says it in its environment is believed until then.
func TestTheFirstFrameIsDrawnOnce(t *testing.T) {
	for name, end := range map[string]tea.Msg{"answered": tea.BackgroundColorMsg{Color: color.White}, "mute": litMsg{}} {
		t.Run(name, func(t *testing.T) {
			play(t, stage{}, func(d *driver) {
				d.m.unlit = true
				d.send(tea.WindowSizeMsg{Width: 80, Height: 24})
				require.Empty(t, d.m.View().Content)
				d.send(end)
				require.Contains(t, d.screen(), "From your account key")
				require.Equal(t, name == "mute", d.m.dark)
			})
		})
	}
	for said, dark := range map[string]bool{"": true, "15;0": true, "0;15": false, "0;default;7": false, "12;8": true, "x": true} {
		require.Equal(t, dark, darkAtFirst(func(string) string { return said }), said)
	}
}
