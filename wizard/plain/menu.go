package plain

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"telegent-setup/steps"
	"telegent-setup/steps/report"
)

// errQuit is a person who leaves before the end.
var errQuit = errors.New("left by the person")

// command is what a person typed instead of an answer: ":back". It travels as
// an error, to whoever knows what it means there.
type command string

// Error implements error.
func (c command) Error() string { return string(c) }

// The commands that travel; :show and :help are answered where they are typed.
const (
	back     command = ":back"
	skipping command = ":skip"
	have     command = ":have"
	find     command = ":find"
)

const helpText = `:back  the question before
:skip  leave this step out, if it is optional, or this answer empty, if it may be
:have  enter the ID of what you have already
:find  look for it at the service, or list what the service has
:show  the request, as it would be sent
:quit  stop here; progress is saved
:help  this list
An empty line takes the answer in brackets. A line that begins with :: begins with a colon.`

// answer puts a question and returns the answer, or the command that was typed
// instead of one. show is the request that :show says.
func (p *prompts) answer(ctx context.Context, prompt string, show func() string, read func(context.Context, string) (string, error)) (string, error) {
	for {
		text, err := read(ctx, prompt)
		if err != nil {
			return "", err
		}
		if rest, colon := strings.CutPrefix(text, ":"); !colon {
			return text, nil
		} else if strings.HasPrefix(rest, ":") {
			return rest, nil
		}
		switch c := command(strings.ToLower(text)); c {
		case back, skipping, have, find:
			return "", c
		case ":quit":
			return "", errQuit
		case ":show":
			p.say("%s", show())
		case ":help":
			p.say(helpText)
		default:
			p.say("There is no command %s. :help lists them; an answer that begins with a colon begins with two.", text)
		}
	}
}

// choice is what can be chosen by its number, or by one of its names.
type choice struct {
	label string
	names []string
}

// pick puts a numbered choice and returns its index. preset is the index that
// an empty line takes; none when it is negative.
func (p *prompts) pick(ctx context.Context, question string, choices []choice, preset int, show func() string) (int, error) {
	for i, c := range choices {
		p.say("  %d. %s", i+1, c.label)
	}
	prompt := question + ": "
	switch {
	case preset >= 0:
		prompt = fmt.Sprintf("%s [%d]: ", question, preset+1)
	case strings.HasSuffix(question, "?"):
		prompt = question + " "
	}
	for {
		text, err := p.answer(ctx, prompt, show, p.in.line)
		if err != nil {
			return 0, err
		}
		if text == "" && preset >= 0 {
			return preset, nil
		}
		if i := numbered(text, choices); i >= 0 {
			return i, nil
		}
		p.say("Type a number from 1 to %d.", len(choices))
	}
}

// numbered is the index of the choice with this number or name; -1 when there is
// none.
func numbered(text string, choices []choice) int {
	if n, err := strconv.Atoi(text); err == nil && n >= 1 && n <= len(choices) {
		return n - 1
	}
	return slices.IndexFunc(choices, func(c choice) bool {
		return text != "" && (strings.EqualFold(text, c.label) || slices.ContainsFunc(c.names, func(name string) bool { return strings.EqualFold(text, name) }))
	})
}

// menu asks which of its options a prompt goes on with. Those that change nothing
// are carried out here.
func (p *prompts) menu(ctx context.Context, prompt steps.Prompt) (steps.Reply, error) {
	options := slices.DeleteFunc(slices.Clone(prompt.Options), func(o steps.Option) bool { return !sayable(o.Do) })
	var choices []choice
	for _, o := range options {
		choices = append(choices, optionChoice(o))
	}
	question := "What now?"
	switch {
	case prompt.Kind == steps.ConfirmPrompt:
		question = "Go on?"
	case strings.HasSuffix(prompt.Title, "?"):
		question = prompt.Title
	}
	for {
		i, err := p.pick(ctx, question, choices, p.preset(prompt), p.request(prompt, nil))
		var c command
		switch {
		case errors.As(err, &c):
			if reply, ok := p.commanded(prompt, c); ok {
				return reply, nil
			}
		case err != nil:
			return steps.Reply{}, err
		case options[i].Do < steps.ShowRequest:
			return steps.Reply{Option: options[i]}, nil
		default:
			p.aid(prompt, options[i].Do)
		}
	}
}

