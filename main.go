// Telegent-setup takes a new customer of the Telegent API from an AccountKey to
// a sent test message. This file wires: the flags of a run and its faces; every
// other command is in package command.
package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"telegent-setup/steps"
	"telegent-setup/steps/report"
	"telegent-setup/wizard"
	"telegent-setup/wizard/command"
	"telegent-setup/wizard/plain"
	"telegent-setup/wizard/session"
	"telegent-setup/wizard/terminal"
)

// The linker sets these in a release (.goreleaser.yaml).
var (
	version = "1.0.0"
	commit  = ""
)

func main() {
	cobra.MousetrapHelpText = ""   // A double click in Windows' Explorer starts the wizard.
	log.SetOutput(io.Discard)      // It is that of net/http, and quotes what servers say.
	signal.Ignore(syscall.SIGPIPE) // A closed pipe is an output that cannot be written: 1, after saving.
	os.Exit(run(context.Background(), os.Args[1:], command.Env{In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Getenv: os.Getenv, Version: version}))
}

// run is the program: every error becomes a text and an exit status here.
func run(ctx context.Context, args []string, e command.Env) (status int) {
	defer func() {
		if v := recover(); v != nil { // The runtime's own status, 2, would say that nothing was sent.
			plain.Complain(e.Err, fmt.Sprintf("a fault of this program: %v", v), "Progress is saved up to here. Please send what follows to "+steps.SupportEmail+".")
			fmt.Fprintf(e.Err, "\n%s", debug.Stack())
			status = steps.ExitBroken
		}
	}()
	var help bytes.Buffer // Who prints the help does not say when it could not be written.
	root := rootCommand(e, &help)
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if _, failed := help.WriteTo(e.Out); err == nil {
		err = command.Unexpected(failed)
	}
	if err == nil {
		return steps.ExitDone
	}
	status, problem, remedy := command.Explain(err)
	if problem != "" {
		plain.Complain(e.Err, problem, remedy)
	}
	return status
}

// rootCommand is the program; help takes its help and the completion of shells.
func rootCommand(e command.Env, help io.Writer) *cobra.Command {
	o := e.Options()
	m := &mode{Env: e, options: o}
	root := command.New("telegent-setup", "Set up your first Telegent number, step by step", m.setUp)
	setUp := root.RunE
	root.RunE = func(cmd *cobra.Command, args []string) error {
		if m.version { // That waits for no signal.
			return command.Unexpected(command.Version(m.Out, version, commit))
		}
		return setUp(cmd, args)
	}
	root.Long, root.Example = command.About, command.Examples
	root.SilenceUsage, root.SilenceErrors, root.SuggestionsMinimumDistance = true, true, 2
	root.Args = func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return nil
		}
		if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
			return command.UsageError(fmt.Sprintf("unknown command %q", args[0]), fmt.Sprintf("Did you mean %q?", near[0]))
		}
		return fmt.Errorf("unknown command %q", args[0])
	}
	command.AddStateFlags(root, o)
	command.AddServiceFlags(root, o)
	command.AddBaseURLFlag(root, o)
	fs := root.Flags()
	fs.StringVar(&o.Answers, "answers", "", "YAML or JSON `FILE` with answers, which fill in the forms")
	command.AddDuration(fs, &o.Timeout, "timeout", "the longest wait for one answer")
	fs.BoolVar(&m.noInput, "no-input", false, "ask nothing: environment, answers file, state file and defaults answer")
	fs.BoolVar(&m.resend, "resend", false, "with --no-input: send again, once, the step whose outcome is unknown")
	fs.BoolVar(&m.find, "find", false, "with --no-input: ask the service first for what that step may have created, and take over the one match")
	command.AddDuration(fs, &m.waitDelivered, "wait-delivered", "with --no-input: how long to wait for the delivery of the test message (default: not at all)")
	fs.BoolVar(&m.json, "json", false, "with --no-input: JSON Lines on standard output, one object per event")
	fs.BoolVarP(&m.version, "version", "v", false, "print the version, the commit and the version of Go")
	fs.BoolVar(&m.accessible, "accessible", false, "plain prompts line by line, for screen readers (ACCESSIBLE)")
	root.SetIn(e.In)
	root.SetOut(help)
	root.SetErr(e.Err)
	command.AddTo(root, e, command.Faces{Replay: m.replay, SetUp: m.rehearse})
	return root
}

// mode is how a run is shown, and who answers.
type mode struct {
	command.Env
	options *session.Options

	noInput, resend, find, json, accessible, version bool

	waitDelivered time.Duration
	again         string // The command that goes on with the run; empty for the one that follows from its flags.
}

