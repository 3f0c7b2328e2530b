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
	"telegent-setup/wizard/session"
)

// The linker sets these in a release (.goreleaser.yaml).
var (
	version = "1.0.0"
	commit  = ""
)

func main() {
	cobra.MousetrapHelpText = "" // A double click in Windows' Explorer starts the wizard.
	os.Exit(run(context.Background(), os.Args[1:], world{os.Stdin, os.Stdout, os.Stderr, os.Getenv}))
}

// world is what the program sees of the machine.
type world struct {
	in       io.Reader
	out, err io.Writer
	getenv   func(string) string
}

// terminal says whether a person sits at both ends.
func (w world) terminal() bool {
	in, isIn := w.in.(*os.File)
	out, isOut := w.out.(*os.File)
	return isIn && isOut && term.IsTerminal(int(in.Fd())) && term.IsTerminal(int(out.Fd()))
}

// screenless says whether the terminal, or who sits at it, wants lines and no screens.
func (w world) screenless() bool { return w.getenv("TERM") == "dumb" || w.getenv("ACCESSIBLE") != "" }

// run is the program: every error becomes a text and an exit status here.
func run(ctx context.Context, args []string, w world) (status int) {
	defer func() {
		if v := recover(); v != nil { // The runtime's own status, 2, would say that nothing was sent.
			plain.Complain(w.err, fmt.Sprintf("a fault of this program: %v", v), "Progress is saved up to here. Please send what follows to "+steps.SupportEmail+".")
			fmt.Fprintf(w.err, "\n%s", debug.Stack())
			status = steps.ExitBroken
		}
	}()
	root := rootCommand(w)
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return steps.ExitDone
	}
	status, problem, remedy := explain(err)
	if problem != "" {
		plain.Complain(w.err, problem, remedy)
	}
	return status
}

// ended is a command that ended with a status and has said why.
type ended int

// Error implements error.
func (e ended) Error() string { return "" }

// ran is an error of a command that ran; all others are wrong usage.
type ran struct{ error }

// Unwrap gives the error itself.
func (r ran) Unwrap() error { return r.error }

// unexpected marks an error, if there is one, as that of a command that ran.
func unexpected(err error) error {
	if err == nil {
		return nil
	}
	return ran{err}
}

func misuse(problem, remedy string) error {
	return &session.UsageError{Problem: problem, Remedy: remedy}
}

// explain gives the exit status of an error, what is wrong and what to do.
func explain(err error) (status int, problem, remedy string) {
	if done, ok := errors.AsType[ended](err); ok {
		return int(done), "", ""
	}
	if status, problem, remedy, ok := session.Explain(err); ok {
		return status, problem, remedy
	}
	if errors.As(err, &ran{}) {
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

func rootCommand(w world) *cobra.Command {
	o := w.options()
	face := &face{world: w}
	root := command("telegent-setup", "Set up your first Telegent number, step by step", func(ctx context.Context) error { return face.setUp(ctx, *o) })
	root.RunE = face.orVersion(root.RunE)
	root.Long, root.Example = plain.About, plain.Examples
	root.SilenceUsage, root.SilenceErrors, root.SuggestionsMinimumDistance = true, true, 2
	root.Args = func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return nil
		}
		if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
			return misuse(fmt.Sprintf("unknown command %q", args[0]), fmt.Sprintf("Did you mean %q?", near[0]))
		}
		return fmt.Errorf("unknown command %q", args[0])
	}
	addStateFlags(root, o)
	addServiceFlags(root, o)
	fs := root.Flags()
	fs.StringVar(&o.BaseURL, "base-url", "", "`URL` of the service (TELEGENT_BASE_URL)")
	fs.StringVar(&o.Answers, "answers", "", "YAML or JSON `FILE` with answers, which fill in the forms")
	fs.DurationVar(&o.Timeout, "timeout", 30*time.Second, "the longest wait for one answer")
	fs.BoolVar(&face.noInput, "no-input", false, "ask nothing: environment, answers file, state file and defaults answer")
	fs.BoolVar(&face.resend, "resend", false, "with --no-input: send again, once, the step whose outcome is unknown")
	fs.BoolVar(&face.json, "json", false, "with --no-input: JSON Lines on standard output, one object per event")
	fs.BoolVarP(&face.version, "version", "v", false, "print the version, the commit and the version of Go")
	fs.BoolVar(&face.accessible, "accessible", false, "plain prompts line by line, for screen readers (ACCESSIBLE)")
	root.AddCommand(statusCommand(w), exportCommand(w), reportCommand(w), replayCommand(w), resetCommand(w), sandboxCommand(w), manCommand(w))
	root.SetIn(w.in)
	root.SetOut(w.out)
	root.SetErr(w.err)
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
			return misuse("completion needs the name of a shell", "Give one of bash, zsh, fish, powershell.")
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

