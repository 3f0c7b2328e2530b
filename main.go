// Telegent-setup takes a new customer of the Telegent API from an AccountKey to
// a sent test message. This file wires: commands, flags and exit statuses; what
// a command does is in the package that owns it.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"telegent-setup/api"
	"telegent-setup/api/sandbox"
	"telegent-setup/state"
	"telegent-setup/steps"
	"telegent-setup/steps/report"
	"telegent-setup/wizard"
	"telegent-setup/wizard/plain"
	"telegent-setup/wizard/plain/printer"
	"telegent-setup/wizard/session"
)

// The linker sets these in a release (.goreleaser.yaml).
var (
	version = "1.0.0"
	commit  = ""
)

func main() {
	cobra.MousetrapHelpText = ""   // A double click in Windows' Explorer starts the wizard.
	signal.Ignore(syscall.SIGPIPE) // A closed pipe is an output that cannot be written: 1, after saving.
	os.Exit(run(context.Background(), os.Args[1:], env{os.Stdin, os.Stdout, os.Stderr, os.Getenv}))
}

// env is what the program sees of the machine.
type env struct {
	in       io.Reader
	out, err io.Writer
	getenv   func(string) string
}

// terminal says whether a person sits at both ends.
func (e env) terminal() bool {
	in, isIn := e.in.(*os.File)
	out, isOut := e.out.(*os.File)
	return isIn && isOut && term.IsTerminal(int(in.Fd())) && term.IsTerminal(int(out.Fd()))
}

// screenless says whether the terminal, or who sits at it, wants lines and no screens.
func (e env) screenless() bool { return e.getenv("TERM") == "dumb" || e.getenv("ACCESSIBLE") != "" }

// run is the program: every error becomes a text and an exit status here.
func run(ctx context.Context, args []string, e env) (status int) {
	defer func() {
		if v := recover(); v != nil { // The runtime's own status, 2, would say that nothing was sent.
			printer.Complain(e.err, fmt.Sprintf("a fault of this program: %v", v), "Progress is saved up to here. Please send what follows to "+steps.SupportEmail+".")
			fmt.Fprintf(e.err, "\n%s", debug.Stack())
			status = steps.ExitBroken
		}
	}()
	root := rootCommand(e)
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return steps.ExitDone
	}
	status, problem, remedy := explain(err)
	if problem != "" {
		printer.Complain(e.err, problem, remedy)
	}
	return status
}

// exitStatus is a command that ended with a status and has said why.
type exitStatus int

// Error implements error.
func (e exitStatus) Error() string { return "" }

// runError is an error of a command that ran; all others are wrong usage.
type runError struct{ error }

// Unwrap gives the error itself.
func (r runError) Unwrap() error { return r.error }

// unexpected marks an error, if there is one, as that of a command that ran.
func unexpected(err error) error {
	if err == nil {
		return nil
	}
	return runError{err}
}

func usageError(problem, remedy string) error {
	return &session.UsageError{Problem: problem, Remedy: remedy}
}

// explain gives the exit status of an error, what is wrong and what to do.
func explain(err error) (status int, problem, remedy string) {
	if done, ok := errors.AsType[exitStatus](err); ok {
		return int(done), "", ""
	}
	if status, problem, remedy, ok := session.Explain(err); ok {
		return status, problem, remedy
	}
	if errors.As(err, &runError{}) {
		return steps.ExitBroken, err.Error(), remedyFor(err)
	}
	return steps.ExitMisused, err.Error(), "telegent-setup --help lists the commands and flags."
}

// remedyFor says what to do about an error of this machine.
func remedyFor(err error) string {
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return "Make room on that disk, then start again."
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return "See that you may read and write there, or name another place (--state FILE), then start again."
	case errors.Is(err, fs.ErrNotExist):
		return "Check the name, then start again."
	}
	return "Fix that, then start again."
}

