package command

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"telegent-setup/api"
	"telegent-setup/api/webhook"
	"telegent-setup/steps"
	"telegent-setup/wizard/plain"
	"telegent-setup/wizard/session"
)

// webhookSecret is the variable that gives the password or token of a webhook.
const webhookSecret = "TELEGENT_WEBHOOK_SECRET"

// webhookCommand is about the customer's own webhook.
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
	options              *session.Options
	method, kind, person string
	json                 bool
}

func newRouteFlags(e Env, cmd *cobra.Command) *routeFlags {
	f := &routeFlags{options: e.Options()}
	AddStateFlags(cmd, f.options)
	addEditionFlag(cmd, f.options)
	addChoice(cmd, &f.method, "method", "how it is called, `POST or GET` (default POST)", "POST", "GET")
	addChoice(cmd, &f.kind, "auth", "authentication, `None, Basic or Bearer`; the password or token is "+webhookSecret, "None", "Basic", "Bearer")
	cmd.Flags().StringVar(&f.person, "username", "", "`NAME` of Basic authentication")
	cmd.Flags().BoolVar(&f.json, "json", false, "JSON Lines on standard output")
	return f
}

// route is how a webhook is called, and the edition of the API that calls it.
func (f *routeFlags) route(ctx context.Context, e Env, address string) (webhook.Route, api.Edition, error) {
	edition, err := f.options.NamedEdition()
	if err != nil {
		return webhook.Route{}, edition, err
	}
	_, file, _, err := f.options.Read()
	if err != nil {
		return webhook.Route{}, edition, err
	}
	if f.options.Edition == "" && file.Edition != "" {
		edition = api.Edition(file.Edition)
	}
	f.fillIn(steps.WebhookIn(file), address)
	authentication, err := f.authentication(ctx, e)
	if err != nil {
		return webhook.Route{}, edition, err
	}
	route, err := webhook.NewRoute(address, f.method, authentication)
	if err != nil {
		return route, edition, UsageError(err.Error(), "telegent-setup webhook --help lists the commands and flags.")
	}
	return route, edition, nil
}

// fillIn takes what no flag says from a route of the same URL.
func (f *routeFlags) fillIn(saved steps.Webhook, address string) {
	if saved.URL != address {
		return
	}
	if f.method == "" {
		f.method = saved.Method
	}
	if f.kind == "" {
		f.kind = saved.Authentication.Type
	}
	if f.person == "" {
		f.person = saved.Authentication.Username
	}
}

// authentication is how the service proves itself. Where no flag says, it follows
// from the secret and the name that are given.
func (f *routeFlags) authentication(ctx context.Context, e Env) (api.WebhookAuthentication, error) {
	a := api.WebhookAuthentication{Type: "None", Username: f.person, Secret: api.NewSecret(e.Getenv(webhookSecret))}
	for _, kind := range []string{"None", "Basic", "Bearer"} {
		if strings.EqualFold(f.kind, kind) {
			f.kind = kind
		}
	}
	switch {
	case f.kind != "":
		a.Type = f.kind
	case f.person != "":
		a.Type = "Basic"
	case !a.Secret.Empty():
		a.Type = "Bearer"
	}
	if !slices.Contains([]string{"Basic", "Bearer"}, a.Type) || !a.Secret.Empty() {
		return a, nil
	}
	if !isTerminal(e.In) {
		return a, UsageError(fmt.Sprintf("%s authentication needs a password or token", a.Type), "Give it as "+webhookSecret+" in the environment.")
	}
	secret, err := plain.AskSecret(ctx, e.In, e.Err, "Password or token of the webhook")
	a.Secret = secret
	return a, interrupted(ctx, err)
}

// tellFinding writes what was found, for people or as JSON.
func (f *routeFlags) tellFinding(e Env, found webhook.Finding) error {
	if f.json {
		return webhook.WriteFindingJSON(e.Out, found)
	}
	return webhook.WriteFinding(e.Out, found)
}

// webhookCheckCommand looks at a webhook as the service would meet it.
func webhookCheckCommand(e Env) *cobra.Command {
	var flags *routeFlags
	send := false
	cmd := newWithArgument("check URL", "Look at a webhook as the service would meet it", "telegent-setup webhook check https://example.com/messages",
		func(ctx context.Context, address string) error {
			route, edition, err := flags.route(ctx, e, address)
			if err != nil {
				return err
			}
			checker := webhook.Checker{Route: route, Edition: edition, UserAgent: e.userAgent()}
			return e.checkWebhook(ctx, checker, flags, send)
		})
	flags = newRouteFlags(e, cmd)
	cmd.Flags().BoolVar(&send, "send", false, "send a sample message without asking")
	return cmd
}

func (e Env) userAgent() string { return "telegent-setup/" + e.Version }

func (e Env) checkWebhook(ctx context.Context, c webhook.Checker, flags *routeFlags, send bool) error {
	var unwritten error
	agree := func() bool {
		if send || !isTerminal(e.In) {
			return send
		}
		agreed, err := plain.Agree(ctx, e.In, e.Err, fmt.Sprintf("Send a sample message to %s by %s?", c.Route, c.Route.Method))
		return err == nil && agreed
	}
	verdict, err := c.Run(ctx, agree, func(f webhook.Finding) {
		if unwritten == nil {
			unwritten = flags.tellFinding(e, f)
		}
	})
	switch {
	case err != nil:
		return ExitStatus(steps.ExitSignalled)
	case unwritten != nil:
		return unwritten
	}
	return e.tellVerdict(flags, verdict)
}

// tellVerdict ends a look; the error is the exit status of the verdict.
func (e Env) tellVerdict(flags *routeFlags, verdict webhook.Verdict) error {
	var err error
	if flags.json {
		err = webhook.WriteVerdictJSON(e.Out, verdict)
	} else {
		_, err = fmt.Fprintln(e.Out, verdict)
	}
	if err != nil {
		return err
	}
	return exit(verdict.Exit())
}

// webhookSendCommand sends a sample to a webhook.
func webhookSendCommand(e Env) *cobra.Command {
	var flags *routeFlags
	kind := "message"
	cmd := newWithArgument("send URL", "Send a sample to a webhook, and say what comes back", "telegent-setup webhook send https://example.com/messages",
		func(ctx context.Context, address string) error {
			content, known := map[string]webhook.Kind{"message": webhook.Inbound, "report": webhook.Report}[kind]
			if !known {
				return UsageError(fmt.Sprintf("unknown kind %q", kind), "Give --kind message or --kind report.")
			}
			route, edition, err := flags.route(ctx, e, address)
			if err != nil {
				return err
			}
			return e.sendSample(ctx, route, webhook.Sample(content, edition, time.Now()), flags)
		})
	flags = newRouteFlags(e, cmd)
	addChoice(cmd, &kind, "kind", "`message or report`: an inbound message, or a delivery report", "message", "report")
	return cmd
}

func (e Env) sendSample(ctx context.Context, route webhook.Route, content webhook.Content, flags *routeFlags) error {
	reply, err := webhook.Sender{UserAgent: e.userAgent()}.Send(ctx, route, content)
	if ctx.Err() != nil {
		return ExitStatus(steps.ExitSignalled)
	}
	found := webhook.Judge(route, reply, err)
	if err := flags.tellFinding(e, found); err != nil {
		return err
	}
	if reply.Body != "" && !flags.json {
		fmt.Fprintf(e.Out, "It says: %s\n", reply.Body)
	}
	return exit(found.Verdict.Exit())
}
