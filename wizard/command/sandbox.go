package command

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"telegent-setup/api/sandbox"
	"telegent-setup/steps"
	"telegent-setup/wizard/session"
)

func sandboxCommand(e Env) *cobra.Command {
	o, addr := e.Options(), ""
	cmd := New("sandbox", "Serve the sandbox API by itself, on this machine only", func(ctx context.Context) error {
		server, err := o.Serve(addr, e.logRequest)
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(e.Out, "listening on %s\n", server.URL()); err != nil {
			return errors.Join(err, server.Close())
		}
		fmt.Fprintf(e.Err, "AccountKey %s, AccountSecret %s. ctrl+c ends it.\n", sandbox.Key, sandbox.Secret)
		if err := errors.Join(server.Wait(ctx), server.Close()); err != nil {
			return err
		}
		return ExitStatus(steps.ExitSignalled)
	})
	cmd.Long = cmd.Short + ".\n\n" + sandboxHelp()
	cmd.Flags().StringVar(&addr, "addr", session.SandboxAddress, "`HOST:PORT` to listen on; port 0 is any free one")
	AddServiceFlags(cmd, o)
	return cmd
}

func (e Env) logRequest(r sandbox.Entry) {
	status := "cut"
	if r.Status != 0 {
		status = fmt.Sprint(r.Status)
	}
	fmt.Fprintf(e.Err, "%s  %-4s %-26s %-3s  %s\n", r.Time.Local().Format("15:04:05.000"), r.Method, r.Path, status, r.Did)
}

// sandboxHelp names the credentials and the faults.
func sandboxHelp() string {
	var b strings.Builder
	fmt.Fprintf(&b, "AccountKey %s, AccountSecret %s. What it does with each request is said on standard error.\n\nFaults, as in --fault number-in-use or --fault rate-limit@account:5 (of a step, so many times):\n",
		sandbox.Key, sandbox.Secret)
	for _, kind := range sandbox.Faults() {
		fmt.Fprintf(&b, "  %-23s %s\n", kind.Name, kind.Effect)
	}
	return strings.TrimRight(b.String(), "\n")
}
