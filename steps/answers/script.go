package answers

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"telegent-setup/api"
	"telegent-setup/state"
	"telegent-setup/steps"
)

// Script is a setup as an answers file without secrets, so that it can be carried
// out again unattended. What the program fills in by itself is left out: a new setup
// has IDs and an order of its own.
func Script(f state.File) []byte {
	t, edition := &template{}, cmp.Or(api.Edition(f.Edition), api.Edition2025)
	t.line(0, "# Answers for: telegent-setup --no-input --edition %s --answers FILE", edition)
	for _, step := range steps.All() {
		form, kept := step.Forms[edition], f.Steps[step.ID]
		secrets := 0
		for _, fd := range form.Fields {
			if fd.Kind == steps.Secret && fd.Applies(steps.Env{Answers: kept.Answers}) {
				t.line(0, "# %s: %s", fd.Key, secretHow(fd))
				secrets++
			}
		}
		fields, values := inUse(f, step.ID, form)
		switch {
		case kept.Status == state.Skipped:
			t.line(0, "%s: skip", step.ID)
		case len(fields) > 0:
			t.line(0, "%s:", step.ID)
			t.fields(2, "", fields, func(indent int, name string, fd steps.Field) {
				t.line(indent, "%s: %s", name, valueOf(fd, values[fd.Key]))
			})
		case secrets > 0:
			t.line(0, "%s: {}", step.ID)
		}
	}
	return t.Bytes()
}

// secretHow says how to give a secret.
func secretHow(fd steps.Field) string {
	if fd.Env != "" {
		return "give it as " + fd.Env
	}
	return "give it here; it is a secret, and not kept"
}

// inUse are the answers of what a step has made: those that were sent, else the IDs
// of what was taken over.
func inUse(f state.File, id string, form *steps.Form) (fields []steps.Field, values map[string]string) {
	kept, saved := f.Steps[id], steps.SavedIn(f)
	values = map[string]string{}
	for _, fd := range form.Fields {
		value, ok := kept.Answers[fd.Key]
		if fd.Key == "AccountKey" {
			value, ok = f.AccountKey, f.AccountKey != ""
		}
		if ok && !fd.Auto && fd.Kind != steps.Secret && (fd.SavedID == "" || value != saved[fd.SavedID]) {
			fields, values[fd.Key] = append(fields, fd), value
		}
	}
	if kept.Status != state.Done || len(fields) > 0 && !kept.Adopted {
		return fields, values
	}
	for _, fd := range form.Adopt {
		values[fd.Key] = cmp.Or(saved[fd.SavedID], fd.Default)
	}
	return form.Adopt, values
}

// valueOf is an answer as the file has it: several of a list are a list.
func valueOf(field steps.Field, value string) string {
	items := strings.Split(value, ",")
	if field.Kind != steps.List || len(items) == 1 {
		return asYAML(value)
	}
	for i, item := range items {
		items[i] = strconv.Quote(strings.TrimSpace(item))
	}
	return "[" + strings.Join(items, ", ") + "]"
}

// asYAML is a text as it stands where YAML reads it as that very text, else in
// quotes: those of Go are those of YAML.
func asYAML(value string) string {
	odd := func(c rune) bool { return !unicode.IsPrint(c) }
	switch {
	case value == "" || !unicode.IsLetter(rune(value[0])) || value[0] >= utf8.RuneSelf, // A number, or a sign of YAML's.
		strings.ContainsFunc(value, odd),
		strings.Contains(value+" ", ": "), strings.Contains(value, " #"), strings.HasSuffix(value, " "),
		slices.Contains([]string{"true", "false", "yes", "no", "on", "off", "null", "y", "n"}, strings.ToLower(value)):
		return strconv.Quote(value)
	}
	return value
}
