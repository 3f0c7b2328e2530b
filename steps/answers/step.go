package answers

import (
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

// add notes a problem of this step.
func (r *stepReader) add(p Problem) {
	p.Step = r.step.ID
	r.problems = append(r.problems, p)
}

// refuse notes a problem about a key, where one is named.
func (r *stepReader) refuse(at *yaml.Node, key, message, remedy string) {
	p := wrong(at, message, remedy)
	p.Key = key
	r.add(p)
}

func (r *stepReader) read(value *yaml.Node) {
	id := r.step.ID
	switch skip := value.Kind == yaml.ScalarNode && value.Value == "skip"; {
	case isNull(value):
	case skip && r.step.Optional:
		r.Skip[id] = true
	case skip:
		optional := slices.DeleteFunc(steps.All(), func(s *steps.Step) bool { return !s.Optional })
		r.refuse(value, "", id+" cannot be skipped", fmt.Sprintf("Give its answers: only %s can be skipped.", list(idsOf(optional), "and")))
	case value.Kind != yaml.MappingNode:
		r.refuse(value, "", id+" has no keys", fmt.Sprintf("Give its answers by key: `%s: {%s: ...}`.", id, r.form.Fields[0].Key))
	default:
		r.mapping(value, "")
		r.classify()
	}
}

// mapping reads keys and values; prefix is the path so far, "BillingAddress.".
func (r *stepReader) mapping(n *yaml.Node, prefix string) {
	for pair := range slices.Chunk(n.Content, 2) {
		name, value := pair[0], pair[1]
		key := prefix + name.Value
		field, known := fieldOf(key, r.form.Fields, r.form.Adopt)
		group := nests(r.form.Fields, key)
		if !known && !group {
			r.unknownKey(name, key, value)
			continue
		}
		problem, twice := once(r.seen, name, key)
		switch {
		case twice:
			problem.Key = key
			r.add(problem)
		case isNull(value):
		case group && value.Kind == yaml.MappingNode:
			r.mapping(value, key+".")
		case group:
			r.refuse(value, key, key+" takes keys, not one value", "Give them by name, one below the other.")
		case value.Kind == yaml.ScalarNode:
			r.take(field, value, value.Value)
		case value.Kind == yaml.SequenceNode && field.Kind == steps.List:
			r.items(field, value)
		default:
			r.refuse(value, key, key+" takes one value", fmt.Sprintf("Write `%s: value`.", key))
		}
	}
}

// items takes the items of a list, joined with commas.
func (r *stepReader) items(field steps.Field, n *yaml.Node) {
	var items []string
	for _, item := range n.Content {
		if item.Kind != yaml.ScalarNode || isNull(item) {
			r.refuse(item, field.Key, fmt.Sprintf("an item of %s is not a value", field.Key), "Give a list of plain values.")
			return
		}
		items = append(items, item.Value)
	}
	r.take(field, n, strings.Join(items, ","))
}

// take takes a value that was given.
func (r *stepReader) take(field steps.Field, at *yaml.Node, value string) {
	r.given = append(r.given, field.Key)
	switch {
	case field.Kind == steps.Secret:
		r.Secrets[field.Key] = api.NewSecret(value)
	case text.Clean(value) != value:
		r.refuse(at, field.Key, field.Key+" holds a control or an invisible character", "Take it out.")
	default:
		r.answers[field.Key] = value
	}
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
			r.refuse(r.seen[key], key, fmt.Sprintf("%q cannot stand beside %q, which takes over what exists already", key, r.given[adopting]),
				"Leave out one of the two.")
		default:
			id := r.form.Adopt[len(r.form.Adopt)-1].Key
			r.refuse(r.seen[key], key, fmt.Sprintf("%q counts only beside %q in edition %s", key, id, r.edition),
				fmt.Sprintf("Leave it out, or take over what exists already by giving %q too.", id))
		}
	}
	into[r.step.ID] = r.answers
}

// unknownKey says what is wrong with a key that this edition does not know.
func (r *stepReader) unknownKey(at *yaml.Node, key string, value *yaml.Node) {
	head, _, _ := strings.Cut(key, ":")
	other := r.step.Forms[r.edition.Other()]
	secret := slices.ContainsFunc(r.form.Fields, func(f steps.Field) bool { return f.Kind == steps.Secret })
	p := unknown(at, "key", key, keysOf(slices.Concat(r.form.Fields, adoptingKeys(r.form))))
	switch {
	case hasKey(other.Fields, key) || hasKey(other.Adopt, key) || nests(other.Fields, key):
		p.Key, p.Message = key, fmt.Sprintf("%q is no key of %s in edition %s", key, r.step.ID, r.edition)
		p.Remedy = fmt.Sprintf("It belongs to edition %s: give --edition %[1]s, or use the keys of %s.", r.edition.Other(), r.edition)
	case isNull(value) && secret && !hasKey(r.form.Fields, head):
		p.Key, p.Message = "", "unknown key, without a value"
		p.Remedy = "It is not repeated here, since it may be part of a secret. Put a space after each colon, and quotes around a value with a comma."
	}
	r.add(p)
}

// nests says whether keys stand below this one.
func nests(fields []steps.Field, key string) bool {
	return slices.ContainsFunc(fields, func(f steps.Field) bool { return strings.HasPrefix(f.Key, key+".") })
}

func hasKey(fields []steps.Field, key string) bool {
	_, has := fieldOf(key, fields)
	return has
}

// fieldOf is the field with a key. Lists are not joined for it: a copy of all fields
// would cost more than the rest of a run.
func fieldOf(key string, lists ...[]steps.Field) (steps.Field, bool) {
	for _, fields := range lists {
		if i := slices.IndexFunc(fields, func(f steps.Field) bool { return f.Key == key }); i >= 0 {
			return fields[i], true
		}
	}
	return steps.Field{}, false
}

// adoptingKeys are the fields of what the customer has already that the form does
// not ask for anyway.
func adoptingKeys(form *steps.Form) []steps.Field {
	return slices.DeleteFunc(slices.Clone(form.Adopt), func(f steps.Field) bool { return hasKey(form.Fields, f.Key) })
}
