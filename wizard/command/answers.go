package command

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"telegent-setup/api"
	"telegent-setup/state"
	"telegent-setup/steps"
	"telegent-setup/steps/answers"
)

func answersCommand(e Env) *cobra.Command {
	o, schema := e.Options(), false
	cmd := New("answers", "Print an answers file to fill in, or its JSON Schema", func(context.Context) error {
		edition, err := o.NamedEdition()
		if err != nil {
			return err
		}
		text := answers.Template(edition)
		if schema {
			text = answers.Schema(edition)
		}
		_, err = e.Out.Write(text)
		return err
	})
	cmd.Long = cmd.Short + `.

Every key of the edition is there, explained, without a value. As it is, it works in the sandbox:
telegent-setup answers | telegent-setup --sandbox --no-input --answers /dev/stdin`
	addEditionFlag(cmd, o)
	cmd.Flags().BoolVar(&schema, "schema", false, "the JSON Schema (2020-12) of such a file, for editors")
	return cmd
}

// writeScript prints a setup as an answers file without secrets, so that it can be
// carried out again unattended. What the program fills in by itself is left
// out: a new setup has IDs and an order of its own.
func writeScript(w io.Writer, f state.File) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# Answers for: telegent-setup --no-input --edition %s --answers FILE\n", edition(f))
	for _, step := range steps.All() {
		form := step.Forms[api.Edition(edition(f))]
		value, secrets := scriptStep(f, step, form), secretsOf(form, f.Steps[step.ID].Answers)
		if value != "" || secrets != "" {
			fmt.Fprintf(&b, "%s%s:%s", secrets, step.ID, cmp.Or(value, " {}\n"))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// scriptStep is what follows the name of a step; empty when it has no answers.
func scriptStep(f state.File, step *steps.Step, form *steps.Form) string {
	kept := f.Steps[step.ID]
	if kept.Status == state.Skipped {
		return " skip\n"
	}
	answers := map[string]string{}
	for _, field := range form.Fields {
		value, ok := kept.Answers[field.Key]
		if field.Key == "AccountKey" {
			value, ok = f.AccountKey, f.AccountKey != ""
		}
		if ok && !field.Auto && field.Kind != steps.Secret && (field.SavedID == "" || value != steps.SavedIn(f)[field.SavedID]) {
			answers[field.Key] = value
		}
	}
	fields := form.Fields
	if kept.Status == state.Done && (kept.Adopted || len(answers) == 0) { // The answers are not those of what is in use.
		fields, answers = form.Adopt, map[string]string{}
		for _, field := range form.Adopt {
			answers[field.Key] = cmp.Or(steps.SavedIn(f)[field.SavedID], field.Default)
		}
	}
	if len(answers) == 0 {
		return ""
	}
	return nested(fields, answers)
}

// nested writes answers in the order of the form; a key with a path nests.
func nested(fields []steps.Field, answers map[string]string) string {
	var b strings.Builder
	b.WriteString("\n")
	parent := ""
	for _, field := range fields {
		value, ok := answers[field.Key]
		if !ok {
			continue
		}
		head, key, nests := strings.Cut(field.Key, ".")
		switch {
		case !nests:
			head, key = "", field.Key
		case head != parent:
			fmt.Fprintf(&b, "  %s:\n", head)
		}
		if parent = head; nests {
			b.WriteString("  ")
		}
		fmt.Fprintf(&b, "  %s: %s\n", key, valueOf(field, value))
	}
	return b.String()
}

// secretsOf names the secrets that a form asks for, and how to give them, in
// comments.
func secretsOf(form *steps.Form, answers steps.Answers) string {
	lines := ""
	for _, field := range form.Fields {
		if field.Kind != steps.Secret || !field.Applies(steps.Env{Answers: answers}) {
			continue
		}
		how := "give it here; it is a secret, and not kept"
		if field.Env != "" {
			how = "give it as " + field.Env
		}
		lines += fmt.Sprintf("# %s: %s\n", field.Key, how)
	}
	return lines
}

// valueOf is an answer as the file has it: several of a list are a list.
func valueOf(field steps.Field, value string) string {
	items := strings.Split(value, ",")
	if field.Kind != steps.List || len(items) == 1 {
		return scalar(value)
	}
	for i, item := range items {
		items[i] = strconv.Quote(strings.TrimSpace(item))
	}
	return "[" + strings.Join(items, ", ") + "]"
}

// scalar is a text as it stands where YAML reads it as that very text, else in
// quotes: those of Go are those of YAML.
func scalar(value string) string {
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
