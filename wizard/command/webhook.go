package command

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"telegent-setup/api"
	"telegent-setup/api/webhook"
	"telegent-setup/state"
	"telegent-setup/steps"
	"telegent-setup/wizard/plain"
	"telegent-setup/wizard/session"
)

// webhookSecret is the variable that gives the password or token of a webhook.
const webhookSecret = "TELEGENT_WEBHOOK_SECRET"

func webhookCommand(e Env) *cobra.Command {
	cmd := &cobra.Command{
		Use: "webhook", Short: "Look at your webhook, receive what it is sent, or send it samples", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			return UsageError("webhook needs a command of its own", "Give one of check URL, listen, send URL.")
		},
	}
	cmd.AddCommand(webhookCheckCommand(e), webhookListenCommand(e), webhookSendCommand(e))
	return cmd
}

// routeFlags say how a webhook is called. What is not said is as the message route
// of the setup has it, where that is of the same URL.
type routeFlags struct {
	Env
	options              *session.Options
	method, kind, person string
	json                 bool
}

func newRouteFlags(e Env, cmd *cobra.Command) *routeFlags {
	f := &routeFlags{Env: e, options: e.Options()}
	AddStateFlags(cmd, f.options)
	addEditionFlag(cmd, f.options)
	addChoice(cmd, &f.method, "method", "how it is called, `POST or GET` (default POST)", "POST", "GET")
	addChoice(cmd, &f.kind, "auth", "authentication, `None, Basic or Bearer`; the password or token is "+webhookSecret, "None", "Basic", "Bearer")
	cmd.Flags().StringVar(&f.person, "username", "", "`NAME` of Basic authentication")
	cmd.Flags().BoolVar(&f.json, "json", false, "JSON Lines on standard output")
	return f
}

// route is how a webhook is called, and the edition of the API that calls it.
func (f *routeFlags) route(ctx context.Context, address string) (route webhook.Route, edition api.Edition, err error) {
	_, file, _, err := f.options.Read()
	if err != nil {
		return route, edition, err
	}
	if edition, err = f.options.NamedEdition(file.Edition); err != nil {
		return route, edition, err
	}
	if saved := steps.WebhookIn(file); saved.URL == address {
		f.method = cmp.Or(f.method, saved.Method)
		f.kind = cmp.Or(f.kind, saved.Authentication.Type)
		f.person = cmp.Or(f.person, saved.Authentication.Username)
	}
	authentication, err := f.authentication(ctx)
	if err != nil {
		return route, edition, err
	}
	if route, err = webhook.NewRoute(address, f.method, authentication); err != nil {
		err = UsageError(err.Error(), "telegent-setup webhook --help lists the commands and flags.")
	}
	return route, edition, err
}

// authentication is how the service proves itself. Where no flag says, it follows
// from the secret and the name that are given.
func (f *routeFlags) authentication(ctx context.Context) (api.WebhookAuthentication, error) {
	a := api.WebhookAuthentication{Type: "None", Username: f.person, Secret: api.NewSecret(f.Getenv(webhookSecret))}
	switch {
	case f.kind != "":
		a.Type = f.kind
	case f.person != "":
		a.Type = "Basic"
	case !a.Secret.Empty():
		a.Type = "Bearer"
	}
	needsSecret := false
	for _, kind := range []string{"None", "Basic", "Bearer"} {
		if strings.EqualFold(a.Type, kind) {
			a.Type, needsSecret = kind, kind != "None"
		}
	}
	if !needsSecret || !a.Secret.Empty() {
		return a, nil
	}
	if !isTerminal(f.In) {
		return a, UsageError(a.Type+" authentication needs a password or token", "Give it as "+webhookSecret+" in the environment.")
	}
	secret, err := plain.AskSecret(ctx, f.In, f.Err, "Password or token of the webhook")
	a.Secret = secret
	return a, interrupted(ctx, err)
}

// tell writes what was found, for people or as JSON.
func (f *routeFlags) tell(found webhook.Finding) error {
	if f.json {
		return webhook.WriteFindingJSON(f.Out, found)
	}
	return webhook.WriteFinding(f.Out, found)
}

func webhookCheckCommand(e Env) *cobra.Command {
	var flags *routeFlags
	send := false
	cmd := newWithArgument("check URL", "Look at a webhook as the service would meet it", "telegent-setup webhook check https://example.com/messages",
		func(ctx context.Context, address string) error { return flags.check(ctx, address, send) })
	flags = newRouteFlags(e, cmd)
	cmd.Flags().BoolVar(&send, "send", false, "send a sample message without asking")
	return cmd
}

func (e Env) userAgent() string { return "telegent-setup/" + e.Version }

// check looks at a webhook; the error is the exit status of what was found.
func (f *routeFlags) check(ctx context.Context, address string, send bool) error {
	route, edition, err := f.route(ctx, address)
	if err != nil {
		return err
	}
	agree := func() bool {
		if send || !isTerminal(f.In) {
			return send
		}
		agreed, err := plain.Agree(ctx, f.In, f.Err, fmt.Sprintf("Send a sample message to %s by %s?", route, route.Method))
		return err == nil && agreed
	}
	var unwritten error
	checker := webhook.Checker{Route: route, Edition: edition, UserAgent: f.userAgent()}
	verdict, err := checker.Run(ctx, agree, func(found webhook.Finding) {
		if unwritten == nil {
			unwritten = f.tell(found)
		}
	})
	switch {
	case err != nil:
		return ExitStatus(steps.ExitSignalled)
	case unwritten != nil:
	case f.json:
		unwritten = webhook.WriteVerdictJSON(f.Out, verdict)
	default:
		_, unwritten = fmt.Fprintln(f.Out, verdict)
	}
	if unwritten != nil {
		return unwritten
	}
	return exit(verdict.Exit())
}

func webhookSendCommand(e Env) *cobra.Command {
	var flags *routeFlags
	kind := "message"
	cmd := newWithArgument("send URL", "Send a sample to a webhook, and say what comes back", "telegent-setup webhook send https://example.com/messages",
		func(ctx context.Context, address string) error {
			content, known := map[string]webhook.Kind{"message": webhook.Inbound, "report": webhook.Report}[kind]
			if !known {
				return UsageError(fmt.Sprintf("unknown kind %q", kind), "Give --kind message or --kind report.")
			}
			return flags.send(ctx, address, content)
		})
	flags = newRouteFlags(e, cmd)
	addChoice(cmd, &kind, "kind", "`message or report`: an inbound message, or a delivery report", "message", "report")
	return cmd
}

// send sends a sample; the error is the exit status of what came back.
func (f *routeFlags) send(ctx context.Context, address string, content webhook.Kind) error {
	route, edition, err := f.route(ctx, address)
	if err != nil {
		return err
	}
	reply, err := webhook.Sender{UserAgent: f.userAgent()}.Send(ctx, route, webhook.Sample(content, edition, time.Now()))
	if ctx.Err() != nil {
		return ExitStatus(steps.ExitSignalled)
	}
	found := webhook.Judge(route, reply, err)
	if err := f.tell(found); err != nil {
		return err
	}
	if reply.Body != "" && !f.json {
		fmt.Fprintf(f.Out, "It says: %s\n", reply.Body)
	}
	return exit(found.Verdict.Exit())
}

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
		inSandbox := o
		inSandbox.Sandbox = true
		setups = []session.Options{inSandbox, o}
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