func (w world) options() *session.Options {
	return &session.Options{Getenv: w.getenv, Version: version}
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

// face is how the wizard's run is shown, and who answers.
type face struct {
	world
	noInput, resend, json, accessible, version bool
}

// orVersion is a command that prints the version instead when asked to; that
// waits for no signal.
func (f *face) orVersion(run func(*cobra.Command, []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		if f.version {
			return unexpected(plain.Version(f.out, version, commit))
		}
		return run(cmd, args)
	}
}

// setUp carries out what is left of a setup.
func (f *face) setUp(ctx context.Context, o session.Options) error {
	show, err := f.pick(o)
	if err != nil {
		return err
	}
	s, err := session.Open(o)
	if err != nil {
		return err
	}
	status, err := show(ctx, s, o)
	if err = errors.Join(err, s.Close()); err != nil || status == steps.ExitDone {
		return err
	}
	return ended(status)
}

// runFace is a face at work: it returns the exit status, or an error that nobody
// has told yet.
type runFace func(ctx context.Context, s *session.Session, o session.Options) (int, error)

// pick chooses the face (CONTRACT.md, Flags of the wizard).
func (f *face) pick(o session.Options) (runFace, error) {
	terminal := f.terminal()
	show := f.wizard
	switch {
	case f.noInput:
		return f.unattended, nil
	case f.accessible, terminal && f.screenless():
		show = f.prompts
	case !terminal && o.Sandbox:
		fmt.Fprintln(f.err, "Note: no terminal here, so the sandbox run asks nothing (--no-input); --accessible reads answers line by line.")
		return f.unattended, nil
	case !terminal:
		return nil, misuse("there is no terminal to ask at",
			"Give --no-input with --answers FILE to ask nothing, --accessible to read answers line by line, or --sandbox to try it out.")
	}
	if f.json || f.resend {
		return nil, misuse("--json and --resend go with --no-input", "Add --no-input, or leave them out.")
	}
	return show, nil
}

// lines is the log for people.
func (f *face) lines(o session.Options) *plain.Lines {
	var more []string
	switch {
	case f.noInput:
		more = append(more, "--no-input")
	case f.accessible:
		more = append(more, "--accessible")
	}
	if o.Answers != "" {
		more = append(more, "--answers", o.Answers)
	}
	return &plain.Lines{Out: f.out, Notes: f.err,
		Again: plain.Command("", o.Sandbox, o.State, more...), Export: plain.Command("export", o.Sandbox, o.State)}
}

func (f *face) unattended(ctx context.Context, s *session.Session, o session.Options) (int, error) {
	var log steps.Observer = f.lines(o)
	if f.json {
		log = plain.NewEvents(f.out, f.err)
	}
	return plain.Unattended(ctx, plain.Answers{Runner: s.Runner(log), Given: s.Given, Regive: s.Regive, Misfit: s.Misfit, Resend: f.resend, Err: f.err}), nil
}

func (f *face) prompts(ctx context.Context, s *session.Session, o session.Options) (int, error) {
	log := f.lines(o)
	log.Dialog = true
	return plain.Prompts(ctx, plain.Dialog{Runner: s.Runner(log), Given: s.Given, Getenv: o.Env, In: f.in, Out: f.out, Err: f.err}), nil
}

func (f *face) wizard(ctx context.Context, s *session.Session, o session.Options) (int, error) {
	p := wizard.NewProgress()
	w := wizard.Options{
		Runner: s.Runner(p), Given: s.Given, Progress: p, Input: f.in, Output: f.out,
		Again: plain.Command("", o.Sandbox, o.State), Export: plain.Command("export", o.Sandbox, o.State),
	}
	status, err := wizard.Run(ctx, w)
	if text := w.Farewell(status); text != "" {
		fmt.Fprintln(f.out, text)
	}
	return status, err
}

func sandboxCommand(w world) *cobra.Command {
	o, addr := w.options(), ""
	cmd := command("sandbox", "Serve the sandbox API by itself, on this machine only", func(ctx context.Context) error {
		server, err := o.Serve(addr, "")
		if err != nil {
			return err
		}
		fmt.Fprintf(w.out, "listening on %s\n", server.URL())
		fmt.Fprintf(w.err, "AccountKey %s, AccountSecret %s. ctrl+c ends it.\n", sandbox.Key, sandbox.Secret)
		if err := errors.Join(server.Wait(ctx), server.Close()); err != nil {
			return err
		}
		return ended(steps.ExitSignalled)
	})
	cmd.Flags().StringVar(&addr, "addr", "127.0.0.1:8080", "`HOST:PORT` to listen on; port 0 is any free one")
	addServiceFlags(cmd, o)
	return cmd
}

func manCommand(w world) *cobra.Command {
	cmd := command("man", "Print the manual page", nil)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		return unexpected(plain.Manual(w.out, cmd.Root(), version))
	}
	return cmd
}

func statusCommand(w world) *cobra.Command {
	o, json, answers := w.options(), false, false
	cmd := command("status", "Show which steps are done, what comes next, and the saved IDs", func(context.Context) error {
		path, file, _, err := o.Read()
		switch {
		case err != nil:
			return err
		case json:
			return plain.StatusJSON(w.out, path, file)
		case answers:
			return plain.Script(w.out, file)
		}
		return plain.Status(w.out, path, file, plain.Command("", o.Sandbox, o.State))
	})
	addStateFlags(cmd, o)
	cmd.Flags().BoolVar(&json, "json", false, "one JSON object")
	cmd.Flags().BoolVar(&answers, "print-answers", false, "the setup as an answers file, without secrets")
	cmd.MarkFlagsMutuallyExclusive("json", "print-answers")
	return cmd
}

