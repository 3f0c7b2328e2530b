package command

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"telegent-setup/api/text"
	"telegent-setup/steps"
	"telegent-setup/wizard/plain"
	"telegent-setup/wizard/qrcode"
)

func esimCommand(e Env) *cobra.Command {
	o, typed := e.Options(), false
	cmd := New("esim", "Show the eSIM of the ordered number, as a QR code or to type in", func(context.Context) error {
		path, file, _, err := o.Read()
		if err != nil {
			return err
		}
		code := steps.ESIM(file)
		switch {
		case code == "":
			return UsageError("there is no eSIM in "+path, "The service gives one with a number that was ordered in edition 2026-04; one that was taken over has none here.")
		case typed:
			return writeActivation(e.Out, code)
		}
		return e.drawCode(code)
	})
	cmd.Long = cmd.Short + `.

Scan it with the phone that is to get the number. It is personal: who has it can take the number.`
	AddStateFlags(cmd, o)
	cmd.Flags().BoolVar(&typed, "text", false, "the address and the activation code, to be typed into the phone")
	return cmd
}

// drawCode draws an activation code where that can be read, else prints it.
func (e Env) drawCode(code string) error {
	lines, columns, err := qrcode.Lines(code)
	if err != nil || !e.colour() || text.ASCIIOnly(e.Getenv) || !e.fits(columns, len(lines)) {
		plain.Note(e.Err, "no QR code can be shown here: it needs colours, UTF-8 and room. Type this into the phone.")
		return writeActivation(e.Out, code)
	}
	_, err = io.WriteString(e.Out, strings.Join(lines, "\n")+"\n")
	return err
}

// writeActivation writes what a phone asks for: LPA:1$ADDRESS$CODE in parts.
func writeActivation(w io.Writer, code string) error {
	parts := strings.Split(code, "$")
	if len(parts) < 3 || !strings.EqualFold(parts[0], "LPA:1") {
		_, err := fmt.Fprintf(w, "Activation code: %s\n", code)
		return err
	}
	_, err := fmt.Fprintf(w, "SM-DP+ address:  %s\nActivation code: %s\n", parts[1], parts[2])
	return err
}
