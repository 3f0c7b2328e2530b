package plain

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"telegent-setup/api"
	"telegent-setup/steps"
)

// form asks the fields of a step in their order, beginning with focus when it
// names one. The answers are changed in place. The error is the command that
// was typed instead of an answer, :back only from the first question.
func (p *prompts) form(ctx context.Context, fields []steps.Field, answers steps.Answers, focus string) error {
	i := 0
	for focus != "" && i < len(fields) && fields[i].Key != focus {
		i++
	}
	var asked []int
	for i < len(fields) {
		f := fields[i]
		if f.Key != focus && p.settledField(f, answers) {
			i++
			continue
		}
		err := p.field(ctx, f, answers)
		var c command
		switch {
		case err == nil:
			asked = append(asked, i)
			i++
		case errors.As(err, &c) && c == skipping && f.Optional:
			delete(answers, f.Key)
			asked = append(asked, i)
			i++
		case errors.As(err, &c) && !p.means(c): // The question again.
		case errors.As(err, &c) && c == back && len(asked) > 0:
			i, asked = asked[len(asked)-1], asked[:len(asked)-1]
		case errors.As(err, &c) && c == back && focus != "" && i > 0:
			i, focus = 0, ""
		default:
			return err
		}
	}
	return nil
}

// settledField says what a field is that need not be asked, and whether it is
// such a one.
func (p *prompts) settledField(f steps.Field, answers steps.Answers) bool {
	env := p.Runner.Env(answers)
	known := answers[f.Key]
	switch {
	case f.Quiet || f.When != nil && !f.When(env):
		return true
	case f.Kind == steps.Secret:
		kept := p.Runner.Kept(f.Key)
		if kept.Empty() || p.Runner.Sandbox() && !p.Runner.Resumed() {
			return false
		}
		p.say("%s: known already, %d characters.", f.Label, kept.Len())
		return true
	case f.Asked(env) && (f.Env == "" || known == "" || !p.Runner.Resumed() && p.Getenv(f.Env) == ""):
		return false
	case f.From != "":
		p.say("%s: %s. %s", f.Label, known, f.Help)
	case known != "":
		p.say("%s: %s.", f.Label, known)
	}
	return true
}

// field asks one field until its answer is right.
func (p *prompts) field(ctx context.Context, f steps.Field, answers steps.Answers) error {
	p.help(f, answers)
	if len(f.Choices) > 0 || f.Kind == steps.Bool {
		return p.choice(ctx, f, answers)
	}
	if f.Kind == steps.Secret {
		return p.secretField(ctx, f)
	}
	prompt := f.Label + ": "
	if answers[f.Key] != "" {
		prompt = fmt.Sprintf("%s [%s]: ", f.Label, strings.ReplaceAll(answers[f.Key], "\n", " "))
	}
	for {
		value, err := p.ask(ctx, prompt, p.in.line)
		if err != nil {
			return err
		}
		if value == "" {
			value = answers[f.Key]
		}
		if complaint := wrong(f, value, p.Runner.Env(answers)); complaint != "" {
			p.say("Not accepted: %s.", strings.TrimRight(complaint, "."))
			continue
		}
		if f.Warn != nil && value != "" && f.Warn(value) != "" {
			p.say("Accepted; but %s.", f.Warn(value))
		}
		answers[f.Key] = value
		return nil
	}
}

// wrong says what is wrong with an answer; empty when nothing is.
func wrong(f steps.Field, value string, env steps.Env) string {
	switch {
	case value != "":
		return f.Invalid(value, env)
	case f.Optional:
		return ""
	}
	return steps.Needed
}

// help is what is said before a question.
func (p *prompts) help(f steps.Field, answers steps.Answers) {
	if f.Help != "" {
		p.say("%s", f.Help)
	}
	switch {
	case answers[f.Key] == "" && f.Sample != "" && !p.Runner.Sandbox():
		p.say("For example: %s", f.Sample)
	case f.Optional && answers[f.Key] != "":
		p.say("Optional: :skip leaves it empty.")
	}
	if f.Optional && answers[f.Key] == "" {
		p.say("Optional: Enter leaves it empty.")
	}
}

func (p *prompts) choice(ctx context.Context, f steps.Field, answers steps.Answers) error {
	choices := f.Choices
	if f.Kind == steps.Bool {
		choices = []steps.Choice{{Value: "true", Label: "Yes"}, {Value: "false", Label: "No"}}
	}
	preset, ok := index(answers[f.Key], choices)
	if !ok || answers[f.Key] == "" {
		preset = -1
	}
	i, err := p.pick(ctx, f.Label, choices, preset)
	if err == nil {
		answers[f.Key] = choices[i].Value
	}
	return err
}

// secretField asks for a secret, which goes to the runner and nowhere else.
func (p *prompts) secretField(ctx context.Context, f steps.Field) error {
	kept := p.Runner.Kept(f.Key)
	prompt := f.Label + " (what you type is not shown): "
	if !kept.Empty() {
		prompt = fmt.Sprintf("%s (what you type is not shown) [Enter keeps the one that is known, %d characters]: ", f.Label, kept.Len())
	}
	for {
		value, err := p.ask(ctx, prompt, p.in.secret)
		if err != nil {
			return err
		}
		if value != "" {
			s := api.NewSecret(value)
			p.Runner.Keep(f.Key, s)
			p.say("secret received, %d characters", s.Len())
			return nil
		}
		if !kept.Empty() {
			return nil
		}
		p.say("Not accepted: an answer is needed.")
	}
}