// setUp carries out what is left of a setup.
func (m *mode) setUp(ctx context.Context) error {
	show, err := m.pick()
	if err != nil {
		return err
	}
	s, err := session.Open(*m.options)
	if err != nil {
		return m.unopened(err)
	}
	status, err := show(ctx, s)
	if err = errors.Join(err, s.Close()); err != nil || status == steps.ExitDone {
		return err
	}
	return command.ExitStatus(status)
}

// unopened tells of an answers file that cannot be used as an event too.
func (m *mode) unopened(err error) error {
	if !m.json {
		return err
	}
	switch told, unwritten := plain.Problems(m.Out, m.Err, err); {
	case unwritten != nil:
		return unwritten
	case told:
		return command.ExitStatus(steps.ExitMisused)
	}
	return err
}

// face carries a session out: it returns the exit status, or an error that nobody has
// told yet.
type face func(ctx context.Context, s *session.Session) (int, error)

// pick chooses the face (CONTRACT.md, Flags of the wizard).
func (m *mode) pick() (face, error) {
	atTerminal := m.Terminal()
	show := m.wizard
	switch {
	case m.noInput:
		return m.unattended, nil
	case m.accessible, atTerminal && m.Screenless():
		show = m.prompts
	case !atTerminal && m.options.Sandbox:
		fmt.Fprintln(m.Err, "Note: no terminal here, so the sandbox run asks nothing (--no-input); --accessible reads answers line by line.")
		return m.unattended, nil
	case !atTerminal:
		return nil, command.UsageError("there is no terminal to ask at",
			"Give --no-input with --answers FILE to ask nothing, --accessible to read answers line by line, or --sandbox to try it out.")
	}
	if m.json || m.resend || m.find || m.waitDelivered != 0 {
		return nil, command.UsageError("--json, --resend, --find and --wait-delivered go with --no-input", "Add --no-input, or leave them out.")
	}
	return show, nil
}

func (m *mode) unattended(ctx context.Context, s *session.Session) (int, error) {
	policy := plain.Policy{Resend: m.resend, Find: m.find, WaitDelivered: m.waitDelivered, Err: m.Err}
	if m.json {
		policy.Runner, policy.Events = s.Runner(&plain.Events{Out: m.Out, Notes: m.Err}), m.Out
	} else {
		policy.Runner, policy.Out = s.Runner(m.lines(false)), m.Out
	}
	return plain.Unattended(ctx, policy), nil
}

func (m *mode) prompts(ctx context.Context, s *session.Session) (int, error) {
	return plain.Prompts(ctx, plain.Dialog{Runner: s.Runner(m.lines(true)), In: m.In, Out: m.Out, Err: m.Err}), nil
}

func (m *mode) wizard(ctx context.Context, s *session.Session) (int, error) {
	progress := &wizard.Progress{}
	w := wizard.Options{Runner: s.Runner(progress), Progress: progress, Terminal: m.terminal(), Again: m.goOn(), Export: m.export()}
	status, err := wizard.Run(ctx, w)
	if text := w.Farewell(status); text != "" {
		fmt.Fprintln(m.Out, text)
	}
	return status, err
}

func (m *mode) terminal() terminal.Terminal {
	return terminal.Terminal{Input: m.In, Output: m.Out, Environ: os.Environ()}
}

// lines is the log for people.
func (m *mode) lines(dialog bool) *plain.Lines {
	var more []string
	switch {
	case m.noInput:
		more = append(more, "--no-input")
	case m.accessible:
		more = append(more, "--accessible")
	}
	if m.options.Answers != "" {
		more = append(more, "--answers", m.options.Answers)
	}
	return &plain.Lines{Out: m.Out, Notes: m.Err, Dialog: dialog, Again: m.goOn(more...), Export: m.export()}
}

// goOn is the command that goes on with a run.
func (m *mode) goOn(more ...string) string {
	return cmp.Or(m.again, command.Line("", m.options.Sandbox, m.options.State, more...))
}

// export is the command that prints the IDs of a run.
func (m *mode) export() string { return command.Line("export", m.options.Sandbox, m.options.State) }

// rehearse carries out a setup that another command began.
func (m *mode) rehearse(ctx context.Context, o session.Options, r command.Rehearsal) error {
	begun := *m
	begun.options, begun.noInput, begun.json, begun.again = &o, r.NoInput, r.JSON, r.Again
	return begun.setUp(ctx)
}

func (m *mode) replay(ctx context.Context, read report.Report, run int) (int, error) {
	return wizard.Replay(ctx, m.terminal(), read, run)
}
