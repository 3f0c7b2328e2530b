package command

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"sync"

	"github.com/spf13/cobra"

	"telegent-setup/api/webhook"
	"telegent-setup/state"
	"telegent-setup/steps"
	"telegent-setup/wizard/session"
)

// webhookListenCommand receives what the service sends to a webhook.
func webhookListenCommand(e Env) *cobra.Command {
	o, addr, forward, json := e.Options(), "", "", false
	cmd := New("listen", "Receive what the service sends to a webhook, on this machine", func(ctx context.Context) error {
		known, err := newSentMessages(*o)
		if err != nil {
			return err
		}
		options := webhook.ReceiverOptions{Out: e.Out, Write: webhook.WriteLine, Known: known.list}
		if json {
			options.Write = webhook.WriteJSON
		}
		if forward != "" {
			if options.To, err = webhook.ParseForward(forward); err != nil {
				return UsageError("--forward-to: "+err.Error(), "")
			}
		}
		return e.receive(ctx, addr, options, json)
	})
	cmd.Long = cmd.Short + `: any path, POST or GET, answered 200 at once. ctrl+c ends it.

Of each request it says whether it is an inbound message or a delivery report, and
which message of the setup it is about. No tunnel is started; it names those that are common.`
	AddStateFlags(cmd, o)
	cmd.Flags().StringVar(&addr, "addr", webhook.DefaultAddress, "`HOST:PORT` to listen on; port 0 is any free one")
	cmd.Flags().StringVar(&forward, "forward-to", "", "`URL` that every request is forwarded to, as it came")
	cmd.Flags().BoolVar(&json, "json", false, "JSON Lines on standard output, one object per message")
	return cmd
}

// receive receives until a signal comes.
func (e Env) receive(ctx context.Context, addr string, o webhook.ReceiverOptions, json bool) error {
	listening, err := webhook.Listen(addr)
	var network *net.OpError
	switch {
	case errors.As(err, &network) && !errors.As(err, new(*net.AddrError)):
		return err
	case err != nil:
		return UsageError(err.Error(), "")
	}
	said := e.Out
	if json { // Where programs read, there is nothing but objects.
		said = e.Err
	}
	fmt.Fprintf(said, "listening on http://%s/\n", listening.Addr())
	fmt.Fprintln(e.Err, webhook.Tunnels(listening.Addr().String()))
	if !json {
		if err := webhook.WriteHeading(e.Out); err != nil {
			return err
		}
	}
	switch err := webhook.NewReceiver(o).Serve(ctx, listening); {
	case errors.Is(err, webhook.ErrForwardsToItself):
		return UsageError(err.Error(), "")
	case err != nil:
		return err
	}
	return ExitStatus(steps.ExitSignalled)
}

// sentMessages are the test messages of setups.
type sentMessages []*sentMessage

// newSentMessages looks into the state file that is named, else into those of the
// service and of the sandbox, since a receiver serves both.
func newSentMessages(o session.Options) (all sentMessages, err error) {
	setups := []session.Options{o}
	if o.State == "" && !o.Sandbox {
		rehearsal := o
		rehearsal.Sandbox = true
		setups = []session.Options{rehearsal, o}
	}
	for _, setup := range setups {
		path, err := setup.Path()
		if err != nil {
			return nil, err
		}
		all = append(all, &sentMessage{path: path})
	}
	return all, nil
}

// list are the messages that are known now.
func (s sentMessages) list() (known []webhook.Sent) {
	for _, one := range s {
		known = append(known, one.read()...)
	}
	return known
}

// sentMessage is the test message of a setup.
type sentMessage struct {
	path string

	mu   sync.Mutex
	info fs.FileInfo // Of the state file as it was read; nil before.
	sent []webhook.Sent
}

// read looks into the state file again when it has changed. One that cannot be read
// has no message.
func (m *sentMessage) read() []webhook.Sent {
	m.mu.Lock()
	defer m.mu.Unlock()
	info, err := os.Stat(m.path)
	switch {
	case err != nil:
		return nil
	case m.info != nil && os.SameFile(info, m.info) && info.ModTime().Equal(m.info.ModTime()):
		return m.sent
	}
	m.info, m.sent = info, nil
	if f, _, err := state.Read(m.path); err == nil {
		if sent := steps.MessageIn(f); sent.ID != "" || len(sent.To) > 0 {
			m.sent = []webhook.Sent{webhook.Sent(sent)}
		}
	}
	return m.sent
}
