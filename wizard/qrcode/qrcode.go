// Package qrcode draws QR codes in a terminal: half blocks, black on white by
// explicit colours, so that a phone reads them on dark and on light ground.
//
// It imports nothing of this program.
package qrcode

import (
	"fmt"
	"strings"

	"rsc.io/qr"
)

// quietZone is how many light modules surround a code (ISO/IEC 18004).
const quietZone = 4

// A line begins with black on white of the 256 colours, which no theme changes.
const (
	blackOnWhite = "\x1b[38;5;16;48;5;231m"
	asBefore     = "\x1b[0m"
)

// Lines draws the code of a text, with its quiet zone, two rows of modules a
// line. Every line sets its colours and takes them back; columns is how wide it is.
func Lines(text string) (lines []string, columns int, err error) {
	code, err := qr.Encode(text, qr.L) // A screen has no dirt that would ask for more redundancy.
	if err != nil {
		return nil, 0, fmt.Errorf("draw a QR code: %w", err)
	}
	for y := -quietZone; y < code.Size+quietZone; y += 2 {
		var line strings.Builder
		line.WriteString(blackOnWhite)
		for x := -quietZone; x < code.Size+quietZone; x++ {
			line.WriteString(cell(code.Black(x, y), code.Black(x, y+1)))
		}
		line.WriteString(asBefore)
		lines = append(lines, line.String())
	}
	return lines, code.Size + 2*quietZone, nil
}

// cell shows two modules, one above the other.
func cell(upper, lower bool) string {
	switch {
	case upper && lower:
		return "█"
	case upper:
		return "▀"
	case lower:
		return "▄"
	}
	return " "
}
