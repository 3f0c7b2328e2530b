//go:build !race

package steps_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/api/sandbox"
	"telegent-setup/steps"
	"telegent-setup/steps/stepstest"
)

// Rule: whatever a person does at whatever prompt, there is a prompt, it has a way
// on, and nothing is created but by an option that says that it sends. Going back
// again and again ends at the beginning or at the end.
func FuzzReplies(f *testing.F) {
	f.Add(false, "", []byte{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0})
	f.Add(true, "drop@account", []byte{0, 0, 1, 1, 0, 2, 3, 0, 1, 4, 0, 1, 2, 0, 0, 5, 0, 0, 1, 0, 2, 0})
	f.Add(true, "number-in-use", []byte{0, 0, 0, 0, 0, 0, 1, 0, 2, 0, 3, 4, 0, 0, 0, 1, 2, 1, 0, 0, 0, 0})
	f.Add(false, "invalid-account", []byte{0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 7, 0, 0, 6, 5, 4, 3, 2, 1, 0, 0, 0, 0})
	f.Add(false, "unauthorized@account:2", []byte{0, 0, 1, 0, 0, 0, 3, 1, 255, 0, 130, 0, 131, 1, 0, 0, 132, 2, 0, 0, 0, 0})
	f.Add(true, "missing-id@provision", []byte{0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 2, 0, 0, 3, 0, 0, 133, 134, 0, 1, 0, 2, 0, 0, 0, 0, 0})
	kinds := sandbox.Faults()
	for seed := range 40 {
		random := rand.New(rand.NewPCG(uint64(seed), 7))
		taken := make([]byte, 40)
		for i := range taken {
			taken[i] = byte(random.IntN(4)) // Near the way on, so that it leads somewhere.
			if random.IntN(4) == 0 {
				taken[i] = byte(random.IntN(256))
			}
		}
		f.Add(seed%2 == 0, kinds[random.IntN(len(kinds))].Name, taken)
	}
	f.Fuzz(walkAnyhow)
}

func walkAnyhow(t *testing.T, late bool, fault string, taken []byte) {
	var faults []sandbox.Fault
	if fault != "" {
		one, err := sandbox.ParseFault(fault)
		if err != nil {
			return
		}
		faults = append(faults, one)
	}
	edition := map[bool]api.Edition{false: api.Edition2025, true: api.Edition2026}[late]
	synctest.Test(t, func(t *testing.T) {
		box, err := sandbox.New(sandbox.Options{Edition: edition, Faults: faults})
		require.NoError(t, err)
		p := stepstest.Open(t, t.TempDir()+"/state.json", box, stepstest.Options{Edition: edition}).Person(t, true)
		for _, b := range taken[:min(len(taken), 60)] {
			replyAnyhow(t, p, b)
			if _, left := p.Left(); left {
				return
			}
		}
		requireWayBack(t, p)
	})
}

// replyAnyhow takes an option of the prompt or, from 128 on, of the overview.
func replyAnyhow(t *testing.T, p *stepstest.Person, b byte) {
	t.Helper()
	at := p.Prompt()
	requireDrawable(t, at)
	if b >= 128 {
		at = p.Overview()
		requireDrawable(t, at)
		b -= 128
	}
	o := at.Options[int(b)%len(at.Options)]
	if o.Do == steps.None || o.Do >= steps.ShowRequest {
		return // A face carries it out, or nothing does.
	}
	r := steps.Reply{Option: o}
	if at.Results != nil && len(at.Results.Rows) > 0 {
		r.Row = &at.Results.Rows[int(b)%len(at.Results.Rows)]
	}
	if o.Do == steps.Adopt {
		r.Edits = steps.Answers{}
		for _, q := range at.Form.Questions(nil) {
			r.Edits[q.Key] = q.Sample
		}
	}
	before := fmt.Sprint(p.Setup.Box.Objects())
	require.NoError(t, p.Reply(t.Context(), r), "%+v in %s", o, p.Where())
	if !o.Sends {
		require.Equal(t, before, fmt.Sprint(p.Setup.Box.Objects()), "%q does not say that it sends", o.Label)
	}
}

// requireDrawable holds what a face needs of every prompt.
func requireDrawable(t *testing.T, at steps.Prompt) {
	t.Helper()
	require.NotEmpty(t, at.Title)
	require.NotEmpty(t, at.Options)
	for _, o := range at.Options {
		require.NotEmpty(t, o.Label)
		require.Equal(t, o.Sends && o.Do != steps.None, o.Sends && o.Doing != "", "%q: what is said meanwhile", o.Label)
		if o.Step != "" {
			_, known := steps.Find(o.Step)
			require.True(t, known, o.Step)
		}
	}
	if at.Kind == steps.FormPrompt || at.Kind == steps.AdoptPrompt {
		require.NotEmpty(t, at.Form.Questions(nil))
	}
	if at.Kind == steps.FailedPrompt || at.Kind == steps.UnknownPrompt {
		require.NotNil(t, at.Failure)
		require.True(t, at.Guarded)
	}
}

// requireWayBack goes back until there is no way back.
func requireWayBack(t *testing.T, p *stepstest.Person) {
	t.Helper()
	var way []string
	for range 40 {
		back, there := p.Prompt().Option(steps.Back)
		if !there {
			require.True(t, slices.Contains([]steps.PromptKind{
				steps.WelcomePrompt, steps.PlanPrompt, steps.FinishedPrompt, steps.UnknownPrompt, steps.DeliveryPrompt,
			}, p.Prompt().Kind), p.Where())
			return
		}
		way = append(way, p.Where())
		require.NoError(t, p.Reply(t.Context(), steps.Reply{Option: back}))
	}
	t.Fatalf("there is no end of going back: %q", way)
}
