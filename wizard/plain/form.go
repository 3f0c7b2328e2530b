package plain

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"telegent-setup/api"
	"telegent-setup/steps"
)

// form asks the questions of a form one by one, in their order, and then submits
// it. What need not be asked is said. With an error, the reply has what was typed.
func (p *prompts) form(ctx context.Context, prompt steps.Prompt, submit steps.Action) (steps.Reply, error) {
	f := newForm(prompt)
	for {
		q, more := f.next(p)
		switch {
		case !more && len(prompt.Problems) > 0 && len(f.asked) == 0: // None is of a question.
			return f.reply(steps.Reply{}), &steps.Invalid{Problems: prompt.Problems}
		case !more:
			return f.reply(take(prompt, submit)), nil
		}
		err := p.question(ctx, prompt, f, q)
		var c command
		switch {
		case err == nil:
			f.asked = append(f.asked, q.Key)
		case !errors.As(err, &c):
			return f.reply(steps.Reply{}), err
		case c == skipping && q.Optional:
			f.edits[q.Key] = ""
			f.asked = append(f.asked, q.Key)
		case c == back && f.before():
		default:
			if reply, ok := p.commanded(prompt, c); ok {
				return f.reply(reply), nil
			}
		}
	}
}

// form is a form that is being asked.
type form struct {
	*steps.Questionnaire
	edits   steps.Answers
	secrets map[string]api.Secret
	asked   []string        // The keys that were asked, in order.
	passed  map[string]bool // The keys that need not be asked, and were said or left out.
	wrong   map[string]bool // The keys that were refused: they are asked, wherever their answers come from.
}

// newForm begins with the focus, where a prompt has one; a form that was refused
// asks only what is wrong with it.
func newForm(prompt steps.Prompt) *form {
	f := &form{
		Questionnaire: prompt.Form, edits: steps.Answers{}, secrets: map[string]api.Secret{}, passed: map[string]bool{}, wrong: map[string]bool{},
	}
	maps.Copy(f.edits, prompt.Edits)
	for _, problem := range prompt.Problems {
		f.wrong[problem.Key] = true
	}
	questions := f.Questions(f.edits)
	begin := slices.IndexFunc(questions, func(q steps.Question) bool { return q.Key == prompt.Focus })
	for i, q := range questions {
		f.passed[q.Key] = i < begin || len(f.wrong) > 0 && !f.wrong[q.Key]
	}
	return f
}

// next is the first question that was not asked yet; false when there is none. It
// says those that need not be asked.
func (f *form) next(p *prompts) (steps.Question, bool) {
	for _, q := range f.Questions(f.edits) {
		switch {
		case f.passed[q.Key], slices.Contains(f.asked, q.Key):
		case q.Asked, f.wrong[q.Key]:
			return q, true
		default:
			f.passed[q.Key] = true
			p.known(q)
		}
	}
	return steps.Question{}, false
}

// before goes back to the question that was asked before, or to the first one of a
// form that began in the middle; false when there is none.
func (f *form) before() bool {
	if n := len(f.asked); n > 0 {
		f.asked = f.asked[:n-1]
		return true
	}
	for _, q := range f.Questions(f.edits) {
		if f.passed[q.Key] && q.Asked {
			clear(f.passed)
			return true
		}
	}
	return false
}

// reply adds what was typed to a reply.
func (f *form) reply(r steps.Reply) steps.Reply {
	r.Edits, r.Secrets = f.edits, f.secrets
	return r
}

// known says an answer that need not be asked.
func (p *prompts) known(q steps.Question) {
	value := q.Readable(q.Value)
	if q.Kind == steps.Secret {
		value = fmt.Sprintf("known already, %d characters", q.Held)
	}
	if q.Value == "" && q.Held == 0 {
		return
	}
	if source := q.Source(); source != "" {
		value += ", " + source
	}
	p.say("%s: %s.", q.Label, value)
}

