//go:build !race

package qrcode

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os/exec"
	"strings"
	"testing"

	"github.com/charmbracelet/x/vt"
	"github.com/stretchr/testify/require"
	"rsc.io/qr"
)

// texts are what the program shows as codes, and the edges of the sizes.
func texts() map[string]string {
	return map[string]string{
		"eSIM":        "LPA:1$SMDP.EXAMPLE.COM$0A1B2C3D-4E5F-6071-8293-A4B5C6D7E8F9",
		"text":        "sms:+13105551234?body=Hello%20from%20my%20phone",
		"one letter":  "a",
		"beyond text": "ü ✓ 日本",
		"long":        strings.Repeat("0123456789abcdef", 20),
	}
}

// screenOf shows lines on a terminal with these default colours.
func screenOf(t *testing.T, lines []string, foreground, background color.Color) *vt.Emulator {
	t.Helper()
	screen := vt.NewEmulator(200, len(lines)+1)
	t.Cleanup(func() { require.NoError(t, screen.Close()) })
	screen.SetDefaultForegroundColor(foreground)
	screen.SetDefaultBackgroundColor(background)
	_, err := screen.WriteString(strings.Join(lines, "\r\n"))
	require.NoError(t, err)
	return screen
}

// module is the colour of a module on a screen.
func module(t *testing.T, screen *vt.Emulator, x, y int) color.Color {
	t.Helper()
	cell := screen.CellAt(x, y/2)
	require.NotNil(t, cell)
	inked := map[string]bool{"█": true, "▀": y%2 == 0, "▄": y%2 == 1}[cell.Content]
	if inked {
		return cell.Style.Fg
	}
	return cell.Style.Bg
}

func isBlack(c color.Color) bool {
	r, g, b, _ := c.RGBA()
	return r+g+b == 0
}

func isWhite(c color.Color) bool {
	r, g, b, _ := c.RGBA()
	return r+g+b == 3*0xffff
}

// Rule: every module is drawn as the encoder gives it, and four light ones
// surround the code, on dark and on light ground.
func TestEveryModuleIsDrawn(t *testing.T) {
	for name, text := range texts() {
		for ground, colours := range map[string][2]color.Color{"dark": {color.White, color.Black}, "light": {color.Black, color.White}} {
			t.Run(name+" on "+ground, func(t *testing.T) {
				lines, _, err := Lines(text)
				require.NoError(t, err)
				want, err := qr.Encode(text, qr.L)
				require.NoError(t, err)
				screen := screenOf(t, lines, colours[0], colours[1])
				for y := -4; y < want.Size+4; y++ {
					for x := -4; x < want.Size+4; x++ {
						got := module(t, screen, x+4, y+4)
						require.NotNil(t, got, "the colour at %d,%d is explicit", x, y)
						require.Equal(t, want.Black(x, y), isBlack(got), "module %d,%d", x, y)
						require.Equal(t, !want.Black(x, y), isWhite(got), "module %d,%d", x, y)
					}
				}
				require.Nil(t, screen.CellAt(want.Size+8, 0).Style.Bg, "the colours end with the code")
			})
		}
	}
}

func TestEveryLineIsAsWide(t *testing.T) {
	for name, text := range texts() {
		t.Run(name, func(t *testing.T) {
			lines, columns, err := Lines(text)
			require.NoError(t, err)
			for _, line := range lines {
				bare := strings.TrimSuffix(strings.TrimPrefix(line, blackOnWhite), asBefore)
				require.Equal(t, columns, len([]rune(bare)))
			}
		})
	}
}

// Rule: an activation code of the usual length fits into 80x24, with a line to
// spare for the prompt of the shell.
func TestAnActivationCodeFitsAnUsualTerminal(t *testing.T) {
	lines, columns, err := Lines(texts()["eSIM"])
	require.NoError(t, err)
	require.LessOrEqual(t, columns, 80)
	require.LessOrEqual(t, len(lines), 23)
}

func TestATextThatIsTooLongIsAnError(t *testing.T) {
	long := strings.Repeat("x", 3000)
	_, _, err := Lines(long)
	require.ErrorContains(t, err, "too long")
}

// Rule: a reader reads what was drawn. It needs zbarimg (Debian: zbar-tools).
func TestAReaderReadsIt(t *testing.T) {
	reader, err := exec.LookPath("zbarimg")
	if err != nil {
		t.Skip("zbarimg is not there")
	}
	for name, text := range texts() {
		t.Run(name, func(t *testing.T) {
			lines, _, err := Lines(text)
			require.NoError(t, err)
			cmd := exec.CommandContext(t.Context(), reader, "--quiet", "--raw", "-")
			cmd.Stdin = picture(t, screenOf(t, lines, color.White, color.Black), len(lines))
			out, err := cmd.Output()
			require.NoError(t, err)
			require.Equal(t, text, strings.TrimRight(string(out), "\n"))
		})
	}
}

// picture is a photograph of a dark screen.
func picture(t *testing.T, screen *vt.Emulator, rows int) *bytes.Buffer {
	t.Helper()
	const pixels = 8 // A module's.
	shot := image.NewGray(image.Rect(0, 0, screen.Width()*pixels, rows*2*pixels))
	for y := range rows * 2 {
		for x := range screen.Width() {
			colour := module(t, screen, x, y)
			if colour == nil {
				colour = color.Black
			}
			for i := range pixels * pixels {
				shot.Set(x*pixels+i%pixels, y*pixels+i/pixels, colour)
			}
		}
	}
	var data bytes.Buffer
	require.NoError(t, png.Encode(&data, shot))
	return &data
}
