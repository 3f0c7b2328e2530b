package plain

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"telegent-setup/steps"
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
)

const helpText = `:back  the question before
:skip  leave this step out, if it is optional, or this answer empty, if it may be
:have  enter the ID of what you have already
:show  the request, as it would be sent
:quit  stop here; progress is saved
:help  this list
An empty line takes the answer in brackets. A line that begins with :: begins with a colon.`

// ask puts a question and returns the answer, or the command that was typed
// instead of one.
func (p *prompts) ask(ctx context.Context, prompt string, read func(context.Context, string) (string, error)) (string, error) {
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
		case back, skipping, have:
			return "", c
		case ":quit":
			return "", errQuit
		case ":show":
			p.say("%s", p.show())
		case ":help":
			p.say(helpText)
		default:
			p.say("There is no command %s. :help lists them; an answer that begins with a colon begins with two.", text)
		}
	}
}

// pick puts a numbered choice and returns its index. preset is the index that
// an empty line takes; none when it is negative.
func (p *prompts) pick(ctx context.Context, question string, choices []steps.Choice, preset int) (int, error) {
	for i, c := range choices {
		p.say("  %d. %s", i+1, c.Label)
	}
	prompt := question + ": "
	if strings.HasSuffix(question, "?") {
		prompt = question + " "
	}
	if preset >= 0 {
		prompt = fmt.Sprintf("%s [%d]: ", question, preset+1)
	}
	for {
		text, err := p.ask(ctx, prompt, p.in.line)
		if err != nil {
			return 0, err
		}
		if text == "" && preset >= 0 {
			return preset, nil
		}
		if i, ok := index(text, choices); ok {
			return i, nil
		}
		p.say("Type a number from 1 to %d.", len(choices))
	}
}

// index reads the number of a choice, or the choice itself.
func index(text string, choices []steps.Choice) (int, bool) {
	for i, c := range choices {
		if text != "" && (strings.EqualFold(text, c.Value) || strings.EqualFold(text, c.Label)) {
			return i, true
		}
	}
	n, err := strconv.Atoi(text)
	return n - 1, err == nil && n >= 1 && n <= len(choices)
}

// sure asks a question of yes or no. preset is what an empty line means; nil
// makes an answer necessary.
func (p *prompts) sure(ctx context.Context, question string, preset *bool) (bool, error) {
	at := -1
	if preset != nil {
		at = map[bool]int{true: 0, false: 1}[*preset]
	}
	i, err := p.pick(ctx, question, []steps.Choice{{Value: "y", Label: "Yes"}, {Value: "n", Label: "No"}}, at)
	return i == 0, err
}

func (p *prompts) say(format string, a ...any) { fmt.Fprintf(p.Out, format+"\n", a...) }