func rootCommand(e env) *cobra.Command {
	o := e.options()
	m := &mode{env: e}
	root := command("telegent-setup", "Set up your first Telegent number, step by step", func(ctx context.Context) error { return m.setUp(ctx, *o) })
	root.RunE = m.orVersion(root.RunE)
	root.Long, root.Example = printer.About, printer.Examples
	root.SilenceUsage, root.SilenceErrors, root.SuggestionsMinimumDistance = true, true, 2
	root.Args = func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return nil
		}
		if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
			return usageError(fmt.Sprintf("unknown command %q", args[0]), fmt.Sprintf("Did you mean %q?", near[0]))
		}
		return fmt.Errorf("unknown command %q", args[0])
	}
	addStateFlags(root, o)
	addServiceFlags(root, o)
	fs := root.Flags()
	fs.StringVar(&o.BaseURL, "base-url", "", "`URL` of the service (TELEGENT_BASE_URL)")
	fs.StringVar(&o.Answers, "answers", "", "YAML or JSON `FILE` with answers, which fill in the forms")
	fs.DurationVar(&o.Timeout, "timeout", 30*time.Second, "the longest wait for one answer")
	fs.BoolVar(&m.noInput, "no-input", false, "ask nothing: environment, answers file, state file and defaults answer")
	fs.BoolVar(&m.resend, "resend", false, "with --no-input: send again, once, the step whose outcome is unknown")
	fs.BoolVar(&m.find, "find", false, "with --no-input: ask the service first for what that step may have created, and take over the one match")
	fs.DurationVar(&m.waitDelivered, "wait-delivered", 0, "with --no-input: how long to wait for the delivery of the test message (default: not at all)")
	fs.BoolVar(&m.json, "json", false, "with --no-input: JSON Lines on standard output, one object per event")
	fs.BoolVarP(&m.version, "version", "v", false, "print the version, the commit and the version of Go")
	fs.BoolVar(&m.accessible, "accessible", false, "plain prompts line by line, for screen readers (ACCESSIBLE)")
	root.AddCommand(statusCommand(e), exportCommand(e), reportCommand(e), replayCommand(e), resetCommand(e), sandboxCommand(e), manCommand(e))
	root.SetIn(e.in)
	root.SetOut(e.out)
	root.SetErr(e.err)
	fixCompletion(root) // It takes the output that is set by then.
	return root
}

// fixCompletion adds the completion command, and has it refuse a shell that it
// does not know.
func fixCompletion(root *cobra.Command) {
	root.InitDefaultCompletionCmd()
	for _, cmd := range root.Commands() {
		if cmd.Name() != "completion" {
			continue
		}
		cmd.RunE = func(*cobra.Command, []string) error {
			return usageError("completion needs the name of a shell", "Give one of bash, zsh, fish, powershell.")
		}
		for _, shell := range cmd.Commands() {
			write := shell.RunE
			shell.RunE = func(cmd *cobra.Command, args []string) error { return unexpected(write(cmd, args)) }
		}
	}
}

// command makes a command that takes no arguments.
func command(use, short string, do func(context.Context) error) *cobra.Command {
	return &cobra.Command{Use: use, Short: short, Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		ctx, stop := untilSignal(cmd.Context())
		defer stop()
		return unexpected(do(ctx))
	}}
}

// untilSignal is a context that ends with the first signal. A second one ends the
// program at once; but what comes with the first is the same one, which
// timeout(1) and shells send to the group too.
func untilSignal(parent context.Context) (ctx context.Context, stop context.CancelFunc) {
	ctx, stop = signal.NotifyContext(parent, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT, syscall.SIGABRT)
	context.AfterFunc(ctx, func() { time.AfterFunc(time.Second, stop) })
	return ctx, stop
}

func (e env) options() *session.Options {
	return &session.Options{Getenv: e.getenv, Version: version}
}

// addStateFlags adds the flags that name a state file.
func addStateFlags(cmd *cobra.Command, o *session.Options) {
	cmd.Flags().StringVar(&o.State, "state", "", "`FILE` that keeps the progress (TELEGENT_STATE)")
	cmd.Flags().BoolVar(&o.Sandbox, "sandbox", false, "the embedded sandbox instead of the service: no account, no network")
}

