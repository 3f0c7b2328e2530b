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

// stepReader reads the answers of one step, and goes on after a problem.
type stepReader struct {
	steps.Given // Where the answers go.
	step        *steps.Step
	edition     api.Edition
	form        *steps.Form
	seen        map[string]*yaml.Node // Every key, where it stands.
	given       []string              // The keys whose value is not null, in order.
	answers     steps.Answers
	problems    []Problem
}

// refuse notes a problem of this step, about a key where one is named.
func (r *stepReader) refuse(key string, p Problem) {
	p.Step, p.Key = r.step.ID, cmp.Or(p.Key, key)
	r.problems = append(r.problems, p)
}

func (r *stepReader) read(value *yaml.Node) {
	switch {
	case isNull(value):
	case value.Kind == yaml.ScalarNode && value.Value == "skip":
		if !r.step.Optional {
			r.refuse("", wrong(value, fmt.Sprintf("%s cannot be skipped", r.step.ID), fmt.Sprintf("Give its answers: only %s can be skipped.", list(optional(), "and"))))
			return
		}
		r.Skip[r.step.ID] = true
	case value.Kind != yaml.MappingNode:
		r.refuse("", wrong(value, fmt.Sprintf("%s has no keys", r.step.ID), fmt.Sprintf("Give its answers by key: `%s: {%s: ...}`.", r.step.ID, r.keys()[0])))
	default:
		r.mapping(value, "")
		r.classify()
	}
}

// mapping reads keys and values; prefix is the path so far, "BillingAddress.".
func (r *stepReader) mapping(n *yaml.Node, prefix string) {
	for i := 0; i < len(n.Content); i += 2 {
		name, value := n.Content[i], n.Content[i+1]
		key := prefix + name.Value
		if nests(r.form.Fields, key) {
			r.nested(name, key, value)
			continue
		}
		r.answer(name, key, value)
	}
}

// nested reads the keys below a key.
func (r *stepReader) nested(name *yaml.Node, key string, value *yaml.Node) {
	switch problem, twice := once(r.seen, name, key); {
	case twice:
		r.refuse(key, problem)
	case isNull(value):
	case value.Kind != yaml.MappingNode:
		r.refuse(key, wrong(value, fmt.Sprintf("%s takes keys, not one value", key), "Give them by name, one below the other."))
	default:
		r.mapping(value, key+".")
	}
}

// answer reads the value of a key.
func (r *stepReader) answer(name *yaml.Node, key string, value *yaml.Node) {
	field, known := r.field(key)
	if !known {
		r.refuse("", r.unknownKey(name, key, value))
		return
	}
	if problem, twice := once(r.seen, name, key); twice {
		r.refuse(key, problem)
		return
	}
	answer, given, problem := scalar(field, value)
	switch {
	case problem != nil:
		r.refuse(key, *problem)
	case given:
		r.take(field, value, answer)
	}
}

// take takes a value that was given.
func (r *stepReader) take(field steps.Field, at *yaml.Node, value string) {
	r.given = append(r.given, field.Key)
	switch {
	case field.Kind == steps.Secret:
		r.Secrets[field.Key] = api.NewSecret(value)
	case text.Clean(value) != value:
		r.refuse(field.Key, wrong(at, fmt.Sprintf("%s holds a control or an invisible character", field.Key), "Take it out."))
	default:
		r.answers[field.Key] = value
	}
}

// scalar is a scalar as it stands, or the items of a list joined with commas.
func scalar(field steps.Field, n *yaml.Node) (value string, given bool, problem *Problem) {
	refused := func(at *yaml.Node, message, remedy string) (string, bool, *Problem) {
		p := wrong(at, message, remedy)
		return "", false, &p
	}
	switch {
	case isNull(n):
		return "", false, nil
	case n.Kind == yaml.ScalarNode:
		return n.Value, true, nil
	case n.Kind == yaml.SequenceNode && field.Kind == steps.List:
		var items []string
		for _, item := range n.Content {
			if item.Kind != yaml.ScalarNode || isNull(item) {
				return refused(item, fmt.Sprintf("an item of %s is not a value", field.Key), "Give a list of plain values.")
			}
			items = append(items, item.Value)
		}
		return strings.Join(items, ","), true, nil
	}
	return refused(n, fmt.Sprintf("%s takes one value", field.Key), fmt.Sprintf("Write `%s: value`.", field.Key))
}

