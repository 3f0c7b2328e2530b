package answers

import (
	"cmp"
	"fmt"
	"slices"
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

// For reads the file in the words of one edition. The error is an *Error that
// names all that is wrong; what is not is given all the same.
func (f *File) For(edition api.Edition) (steps.Given, error) {
	g := steps.NewGiven()
	if f.root == nil {
		return g, nil
	}
	var problems []Problem
	seen := map[string]*yaml.Node{}
	for pair := range slices.Chunk(f.root.Content, 2) {
		name, value := pair[0], pair[1]
		step, known := steps.Find(name.Value)
		problem, twice := once(seen, name, name.Value)
		switch {
		case !known:
			problem = unknown(name, "step", name.Value, idsOf(steps.All()))
			problem.Step, problem.Key = problem.Key, ""
			problems = append(problems, problem)
		case twice:
			problem.Step = name.Value
			problems = append(problems, problem)
		default:
			r := stepReader{Given: g, step: step, edition: edition, form: step.Forms[edition], seen: map[string]*yaml.Node{}, answers: steps.Answers{}}
			r.read(value)
			problems = append(problems, r.problems...)
		}
	}
	if len(problems) > 0 {
		slices.SortStableFunc(problems, func(a, b Problem) int { return cmp.Or(a.Line-b.Line, a.Column-b.Column) })
		return g, f.failed(problems...)
	}
	return g, nil
}

func idsOf(all []*steps.Step) []string { return each(all, func(s *steps.Step) string { return s.ID }) }

// once refuses a key that was given before.
func once(seen map[string]*yaml.Node, at *yaml.Node, key string) (problem Problem, twice bool) {
	if first := seen[key]; first != nil {
		return wrong(at, fmt.Sprintf("%q is given twice, first in line %d", key, first.Line), "Leave one of them out."), true
	}
	seen[key] = at
	return Problem{}, false
}

// unknown refuses a name and offers the nearest. What follows a colon is not
// repeated: in `AccountSecret:s3cret` it is a value.
func unknown(at *yaml.Node, what, name string, known []string) Problem {
	remedy := "Known are " + strings.Join(known, ", ") + "."
	head, _, glued := strings.Cut(name, ":")
	head = head[:min(len(head), 60)]
	if near := text.Nearest(head, known); near != "" {
		remedy = fmt.Sprintf("Did you mean %q?", near)
	}
	if glued {
		remedy += " Put a space after the colon."
	}
	p := wrong(at, fmt.Sprintf("unknown %s %q", what, head), remedy)
	p.Key, p.Unknown = text.OneLine(head), true
	return p
}
