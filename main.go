// Telegent-setup takes a new customer of the Telegent API from an AccountKey to
// a sent test message. This file wires: commands, flags and exit statuses; what
// a command does is in the package that owns it.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
	"golang.org/x/term"

	"telegent-setup/api"
	"telegent-setup/api/sandbox"
	"telegent-setup/state"
	"telegent-setup/steps"
	"telegent-setup/wizard/plain"
)

const version = "1.0.0"

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

// exit is an error with its exit status. An empty problem was told already.
type exit struct {
	status          int
	problem, remedy string
}

// Error implements error.
func (e *exit) Error() string { return e.problem }

func misuse(problem, remedy string) error { return &exit{plain.Misused, problem, remedy} }

// run is the program: every error becomes a text and an exit status here.
func run(ctx context.Context, args []string, w world) int {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	context.AfterFunc(ctx, stop) // A second signal ends the program at once.
	root := rootCommand(w)
	root.SetArgs(args)
	root.SetIn(w.in)
	root.SetOut(w.out)
	root.SetErr(w.err)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return plain.Finished
	}
	status, problem, remedy := explain(err)
	if problem != "" {
		plain.Complain(w.err, problem, remedy)
	}
	return status
}

// ran is an error of a command that ran; all others are wrong usage.
type ran struct{ error }

// Unwrap gives the error itself.
func (r ran) Unwrap() error { return r.error }

// explain gives the exit status of an error, what is wrong and what to do.
func explain(err error) (status int, problem, remedy string) {
	var e *exit
	var answers *steps.AnswersError
	var foreign *steps.ForeignError
	var unusable *state.UnusableError
	switch {
	case errors.As(err, &e):
		return e.status, e.problem, e.remedy
	case errors.As(err, &answers):
		return plain.Misused, answers.Error(), answers.Remedy
	case errors.As(err, &foreign):
		return plain.Unusable, foreign.Error(), foreign.Remedy()
	case errors.As(err, &unusable):
		return plain.Unusable, "the state file cannot be used: " + unusable.Error(),
			"It was left as it is. Name another one with --state FILE, or start over with telegent-setup reset, which keeps it under a dated name."
	case errors.Is(err, state.ErrInUse):
		return plain.Unusable, "the state file is " + state.ErrInUse.Error(),
			"Wait for that run to end, or start a second setup with --state FILE."
	case errors.Is(err, sandbox.ErrDamaged):
		return plain.Unusable, err.Error(), "Start over with telegent-setup reset --sandbox, which keeps the old data under a dated name."
	case errors.As(err, &ran{}):
		return plain.Broken, err.Error(), ""
	}
	return plain.Misused, err.Error(), "telegent-setup --help lists the commands and flags."
}

// flags are those of the wizard; status, export and reset share some.
type flags struct {
	sandbox, noInput, resend, json, accessible bool
	faults                                     []string
	baseURL, edition, state, answers           string
	timeout                                    time.Duration
}

func rootCommand(w world) *cobra.Command {
	f := &flags{}
	root := command("telegent-setup", "Set up your first Telegent number, step by step", func(ctx context.Context) error { return setUp(ctx, w, *f) })
	root.Long, root.Example, root.Version = longHelp, examples, version
	root.SilenceUsage, root.SilenceErrors = true, true
	root.Args = func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return nil
		}
		if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
			return misuse(fmt.Sprintf("unknown command %q", args[0]), fmt.Sprintf("Did you mean %q?", near[0]))
		}
		return fmt.Errorf("unknown command %q", args[0])
	}
	f.where(root)
	fs := root.Flags()
	fs.StringArrayVar(&f.faults, "fault", nil, "with --sandbox: fail as the service would, `NAME[@STEP][:COUNT]`; repeatable")
	fs.StringVar(&f.baseURL, "base-url", "", "`URL` of the service (TELEGENT_BASE_URL)")
	fs.StringVar(&f.edition, "edition", "", "edition of the API, `2025-12 or 2026-04` (TELEGENT_EDITION)")
	fs.StringVar(&f.answers, "answers", "", "YAML or JSON `FILE` with answers, which fill in the forms")
	fs.BoolVar(&f.noInput, "no-input", false, "ask nothing: take the answers from environment, answers file, state file and defaults")
	fs.BoolVar(&f.resend, "resend", false, "with --no-input: send again, once, the step whose outcome is not known")
	fs.BoolVar(&f.json, "json", false, "with --no-input: JSON Lines on standard output, one object per event")
	fs.BoolVar(&f.accessible, "accessible", false, "plain prompts line by line, for screen readers (ACCESSIBLE)")
	fs.DurationVar(&f.timeout, "timeout", 30*time.Second, "the longest wait for one answer")
	_ = root.RegisterFlagCompletionFunc("edition", cobra.FixedCompletions([]string{string(api.Edition2025), string(api.Edition2026)}, cobra.ShellCompDirectiveNoFileComp))
	root.AddCommand(statusCommand(w), exportCommand(w), resetCommand(w), sandboxCommand(w), manCommand(w))
	return root
}