// addServiceFlags adds the flags that say how a service behaves.
func addServiceFlags(cmd *cobra.Command, o *session.Options) {
	cmd.Flags().StringVar(&o.Edition, "edition", "", "edition of the API, `2025-12 or 2026-04` (TELEGENT_EDITION)")
	cmd.Flags().StringArrayVar(&o.Faults, "fault", nil, "of the sandbox: fail as the service would, `NAME[@STEP][:COUNT]`; repeatable")
	_ = cmd.RegisterFlagCompletionFunc("edition", cobra.FixedCompletions([]string{string(api.Edition2025), string(api.Edition2026)}, cobra.ShellCompDirectiveNoFileComp))
	var faults []string
	for _, kind := range sandbox.Faults() {
		faults = append(faults, kind.Name)
	}
	_ = cmd.RegisterFlagCompletionFunc("fault", cobra.FixedCompletions(faults, cobra.ShellCompDirectiveNoFileComp))
}

// mode is how a run is shown, and who answers.
type mode struct {
	env
	noInput, resend, find, json, accessible, version bool

	waitDelivered time.Duration
}

// orVersion is a command that prints the version instead when asked to; that
// waits for no signal.
func (m *mode) orVersion(run func(*cobra.Command, []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		if m.version {
			return unexpected(printer.Version(m.out, version, commit))
		}
		return run(cmd, args)
	}
}

// setUp carries out what is left of a setup.
func (m *mode) setUp(ctx context.Context, o session.Options) error {
	show, err := m.pick(o)
	if err != nil {
		return err
	}
	s, err := session.Open(o)
	if err != nil && m.json {
		return m.unread(err)
	}
	if err != nil {
		return err
	}
	status, err := show(ctx, s, o)
	if err = errors.Join(err, s.Close()); err != nil || status == steps.ExitDone {
		return err
	}
	return exitStatus(status)
}

// unread tells of an answers file that cannot be used as an event too.
func (m *mode) unread(err error) error {
	told, unwritten := plain.Unread(m.out, m.err, err)
	switch {
	case unwritten != nil:
		return unwritten
	case told:
		return exitStatus(steps.ExitMisused)
	}
	return err
}

// runFace is a face at work: it returns the exit status, or an error that nobody
// has told yet.
type runFace func(ctx context.Context, s *session.Session, o session.Options) (int, error)

// pick chooses the face (CONTRACT.md, Flags of the wizard).
func (m *mode) pick(o session.Options) (runFace, error) {
	terminal := m.terminal()
	show := m.wizard
	switch {
	case m.noInput:
		return m.unattended, nil
	case m.accessible, terminal && m.screenless():
		show = m.prompts
	case !terminal && o.Sandbox:
		fmt.Fprintln(m.err, "Note: no terminal here, so the sandbox run asks nothing (--no-input); --accessible reads answers line by line.")
		return m.unattended, nil
	case !terminal:
		return nil, usageError("there is no terminal to ask at",
			"Give --no-input with --answers FILE to ask nothing, --accessible to read answers line by line, or --sandbox to try it out.")
	}
	if m.json || m.resend || m.find || m.waitDelivered != 0 {
		return nil, usageError("--json, --resend, --find and --wait-delivered go with --no-input", "Add --no-input, or leave them out.")
	}
	return show, nil
}

// lines is the log for people.
func (m *mode) lines(o session.Options) *plain.Lines {
	var more []string
	switch {
	case m.noInput:
		more = append(more, "--no-input")
	case m.accessible:
		more = append(more, "--accessible")
	}
	if o.Answers != "" {
		more = append(more, "--answers", o.Answers)
	}
	return &plain.Lines{Out: m.out, Notes: m.err,
		Again: printer.Command("", o.Sandbox, o.State, more...), Export: printer.Command("export", o.Sandbox, o.State)}
}

func (m *mode) unattended(ctx context.Context, s *session.Session, o session.Options) (int, error) {
	answers := plain.Answers{Resend: m.resend, Find: m.find, WaitDelivered: m.waitDelivered, Err: m.err}
	if m.json {
		answers.Runner, answers.Events = s.Runner(plain.NewEvents(m.out, m.err)), m.out
	} else {
		answers.Runner, answers.Out = s.Runner(m.lines(o)), m.out
	}
	return plain.Unattended(ctx, answers), nil
}

