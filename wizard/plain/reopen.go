package plain

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"telegent-setup/state"
	"telegent-setup/steps"
)

// adopting asks for what the customer has already.
func (p *prompts) adopting(ctx context.Context, s steps.Step) (move, error) {
	p.say("Enter what you have already; nothing is sent.")
	answers, known, saved := steps.Answers{}, p.Runner.Prefill(s.ID), p.Runner.Saved()
	fields := slices.Clone(p.Runner.Form(s.ID).Adopt)
	for i, f := range fields {
		fields[i].From = "" // It is asked, known or not.
		if value := cmp.Or(known[f.Key], saved[f.From]); value != "" {
			answers[f.Key] = value
		}
	}
	err := p.form(ctx, fields, answers, "")
	var c command
	switch {
	case errors.As(err, &c) && c == back:
		return move{deed: visit, to: s.ID}, nil
	case err != nil:
		return p.turnAside(ctx, s, p.answers(s.ID), err)
	}
	return move{deed: adopt, answers: answers}, nil
}

// reopen shows a step that is done or skipped, and asks before anything is made
// anew.
func (p *prompts) reopen(ctx context.Context, s steps.Status) (move, error) {
	if s.Status == state.Skipped {
		if err := p.Runner.Reopen(s.Step.ID); errors.Is(err, steps.ErrNotNow) {
			p.say("It was skipped, and the number is ordered: it stays so.")
			return move{deed: pass}, nil
		} else if err != nil {
			return move{}, err
		}
		return p.begin(ctx, s)
	}
	if p.lead == have {
		return p.fill(ctx, s.Step, p.answers(s.Step.ID), submit)
	}
	p.say("This step is done: %s.", list(s.Saved))
	choices := []steps.Choice{
		{Label: "Leave it as it is"},
		{Label: "Enter another ID"},
		{Label: "Make a new one; the old ID is kept in the history of the state file"},
	}
	i, err := p.pick(ctx, "What now?", choices, 0)
	switch {
	case err != nil:
		return p.turnAside(ctx, s.Step, p.answers(s.Step.ID), err)
	case i == 1:
		return p.adopting(ctx, s.Step)
	case i == 2:
		return p.fill(ctx, s.Step, p.answers(s.Step.ID), submit)
	}
	return move{deed: pass}, nil
}