// classify decides whether the answers adopt something that the customer has: an
// ID does, which no edition asks for in this step.
func (r *stepReader) classify() {
	adopting := slices.IndexFunc(r.given, func(key string) bool {
		return hasKey(r.form.Adopt, key) && !hasKey(r.form.Fields, key) && !hasKey(r.step.Forms[r.edition.Other()].Fields, key)
	})
	allowed, into := r.form.Fields, r.Answers
	if adopting >= 0 {
		allowed, into = r.form.Adopt, r.Adopt
	}
	for _, key := range r.given {
		switch {
		case hasKey(allowed, key):
		case adopting >= 0:
			r.refuse(key, wrong(r.seen[key], fmt.Sprintf("%q cannot stand beside %q, which takes over what exists already", key, r.given[adopting]),
				"Leave out one of the two."))
		default:
			id := r.form.Adopt[len(r.form.Adopt)-1].Key
			r.refuse(key, wrong(r.seen[key], fmt.Sprintf("%q counts only beside %q in edition %s", key, id, r.edition),
				fmt.Sprintf("Leave it out, or take over what exists already by giving %q too.", id)))
		}
	}
	into[r.step.ID] = r.answers
}

func (r *stepReader) field(key string) (steps.Field, bool) {
	for _, fields := range [][]steps.Field{r.form.Fields, r.form.Adopt} { // A copy of all would cost more than the rest of a run.
		if i := slices.IndexFunc(fields, func(f steps.Field) bool { return f.Key == key }); i >= 0 {
			return fields[i], true
		}
	}
	return steps.Field{}, false
}

// unknownKey says what is wrong with a key that this edition does not know.
func (r *stepReader) unknownKey(at *yaml.Node, key string, value *yaml.Node) Problem {
	head, _, _ := strings.Cut(key, ":")
	other := r.step.Forms[r.edition.Other()]
	switch {
	case hasKey(other.Fields, key) || hasKey(other.Adopt, key) || nests(other.Fields, key):
		p := wrong(at, fmt.Sprintf("%q is no key of %s in edition %s", key, r.step.ID, r.edition),
			fmt.Sprintf("It belongs to edition %s: give --edition %[1]s, or use the keys of %s.", r.edition.Other(), r.edition))
		p.Key, p.Unknown = key, true
		return p
	case isNull(value) && r.hasSecrets() && !hasKey(r.form.Fields, head):
		p := wrong(at, "unknown key, without a value",
			"It is not repeated here, since it may be part of a secret. Put a space after each colon, and quotes around a value with a comma.")
		p.Unknown = true
		return p
	}
	return unknown(at, "key", key, r.keys())
}

// hasSecrets says whether the step asks for any secret.
func (r *stepReader) hasSecrets() bool {
	return slices.ContainsFunc(r.form.Fields, func(f steps.Field) bool { return f.Kind == steps.Secret })
}

// keys lists every key of the step, the adopting ones last.
func (r *stepReader) keys() []string {
	var keys []string
	for _, f := range append(slices.Clone(r.form.Fields), r.form.Adopt...) {
		if !slices.Contains(keys, f.Key) {
			keys = append(keys, f.Key)
		}
	}
	return keys
}

// nests says whether keys stand below this one.
func nests(fields []steps.Field, key string) bool {
	return slices.ContainsFunc(fields, func(f steps.Field) bool { return strings.HasPrefix(f.Key, key+".") })
}

// optional names the steps that can be skipped.
func optional() []string {
	var names []string
	for _, s := range steps.All() {
		if s.Optional {
			names = append(names, s.ID)
		}
	}
	return names
}

func hasKey(fields []steps.Field, key string) bool {
	return slices.ContainsFunc(fields, func(f steps.Field) bool { return f.Key == key })
}