// command makes a command that takes no arguments.
func command(use, short string, do func(context.Context) error) *cobra.Command {
	return &cobra.Command{Use: use, Short: short, Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		if err := do(cmd.Context()); err != nil {
			return ran{err}
		}
		return nil
	}}
}

// where adds the flags that name a state file.
func (f *flags) where(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.state, "state", "", "`FILE` that keeps the progress (TELEGENT_STATE)")
	cmd.Flags().BoolVar(&f.sandbox, "sandbox", false, "the embedded sandbox instead of the service: no account, no network")
}

// env is an environment variable; the sandbox has no business with real ones.
func (f flags) env(w world) func(string) string {
	return func(name string) string {
		switch name {
		case "TELEGENT_BASE_URL", "TELEGENT_STATE", "TELEGENT_ACCOUNT_KEY", "TELEGENT_ACCOUNT_SECRET":
			if f.sandbox {
				return ""
			}
		}
		return w.getenv(name)
	}
}

// path is the state file.
func (f flags) path(w world) (string, error) {
	if f.state != "" {
		return f.state, nil
	}
	if path := f.env(w)("TELEGENT_STATE"); path != "" {
		return path, nil
	}
	return state.DefaultPath(f.sandbox)
}

// read loads the state file without its lock.
func (f flags) read(w world) (path string, file state.File, found bool, err error) {
	if path, err = f.path(w); err == nil {
		file, found, err = state.Read(path)
	}
	file.Sandbox = file.Sandbox || f.sandbox && !found
	return path, file, found, err
}

func statusCommand(w world) *cobra.Command {
	f, json, answers := &flags{}, false, false
	cmd := command("status", "Show which steps are done, what comes next, and the saved IDs", func(context.Context) error {
		path, file, _, err := f.read(w)
		switch {
		case err != nil:
			return err
		case json:
			return plain.StatusJSON(w.out, path, file)
		case answers:
			return plain.Script(w.out, file)
		}
		return plain.Status(w.out, path, file, f.command())
	})
	f.where(cmd)
	cmd.Flags().BoolVar(&json, "json", false, "one JSON object")
	cmd.Flags().BoolVar(&answers, "print-answers", false, "the setup as an answers file, without secrets")
	cmd.MarkFlagsMutuallyExclusive("json", "print-answers")
	return cmd
}

func exportCommand(w world) *cobra.Command {
	f, format := &flags{}, ""
	cmd := command("export", "Print the saved IDs for other programs", func(context.Context) error {
		print, ok := map[string]func(io.Writer, state.File) error{"env": plain.ExportEnv, "json": plain.ExportJSON}[format]
		if !ok {
			return misuse(fmt.Sprintf("unknown format %q", format), "Give --format env or --format json.")
		}
		path, file, found, err := f.read(w)
		if err != nil {
			return err
		}
		if !found {
			fmt.Fprintf(w.err, "Note: there is no setup in %s yet.\n", path)
		}
		return print(w.out, file)
	})
	f.where(cmd)
	cmd.Flags().StringVar(&format, "format", "env", "`env or json`: lines that a shell can eval, or one object")
	return cmd
}

