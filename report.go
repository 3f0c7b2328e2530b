package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"telegent-setup/steps"
	"telegent-setup/wizard"
	"telegent-setup/wizard/plain"
)

func reportCommand(w world) *cobra.Command {
	o, to := w.options(), ""
	cmd := command("report", "Write a redacted report for support", func(context.Context) error {
		path, report, err := o.Report(time.Now())
		if errors.Is(err, steps.ErrNothingToReport) {
			plain.Complain(w.err, fmt.Sprintf("%v: %s is not there", err, path), "Name the state file with --state FILE, or add --sandbox for a setup in the sandbox.")
			return ended(steps.ExitBroken)
		}
		if err != nil {
			return err
		}
		plain.Summary(w.err, report)
		switch to {
		case "-":
			return report.Write(w.out)
		case "":
			to, err = report.SaveIn(".")
		default:
			err = report.Save(to)
		}
		if errors.Is(err, fs.ErrExist) {
			return misuse(to+" is there already, and is not overwritten", "Name another file with -o, or leave it out.")
		}
		if err == nil {
			fmt.Fprintln(w.out, to)
		}
		return err
	})
	where(cmd, o)
	cmd.Flags().StringVarP(&to, "output", "o", "", "`FILE` to write, - for standard output (default: a new file here, named for the time)")
	return cmd
}

func replayCommand(w world) *cobra.Command {
	number, events, quiet := 0, false, false
	cmd := &cobra.Command{Use: "replay FILE", Short: "Walk through a report as the customer saw it; nothing is sent"}
	cmd.Args = func(_ *cobra.Command, args []string) error {
		if len(args) != 1 {
			return misuse("replay needs one report", "telegent-setup replay FILE")
		}
		return nil
	}
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		report, err := readReport(args[0])
		if err != nil {
			return ran{err}
		}
		if !cmd.Flags().Changed("run") {
			number = len(report.Runs)
		}
		if number < 1 || number > len(report.Runs) {
			return misuse(fmt.Sprintf("there is no run %d: the report holds %d", number, len(report.Runs)), "--run counts from 1.")
		}
		if w.terminal() && !quiet && !events && !w.screenless() {
			return w.replay(cmd.Context(), wizard.ReplayOptions{Report: report, Run: number, Input: w.in, Output: w.out})
		}
		run := report.Runs[number-1]
		plain.Replaying(w.err, report, number)
		plain.Replay(run, w.told(run, events), w.err)
		return ended(run.Exit(report.State))
	}
	cmd.Flags().IntVar(&number, "run", 0, "the run to show, `N` from 1 (default: the last)")
	cmd.Flags().BoolVar(&quiet, "no-input", false, "ask nothing: print what was recorded, and exit as the run did")
	cmd.Flags().BoolVar(&events, "json", false, "JSON Lines on standard output, one object per event")
	return cmd
}

// replay shows a recorded run on the screens of the wizard.
func (w world) replay(ctx context.Context, o wizard.ReplayOptions) error {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	status, err := wizard.Replay(ctx, o)
	if err != nil {
		return ran{err}
	}
	if status != steps.ExitDone {
		return ended(status)
	}
	return nil
}

// told is who a recorded run is told to.
func (w world) told(run steps.Run, events bool) steps.Observer {
	if events {
		return plain.NewEvents(w.out, w.err)
	}
	begun, _ := run.Started()
	return &plain.Lines{
		Out: w.out, Notes: w.err,
		Again: plain.Command("", begun.Sandbox, begun.State), Export: plain.Command("export", begun.Sandbox, begun.State),
	}
}

// readReport reads a report that may come from anybody.
func readReport(path string) (steps.Report, error) {
	f, err := os.Open(path)
	if err != nil {
		return steps.Report{}, fmt.Errorf("open the report: %w", err)
	}
	defer func() { _ = f.Close() }()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return steps.Report{}, misuse(path+" is a directory", "Give a file that telegent-setup report wrote.")
	}
	data, err := io.ReadAll(io.LimitReader(f, steps.MaxReport+1))
	if err != nil {
		return steps.Report{}, fmt.Errorf("read the report: %w", err)
	}
	report, err := steps.ReadReport(data)
	if err != nil {
		return report, misuse(fmt.Sprintf("%s cannot be used: %v", path, err), "Give a file that telegent-setup report wrote.")
	}
	return report, nil
}
