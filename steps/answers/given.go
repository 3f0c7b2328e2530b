package answers

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"

	"telegent-setup/api"
	"telegent-setup/api/text"
	"telegent-setup/steps"
)

// Given is what was given ahead of a run, by the answers file and by the
// environment.
type Given struct {
	Answers map[string]steps.Answers // By step and field key; no secrets.
	Secrets map[string]api.Secret    // By field key.
	Skip    map[string]bool          // The optional steps to leave out.
	Adopt   map[string]steps.Answers // The IDs that the customer has already, by step, with the keys of Form.Adopt.
}

// NewGiven returns a Given that holds nothing.
func NewGiven() Given {
	return Given{Answers: map[string]steps.Answers{}, Secrets: map[string]api.Secret{},
		Skip: map[string]bool{}, Adopt: map[string]steps.Answers{}}
}

// Environment adds what environment variables give: it beats what g holds.
// An empty variable gives nothing.
func (g Given) Environment(edition api.Edition, getenv func(string) string) {
	for _, step := range steps.All() {
		for _, field := range step.Forms[edition].Fields {
			if field.Env == "" || getenv(field.Env) == "" {
				continue
			}
			if field.Kind == steps.Secret {
				g.Secrets[field.Key] = api.NewSecret(getenv(field.Env))
				continue
			}
			if g.Answers[step.ID] == nil {
				g.Answers[step.ID] = steps.Answers{}
			}
			g.Answers[step.ID][field.Key] = getenv(field.Env)
		}
	}
}

// For reads the file in the words of one edition. The error is an *Error.
func (f *File) For(edition api.Edition) (Given, error) {
	g := NewGiven()
	if f.root == nil {
		return g, nil
	}
	seen := map[string]*yaml.Node{}
	for i := 0; i < len(f.root.Content); i += 2 {
		name, value := f.root.Content[i], f.root.Content[i+1]
		step, err := f.step(name)
		if err != nil {
			return g, err
		}
		if err := f.once(seen, name, name.Value); err != nil {
			return g, err
		}
		r := stepReader{File: f, step: step, edition: edition, form: step.Forms[edition],
			seen: map[string]*yaml.Node{}, answers: steps.Answers{}, Given: g}
		if err := r.read(value); err != nil {
			return g, err
		}
	}
	return g, nil
}

func (f *File) step(name *yaml.Node) (steps.Step, error) {
	if s, ok := steps.Find(name.Value); ok {
		return s, nil
	}
	var known []string
	for _, s := range steps.All() {
		known = append(known, s.ID)
	}
	return steps.Step{}, f.unknown(name, "step", name.Value, known)
}

// once refuses a key that was given before.
func (f *File) once(seen map[string]*yaml.Node, at *yaml.Node, key string) error {
	if first := seen[key]; first != nil {
		return f.wrong(at, fmt.Sprintf("%q is given twice, first in line %d", key, first.Line), "Leave one of them out.")
	}
	seen[key] = at
	return nil
}

// unknown refuses a name and offers the nearest. What follows a colon is not
// repeated: in `AccountSecret:s3cret` it is a value.
func (f *File) unknown(at *yaml.Node, what, name string, known []string) error {
	remedy := "Known are " + strings.Join(known, ", ") + "."
	head, _, glued := strings.Cut(name, ":")
	head = head[:min(len(head), 60)]
	if near := text.Nearest(head, known); near != "" {
		remedy = fmt.Sprintf("Did you mean %q?", near)
	}
	if glued {
		remedy += " Put a space after the colon."
	}
	return f.wrong(at, fmt.Sprintf("unknown %s %q", what, head), remedy)
}
