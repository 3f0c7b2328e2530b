package command

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// About is the text of --help and of the manual page.
const About = `Telegent-setup walks you from an AccountKey to a sent test message in eight
steps, and goes on where it left off. Progress is kept in a state file that holds
no secret.

Exit status: 0 done; 1 an error of this machine; 2 wrong usage or answers,
nothing was sent; 3 stopped by you; 4 refused by the service; 5 not reached, or
the outcome is unknown; 6 the state file cannot be used; 130 ended by a signal.

From a script, or as a coding agent:
  Try it first: telegent-setup --sandbox --no-input --json. Nothing real happens.
  telegent-setup answers prints the file to fill in; secrets go into the environment.
  Then telegent-setup --no-input --json --answers FILE; it can be started again at any time.
  4: read the solution, change an answer, start again. 5: nobody knows; --find asks the service.
  Never give --resend without a person: it may order a second number, or send a message twice.

Environment: TELEGENT_ACCOUNT_KEY, TELEGENT_ACCOUNT_SECRET and
TELEGENT_SUBSCRIBER_PASSWORD give what no flag takes. TELEGENT_BASE_URL,
TELEGENT_EDITION and TELEGENT_STATE are like their flags, which beat them.
ACCESSIBLE, NO_COLOR, CLICOLOR_FORCE and TERM=dumb are honoured.`

// Examples are those of --help and of the manual page.
const Examples = `  telegent-setup --sandbox                    try it out: nothing real happens
  telegent-setup                              set up, or go on
  telegent-setup --no-input --answers a.yaml  from a script
  eval "$(telegent-setup export)"             the IDs as shell variables`

// Version prints the version, the commit where the linker was told it or go build
// recorded it, and the version of Go that compiled the program.
func Version(w io.Writer, version, commit string) error {
	if info, ok := debug.ReadBuildInfo(); ok && commit == "" {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				commit = s.Value
			}
		}
	}
	built := runtime.Version()
	if commit != "" {
		built = "commit " + commit[:min(len(commit), 7)] + ", " + built
	}
	_, err := fmt.Fprintf(w, "telegent-setup %s (%s)\n", version, built)
	return err
}

func manCommand(e Env) *cobra.Command {
	cmd := New("man", "Print the manual page; on a terminal, show it", nil)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		page := manualPage(cmd.Root(), e.Version)
		if isTerminal(e.Out) && e.show(cmd.Context(), page) {
			return nil
		}
		_, err := io.WriteString(e.Out, page)
		return Unexpected(err)
	}
	return cmd
}

// show hands a page to man(1), where there is one that takes it.
func (e Env) show(ctx context.Context, page string) bool {
	reader, err := exec.LookPath("man")
	if err != nil {
		return false
	}
	keys := make(chan os.Signal, 1) // ctrl+c is for the pager.
	signal.Notify(keys, os.Interrupt)
	defer signal.Stop(keys)
	cmd := exec.CommandContext(ctx, reader, "-l", "-")
	cmd.Stdin, cmd.Stdout = strings.NewReader(page), e.Out
	return cmd.Run() == nil
}

// manualPage is the manual page of the program, in man(7), with all commands on
// one page. It bears no date: two builds of one version print the same page.
func manualPage(root *cobra.Command, version string) string {
	root.InitDefaultHelpFlag()
	m := &manual{}
	m.line(`.TH "%s" "1" "" "%s %s"`, strings.ToUpper(root.Name()), root.Name(), roff(version))
	m.line(".SH NAME\n%s \\- %s", roff(root.Name()), roff(root.Short))
	m.line(".SH SYNOPSIS")
	m.call(root)
	for _, cmd := range commandsOf(root) {
		m.line(".br")
		m.call(cmd)
	}
	m.line(".SH DESCRIPTION\n%s", roff(root.Long))
	m.line(".SH OPTIONS")
	m.flags(root)
	m.line(".SH COMMANDS")
	for _, cmd := range commandsOf(root) {
		m.line(".SS %s\n%s.", roff(cmd.CommandPath()), roff(cmd.Short))
		m.flags(cmd)
	}
	m.line(".SH EXAMPLES\n.nf\n%s\n.fi", roff(root.Example))
	return m.String()
}

func commandsOf(parent *cobra.Command) []*cobra.Command {
	return slices.DeleteFunc(slices.Clone(parent.Commands()), func(cmd *cobra.Command) bool { return !cmd.IsAvailableCommand() })
}

type manual struct{ strings.Builder }

func (m *manual) line(format string, args ...any) { fmt.Fprintf(m, format+"\n", args...) }

// call is how a command is called.
func (m *manual) call(cmd *cobra.Command) {
	line := `\fB` + roff(cmd.CommandPath()) + `\fR`
	var inner []string
	for _, one := range commandsOf(cmd) {
		inner = append(inner, roff(one.Name()))
	}
	switch {
	case cmd.HasParent() && len(inner) > 0:
		line += " " + strings.Join(inner, "|")
	case len(flagsOf(cmd)) > 0:
		line += " [flags]"
	}
	if _, args, found := strings.Cut(cmd.Use, " "); found {
		line += ` \fI` + roff(args) + `\fR`
	}
	m.line("%s", line)
}

// flagsOf are the flags of a command, but for the help that all of them have.
func flagsOf(cmd *cobra.Command) []*pflag.Flag {
	var all []*pflag.Flag
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if !f.Hidden && (f.Name != "help" || !cmd.HasParent()) {
			all = append(all, f)
		}
	})
	return all
}

func (m *manual) flags(cmd *cobra.Command) {
	for _, f := range flagsOf(cmd) {
		value, usage := pflag.UnquoteUsage(f)
		name := `\fB` + roff("--"+f.Name) + `\fR`
		if f.Shorthand != "" {
			name = `\fB` + roff("-"+f.Shorthand) + `\fR, ` + name
		}
		if value != "" {
			name += ` \fI` + roff(value) + `\fR`
		}
		if !slices.Contains([]string{"", "false", "[]", "0", "-1"}, f.DefValue) {
			usage += " (default " + f.DefValue + ")"
		}
		m.line(".TP\n%s\n%s", name, roff(usage))
	}
}

// roff is prose as roff shows it: nothing in it is read as a request or an escape,
// and an empty line begins a paragraph.
func roff(text string) string {
	escaped := strings.NewReplacer(`\`, `\e`, "-", `\-`, "\n.", "\n\\&.", "\n'", "\n\\&'").Replace("\n" + text)[1:]
	return strings.ReplaceAll(escaped, "\n\n", "\n.PP\n")
}
