package answers

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"telegent-setup/api"
	"telegent-setup/api/text"
	"telegent-setup/steps"
)

// Template is an answers file to fill in: every key of an edition with what there
// is to know of it in comments, the keys that need an answer first. As it stands
// it gives nothing.
func Template(edition api.Edition) []byte {
	t := &template{}
	t.comment(0, fmt.Sprintf("Answers for telegent-setup, edition %s of the API.", edition))
	t.comment(0, "Fill in what follows the colons; a key without a value is not given. Then")
	t.line(0, "#   telegent-setup --sandbox --no-input --answers FILE --edition %s   tries it out: nothing real happens", edition)
	t.line(0, "#   telegent-setup --no-input --answers FILE --edition %s             does it", edition)
	t.comment(0, "In the sandbox the samples count as given. Secrets are better off in the environment, in the variables that are named.")
	for _, step := range steps.All() {
		t.step(step, step.Forms[edition])
	}
	return t.Bytes()
}

// template is a file being written.
type template struct{ bytes.Buffer }

// widest is how long a line of comments may be.
const widest = 110

func (t *template) line(indent int, format string, args ...any) {
	fmt.Fprintf(t, strings.Repeat(" ", indent)+format+"\n", args...)
}

// comment writes prose, broken between words.
func (t *template) comment(indent int, prose string) {
	line := "#"
	for word := range strings.FieldsSeq(prose) {
		if indent+len(line)+1+len(word) > widest && line != "#" {
			t.line(indent, "%s", line)
			line = "#"
		}
		line += " " + word
	}
	t.line(indent, "%s", line)
}

func (t *template) step(step *steps.Step, form *steps.Form) {
	t.line(0, "")
	t.comment(0, fmt.Sprintf("Step %d: %s. %s", step.Number, step.Title, cmp.Or(form.Why, step.Why)))
	if step.Optional {
		t.comment(0, fmt.Sprintf("Optional: leave it empty, or write `%s: skip`, to go without.", step.ID))
	}
	t.line(0, "%s:", step.ID)
	fields := slices.Clone(form.Fields) // Those that nothing but an answer fills come first.
	slices.SortStableFunc(fields, func(a, b steps.Field) int { return need(a) - need(b) })
	t.fields(2, "", fields, func(indent int, name string, f steps.Field) {
		t.comment(indent, text.Join(" ", f.Label+".", f.Help))
		t.comment(indent, text.Join(" ", rules(f)...))
		t.line(indent, "%s:", name)
	})
	if len(form.Adopt) == 0 {
		return
	}
	t.comment(2, fmt.Sprintf("You have %s already? Give %s, and no other key of this step: nothing is sent.", step.Object, list(keysOf(form.Adopt), "and")))
	for _, f := range adoptingKeys(form) {
		t.comment(2, adoption(f))
		t.line(2, "%s:", f.Key)
	}
}

// fields has keys below a prefix, "BillingAddress.", written; nested ones where the
// first of them stands.
func (t *template) fields(indent int, prefix string, fields []steps.Field, write func(indent int, name string, f steps.Field)) {
	written := map[string]bool{}
	for _, f := range fields {
		name, _, nested := strings.Cut(strings.TrimPrefix(f.Key, prefix), ".")
		switch {
		case written[name]:
		case nested:
			t.line(indent, "%s:", name)
			above := func(f steps.Field) bool { return !strings.HasPrefix(f.Key, prefix+name+".") }
			t.fields(indent+2, prefix+name+".", slices.DeleteFunc(slices.Clone(fields), above), write)
		default:
			write(indent, name, f)
		}
		written[name] = true
	}
}

// adoption is about a key of what the customer has. Unlike in a form, it has to
// be given to count.
func adoption(f steps.Field) string {
	about := []string{f.Label + "."}
	switch {
	case f.Default != "":
		about = append(about, fmt.Sprintf("Write `%s: %s` when nobody knows it.", f.Key, f.Default))
	case !f.Optional:
		about = append(about, f.Help)
	}
	return text.Join(" ", append(about, sample(f))...)
}

// sample is an answer that the sandbox takes; empty when there is none.
func sample(f steps.Field) string {
	value := cmp.Or(f.Ready, f.Sample)
	if value == "" || value == f.Default {
		return ""
	}
	return "Sample: " + value
}

// need is how much a field needs an answer: 0 is most.
func need(f steps.Field) int {
	switch {
	case f.Auto || f.SavedID != "":
		return 2
	case f.Optional || f.Default != "" || len(f.When) > 0:
		return 1
	}
	return 0
}

// rules say what becomes of a field without an answer, and which answers it takes.
func rules(f steps.Field) []string {
	all := []string{conditions(f), absence(f)}
	if f.Like != "" {
		all = append(all, fmt.Sprintf("Without an answer, that of %s counts.", f.Like))
	}
	all = append(all, values(f))
	if f.Kind == steps.Secret {
		all = append(all, "A secret.")
	}
	if f.Env != "" {
		all = append(all, "In the environment: "+f.Env+".")
	}
	if d := f.Derived; d.Value != "" {
		all = append(all, fmt.Sprintf("%s when %s.", d.Value, condition(d.When)))
	}
	if f.Default != "" {
		all = append(all, "Default: "+f.Default)
	}
	return append(all, sample(f))
}

// absence says what becomes of a field without an answer and without a default.
func absence(f steps.Field) string {
	switch {
	case f.Auto:
		return "Filled in by the program."
	case f.SavedID != "" && !f.Optional:
		return "Filled in from an earlier step."
	case f.Unless != "":
		return fmt.Sprintf("Needed, unless %s is given.", f.Unless)
	case f.Default != "":
		return ""
	case f.Optional:
		return "Optional."
	}
	return "Needed."
}

// values say which answers a field takes.
func values(f steps.Field) string {
	switch {
	case f.Kind == steps.Bool:
		return "true or false."
	case len(f.Choices) > 1:
		return "One of " + list(choices(f), "or") + "."
	case len(f.Choices) == 1:
		return "Always " + f.Choices[0].Value + "."
	case f.Kind == steps.List:
		return "One value, or a list."
	}
	return ""
}

// conditions say when a field counts; empty when it always does.
func conditions(f steps.Field) string {
	var all []string
	for _, c := range f.When {
		if c.Key != f.Key { // Else it counts where it is given.
			all = append(all, condition(c))
		}
	}
	if len(all) == 0 {
		return ""
	}
	return "Only when " + strings.Join(all, " and ") + "."
}

func condition(c steps.Condition) string {
	key := c.Key
	if c.Step != "" {
		key += " of " + c.Step
	}
	if len(c.Is) == 0 {
		return "there is a " + key
	}
	return key + " is " + list(c.Is, "or")
}

func keysOf(fields []steps.Field) []string {
	return each(fields, func(f steps.Field) string { return f.Key })
}

func choices(f steps.Field) []string {
	return each(f.Choices, func(c steps.Choice) string { return c.Value })
}

// each is a text of each of several things.
func each[T any](all []T, of func(T) string) []string {
	var texts []string
	for _, x := range all {
		texts = append(texts, of(x))
	}
	return texts
}

// list joins words as a sentence does: "a, b or c".
func list(words []string, last string) string {
	n := len(words)
	if n < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:n-1], ", ") + " " + last + " " + words[n-1]
}
