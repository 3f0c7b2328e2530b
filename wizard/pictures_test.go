package wizard

import (
	"fmt"
	"html"
	"image/color"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/vt"
	"github.com/stretchr/testify/require"

	"telegent-setup/steps"
)

const picturesDir = "../testdata/pictures"

// A cell of a picture in pixels, and the colours of the terminal that is drawn.
const (
	cellWidth, cellHeight, cellMargin = 9, 19, 12
	paper, ink                        = "#1b1b24", "#d8d8e0"
)

// Rule: the pictures of the README are the program's own screens: `go test ./wizard
// -run TestPictures -update` draws them anew.
func TestPictures(t *testing.T) {
	size := tea.WindowSizeMsg{Width: 100, Height: 30}
	for name, draw := range map[string]struct {
		stage stage
		act   func(d *driver)
	}{
		"provision": {stage{}, func(d *driver) { d.to(steps.Provision) }},
		"number-in-use": {stage{faults: []string{"number-in-use"}}, func(d *driver) {
			d.submit(steps.Provision)
			d.pass(time.Second)
		}},
	} {
		t.Run(name, func(t *testing.T) {
			play(t, draw.stage, func(d *driver) {
				d.send(tea.BackgroundColorMsg{Color: color.Black})
				draw.act(d)
				d.deliver(size)
				picture := svg(d.model().View().Content, size.Width, size.Height)
				path := filepath.Join(picturesDir, name+".svg")
				if *update {
					require.NoError(t, os.MkdirAll(picturesDir, 0o755))
					require.NoError(t, os.WriteFile(path, []byte(picture), 0o644))
				}
				want, err := os.ReadFile(path)
				require.NoError(t, err, "go test ./wizard -run TestPictures -update draws it")
				require.Equal(t, string(want), picture)
			})
		})
	}
}

// svg draws a screen as a terminal would, cell by cell.
func svg(content string, w, h int) string {
	screen := vt.NewEmulator(w, h)
	_, _ = screen.WriteString(strings.ReplaceAll(content, "\n", "\r\n"))
	var b strings.Builder
	width, height := w*cellWidth+2*cellMargin, h*cellHeight+2*cellMargin
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="15" xml:space="preserve">`+"\n", width, height)
	fmt.Fprintf(&b, `<rect width="%d" height="%d" rx="8" fill="%s"/>`+"\n", width, height, paper)
	for y := range h {
		for x := range w {
			cell := screen.CellAt(x, y)
			if cell == nil || cell.IsZero() {
				continue
			}
			drawCell(&b, cell, cellMargin+x*cellWidth, cellMargin+y*cellHeight)
		}
	}
	b.WriteString("</svg>\n")
	return b.String()
}

func drawCell(b *strings.Builder, cell *uv.Cell, x, y int) {
	fg, bg := hex(cell.Style.Fg, ink), hex(cell.Style.Bg, "")
	if cell.Style.Attrs&uv.AttrReverse != 0 {
		fg, bg = paper, fg
	}
	if bg != "" {
		fmt.Fprintf(b, `<rect x="%d" y="%d" width="%d" height="%d" fill="%s"/>`+"\n", x, y, cellWidth*max(cell.Width, 1), cellHeight, bg)
	}
	if strings.TrimSpace(cell.Content) == "" {
		return
	}
	style := ""
	if cell.Style.Attrs&uv.AttrBold != 0 {
		style = ` font-weight="bold"`
	}
	fmt.Fprintf(b, `<text x="%d" y="%d" fill="%s"%s>%s</text>`+"\n", x, y+14, fg, style, html.EscapeString(cell.Content))
}

// hex is a colour as SVG writes it; otherwise when there is none.
func hex(c color.Color, otherwise string) string {
	if c == nil {
		return otherwise
	}
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}