func exportCommand(w world) *cobra.Command {
	o, format := w.options(), ""
	cmd := command("export", "Print the saved IDs for other programs", func(context.Context) error {
		if format != "env" && format != "json" {
			return misuse(fmt.Sprintf("unknown format %q", format), "Give --format env or --format json.")
		}
		path, file, found, err := o.Read()
		if err != nil {
			return err
		}
		if !found {
			fmt.Fprintf(w.err, "Note: there is no setup in %s yet.\n", path)
		}
		if format == "json" {
			return plain.ExportJSON(w.out, file)
		}
		return plain.ExportEnv(w.out, file)
	})
	addStateFlags(cmd, o)
	cmd.Flags().StringVar(&format, "format", "env", "`env or json`: lines that a shell can eval, or one object")
	return cmd
}

func resetCommand(w world) *cobra.Command {
	o, yes := w.options(), false
	cmd := command("reset", "Start over; the old state is kept beside it under a dated name", func(ctx context.Context) error {
		path, err := o.Path()
		if err != nil {
			return err
		}
		if !yes && !w.terminal() {
			return misuse("reset asks first, and there is no terminal to ask at", "Give --yes to start over without being asked.")
		}
		if !yes {
			agreed, err := plain.Agree(ctx, w.in, w.out, "Start over? "+path+" is kept under a dated name; nothing changes at the service.")
			switch {
			case ctx.Err() != nil:
				fmt.Fprintln(w.out, "\nNothing was changed.")
				return ended(plain.Interrupted(ctx))
			case err != nil:
				return err
			case !agreed:
				fmt.Fprintln(w.out, "Nothing was changed.")
				return ended(steps.ExitStopped)
			}
		}
		kept, err := state.Reset(path, time.Now())
		if err == nil || len(kept) > 0 {
			plain.Kept(w.out, path, kept)
		}
		return err
	})
	addStateFlags(cmd, o)
	cmd.Flags().BoolVar(&yes, "yes", false, "do not ask")
	return cmd
}

func reportCommand(w world) *cobra.Command {
	o, to := w.options(), ""
	cmd := command("report", "Write a redacted report for support", func(context.Context) error {
		path, made, err := o.Report(time.Now())
		if errors.Is(err, report.ErrNoSetup) {
			plain.Complain(w.err, fmt.Sprintf("%v: %s is not there", err, path), "Name the state file with --state FILE, or add --sandbox for a setup in the sandbox.")
			return ended(steps.ExitBroken)
		}
		if err != nil {
			return err
		}
		plain.Summary(w.err, made)
		switch to {
		case "-":
			return made.Write(w.out)
		case "":
			to, err = made.SaveIn(".")
		default:
			err = made.Save(to)
		}
		if errors.Is(err, fs.ErrExist) {
			return misuse(to+" is there already, and is not overwritten", "Name another file with -o, or leave it out.")
		}
		if err == nil {
			fmt.Fprintln(w.out, to)
		}
		return err
	})
	addStateFlags(cmd, o)
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
		read, err := session.ReadReport(args[0])
		if err != nil {
			return ran{err}
		}
		if !cmd.Flags().Changed("run") {
			number = len(read.Runs)
		}
		if number < 1 || number > len(read.Runs) {
			return misuse(fmt.Sprintf("there is no run %d: the report holds %d", number, len(read.Runs)), "--run counts from 1.")
		}
		if w.terminal() && !quiet && !events && !w.screenless() {
			return w.replay(cmd.Context(), wizard.ReplayOptions{Report: read, Run: number, Input: w.in, Output: w.out})
		}
		run := read.Runs[number-1]
		plain.Replaying(w.err, read, number)
		plain.Replay(run, w.replayObserver(run, events), w.err)
		return ended(run.Exit(read.State))
	}
	cmd.Flags().IntVar(&number, "run", 0, "the run to show, `N` from 1 (default: the last)")
	cmd.Flags().BoolVar(&quiet, "no-input", false, "ask nothing: print what was recorded, and exit as the run did")
	cmd.Flags().BoolVar(&events, "json", false, "JSON Lines on standard output, one object per event")
	return cmd
}

// replay shows a recorded run on the screens of the wizard.
func (w world) replay(ctx context.Context, o wizard.ReplayOptions) error {
	ctx, stop := untilSignal(ctx)
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

// replayObserver is who a recorded run is told to.
func (w world) replayObserver(run report.Run, events bool) steps.Observer {
	if events {
		return plain.NewEvents(w.out, w.err)
	}
	begun, _ := run.Started()
	return &plain.Lines{
		Out: w.out, Notes: w.err,
		Again: plain.Command("", begun.Sandbox, begun.State), Export: plain.Command("export", begun.Sandbox, begun.State),
	}
}
