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

// stepReader reads the answers of one step.
type stepReader struct {
	*File
	steps.Given // Where the answers go.
	step        steps.Step
	edition     api.Edition
	form        steps.Form
	seen        map[string]*yaml.Node // Every key, where it stands.
	given       []string              // The keys whose value is not null, in order.
	answers     steps.Answers
}

func (r *stepReader) read(value *yaml.Node) error {
	switch {
	case isNull(value):
		return nil
	case value.Kind == yaml.ScalarNode && value.Value == "skip":
		if !r.step.Optional {
			return r.wrong(value, fmt.Sprintf("%s cannot be skipped", r.step.ID), fmt.Sprintf("Give its answers: only %s can be skipped.", strings.Join(optional(), " and ")))
		}
		r.Skip[r.step.ID] = true
		return nil
	case value.Kind != yaml.MappingNode:
		return r.wrong(value, fmt.Sprintf("%s has no keys", r.step.ID), fmt.Sprintf("Give its answers by key: `%s: {%s: ...}`.", r.step.ID, r.keys()[0]))
	}
	if err := r.mapping(value, ""); err != nil {
		return err
	}
	return r.classify()
}

// mapping reads keys and values; prefix is the path so far, "BillingAddress.".
func (r *stepReader) mapping(n *yaml.Node, prefix string) error {
	for i := 0; i < len(n.Content); i += 2 {
		name, value := n.Content[i], n.Content[i+1]
		read := r.answer
		if r.nests(prefix + name.Value) {
			read = r.nested
		}
		if err := read(name, prefix+name.Value, value); err != nil {
			return err
		}
	}
	return nil
}

// nested reads the keys below a key.
func (r *stepReader) nested(name *yaml.Node, key string, value *yaml.Node) error {
	if err := r.once(r.seen, name, key); err != nil || isNull(value) {
		return err
	}
	if value.Kind != yaml.MappingNode {
		return r.wrong(value, fmt.Sprintf("%s takes keys, not one value", key), "Give them by name, one below the other.")
	}
	return r.mapping(value, key+".")
}

// answer reads the value of a key.
func (r *stepReader) answer(name *yaml.Node, key string, value *yaml.Node) error {
	field, err := r.field(name, key)
	if head, _, _ := strings.Cut(key, ":"); err != nil && isNull(value) && r.hasSecrets() && !hasKey(r.form.Fields, head) {
		return r.wrong(name, "unknown key, without a value",
			"It is not repeated here, since it may be part of a secret. Put a space after each colon, and quotes around a value with a comma.")
	}
	if err != nil {
		return err
	}
	if err := r.once(r.seen, name, key); err != nil {
		return err
	}
	return r.value(field, value)
}

func (r *stepReader) value(field steps.Field, n *yaml.Node) error {
	value, given, err := r.text(field, n)
	if err != nil || !given {
		return err
	}
	r.given = append(r.given, field.Key)
	if field.Kind == steps.Secret {
		r.Secrets[field.Key] = api.NewSecret(value)
		return nil
	}
	if text.Clean(value) != value {
		return r.wrong(n, fmt.Sprintf("%s holds a control or an invisible character", field.Key), "Take it out.")
	}
	r.answers[field.Key] = value
	return nil
}

// text is a scalar as it stands, or the items of a list joined with commas.
func (r *stepReader) text(field steps.Field, n *yaml.Node) (text string, given bool, err error) {
	switch {
	case isNull(n):
		return "", false, nil
	case n.Kind == yaml.ScalarNode:
		return n.Value, true, nil
	case n.Kind == yaml.SequenceNode && field.Kind == steps.List:
		var items []string
		for _, item := range n.Content {
			if item.Kind != yaml.ScalarNode || isNull(item) {
				return "", false, r.wrong(item, fmt.Sprintf("an item of %s is not a value", field.Key), "Give a list of plain values.")
			}
			items = append(items, item.Value)
		}
		return strings.Join(items, ","), true, nil
	}
	return "", false, r.wrong(n, fmt.Sprintf("%s takes one value", field.Key), fmt.Sprintf("Write `%s: value`.", field.Key))
}

// classify decides whether the answers adopt something that the customer has: an
// ID does, which no edition asks for in this step.
func (r *stepReader) classify() error {
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
			return r.wrong(r.seen[key], fmt.Sprintf("%q cannot stand beside %q, which takes over what exists already", key, r.given[adopting]),
				"Leave out one of the two.")
		default:
			id := r.form.Adopt[len(r.form.Adopt)-1].Key
			return r.wrong(r.seen[key], fmt.Sprintf("%q counts only beside %q in edition %s", key, id, r.edition),
				fmt.Sprintf("Leave it out, or take over what exists already by giving %q too.", id))
		}
	}
	into[r.step.ID] = r.answers
	return nil
}

func (r *stepReader) field(at *yaml.Node, key string) (steps.Field, error) {
	for _, f := range append(slices.Clone(r.form.Fields), r.form.Adopt...) {
		if f.Key == key {
			return f, nil
		}
	}
	other := r.step.Forms[r.edition.Other()]
	if hasKey(other.Fields, key) || hasKey(other.Adopt, key) {
		return steps.Field{}, r.wrong(at, fmt.Sprintf("%q is no key of %s in edition %s", key, r.step.ID, r.edition),
			fmt.Sprintf("It belongs to edition %s: give --edition %[1]s, or use the keys of %s.", r.edition.Other(), r.edition))
	}
	return steps.Field{}, r.unknown(at, "key", key, r.keys())
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
func (r *stepReader) nests(key string) bool {
	return slices.ContainsFunc(r.form.Fields, func(f steps.Field) bool { return strings.HasPrefix(f.Key, key+".") })
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