func resetCommand(w world) *cobra.Command {
	f, yes := &flags{}, false
	cmd := command("reset", "Start over; the old state is kept beside it under a dated name", func(ctx context.Context) error {
		path, err := f.path(w)
		if err != nil {
			return err
		}
		if !yes && !w.terminal() {
			return misuse("reset asks before it starts over, and there is no terminal to ask at", "Give --yes to go on without asking.")
		}
		if !yes {
			agreed, err := plain.Agree(ctx, w.in, w.out, "Start over? "+path+" is kept under a dated name. Nothing changes at the service.")
			if err != nil || !agreed {
				return &exit{plain.Stopped, "stopped: nothing was changed", ""}
			}
		}
		kept, err := state.Reset(path, time.Now())
		if len(kept) == 0 && err == nil {
			fmt.Fprintf(w.out, "There is no setup in %s.\n", path)
		}
		for _, old := range kept {
			fmt.Fprintf(w.out, "Kept: %s\n", old)
		}
		return err
	})
	f.where(cmd)
	cmd.Flags().BoolVar(&yes, "yes", false, "do not ask")
	return cmd
}

func sandboxCommand(w world) *cobra.Command {
	f, addr := &flags{sandbox: true}, ""
	cmd := command("sandbox", "Serve the sandbox API by itself, on this machine only", func(ctx context.Context) error {
		server, err := f.serve(w, addr, "")
		if err != nil {
			return err
		}
		fmt.Fprintf(w.out, "listening on %s\n", server.URL())
		fmt.Fprintf(w.err, "AccountKey %s, AccountSecret %s. ctrl+c ends it.\n", sandbox.Key, sandbox.Secret)
		err = errors.Join(server.Wait(ctx), server.Close())
		if err == nil && ctx.Err() != nil {
			err = &exit{status: plain.Signalled}
		}
		return err
	})
	cmd.Flags().StringVar(&addr, "addr", "127.0.0.1:8080", "`HOST:PORT` to listen on; port 0 is any free one")
	cmd.Flags().StringVar(&f.edition, "edition", "", "edition of the API, `2025-12 or 2026-04` (TELEGENT_EDITION)")
	cmd.Flags().StringArrayVar(&f.faults, "fault", nil, "fail as the service would, `NAME[@STEP][:COUNT]`; repeatable")
	return cmd
}

// serve starts a sandbox; what it creates is kept in the file data, if any.
func (f flags) serve(w world, addr, data string) (*sandbox.Server, error) {
	edition, err := f.named(w)
	if err != nil {
		return nil, err
	}
	o := sandbox.Options{Edition: edition, Data: data}
	for _, text := range f.faults {
		fault, err := sandbox.ParseFault(text)
		if err != nil {
			return nil, misuse("--fault: "+err.Error(), "")
		}
		o.Faults = append(o.Faults, fault)
	}
	box, err := sandbox.New(o)
	if err != nil {
		return nil, err
	}
	server, err := sandbox.Start(addr, box)
	var unheard *net.OpError
	if err != nil && !errors.As(err, &unheard) {
		return nil, misuse(err.Error(), "")
	}
	return server, err
}

// named is the edition that a flag or the environment names, if any.
func (f flags) named(w world) (api.Edition, error) {
	name, source := f.edition, "--edition"
	if name == "" {
		name, source = w.getenv("TELEGENT_EDITION"), "TELEGENT_EDITION"
	}
	if name == "" {
		return "", nil
	}
	edition, err := api.ParseEdition(name)
	if err != nil {
		return "", misuse(source+": "+err.Error(), "")
	}
	return edition, nil
}

// command is how to go on with the same setup.
func (f flags) command() string {
	words := []string{"telegent-setup"}
	if f.sandbox {
		words = append(words, "--sandbox")
	}
	if f.state != "" {
		words = append(words, "--state "+f.state)
	}
	return strings.Join(words, " ")
}

func manCommand(w world) *cobra.Command {
	cmd := command("man", "Print the manual page", nil)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		cmd.Root().DisableAutoGenTag = true
		return doc.GenMan(cmd.Root(), &doc.GenManHeader{Title: "TELEGENT-SETUP", Section: "1", Source: "telegent-setup " + version}, w.out)
	}
	return cmd
}
