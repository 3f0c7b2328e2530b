package answers

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"strings"

	"telegent-setup/api"
	"telegent-setup/api/text"
	"telegent-setup/steps"
)

// schema is a JSON Schema, by keyword.
type schema map[string]any

// Schema is the JSON Schema (2020-12) of the answers files of an edition, for
// editors. A key without a value is fine, as everywhere in an answers file.
func Schema(edition api.Edition) []byte {
	all := schema{}
	for _, step := range steps.All() {
		all[step.ID] = ofStep(step, step.Forms[edition])
	}
	s := group(all)
	s["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	s["title"] = fmt.Sprintf("Answers for telegent-setup, edition %s", edition)
	s["description"] = "What telegent-setup --answers FILE reads, by step. Every key is optional."
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(s); err != nil {
		panic("answers: " + err.Error()) // It is made of strings and booleans.
	}
	return b.Bytes()
}

// group is an object with these properties and no others.
func group(properties schema) schema {
	return schema{"type": []string{"object", "null"}, "properties": properties, "additionalProperties": false}
}

func ofStep(step *steps.Step, form *steps.Form) schema {
	keys := schema{}
	for _, f := range form.Fields {
		add(keys, f.Key, ofField(f))
	}
	for _, f := range adoptingKeys(form) {
		s := ofField(f)
		s["description"] = adoption(f)
		add(keys, f.Key, s)
	}
	s := group(keys)
	if step.Optional {
		s = schema{"anyOf": []schema{{"const": "skip"}, s}}
	}
	s["title"] = fmt.Sprintf("Step %d: %s", step.Number, step.Title)
	s["description"] = cmp.Or(form.Why, step.Why)
	return s
}

// add puts a property in its place, below others where its key nests.
func add(properties schema, key string, s schema) {
	head, rest, nested := strings.Cut(key, ".")
	if !nested {
		properties[key] = s
		return
	}
	if properties[head] == nil {
		properties[head] = group(schema{})
	}
	add(properties[head].(schema)["properties"].(schema), rest, s)
}

// ofField is the schema of the value of a key. A value is its text as it stands in
// the file, so that a number will do where a text of digits does.
func ofField(f steps.Field) schema {
	s := ofValue(f)
	s["title"] = f.Label
	s["description"] = text.Join(" ", append([]string{f.Help}, rules(f)...)...)
	if f.Default != "" {
		s["default"] = f.Default
	}
	if value := cmp.Or(f.Ready, f.Sample); value != "" {
		s["examples"] = []string{value}
	}
	if f.Kind == steps.Secret {
		s["writeOnly"] = true
	}
	return s
}

func ofValue(f steps.Field) schema {
	switch f.Kind {
	case steps.Bool:
		return schema{"enum": []any{true, false, "true", "false", "yes", "no", nil}}
	case steps.Chosen:
		var values []any
		for _, value := range choices(f) {
			values = append(values, value)
		}
		return schema{"enum": append(values, nil)}
	case steps.List:
		one := f.Format.Pattern()
		several := ""
		if bare := strings.TrimSuffix(strings.TrimPrefix(one, "^"), "$"); bare != "" {
			several = `^\s*` + bare + `(\s*,\s*` + bare + `)*\s*$`
		}
		return schema{"anyOf": []schema{
			plainValue(several, "string", "number", "null"), {"type": "array", "items": plainValue(one, "string", "number")},
		}}
	}
	return plainValue(f.Format.Pattern(), "string", "number", "null")
}

// plainValue is one value; a text follows the pattern, if there is one.
func plainValue(pattern string, types ...string) schema {
	s := schema{"type": types}
	if pattern != "" {
		s["pattern"] = pattern
	}
	return s
}
