package plain

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"go.yaml.in/yaml/v3"

	"telegent-setup/api"
	"telegent-setup/state"
	"telegent-setup/steps"
)

// Script prints a setup as an answers file without secrets, so that it can be
// carried out again unattended. What the program fills in by itself is left
// out: a new setup has IDs and an order of its own.
func Script(w io.Writer, f state.File) error {
	root := &yaml.Node{Kind: yaml.MappingNode}
	for _, step := range steps.All() {
		form := step.Forms[api.Edition(edition(f))]
		value := scriptStep(f, step, form)
		comment := secretsOf(form, f.Steps[step.ID].Answers)
		if value == nil && (comment == "" || len(form.Fields) == 0) {
			continue
		}
		if value == nil {
			value = &yaml.Node{Kind: yaml.MappingNode}
		}
		name := scalar(step.ID)
		name.HeadComment = comment
		root.Content = append(root.Content, name, value)
	}
	if _, err := fmt.Fprintf(w, "# Answers for: telegent-setup --no-input --edition %s --answers FILE\n", edition(f)); err != nil {
		return err
	}
	enc := yaml.NewEncoder(w)
	enc.SetIndent(2)
	if err := enc.Encode(root); err != nil {
		return fmt.Errorf("write the answers: %w", err)
	}
	return enc.Close()
}

// scriptStep is the answers of a step; nil when there are none.
func scriptStep(f state.File, step steps.Step, form steps.Form) *yaml.Node {
	kept := f.Steps[step.ID]
	if kept.Status == state.Skipped {
		return scalar("skip")
	}
	answers := map[string]string{}
	for _, field := range form.Fields {
		value, ok := kept.Answers[field.Key]
		if step.ID == steps.Authenticate && field.Key == "AccountKey" {
			value, ok = f.AccountKey, f.AccountKey != ""
		}
		if ok && !field.Quiet && field.Kind != steps.Secret && (field.From == "" || value != savedIn(f)[field.From]) {
			answers[field.Key] = value
		}
	}
	fields := form.Fields
	if len(answers) == 0 && kept.Status == state.Done {
		fields = form.Adopt
		for _, field := range form.Adopt {
			answers[field.Key] = cmp.Or(savedIn(f)[field.From], field.Default)
		}
	}
	if len(answers) == 0 {
		return nil
	}
	return nested(fields, answers)
}

// nested writes answers in the order of the form; a key with a path nests.
func nested(fields []steps.Field, answers map[string]string) *yaml.Node {
	root := &yaml.Node{Kind: yaml.MappingNode}
	inner := map[string]*yaml.Node{}
	for _, field := range fields {
		value, ok := answers[field.Key]
		if !ok {
			continue
		}
		into, key := root, field.Key
		if head, rest, nests := strings.Cut(field.Key, "."); nests {
			if inner[head] == nil {
				inner[head] = &yaml.Node{Kind: yaml.MappingNode}
				root.Content = append(root.Content, scalar(head), inner[head])
			}
			into, key = inner[head], rest
		}
		into.Content = append(into.Content, scalar(key), valueOf(field, value))
	}
	return root
}

// secretsOf names the secrets that a form asks for, and how to give them.
func secretsOf(form steps.Form, answers steps.Answers) string {
	var lines []string
	for _, field := range form.Fields {
		if field.Kind != steps.Secret || field.When != nil && !field.When(steps.Env{Answers: answers}) {
			continue
		}
		how := "give it here; it is a secret, and not kept"
		if field.Env != "" {
			how = "give it as " + field.Env
		}
		lines = append(lines, field.Key+": "+how)
	}
	return strings.Join(lines, "\n")
}

// valueOf is an answer as the file has it: several of a list are a list.
func valueOf(field steps.Field, value string) *yaml.Node {
	items := strings.Split(value, ",")
	if field.Kind != steps.List || len(items) == 1 {
		return scalar(value)
	}
	list := &yaml.Node{Kind: yaml.SequenceNode, Style: yaml.FlowStyle}
	for _, item := range items {
		list.Content = append(list.Content, scalar(strings.TrimSpace(item)))
	}
	return list
}

func scalar(value string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: value}
}
