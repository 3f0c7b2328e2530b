package command

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"telegent-setup/api/text"
	"telegent-setup/steps"
	"telegent-setup/steps/report"
	"telegent-setup/wizard/plain"
)

// reportCommand writes a redacted report for support.
func reportCommand(e Env) *cobra.Command {
	o, to := e.Options(), ""
	cmd := New("report", "Write a redacted report for support", func(context.Context) error {
		path, made, err := o.Report(time.Now())
		if errors.Is(err, report.ErrNoSetup) {
			plain.Complain(e.Err, fmt.Sprintf("%v: %s is not there", err, path), "Name the state file with --state FILE, or add --sandbox for a setup in the sandbox.")
			return ExitStatus(steps.ExitBroken)
		}
		if err != nil {
			return err
		}
		fmt.Fprintln(e.Err, strings.Join(made.Summary(), "\n"))
		return e.writeReport(made, to)
	})
	AddStateFlags(cmd, o)
	cmd.Flags().StringVarP(&to, "output", "o", "", "`FILE` to write, - for standard output (default: a new file here, named for the time)")
	return cmd
}

func (e Env) writeReport(made report.Report, to string) (err error) {
	switch to {
	case "-":
		return made.Write(e.Out)
	case "":
		to, err = made.SaveIn(".")
	default:
		err = made.Save(to)
	}
	if errors.Is(err, fs.ErrExist) {
		return UsageError(to+" is there already, and is not overwritten", "Name another file with -o, or leave it out.")
	}
	if err == nil {
		_, err = fmt.Fprintln(e.Out, text.OneLine(to))
	}
	return err
}
