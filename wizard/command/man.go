package command

import (
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"os/signal"

	"github.com/spf13/cobra"

	"telegent-setup/wizard/plain/printer"
)

// manCommand prints the manual page; on a terminal it shows it.
func manCommand(e Env) *cobra.Command {
	cmd := New("man", "Print the manual page; on a terminal, show it", nil)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		var page bytes.Buffer
		if err := printer.Manual(&page, cmd.Root(), e.Version); err != nil {
			return Unexpected(err)
		}
		if isTerminal(e.Out) && e.show(cmd.Context(), page.Bytes()) {
			return nil
		}
		_, err := io.Copy(e.Out, &page)
		return Unexpected(err)
	}
	return cmd
}

// show hands a page to man(1), where there is one that takes it.
func (e Env) show(ctx context.Context, page []byte) bool {
	reader, err := exec.LookPath("man")
	if err != nil {
		return false
	}
	keys := make(chan os.Signal, 1) // ctrl+c is for the pager.
	signal.Notify(keys, os.Interrupt)
	defer signal.Stop(keys)
	cmd := exec.CommandContext(ctx, reader, "-l", "-")
	cmd.Stdin, cmd.Stdout = bytes.NewReader(page), e.Out
	return cmd.Run() == nil
}
