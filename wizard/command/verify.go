package command

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"telegent-setup/steps"
	"telegent-setup/wizard/plain"
	"telegent-setup/wizard/session"
)

func verifyCommand(e Env) *cobra.Command {
	o, atMost, events := e.Options(), steps.DeliveryFor, false
	cmd := New("verify", "Ask whether the test message was delivered, and wait for an answer to it", func(ctx context.Context) error {
		if atMost <= 0 {
			return UsageError("--for must be more than nothing", "Give it a duration, as in 30s or 2m.")
		}
		if _, file, _, err := o.Read(); err != nil {
			return err
		} else if steps.SavedIn(file)[steps.MessageID] == "" {
			return noMessage()
		}
		return e.verify(ctx, *o, atMost, events)
	})
	AddStateFlags(cmd, o)
	AddDuration(cmd.Flags(), &atMost, "for", "the longest wait")
	cmd.Flags().BoolVar(&events, "json", false, "JSON Lines on standard output, one object per event")
	return cmd
}

func noMessage() error {
	return UsageError(steps.ErrNoMessage.Error(), "Send one first: telegent-setup goes on where the setup stands.")
}

// verify is a run of its own, which asks and sends nothing.
func (e Env) verify(ctx context.Context, o session.Options, atMost time.Duration, events bool) (err error) {
	s, err := session.Open(o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	var to steps.Observer = &plain.Lines{Out: e.Out, Notes: e.Err}
	if events {
		to = &plain.Events{Out: e.Out, Notes: e.Err}
	}
	r := s.Runner(listener{to})
	r.Begin()
	if err = e.signIn(ctx, r); err == nil {
		ids := r.Saved()
		plain.Note(e.Err, fmt.Sprintf("asking what became of %s. When it has arrived, text anything from that phone to %s: the answer is looked for too.", ids[steps.MessageID], ids[steps.PhoneNumber]))
		err = e.watch(ctx, r, atMost)
	}
	status := steps.ExitDone
	if err != nil {
		status, _, _ = Explain(Unexpected(err))
	}
	r.End(status)
	if events {
		err = errors.Join(err, plain.WriteJSON(e.Out, struct {
			Event string `json:"event"`
			Exit  int    `json:"exit"`
		}{"end", status}))
	}
	return err
}

// watch asks until it is known what became of the message, and says what that
// means; the error is how the command ends.
func (e Env) watch(ctx context.Context, r *steps.Runner, atMost time.Duration) error {
	d, err := r.WatchDelivery(ctx, atMost, atMost)
	switch {
	case errors.Is(err, steps.ErrNoMessage):
		return noMessage()
	case ctx.Err() != nil:
		return ExitStatus(steps.ExitSignalled)
	case err != nil:
		return err
	case d.Arrived() && !d.Answered:
		plain.Note(e.Err, "no answer to it came so far. To ask again: telegent-setup verify.")
		return nil
	case d.Arrived():
		return nil
	case d.Failed():
		plain.Complain(e.Err, fmt.Sprintf("the message was not delivered: the service says %s", d.Status), strings.Join(r.ArrivalChecks(), "\n"))
		return ExitStatus(steps.ExitRefused)
	}
	problem, remedy := unknownDelivery(d)
	plain.Complain(e.Err, problem, remedy)
	return ExitStatus(steps.ExitUnsettled)
}

func unknownDelivery(d steps.Delivery) (problem, remedy string) {
	reason := "the service did not say"
	switch {
	case d.Err != nil:
		reason = d.Err.Error()
	case d.Status != "":
		reason = "the service says " + d.Status
	}
	remedy = "Ask again later, or for longer: telegent-setup verify --for 5m."
	if !d.CanAsk {
		remedy = "Look at the phone: did it arrive?"
	}
	return "whether the message arrived is not known: " + reason, remedy
}

// signIn signs in with what the environment and the state file give. A secret that
// is missing is asked for at a terminal.
func (e Env) signIn(ctx context.Context, r *steps.Runner) error {
	for _, p := range r.SignInProblems() {
		if p.Field.Kind != steps.Secret || !isTerminal(e.In) {
			return UsageError(fmt.Sprintf("the service is asked with the %s, and it is not known here", p.Key), "Give it as "+p.Field.Env+" in the environment.")
		}
		secret, err := plain.AskSecret(ctx, e.In, e.Err, p.Field.Label)
		if err != nil {
			return interrupted(ctx, err)
		}
		r.SetSecret(p.Key, secret)
	}
	return e.failed(ctx, r.SignIn(ctx))
}

// failed tells of what the service did not do, and turns it into its exit status.
func (e Env) failed(ctx context.Context, err error) error {
	var failure *steps.Failure
	var invalid *steps.Invalid
	switch {
	case ctx.Err() != nil:
		return ExitStatus(steps.ExitSignalled)
	case errors.As(err, &failure):
		plain.Failure(e.Err, failure)
		return ExitStatus(failure.Exit())
	case errors.As(err, &invalid):
		return UsageError(invalid.Problems[0].Key+": "+invalid.Error(), "Give it again.")
	}
	return err
}

// listener is told what a person should know while a command asks the service: what
// becomes of the message, and why the next question waits.
type listener struct{ to steps.Observer }

func (l listener) Observe(e steps.Event) error {
	switch e.(type) {
	case steps.Delivered, steps.Replied, steps.Noticed, steps.Waiting:
		return l.to.Observe(e)
	}
	return nil
}
