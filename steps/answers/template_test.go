package answers

import (
	"bytes"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"telegent-setup/api"
	"telegent-setup/api/sandbox"
	"telegent-setup/steps"
	"telegent-setup/steps/stepstest"
)

// inEditions runs a test in both editions.
func inEditions(t *testing.T, test func(t *testing.T, edition api.Edition)) {
	t.Helper()
	for _, edition := range api.Editions() {
		t.Run(string(edition), func(t *testing.T) { test(t, edition) })
	}
}

// key is a key of a template, with the comment before it.
type key struct {
	path, comment string
	node          *yaml.Node // Its value.
}

// keysIn lists the keys of a mapping in order, the nested ones by path.
func keysIn(n *yaml.Node, prefix string) []key {
	var all []key
	for i := 0; i+1 < len(n.Content); i += 2 {
		name, value := n.Content[i], n.Content[i+1]
		if value.Kind == yaml.MappingNode {
			all = append(all, keysIn(value, prefix+name.Value+".")...)
			continue
		}
		comment := strings.Join(strings.Fields(strings.ReplaceAll(name.HeadComment, "#", "")), " ")
		all = append(all, key{prefix + name.Value, comment, value})
	}
	return all
}

// stepsIn reads a template: the root, and the keys of each step.
func stepsIn(t *testing.T, edition api.Edition) (root yaml.Node, all map[string][]key) {
	t.Helper()
	require.NoError(t, yaml.Unmarshal(Template(edition), &root))
	all = map[string][]key{}
	mapping := root.Content[0]
	for i := 0; i < len(mapping.Content); i += 2 {
		all[mapping.Content[i].Value] = keysIn(mapping.Content[i+1], "")
	}
	return root, all
}

// Rule: the template has every key of the edition, and nothing else.
func TestTheTemplateHasEveryKey(t *testing.T) {
	inEditions(t, func(t *testing.T, edition api.Edition) {
		_, all := stepsIn(t, edition)
		require.Len(t, all, len(steps.All()))
		for _, step := range steps.All() {
			form := step.Forms[edition]
			want := keysOf(append(slices.Clone(form.Fields), adoptingKeys(form)...))
			var got []string
			for _, k := range all[step.ID] {
				got = append(got, k.path)
			}
			require.ElementsMatch(t, want, got, step.ID)
			for _, f := range form.Adopt {
				require.Contains(t, got, f.Key, "the key that adopts")
			}
		}
	})
}

// Rule: what there is to know of a key stands before it.
func TestTheTemplateExplainsEveryKey(t *testing.T) {
	inEditions(t, func(t *testing.T, edition api.Edition) {
		_, all := stepsIn(t, edition)
		for _, step := range steps.All() {
			for _, f := range step.Forms[edition].Fields {
				i := slices.IndexFunc(all[step.ID], func(k key) bool { return k.path == f.Key })
				comment := all[step.ID][i].comment
				for _, part := range append(choices(f), f.Label, f.Help, f.Default, f.Ready, f.Env) {
					require.Contains(t, comment, part, "%s %s", step.ID, f.Key)
				}
				if f.Ready == "" {
					require.Contains(t, comment, f.Sample, "%s %s", step.ID, f.Key)
				}
				needed := f.Default == "" && !f.Optional && f.SavedID == "" || f.Unless != ""
				require.Equal(t, needed, strings.Contains(comment, "Needed"), "%s %s", step.ID, f.Key)
			}
		}
	})
}

// Rule: the keys that nothing but an answer fills come first.
func TestTheTemplateBeginsWithWhatIsNeeded(t *testing.T) {
	inEditions(t, func(t *testing.T, edition api.Edition) {
		_, all := stepsIn(t, edition)
		for _, step := range steps.All() {
			optional := ""
			for _, k := range all[step.ID] {
				switch {
				case strings.HasPrefix(k.path, "BillingAddress."): // Needed as a whole; its own order is as the others'.
				case !hasKey(step.Forms[edition].Fields, k.path), strings.Contains(k.comment, "Only when"):
				case strings.Contains(k.comment, "Needed."):
					require.Empty(t, optional, "%s before %s", optional, k.path)
				default:
					optional = k.path
				}
			}
		}
	})
}

// Rule: as it stands, a template gives nothing.
func TestTheTemplateGivesNothing(t *testing.T) {
	inEditions(t, func(t *testing.T, edition api.Edition) {
		f, err := Parse("template", Template(edition))
		require.NoError(t, err)
		g, err := f.For(edition)
		require.NoError(t, err)
		for step, answers := range g.Answers {
			require.Empty(t, answers, step)
		}
		require.Empty(t, g.Secrets)
		require.Empty(t, g.Adopt)
		require.Empty(t, g.Skip)
	})
}

// Rule: filled with its samples, it runs in the sandbox.
func TestTheTemplateFilledWithSamplesRuns(t *testing.T) {
	inEditions(t, func(t *testing.T, edition api.Edition) {
		f, err := Parse("filled", filled(t, edition))
		require.NoError(t, err)
		g, err := f.For(edition)
		require.NoError(t, err)
		require.Len(t, g.Secrets, len(secretsOf(edition)))
		s := stepstest.Open(t, filepath.Join(t.TempDir(), "state.json"), stepstest.NewBox(t, sandbox.Options{Edition: edition, Orders: -1}),
			stepstest.Options{Edition: edition, Given: g.Answers})
		for name, secret := range g.Secrets {
			s.SetSecret(name, secret)
		}
		require.NoError(t, s.Walk(t, ""))
		require.Equal(t, "My MVNO Business", s.OnDisk(t).Steps[steps.Account].Answers["AccountName"])
	})
}

func secretsOf(edition api.Edition) map[string]bool {
	all := map[string]bool{}
	for _, step := range steps.All() {
		for _, f := range step.Forms[edition].Fields {
			if f.Kind == steps.Secret {
				all[f.Key] = true
			}
		}
	}
	return all
}

// filled writes the samples into a template, as its comments have them. The keys
// that adopt stay empty.
func filled(t *testing.T, edition api.Edition) []byte {
	t.Helper()
	root, all := stepsIn(t, edition)
	for _, step := range steps.All() {
		for _, k := range all[step.ID] {
			_, sample, ok := strings.Cut(k.comment, "Sample: ")
			if ok && hasKey(step.Forms[edition].Fields, k.path) {
				k.node.SetString(sample)
			}
		}
	}
	var out bytes.Buffer
	require.NoError(t, yaml.NewEncoder(&out).Encode(&root))
	return out.Bytes()
}

func ExampleTemplate() {
	var lines []string
	for line := range strings.Lines(string(Template(api.Edition2025))) {
		if len(lines) > 0 || strings.HasPrefix(line, "message-route:") {
			lines = append(lines, strings.TrimSpace(line))
		}
		if len(lines) == 4 {
			break
		}
	}
	fmt.Println(strings.Join(lines, "\n"))
	// Output:
	// message-route:
	// # Webhook URL. Where Telegent delivers incoming messages: an https URL of yours.
	// # Needed. Sample: https://your-webhook-url.com/messages
	// RouteUrl:
}
