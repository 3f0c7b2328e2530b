package plain

import (
	"cmp"
	"context"
	"errors"
	"strings"

	"telegent-setup/steps"
	"telegent-setup/steps/report"
)

// mend implements asker: it says what happened and offers the way out first.
func (p *prompts) mend(ctx context.Context, f *steps.Failure, unknown *steps.Unknown) (move, error) {
	p.now = f.Step
	step, _ := steps.Find(f.Step)
	if unknown != nil {
		return p.unknown(ctx, unknown)
	}
	p.tell(f.Title, f)
	p.mended[f.Step] = true
	if err := p.Runner.Draft(f.Step, p.typed[f.Step]); err != nil {
		return move{}, err
	}
	fix := cmp.Or(f.FixStep, f.Step)
	retry := fix == f.Step && f.FixField == "" && !f.FixAdopt
	choices := []steps.Choice{{Label: f.FixLabel}, {Label: steps.OfferChange}, {Label: steps.OfferLeave}}
	choices = append(choices, aids(f)...)
	for {
		i, err := p.menu(ctx, f.Step, choices, 0)
		switch {
		case errors.Is(err, have):
			return p.adopting(ctx, step)
		case err != nil:
			return move{}, err
		case i == 0 && retry:
			return p.repeat(ctx, f.Step, submit)
		case i == 0:
			p.focus = f.FixField
			if f.FixAdopt {
				p.lead = have
			}
			return move{deed: visit, to: fix}, nil
		case i == 1:
			return move{deed: visit, to: f.Step}, nil
		case i == 2:
			return move{deed: leave, exit: steps.ExitStopped}, nil
		}
		p.aid(choices[i].Label, f)
	}
}

// unknown asks what is to become of a step whose outcome nobody knows. Nothing
// is sent again without a second yes, and no empty line chooses.
func (p *prompts) unknown(ctx context.Context, u *steps.Unknown) (move, error) {
	p.tell(u.Headline(), &u.Failure)
	step, _ := steps.Find(u.Step)
	choices := []steps.Choice{{Label: steps.OfferAdopt}, {Label: steps.OfferLeave}, {Label: steps.OfferResend}}
	if u.Step == steps.TestMessage {
		choices[0].Label = steps.OfferArrived
	}
	following := p.Runner.Following(u.Step)
	switch {
	case following:
		choices[2].Label = steps.OfferAsk
	case u.Arrived:
		choices[2].Label = steps.OfferChange
	}
	choices = append(choices, aids(&u.Failure)...)
	for {
		i, err := p.menu(ctx, u.Step, choices, -1)
		switch {
		case i == 0 && err == nil, errors.Is(err, have):
			return p.adopting(ctx, step)
		case err != nil:
			return move{}, err
		case i == 1:
			return move{deed: leave, exit: steps.ExitStopped}, nil
		case i >= 3:
			p.aid(choices[i].Label, &u.Failure)
			continue
		case following:
			return p.repeat(ctx, u.Step, submit)
		}
		p.say("Send again, although the first call may have arrived?")
		i, err = p.menu(ctx, u.Step, []steps.Choice{{Label: "No"}, {Label: "Yes, send it again"}}, -1)
		if err != nil && !errors.Is(err, have) {
			return move{}, err
		}
		switch {
		case i == 1 && err == nil && u.Arrived:
			return p.fill(ctx, step, p.answers(u.Step), resend)
		case i == 1 && err == nil:
			return p.repeat(ctx, u.Step, resend)
		}
	}
}

// aids are the choices after a failure that decide nothing.
func aids(f *steps.Failure) []steps.Choice {
	if f.Exchange == nil {
		return []steps.Choice{{Label: steps.OfferReport}}
	}
	return []steps.Choice{{Label: steps.OfferExchange}, {Label: steps.OfferReport}}
}

// aid carries out one of aids.
func (p *prompts) aid(label string, f *steps.Failure) {
	if label == steps.OfferExchange {
		p.exchange(f)
		return
	}
	made, err := report.Of(p.Runner)
	if err == nil {
		p.say("%s", strings.Join(made.Summary(), "\n"))
		var path string
		if path, err = made.SaveIn("."); err == nil {
			p.say("The report is in %s. Send it to %s.", path, steps.SupportEmail)
			return
		}
	}
	p.say("The report could not be written: %v.", err)
}

// menu is a choice after a failure. Of the commands only :have is returned, and
// only where there is an ID to enter.
func (p *prompts) menu(ctx context.Context, id string, choices []steps.Choice, preset int) (int, error) {
	for {
		i, err := p.pick(ctx, "What now?", choices, preset)
		var c command
		switch {
		case !errors.As(err, &c):
			return i, err
		case c == have && len(p.Runner.Form(id).Adopt) > 0:
			return i, err
		}
		p.say("Choose one of the numbers; :quit leaves.")
	}
}

// tell says what happened, in the service's words too, and what to do.
func (p *prompts) tell(headline string, f *steps.Failure) {
	p.say("\n%s%s", headline, quoted(f))
	if f.Solution != "" {
		p.say("%s", f.Solution)
	}
	if f.TransactionLogID != "" {
		p.say("For support: TransactionLogId %s", f.TransactionLogID)
	}
}

// invalid implements asker: the answers are asked again.
func (p *prompts) invalid(problems []steps.Problem) (move, error) {
	for _, problem := range problems {
		p.say("%s is not accepted: %s.", problem.Field.Label, strings.TrimRight(problem.Message, "."))
	}
	p.focus = problems[0].Key
	return move{deed: visit, to: problems[0].Step}, nil
}

// repeat sends a step with the answers that it had, and asks only for what is
// missing.
func (p *prompts) repeat(ctx context.Context, id string, how deed) (move, error) {
	step, _ := steps.Find(id)
	answers := p.answers(id)
	problems := p.Runner.Check(id, answers)
	if len(problems) == 0 {
		if p.Runner.Form(id).Search != nil {
			return p.search(ctx, step, answers)
		}
		return move{deed: how, answers: answers}, nil
	}
	p.focus = problems[0].Key
	return p.fill(ctx, step, answers, how)
}

// exchange shows a call and its answer as they were recorded.
func (p *prompts) exchange(f *steps.Failure) {
	x := f.Exchange
	p.say("%s\n", x.Curl)
	if x.Status != 0 {
		p.say("HTTP %d\n%s\n", x.Status, x.Answer)
	}
	if x.Error != "" {
		p.say("%s\n", x.Error)
	}
}
