package answers

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"

	"telegent-setup/api"
	"telegent-setup/api/text"
	"telegent-setup/steps"
)

// Environment adds to g what environment variables give: it beats what the file
// gives. An empty variable gives nothing.
func Environment(g steps.Given, edition api.Edition, getenv func(string) string) {
	for _, step := range steps.All() {
		for _, field := range step.Forms[edition].Fields {
			if field.Env == "" || getenv(field.Env) == "" {
				continue
			}
			if g.Environs[step.ID] == nil {
				g.Environs[step.ID] = map[string]bool{}
			}
			g.Environs[step.ID][field.Key] = true
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
func (f *File) For(edition api.Edition) (steps.Given, error) {
	g := steps.NewGiven()
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
