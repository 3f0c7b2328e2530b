package stepstest

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/steps"
)

// Person drives a flow as a person does: by the options of its prompts alone.
type Person struct {
	*steps.Flow
	Setup   *Setup
	Answers map[string]steps.Answers // What is typed whenever the form of a step is sent.
	Secrets map[string]api.Secret    // What is typed whenever a form asks for it.

	t *testing.T
}

// Person begins a run, and stands at its first prompt. watch means that the person
// sees what becomes of the test message.
func (s *Setup) Person(t *testing.T, watch bool) *Person {
	t.Helper()
	return &Person{Flow: steps.NewFlow(s.Runner, watch), Setup: s, Answers: map[string]steps.Answers{}, t: t}
}

// Options are the labels of what can be done now.
func (p *Person) Options() []string {
	var all []string
	for _, o := range p.Prompt().Options {
		all = append(all, o.Label)
	}
	return all
}

// Option is the first option with an action, which there must be.
func (p *Person) Option(do steps.Action) steps.Option {
	p.t.Helper()
	o, ok := p.Prompt().Option(do)
	require.True(p.t, ok, "no option %d in %s", do, p.Where())
	return o
}

// Take takes the first option with an action.
func (p *Person) Take(do steps.Action) {
	p.t.Helper()
	p.Type(do, nil)
}

// Type types answers into the form and takes an option.
func (p *Person) Type(do steps.Action, edits steps.Answers) {
	p.t.Helper()
	require.NoError(p.t, p.Try(p.t.Context(), steps.Reply{Option: p.Option(do), Edits: edits}))
}

// Choose takes a row of the list.
func (p *Person) Choose(i int) {
	p.t.Helper()
	require.NotNil(p.t, p.Prompt().Results, p.Where())
	require.NoError(p.t, p.Try(p.t.Context(), steps.Reply{Option: p.Option(steps.Choose), Row: &p.Prompt().Results.Rows[i]}))
}

// Try replies, and returns the error.
func (p *Person) Try(ctx context.Context, r steps.Reply) error {
	at := p.Prompt()
	if r.Do == steps.Submit && r.Edits == nil {
		r.Edits = p.Answers[at.Step.ID]
	}
	if r.Do == steps.Submit {
		r.Secrets = map[string]api.Secret{}
		for _, q := range at.Form.Questions(r.Edits) {
			if s, known := p.Secrets[q.Key]; known && q.Kind == steps.Secret {
				r.Secrets[q.Key] = s
			}
		}
	}
	return p.Reply(ctx, r)
}

// Onward takes the way on of every prompt, in a list the row to begin with, until
// one of this kind; with a step, until it is of that step too.
func (p *Person) Onward(kind steps.PromptKind, step string) steps.Prompt {
	p.t.Helper()
	var way []string
	for range 60 {
		at := p.Prompt()
		if at.Kind == kind && (step == "" || at.Step.ID == step) {
			return at
		}
		way = append(way, p.Where())
		require.NotContains(p.t, []steps.PromptKind{steps.FailedPrompt, steps.UnknownPrompt, steps.FinishedPrompt}, at.Kind, strings.Join(way, "\n"))
		require.Empty(p.t, at.Problems, strings.Join(way, "\n"))
		r := steps.Reply{Option: at.Options[0]}
		if at.Results != nil {
			r.Row = &at.Results.Rows[max(at.Results.Preselected(), 0)]
		}
		require.NoError(p.t, p.Try(p.t.Context(), r), strings.Join(way, "\n"))
	}
	p.t.Fatalf("it never came to prompt %d: %s", kind, strings.Join(way, "\n"))
	return steps.Prompt{}
}

// Where says where the person stands.
func (p *Person) Where() string {
	at := p.Prompt()
	return fmt.Sprintf("prompt %d %s %q %q %v", at.Kind, at.Step.ID, at.Title, p.Options(), at.Notes)
}

// Says is everything that the prompt says, a line each.
func (p *Person) Says() string {
	at := p.Prompt()
	lines := []string{at.Title}
	for _, text := range at.Text {
		lines = append(lines, text.Text)
	}
	for _, fact := range at.Facts {
		lines = append(lines, fact.Name+" "+fact.Value)
	}
	return strings.Join(append(lines, at.Notes...), "\n")
}
