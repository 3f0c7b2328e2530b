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
// it. What need not be asked is said.
func (p *prompts) form(ctx context.Context, submit steps.Action) (steps.Reply, error) {
	f := newForm(p.at)
	p.edits, p.secrets = steps.Answers{}, map[string]api.Secret{}
	maps.Copy(p.edits, p.at.Edits)
	for {
		q, more := p.next(f)
		switch {
		case !more && len(p.at.Problems) > 0 && len(f.asked) == 0: // None is of a question.
			return steps.Reply{}, &steps.Invalid{Problems: p.at.Problems}
		case !more:
			return take(p.at, submit), nil
		}
		err := p.question(ctx, f, q)
		var c command
		switch {
		case err == nil:
			f.asked = append(f.asked, q.Key)
		case !errors.As(err, &c):
			return steps.Reply{}, err
		case c == skipping && q.Optional:
			p.edits[q.Key] = ""
			f.asked = append(f.asked, q.Key)
		case c == back && f.before(p.edits):
		default:
			if reply, ok := p.commanded(c); ok {
				return reply, nil
			}
		}
	}
}

// form is a form that is being asked.
type form struct {
	*steps.Questionnaire
	asked  []string        // The keys that were asked, in order.
	passed map[string]bool // The keys that need not be asked, and were said or left out.
	wrong  map[string]bool // The keys that were refused: they are asked, wherever their answers come from.
}

// newForm begins with the focus, where a prompt has one; a form that was refused
// asks only what is wrong with it.
func newForm(prompt steps.Prompt) *form {
	f := &form{Questionnaire: prompt.Form, passed: map[string]bool{}, wrong: map[string]bool{}}
	for _, problem := range prompt.Problems {
		f.wrong[problem.Key] = true
	}
	questions := f.Questions(prompt.Edits)
	begin := slices.IndexFunc(questions, func(q steps.Question) bool { return q.Key == prompt.Focus })
	for i, q := range questions {
		f.passed[q.Key] = i < begin || len(f.wrong) > 0 && !f.wrong[q.Key]
	}
	return f
}

// next is the first question that was not asked yet; false when there is none. It
// says those that need not be asked.
func (p *prompts) next(f *form) (steps.Question, bool) {
	for _, q := range f.Questions(p.edits) {
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
func (f *form) before(edits steps.Answers) bool {
	if n := len(f.asked); n > 0 {
		f.asked = f.asked[:n-1]
		return true
	}
	left := slices.ContainsFunc(f.Questions(edits), func(q steps.Question) bool { return f.passed[q.Key] && q.Asked })
	if left {
		clear(f.passed)
	}
	return left
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
func (p *prompts) question(ctx context.Context, f *form, q steps.Question) error {
	p.help(q)
	if q.Kind == steps.Secret {
		return p.secret(ctx, q)
	}
	for {
		text, err := p.value(ctx, q)
		if err != nil {
			return err
		}
		edits := maps.Clone(p.edits)
		if text != "" {
			edits[q.Key] = text
		}
		var given steps.Question
		for _, answered := range f.Questions(edits) {
			if answered.Key == q.Key {
				given = answered
			}
		}
		switch {
		case given.Problem == "", given.Value == "" && given.Optional:
			p.edits = edits
			if text != "" && given.Warning != "" {
				p.say("Accepted; but %s", sentence(given.Warning))
			}
			return nil
		case given.Meant != "":
			p.say("Not accepted: %s Enter takes it.", sentence(given.Problem))
			p.edits[q.Key], q.Value = given.Meant, given.Meant
		default:
			p.say("Not accepted: %s", sentence(given.Problem))
		}
	}
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

// value asks for an answer once: typed, or one of several. It is empty when the
// person takes the one that stands there.
func (p *prompts) value(ctx context.Context, q steps.Question) (string, error) {
	values := q.Choices
	switch {
	case q.Kind == steps.Bool:
		values = []steps.Choice{{Value: "true", Label: "Yes"}, {Value: "false", Label: "No"}}
	case len(values) == 0 && q.Value == "":
		return p.answer(ctx, q.Label+": ", p.in.line)
	case len(values) == 0:
		return p.answer(ctx, fmt.Sprintf("%s [%s]: ", q.Label, strings.ReplaceAll(q.Value, "\n", " ")), p.in.line)
	}
	var choices []choice
	for _, v := range values {
		choices = append(choices, choice{v.Label, v.Value, v.Label[:1]})
	}
	preset := slices.IndexFunc(values, func(v steps.Choice) bool { return v.Value == q.Value })
	i, err := p.pick(ctx, q.Label, choices, preset)
	if err != nil || i == preset {
		return "", err
	}
	return values[i].Value, nil
}

// secret asks for a secret, which goes to the runner and nowhere else. One that is
// made up here is typed twice, since it is not seen.
func (p *prompts) secret(ctx context.Context, q steps.Question) error {
	line := q.Label + " (what you type is not shown): "
	if q.Held > 0 {
		line = fmt.Sprintf("%s (what you type is not shown) [Enter keeps the one that is known, %d characters]: ", q.Label, q.Held)
	}
	for {
		value, err := p.answer(ctx, line, p.in.secret)
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
			again, err := p.answer(ctx, "Once more, since it is not shown: ", p.in.secret)
			if err != nil {
				return err
			}
			if again != value {
				p.say("Not accepted: the two are not the same.")
				continue
			}
		}
		p.secrets[q.Key] = api.NewSecret(value)
		p.say("secret received, %d characters", p.secrets[q.Key].Len())
		return nil
	}
}