func (m *mode) prompts(ctx context.Context, s *session.Session, o session.Options) (int, error) {
	log := m.lines(o)
	log.Dialog = true
	return plain.Prompts(ctx, plain.Dialog{Runner: s.Runner(log), In: m.in, Out: m.out, Err: m.err}), nil
}

func (m *mode) wizard(ctx context.Context, s *session.Session, o session.Options) (int, error) {
	p := wizard.NewProgress()
	w := wizard.Options{
		Runner: s.Runner(p), Progress: p, Input: m.in, Output: m.out,
		Again: printer.Command("", o.Sandbox, o.State), Export: printer.Command("export", o.Sandbox, o.State),
	}
	status, err := wizard.Run(ctx, w)
	if text := w.Farewell(status); text != "" {
		fmt.Fprintln(m.out, text)
	}
	return status, err
}

func sandboxCommand(e env) *cobra.Command {
	o, addr := e.options(), ""
	cmd := command("sandbox", "Serve the sandbox API by itself, on this machine only", func(ctx context.Context) error {
		server, err := o.Serve(addr, nil)
		if err != nil {
			return err
		}
		fmt.Fprintf(e.out, "listening on %s\n", server.URL())
		fmt.Fprintf(e.err, "AccountKey %s, AccountSecret %s. ctrl+c ends it.\n", sandbox.Key, sandbox.Secret)
		if err := errors.Join(server.Wait(ctx), server.Close()); err != nil {
			return err
		}
		return exitStatus(steps.ExitSignalled)
	})
	cmd.Flags().StringVar(&addr, "addr", "127.0.0.1:8080", "`HOST:PORT` to listen on; port 0 is any free one")
	addServiceFlags(cmd, o)
	return cmd
}

func manCommand(e env) *cobra.Command {
	cmd := command("man", "Print the manual page", nil)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		return unexpected(printer.Manual(e.out, cmd.Root(), version))
	}
	return cmd
}

func statusCommand(e env) *cobra.Command {
	o, json, answers := e.options(), false, false
	cmd := command("status", "Show which steps are done, what comes next, and the saved IDs", func(context.Context) error {
		path, file, _, err := o.Read()
		switch {
		case err != nil:
			return err
		case json:
			return printer.StatusJSON(e.out, path, file)
		case answers:
			return printer.Script(e.out, file)
		}
		return printer.Status(e.out, path, file, printer.Command("", o.Sandbox, o.State))
	})
	addStateFlags(cmd, o)
	cmd.Flags().BoolVar(&json, "json", false, "one JSON object")
	cmd.Flags().BoolVar(&answers, "print-answers", false, "the setup as an answers file, without secrets")
	cmd.MarkFlagsMutuallyExclusive("json", "print-answers")
	return cmd
}

func exportCommand(e env) *cobra.Command {
	o, format := e.options(), ""
	cmd := command("export", "Print the saved IDs for other programs", func(context.Context) error {
		if format != "env" && format != "json" {
			return usageError(fmt.Sprintf("unknown format %q", format), "Give --format env or --format json.")
		}
		path, file, found, err := o.Read()
		if err != nil {
			return err
		}
		if !found {
			fmt.Fprintf(e.err, "Note: there is no setup in %s yet.\n", path)
		}
		if format == "json" {
			return printer.ExportJSON(e.out, file)
		}
		return printer.ExportEnv(e.out, file)
	})
	addStateFlags(cmd, o)
	cmd.Flags().StringVar(&format, "format", "env", "`env or json`: lines that a shell can eval, or one object")
	return cmd
}

func resetCommand(e env) *cobra.Command {
	o, yes := e.options(), false
	cmd := command("reset", "Start over; the old state is kept beside it under a dated name", func(ctx context.Context) error {
		path, err := o.Path()
		if err != nil {
			return err
		}
		if !yes && !e.terminal() {
			return usageError("reset asks first, and there is no terminal to ask at", "Give --yes to start over without being asked.")
		}
		if !yes {
			agreed, err := plain.Agree(ctx, e.in, e.out, "Start over? "+path+" is kept under a dated name; nothing changes at the service.")
			switch {
			case ctx.Err() != nil:
				fmt.Fprintln(e.out, "\nNothing was changed.")
				return exitStatus(plain.Interrupted(ctx))
			case err != nil:
				return err
			case !agreed:
				fmt.Fprintln(e.out, "Nothing was changed.")
				return exitStatus(steps.ExitStopped)
			}
		}
		kept, err := state.Reset(path, time.Now())
		if err == nil || len(kept) > 0 {
			printer.Kept(e.out, path, kept)
		}
		return err
	})
	addStateFlags(cmd, o)
	cmd.Flags().BoolVar(&yes, "yes", false, "do not ask")
	return cmd
}