// question asks one question until its answer is right.
func (p *prompts) question(ctx context.Context, prompt steps.Prompt, f *form, q steps.Question) error {
	p.help(q)
	show := p.request(prompt, func() steps.Answers { return f.edits })
	switch {
	case q.Kind == steps.Secret:
		return p.secret(ctx, f, q, show)
	case len(q.Choices) > 0 || q.Kind == steps.Bool:
		return p.choose(ctx, f, q, show)
	}
	for {
		line := q.Label + ": "
		if q.Value != "" {
			line = fmt.Sprintf("%s [%s]: ", q.Label, strings.ReplaceAll(q.Value, "\n", " "))
		}
		text, err := p.answer(ctx, line, show, p.in.line)
		if err != nil {
			return err
		}
		before, had := f.edits[q.Key]
		if text != "" {
			f.edits[q.Key] = text
		}
		given := f.question(q.Key)
		switch {
		case given.Problem == "", given.Value == "" && given.Optional:
			if text != "" && given.Warning != "" {
				p.say("Accepted; but %s", sentence(given.Warning))
			}
			return nil
		case given.Meant != "":
			p.say("Not accepted: %s Enter takes it.", sentence(given.Problem))
			f.edits[q.Key], q.Value = given.Meant, given.Meant
			continue
		}
		p.say("Not accepted: %s", sentence(given.Problem))
		if delete(f.edits, q.Key); had {
			f.edits[q.Key] = before
		}
	}
}

// question is a question with what was typed so far.
func (f *form) question(key string) steps.Question {
	all := f.Questions(f.edits)
	if i := slices.IndexFunc(all, func(q steps.Question) bool { return q.Key == key }); i >= 0 {
		return all[i]
	}
	return steps.Question{}
}

// help is what is said before a question.
func (p *prompts) help(q steps.Question) {
	if q.Help != "" {
		p.say("%s", q.Help)
	}
	switch {
	case q.Value == "" && q.Sample != "" && !p.Runner.Sandbox() && q.Kind != steps.Secret:
		p.say("For example: %s", q.Sample)
	case q.Optional && q.Value != "":
		p.say("Optional: :skip leaves it empty.")
	}
	if q.Optional && q.Value == "" {
		p.say("Optional: Enter leaves it empty.")
	}
}

// choose asks for one of several values.
func (p *prompts) choose(ctx context.Context, f *form, q steps.Question, show func() string) error {
	values := q.Choices
	if q.Kind == steps.Bool {
		values = []steps.Choice{{Value: "true", Label: "Yes"}, {Value: "false", Label: "No"}}
	}
	var choices []choice
	for _, v := range values {
		choices = append(choices, choice{v.Label, []string{v.Value, v.Label[:1]}})
	}
	preset := slices.IndexFunc(values, func(v steps.Choice) bool { return v.Value == q.Value })
	for {
		i, err := p.pick(ctx, q.Label, choices, preset, show)
		if err != nil {
			return err
		}
		before, had := f.edits[q.Key]
		if i != preset {
			f.edits[q.Key] = values[i].Value
		}
		problem := f.question(q.Key).Problem
		if problem == "" {
			return nil
		}
		p.say("Not accepted: %s", sentence(problem))
		if delete(f.edits, q.Key); had {
			f.edits[q.Key] = before
		}
	}
}

// secret asks for a secret, which goes to the runner and nowhere else. One that is
// made up here is typed twice, since it is not seen.
func (p *prompts) secret(ctx context.Context, f *form, q steps.Question, show func() string) error {
	line := q.Label + " (what you type is not shown): "
	if q.Held > 0 {
		line = fmt.Sprintf("%s (what you type is not shown) [Enter keeps the one that is known, %d characters]: ", q.Label, q.Held)
	}
	for {
		value, err := p.answer(ctx, line, show, p.in.secret)
		switch {
		case err != nil:
			return err
		case value == "" && q.Held > 0:
			return nil
		case value == "":
			p.say("Not accepted: %s", sentence(steps.Needed))
			continue
		}
		if q.Twice {
			again, err := p.answer(ctx, "Once more, since it is not shown: ", show, p.in.secret)
			if err != nil {
				return err
			}
			if again != value {
				p.say("Not accepted: the two are not the same.")
				continue
			}
		}
		f.secrets[q.Key] = api.NewSecret(value)
		p.say("secret received, %d characters", f.secrets[q.Key].Len())
		return nil
	}
}