// optionChoice is an option with what is said of it, and its names.
func optionChoice(o steps.Option) choice {
	c := choice{label: o.Label, names: []string{o.Label}}
	if o.Key != "" {
		c.names = append(c.names, o.Key)
	}
	if short, _, found := strings.Cut(o.Label, ","); found {
		c.names = append(c.names, short)
	}
	if o.Help != "" {
		c.label = strings.TrimRight(o.Label, ".") + ". " + o.Help
	}
	return c
}

// preset is the option that an empty line takes; -1 when none does. Nothing is
// sent twice, bought or sent to a phone by an empty line.
func (p *prompts) preset(prompt steps.Prompt) int {
	switch {
	case !prompt.Guarded, prompt.Kind == steps.FailedPrompt, prompt.Kind == steps.ConfirmPrompt && p.Runner.Sandbox():
		return 0
	}
	return -1
}

// commanded is the option of a prompt that a command stands for; false when it
// stands for none there, which is said.
func (p *prompts) commanded(prompt steps.Prompt, c command) (steps.Reply, bool) {
	means := map[command][]steps.Action{
		back: {steps.Back}, skipping: {steps.Skip}, have: {steps.OpenAdopt}, find: {steps.LookFor, steps.OpenList, steps.OpenAdopt},
	}
	for _, do := range means[c] {
		if o, ok := prompt.Option(do); ok {
			p.listing = c == find && do == steps.OpenAdopt
			return steps.Reply{Option: o}, true
		}
	}
	p.say("%s", map[command]string{
		back:     "There is no question before this one.",
		skipping: "Neither this step nor this answer can be left out.",
		have:     "There is no ID to enter here.",
		find:     "There is nothing to look for here.",
	}[c])
	return steps.Reply{}, false
}

// request is what :show says at a prompt, with what was typed so far.
func (p *prompts) request(prompt steps.Prompt, edits func() steps.Answers) func() string {
	return func() string {
		if prompt.Step.ID == "" || prompt.Kind == steps.AdoptPrompt {
			return "Nothing is sent from here."
		}
		if edits == nil {
			return p.Runner.Preview(prompt.Step.ID, nil)
		}
		return p.Runner.Preview(prompt.Step.ID, edits())
	}
}

// sayable says whether an option can be carried out line by line.
func sayable(do steps.Action) bool {
	switch do {
	case steps.ShowRequest, steps.ShowExchange, steps.WriteReport, steps.ShowESIM:
		return true
	}
	return do < steps.ShowRequest
}

// aid carries out an option that changes nothing.
func (p *prompts) aid(prompt steps.Prompt, do steps.Action) {
	switch do {
	case steps.ShowRequest:
		p.say("%s", p.request(prompt, nil)())
	case steps.ShowExchange:
		p.exchange(prompt)
	case steps.ShowESIM:
		p.say("The activation of the eSIM: %s", p.Runner.ESIM())
	case steps.WriteReport:
		p.report()
	}
}

// exchange says a call and its answer as they were recorded.
func (p *prompts) exchange(prompt steps.Prompt) {
	x := prompt.Exchange
	p.say("%s\n", x.Curl)
	if x.Status != 0 {
		p.say("HTTP %d\n%s\n", x.Status, x.Answer)
	}
	if x.Error != "" {
		p.say("%s\n", x.Error)
	}
}

// report writes a support report.
func (p *prompts) report() {
	made, err := report.FromRunner(p.Runner)
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