func reportCommand(e env) *cobra.Command {
	o, to := e.options(), ""
	cmd := command("report", "Write a redacted report for support", func(context.Context) error {
		path, made, err := o.Report(time.Now())
		if errors.Is(err, report.ErrNoSetup) {
			printer.Complain(e.err, fmt.Sprintf("%v: %s is not there", err, path), "Name the state file with --state FILE, or add --sandbox for a setup in the sandbox.")
			return exitStatus(steps.ExitBroken)
		}
		if err != nil {
			return err
		}
		printer.Summary(e.err, made)
		switch to {
		case "-":
			return made.Write(e.out)
		case "":
			to, err = made.SaveIn(".")
		default:
			err = made.Save(to)
		}
		if errors.Is(err, fs.ErrExist) {
			return usageError(to+" is there already, and is not overwritten", "Name another file with -o, or leave it out.")
		}
		if err == nil {
			fmt.Fprintln(e.out, to)
		}
		return err
	})
	addStateFlags(cmd, o)
	cmd.Flags().StringVarP(&to, "output", "o", "", "`FILE` to write, - for standard output (default: a new file here, named for the time)")
	return cmd
}

func replayCommand(e env) *cobra.Command {
	number, events, quiet := 0, false, false
	cmd := &cobra.Command{Use: "replay FILE", Short: "Walk through a report as the customer saw it; nothing is sent"}
	cmd.Args = func(_ *cobra.Command, args []string) error {
		if len(args) != 1 {
			return usageError("replay needs one report", "telegent-setup replay FILE")
		}
		return nil
	}
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		read, err := session.ReadReport(args[0])
		if err != nil {
			return runError{err}
		}
		if !cmd.Flags().Changed("run") {
			number = len(read.Runs)
		}
		if number < 1 || number > len(read.Runs) {
			return usageError(fmt.Sprintf("there is no run %d: the report holds %d", number, len(read.Runs)), "--run counts from 1.")
		}
		if e.terminal() && !quiet && !events && !e.screenless() {
			return e.replay(cmd.Context(), wizard.ReplayOptions{Report: read, Run: number, Input: e.in, Output: e.out})
		}
		run := read.Runs[number-1]
		printer.Replaying(e.err, read, number)
		if err := printer.Replay(run, e.replayObserver(run, events), e.err); err != nil {
			return runError{err}
		}
		return exitStatus(run.Exit(read.State))
	}
	cmd.Flags().IntVar(&number, "run", 0, "the run to show, `N` from 1 (default: the last)")
	cmd.Flags().BoolVar(&quiet, "no-input", false, "ask nothing: print what was recorded, and exit as the run did")
	cmd.Flags().BoolVar(&events, "json", false, "JSON Lines on standard output, one object per event")
	return cmd
}

// replay shows a recorded run on the screens of the wizard.
func (e env) replay(ctx context.Context, o wizard.ReplayOptions) error {
	ctx, stop := untilSignal(ctx)
	defer stop()
	status, err := wizard.Replay(ctx, o)
	if err != nil {
		return runError{err}
	}
	if status != steps.ExitDone {
		return exitStatus(status)
	}
	return nil
}

// replayObserver is who a recorded run is told to.
func (e env) replayObserver(run report.Run, events bool) steps.Observer {
	if events {
		return plain.NewEvents(e.out, e.err)
	}
	begun, _ := run.Started()
	return &plain.Lines{
		Out: e.out, Notes: e.err,
		Again: printer.Command("", begun.Sandbox, begun.State), Export: printer.Command("export", begun.Sandbox, begun.State),
	}
}
