package command

import "github.com/spf13/cobra"

// addCompletion adds the completion command, and has it refuse a shell that it does
// not know. The output of the root must be set by then.
func addCompletion(root *cobra.Command) {
	root.InitDefaultCompletionCmd()
	for _, cmd := range root.Commands() {
		if cmd.Name() != "completion" {
			continue
		}
		cmd.RunE = func(*cobra.Command, []string) error {
			return UsageError("completion needs the name of a shell", "Give one of bash, zsh, fish, powershell.")
		}
		for _, shell := range cmd.Commands() {
			write := shell.RunE
			shell.RunE = func(cmd *cobra.Command, args []string) error { return Unexpected(write(cmd, args)) }
		}
	}
}
