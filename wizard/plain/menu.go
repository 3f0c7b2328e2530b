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
// instead of one.
func (p *prompts) answer(ctx context.Context, prompt string, read func(context.Context, string) (string, error)) (string, error) {
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
			p.say("%s", p.request())
		case ":help":
			p.say(helpText)
		default:
			p.say("There is no command %s. :help lists them; an answer that begins with a colon begins with two.", text)
		}
	}
}

// commanded is the option of the prompt that a command stands for; false when it
// stands for none there, which is said.
func (p *prompts) commanded(c command) (steps.Reply, bool) {
	means := map[command]struct {
		takes []steps.Action
		none  string
	}{
		back:     {[]steps.Action{steps.Back}, "There is no question before this one."},
		skipping: {[]steps.Action{steps.Skip}, "Neither this step nor this answer can be left out."},
		have:     {[]steps.Action{steps.OpenAdopt}, "There is no ID to enter here."},
		find:     {[]steps.Action{steps.LookFor, steps.OpenList, steps.OpenAdopt}, "There is nothing to look for here."},
	}[c]
	for _, do := range means.takes {
		if o, ok := p.at.Option(do); ok {
			p.finds = c == find && do == steps.OpenAdopt
			return steps.Reply{Option: o}, true
		}
	}
	p.say("%s", means.none)
	return steps.Reply{}, false
}

// request is the call of the step as it would be sent, with what was typed so far.
func (p *prompts) request() string {
	if p.at.Step.ID == "" || p.at.Kind == steps.AdoptPrompt {
		return "Nothing is sent from here."
	}
	return p.Runner.Preview(p.at.Step.ID, p.edits)
}

// choice is what can be chosen by its number: what is said of it, and then its
// other names.
type choice []string

// pick puts a numbered choice and returns its index. preset is the index that
// an empty line takes; none when it is negative.
func (p *prompts) pick(ctx context.Context, question string, choices []choice, preset int) (int, error) {
	for i, c := range choices {
		p.say("  %d. %s", i+1, c[0])
	}
	prompt := question + ": "
	switch {
	case preset >= 0:
		prompt = fmt.Sprintf("%s [%d]: ", question, preset+1)
	case strings.HasSuffix(question, "?"):
		prompt = question + " "
	}
	for {
		text, err := p.answer(ctx, prompt, p.in.line)
		if err != nil {
			return 0, err
		}
		if text == "" && preset >= 0 {
			return preset, nil
		}
		if i := chosen(text, choices); i >= 0 {
			return i, nil
		}
		p.say("Type a number from 1 to %d.", len(choices))
	}
}

// chosen is the index of the choice with this number or name; -1 when there is none.
func chosen(text string, choices []choice) int {
	if n, err := strconv.Atoi(text); err == nil && n >= 1 && n <= len(choices) {
		return n - 1
	}
	named := func(name string) bool { return text != "" && strings.EqualFold(text, name) }
	return slices.IndexFunc(choices, func(c choice) bool { return slices.ContainsFunc(c, named) })
}

// menu asks which of its options the prompt goes on with. Those that change nothing
// are carried out here, as far as that can be done line by line.
func (p *prompts) menu(ctx context.Context) (steps.Reply, error) {
	aids := p.aids()
	var options []steps.Option
	var choices []choice
	for _, o := range p.at.Options {
		if o.Do < steps.ShowRequest || aids[o.Do] != nil {
			options, choices = append(options, o), append(choices, choiceOf(o))
		}
	}
	question := "What now?"
	switch {
	case p.at.Kind == steps.ConfirmPrompt:
		question = "Go on?"
	case strings.HasSuffix(p.at.Title, "?"):
		question = p.at.Title
	}
	for {
		i, err := p.pick(ctx, question, choices, p.preset())
		var c command
		switch {
		case errors.As(err, &c):
			if reply, ok := p.commanded(c); ok {
				return reply, nil
			}
		case err != nil:
			return steps.Reply{}, err
		case aids[options[i].Do] != nil:
			aids[options[i].Do]()
		default:
			return steps.Reply{Option: options[i]}, nil
		}
	}
}

// choiceOf is an option with what is said of it, and its names.
func choiceOf(o steps.Option) choice {
	c := choice{o.Label, o.Label, o.Key}
	if short, _, found := strings.Cut(o.Label, ","); found {
		c = append(c, short)
	}
	if o.Help != "" {
		c[0] = strings.TrimRight(o.Label, ".") + ". " + o.Help
	}
	return c
}

// preset is the option that an empty line takes; -1 when none does. Nothing is
// sent twice, bought or sent to a phone by an empty line.
func (p *prompts) preset() int {
	switch {
	case !p.at.Guarded, p.at.Kind == steps.FailedPrompt, p.at.Kind == steps.ConfirmPrompt && p.Runner.Sandbox():
		return 0
	}
	return -1
}

// aids carry out the options that change nothing.
func (p *prompts) aids() map[steps.Action]func() {
	return map[steps.Action]func(){
		steps.ShowRequest:  func() { p.say("%s", p.request()) },
		steps.ShowExchange: p.exchange,
		steps.ShowESIM:     func() { p.say("The activation of the eSIM: %s", p.Runner.ESIM()) },
		steps.WriteReport:  p.report,
	}
}

// exchange says a call and its answer as they were recorded.
func (p *prompts) exchange() {
	x := p.at.Exchange
	p.say("%s\n", x.Curl)
	if x.Status != 0 {
		p.say("HTTP %d\n%s\n", x.Status, x.Answer)
	}
	if x.Error != "" {
		p.say("%s\n", x.Error)
	}
}

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
