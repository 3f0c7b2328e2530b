package command

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"telegent-setup/api"
	"telegent-setup/api/sandbox"
	"telegent-setup/api/text"
	"telegent-setup/steps/report"
	"telegent-setup/wizard/session"
)

// Faces are what commands need of the faces of the program.
type Faces struct {
	// Replay shows a recorded run, from 1, on the screens of the wizard; 0 begins with
	// the list of them.
	Replay func(ctx context.Context, read report.Report, run int) (exit int, err error)
	// SetUp carries a setup out.
	SetUp func(ctx context.Context, o session.Options, r Rehearsal) error
}

// Rehearsal is how a setup is carried out that another command began.
type Rehearsal struct {
	NoInput, JSON bool
	Again         string // The command that begins it again.
}

// AddTo adds every command to the root.
func AddTo(root *cobra.Command, e Env, f Faces) {
	root.AddCommand(
		answersCommand(e), curlCommand(e), esimCommand(e), exportCommand(e), manCommand(e), replayCommand(e, f),
		reportCommand(e), resetCommand(e), sandboxCommand(e), statusCommand(e), verifyCommand(e), webhookCommand(e),
	)
	addCompletion(root)
}

// New makes a command that takes no arguments.
func New(use, short string, do func(context.Context) error) *cobra.Command {
	return &cobra.Command{Use: use, Short: short, Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		return untilSignal(cmd.Context(), do)
	}}
}

// newWithArgument makes a command that takes one argument; remedy says how it is
// called.
func newWithArgument(use, short, remedy string, do func(ctx context.Context, argument string) error) *cobra.Command {
	return &cobra.Command{
		Use: use, Short: short,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return UsageError(cmd.Name()+" takes one argument", remedy)
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return untilSignal(cmd.Context(), func(ctx context.Context) error { return do(ctx, args[0]) })
		},
	}
}

// untilSignal carries a command out in a context that ends with the first signal.
// A second one ends the program at once; but what comes with the first is the same
// one, which timeout(1) and shells send to the group too.
func untilSignal(parent context.Context, do func(context.Context) error) error {
	ctx, stop := signal.NotifyContext(parent, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT, syscall.SIGABRT)
	defer stop()
	context.AfterFunc(ctx, func() { time.AfterFunc(time.Second, stop) })
	return Unexpected(do(ctx))
}

// addCompletion adds the completion command, and has it refuse a shell that it does
// not know. The output of the root must be set by then.
func addCompletion(root *cobra.Command) {
	root.InitDefaultCompletionCmd()
	cmd, _, _ := root.Find([]string{"completion"})
	cmd.RunE = func(*cobra.Command, []string) error {
		return UsageError("completion needs the name of a shell", "Give one of bash, zsh, fish, powershell.")
	}
	for _, shell := range cmd.Commands() {
		write := shell.RunE
		shell.RunE = func(cmd *cobra.Command, args []string) error { return Unexpected(write(cmd, args)) }
	}
}

// Line is how to call the program, or one of its commands, for the same
// setup. more are words that follow.
func Line(command string, sandbox bool, state string, more ...string) string {
	words := []string{"telegent-setup"}
	if command != "" {
		words = append(words, command)
	}
	if sandbox {
		words = append(words, "--sandbox")
	}
	if state != "" {
		words = append(words, "--state", quote(state))
	}
	for _, word := range more {
		words = append(words, quote(word))
	}
	return strings.Join(words, " ")
}

// quote quotes a word for a POSIX shell where it must be; one with characters that
// are not to be shown, as bash, zsh and POSIX of 2024 read it.
func quote(word string) string {
	odd := func(c rune) bool {
		return !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.ContainsRune("/._-+:@%,", c))
	}
	switch {
	case word != "" && !strings.ContainsFunc(word, odd):
		return word
	case text.OneLine(word) == word:
		return api.ShellQuote(word)
	}
	var b strings.Builder
	for _, c := range []byte(word) {
		if c < ' ' || c > '~' || c == '\'' || c == '\\' {
			fmt.Fprintf(&b, `\%03o`, c)
		} else {
			b.WriteByte(c)
		}
	}
	return "$'" + b.String() + "'"
}

// AddStateFlags adds the flags that name a state file.
func AddStateFlags(cmd *cobra.Command, o *session.Options) {
	cmd.Flags().StringVar(&o.State, "state", "", "`FILE` that keeps the progress (TELEGENT_STATE)")
	cmd.Flags().BoolVar(&o.Sandbox, "sandbox", false, "the embedded sandbox instead of the service: no account, no network")
}

// AddServiceFlags adds the flags that say how a service behaves.
func AddServiceFlags(cmd *cobra.Command, o *session.Options) {
	addEditionFlag(cmd, o)
	cmd.Flags().StringArrayVar(&o.Faults, "fault", nil, "of the sandbox: fail as the service would, `NAME[@STEP][:COUNT]`; repeatable")
	var faults []string
	for _, kind := range sandbox.Faults() {
		faults = append(faults, kind.Name)
	}
	complete(cmd, "fault", faults)
}

func addEditionFlag(cmd *cobra.Command, o *session.Options) {
	addChoice(cmd, &o.Edition, "edition", "edition of the API, `2025-12 or 2026-04` (TELEGENT_EDITION)", string(api.Edition2025), string(api.Edition2026))
}

// AddBaseURLFlag adds the flag that names the service.
func AddBaseURLFlag(cmd *cobra.Command, o *session.Options) {
	cmd.Flags().StringVar(&o.BaseURL, "base-url", "", "`URL` of the service (TELEGENT_BASE_URL)")
}

// addChoice adds a flag that takes one of several values. Its default is what it
// holds.
func addChoice(cmd *cobra.Command, held *string, flag, usage string, values ...string) {
	cmd.Flags().StringVar(held, flag, *held, usage)
	complete(cmd, flag, values)
}

// complete tells shells the values of a flag.
func complete(cmd *cobra.Command, flag string, values []string) {
	_ = cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
}

// AddDuration adds a flag that takes a duration. Without a unit it is refused with
// the duration that was probably meant.
func AddDuration(flags *pflag.FlagSet, d *time.Duration, name, usage string) {
	flags.Var((*duration)(d), name, usage)
}

// duration implements pflag.Value.
type duration time.Duration

func (d *duration) Set(text string) error {
	v, err := time.ParseDuration(text)
	switch {
	case err == nil:
		*d = duration(v)
		return nil
	case text != "" && strings.Trim(text, "0123456789") == "":
		return fmt.Errorf("a duration has a unit, as in %ss", text)
	}
	return fmt.Errorf("a duration is written as in 30s or 2m")
}

func (d *duration) String() string { return time.Duration(*d).String() }

func (d *duration) Type() string { return "duration" }
