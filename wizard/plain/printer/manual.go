package printer

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Manual prints the manual page of the program, in man(7), with all commands on
// one page. It bears no date: two builds of one version print the same page.
func Manual(w io.Writer, root *cobra.Command, version string) error {
	root.InitDefaultHelpFlag()
	m := &manual{}
	m.line(`.TH "%s" "1" "" "%s %s"`, strings.ToUpper(root.Name()), root.Name(), roff(version))
	m.section("NAME")
	m.line(`%s \- %s`, roff(root.Name()), roff(root.Short))
	m.section("SYNOPSIS")
	m.call(root)
	for _, cmd := range commandsOf(root) {
		m.line(".br")
		m.call(cmd)
	}
	m.section("DESCRIPTION")
	m.text(root.Long)
	m.section("OPTIONS")
	m.flags(root)
	m.section("COMMANDS")
	for _, cmd := range commandsOf(root) {
		m.line(".SS %s", roff(cmd.CommandPath()))
		m.text(cmd.Short + ".")
		m.flags(cmd)
	}
	m.section("EXAMPLES")
	m.line(".nf")
	m.line("%s", roff(root.Example))
	m.line(".fi")
	_, err := io.WriteString(w, m.String())
	return err
}

// commandsOf are the commands that a person calls, each with its name.
func commandsOf(root *cobra.Command) []*cobra.Command {
	return slices.DeleteFunc(slices.Clone(root.Commands()), func(cmd *cobra.Command) bool {
		return cmd.Hidden || cmd.Name() == "help"
	})
}

// manual is a page being written.
type manual struct{ strings.Builder }

func (m *manual) line(format string, args ...any) { fmt.Fprintf(m, format+"\n", args...) }

func (m *manual) section(name string) { m.line(".SH %s", name) }

// call is how a command is called.
func (m *manual) call(cmd *cobra.Command) {
	line := `\fB` + roff(cmd.CommandPath()) + `\fR`
	var shells []string
	for _, inner := range commandsOf(cmd) {
		shells = append(shells, roff(inner.Name()))
	}
	switch {
	case cmd.HasParent() && len(shells) > 0:
		line += " " + strings.Join(shells, "|")
	case len(flagsOf(cmd)) > 0:
		line += " [flags]"
	}
	if _, args, found := strings.Cut(cmd.Use, " "); found {
		line += ` \fI` + roff(args) + `\fR`
	}
	m.line("%s", line)
}

// text is prose, one paragraph after an empty line.
func (m *manual) text(prose string) {
	for i, paragraph := range strings.Split(prose, "\n\n") {
		if i > 0 {
			m.line(".PP")
		}
		m.line("%s", roff(paragraph))
	}
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
		m.line(".TP")
		m.line("%s", name)
		m.line("%s", roff(usage+preset(f)))
	}
}

// preset names the default of a flag that has one.
func preset(f *pflag.Flag) string {
	switch f.DefValue {
	case "", "false", "[]", "0", "-1":
		return ""
	}
	return " (default " + f.DefValue + ")"
}

// roff keeps text from being read as a request or an escape.
func roff(text string) string {
	lines := strings.Split(strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(text), "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, ".") || strings.HasPrefix(line, "'") {
			lines[i] = `\&` + line
		}
	}
	return strings.Join(lines, "\n")
}
