package command

import (
	"testing"

	"github.com/spf13/cobra"
	"github.com/stretchr/testify/require"
)

// Rule: the command that a person is told to go on with can be pasted.
func TestCommandIsQuoted(t *testing.T) {
	require.Equal(t, "telegent-setup", Line("", false, ""))
	require.Equal(t, "telegent-setup --sandbox --state /tmp/a-b.json", Line("", true, "/tmp/a-b.json"))
	require.Equal(t, `telegent-setup export --state 'it'\''s here.json'`, Line("export", false, "it's here.json"))
	require.Equal(t, `telegent-setup --state '~x'`, Line("", false, "~x"))
	require.Equal(t, `telegent-setup --state '$HOME'`, Line("", false, "$HOME"))
}

// aProgram has one of everything that a page shows or hides.
func aProgram() *cobra.Command {
	root := &cobra.Command{Use: "prog", Short: "Do it", Long: "First.\n\n.Second\nand 'third'", Example: `  prog \x`, Run: func(*cobra.Command, []string) {}}
	root.Flags().String("state", "here", "the `FILE` that keeps it")
	root.Flags().Bool("json", false, "as lines")
	root.Flags().Bool("inner", false, "nobody needs this")
	_ = root.Flags().MarkHidden("inner")
	shells := &cobra.Command{Use: "shells", Short: "Write a script"}
	shells.AddCommand(&cobra.Command{Use: "bash", Run: root.Run}, &cobra.Command{Use: "zsh", Run: root.Run})
	root.AddCommand(shells, &cobra.Command{Use: "replay FILE", Short: "Show a run", Run: root.Run}, &cobra.Command{Use: "secret", Hidden: true, Run: root.Run})
	return root
}

// Rule: the page has every command and flag that a person may use, and none
// that is hidden.
func TestManualIsComplete(t *testing.T) {
	page := manualPage(aProgram(), "1.2-3")
	for _, part := range []string{
		`.TH "PROG" "1" "" "prog 1.2\-3"`, "prog \\- Do it\n",
		"\n\\fBprog shells\\fR bash|zsh\n", "\n\\fBprog replay\\fR \\fIFILE\\fR\n",
		"\n\\fB\\-\\-state\\fR \\fIFILE\\fR\nthe FILE that keeps it (default here)\n", "\n\\fB\\-\\-json\\fR\nas lines\n",
		"\n\\fB\\-h\\fR, \\fB\\-\\-help\\fR\n", ".SS prog replay\nShow a run.\n",
	} {
		require.Contains(t, page, part)
	}
	for _, hidden := range []string{"inner", "secret"} {
		require.NotContains(t, page, hidden)
	}
}

// Rule: no text of the program is taken for a request or an escape of roff.
func TestManualEscapes(t *testing.T) {
	page := manualPage(aProgram(), "1.2-3")
	require.Contains(t, page, "First.\n.PP\n\\&.Second\nand 'third'\n")
	require.Contains(t, page, `prog \ex`)
}

// Rule: one version prints the same page, whenever it is asked for.
func TestManualBearsNoDate(t *testing.T) {
	require.NotRegexp(t, `20\d\d`, manualPage(aProgram(), "1.2-3"))
}
