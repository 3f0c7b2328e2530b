package command

import (
	"bytes"
	"image/color"
	"io"
	"strings"
	"testing"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"telegent-setup/wizard/qrcode"
)

const activation = "LPA:1$SMDP.EXAMPLE.COM$0A1B2C3D-4E5F-6071-8293-A4B5C6D7E8F9"

// drawn is what a terminal of a size is sent when a code is drawn.
func drawn(t *testing.T, columns, rows uint16, variables map[string]string) string {
	t.Helper()
	screen, terminal, err := pty.Open()
	require.NoError(t, err)
	require.NoError(t, pty.Setsize(terminal, &pty.Winsize{Cols: columns, Rows: rows}))
	e, _, _ := console(variables)
	e.Out = terminal
	read := make(chan []byte)
	go func() {
		all, _ := io.ReadAll(screen) // It ends with an error when the other end is closed.
		read <- all
	}()
	require.NoError(t, e.drawCode(activation))
	require.NoError(t, unix.IoctlSetInt(int(terminal.Fd()), unix.TCSBRK, 1)) // All of it is out.
	require.NoError(t, terminal.Close())
	all := <-read
	require.NoError(t, screen.Close())
	return string(all)
}

// Rule: a code is drawn only where it fits, a phone can read it, and the prompt of
// the shell has a row left; else it is to be typed.
func TestTheCodeIsDrawnWhereItFits(t *testing.T) {
	lines, width, err := qrcode.Lines(activation)
	require.NoError(t, err)
	height := len(lines)
	code := strings.Join(lines, "\r\n") + "\r\n"
	for name, c := range map[string]struct {
		columns, rows int
		variables     map[string]string
		want          bool
	}{
		"80x24":          {80, 24, nil, true},
		"just":           {width, height + 1, nil, true},
		"too low":        {80, height, nil, false},
		"too narrow":     {width - 1, 60, nil, false},
		"no colour":      {80, 24, map[string]string{"NO_COLOR": "1"}, false},
		"no half blocks": {80, 24, map[string]string{"LANG": "C"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			got := drawn(t, uint16(c.columns), uint16(c.rows), c.variables)
			require.Equal(t, c.want, got == code)
			if !c.want {
				require.Equal(t, "SM-DP+ address:  SMDP.EXAMPLE.COM\r\nActivation code: 0A1B2C3D-4E5F-6071-8293-A4B5C6D7E8F9\r\n", got)
			}
		})
	}
}

// Rule: the whole code is on the screen at 80x24 when the prompt is back.
func TestTheWholeCodeStaysOnTheScreen(t *testing.T) {
	screen := vt.NewEmulator(80, 24)
	screen.SetDefaultBackgroundColor(color.Black)
	_, err := io.Copy(screen, bytes.NewBufferString("$ telegent-setup esim\r\n"+drawn(t, 80, 24, nil)+"$ "))
	require.NoError(t, err)
	lines, _, err := qrcode.Lines(activation)
	require.NoError(t, err)
	require.Contains(t, screen.String(), "█▀▀▀▀▀█")
	require.NotNil(t, screen.CellAt(0, 23-len(lines)).Style.Bg, "its first row")
	require.NoError(t, screen.Close())
}
