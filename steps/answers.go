package steps

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"telegent-setup/api"
	"telegent-setup/state"
)

// Problem is an answer that is missing or does not validate.
type Problem struct {
	Step, Key, Message string
	Field              Field
}

// Needed is the message of an answer that is missing.
const Needed = "an answer is needed"

// Invalid is the error of answers that do not validate; nothing was sent.
type Invalid struct{ Problems []Problem }

// Error implements error.
func (e *Invalid) Error() string { return e.Problems[0].Message }

// Env is what the checks of a step look at.
func (r *Runner) Env(answers Answers) Env { return r.env(r.snapshot(), answers) }

func (r *Runner) env(f state.File, answers Answers) Env {
	return Env{
		Answers: answers, IDs: SavedIn(f), Edition: r.Edition(),
		Loopback: api.Loopback(r.client.BaseURL()), Sandbox: f.Sandbox,
	}
}

// Prefill gives the answers that a form opens with: those given for this run,
// then what was typed or sent before, then saved IDs, defaults, and in the
// sandbox the ready answers. Fields without any are left out.
func (r *Runner) Prefill(step string) Answers {
	f := r.snapshot()
	r.mu.Lock()
	given := maps.Clone(r.given[step])
	r.mu.Unlock()
	kept, status := f.Steps[step].Answers, f.Steps[step].Status
	answered := len(kept) > 0 && (status == state.Done || status == state.Sent) // What is empty there was left empty.
	answers := Answers{}
	for _, fd := range r.Form(step).Fields {
		if fd.Kind == Secret {
			continue
		}
		env := r.env(f, answers)
		v := cmp.Or(given[fd.Key], kept[fd.Key], env.IDs[fd.From], fd.proposal(env))
		if fd.Key == accountKey {
			v = cmp.Or(given[fd.Key], f.AccountKey, kept[fd.Key])
		}
		if v == "" && f.Sandbox && fd.applies(env) && !answered {
			v = fd.ready()
		}
		if v != "" {
			answers[fd.Key] = v
		}
	}
	return answers
}

// ready is the sandbox's answer. A field that may stay empty and has no sample
// stays empty.
func (f Field) ready() string { return cmp.Or(f.Ready, f.Sample) }

// proposal is what an empty answer means.
func (f Field) proposal(env Env) string {
	if f.Propose != nil {
		if v := f.Propose(env); v != "" {
			return v
		}
	}
	return f.Default
}

// Check names every answer of a step that is missing or does not validate,
// before anything is sent: an ID that an earlier step will give is not missing,
// and an answer that may come to apply must be right.
func (r *Runner) Check(step string, answers Answers) []Problem {
	f := r.snapshot()
	fields := r.Form(step).Fields
	full := r.complete(f, fields, answers)
	for _, fd := range fields {
		if v := tidy(fd, answers[fd.Key]); v != "" && fd.Kind != Secret {
			full[fd.Key] = v
		}
	}
	var problems []Problem
	env := r.env(f, full)
	for _, fd := range fields {
		if full[fd.Key] == "" && (fd.From != "" || !fd.applies(env)) {
			continue
		}
		problems = append(problems, fd.problems(step, full[fd.Key], env, r.Kept(fd.Key))...)
	}
	return append(problems, foreignKey(step, full, f)...)
}

// complete makes answers what is sent: tidied, with saved IDs and defaults in
// the place of empty ones, and without those that do not apply.
func (r *Runner) complete(f state.File, fields []Field, answers Answers) Answers {
	full := Answers{}
	for _, fd := range fields {
		if v := tidy(fd, answers[fd.Key]); v != "" && fd.Kind != Secret {
			full[fd.Key] = v
		}
	}
	for _, fd := range fields {
		env := r.env(f, full)
		switch {
		case fd.Kind == Secret:
		case !fd.applies(env):
			delete(full, fd.Key)
		case full[fd.Key] == "":
			if v := cmp.Or(env.IDs[fd.From], fd.proposal(env)); v != "" {
				full[fd.Key] = v
			}
		}
	}
	return full
}

// tidy takes off what a paste brings along: outer spaces, and line breaks of
// other systems.
func tidy(f Field, value string) string {
	value = strings.TrimSpace(api.Clean(strings.ReplaceAll(value, "\r\n", "\n")))
	switch f.Kind {
	case Multiline:
		return value
	case Bool:
		if v, ok := parseBool(value); ok {
			return map[bool]string{true: "true", false: "false"}[v]
		}
	case Chosen:
		for _, c := range f.Choices {
			if strings.EqualFold(c.Value, value) {
				return c.Value
			}
		}
	}
	return value
}

// check is Check at the moment of sending: whatever applies must be there.
func (r *Runner) check(step string, fields []Field, full Answers, f state.File) []Problem {
	var problems []Problem
	env := r.env(f, full)
	for _, fd := range fields {
		if fd.applies(env) {
			problems = append(problems, fd.problems(step, full[fd.Key], env, r.Kept(fd.Key))...)
		}
	}
	return append(problems, foreignKey(step, full, f)...)
}

// foreignKey is the problem of signing in to a setup with the key of another.
func foreignKey(step string, full Answers, f state.File) []Problem {
	key := full[accountKey]
	if step != Authenticate || key == "" || !Begun(f) || f.AccountKey == "" || key == f.AccountKey {
		return nil
	}
	fd, _ := field(credentials(), accountKey)
	return []Problem{{Step: step, Key: accountKey, Field: fd,
		Message: "this setup belongs to the account key " + f.AccountKey + "; start a second setup with --state FILE"}}
}

// problems says what is wrong with the value of a field, if anything is.
func (f Field) problems(step, value string, env Env, kept api.Secret) []Problem {
	var message string
	switch {
	case f.Kind == Secret && !kept.Empty():
		return nil
	case f.From != "" && value != "" && value == env.IDs[f.From]: // The service's own.
		return nil
	case f.Optional && value == "" && f.Require != nil:
		message = f.Require(env)
	case f.Optional && value == "":
		return nil
	case value == "":
		message = Needed
	default:
		message = f.Invalid(value, env)
	}
	if message == "" {
		return nil
	}
	return []Problem{{Step: step, Key: f.Key, Message: message, Field: f}}
}

// Invalid says what to change in a value that is there; empty when it is fine.
func (f Field) Invalid(value string, env Env) string {
	value = tidy(f, value)
	switch {
	case f.Kind == Bool:
		if _, ok := parseBool(value); !ok {
			return "answer true or false"
		}
	case f.Kind == Chosen:
		if !slices.ContainsFunc(f.Choices, func(c Choice) bool { return c.Value == value }) {
			var names []string
			for _, c := range f.Choices {
				names = append(names, c.Value)
			}
			return "choose one of " + strings.Join(names, ", ")
		}
	case f.Kind != Multiline && strings.Contains(value, "\n"):
		return "give one line"
	}
	if f.Check != nil {
		if err := f.Check(value, env); err != nil {
			return err.Error()
		}
	}
	return ""
}

// keep is what of the answers may stand in the state file: what was typed or
// sent, without what the program fills in by itself or proposes, and without
// URLs that hold a password. What another program kept beside it stays.
func keep(fields []Field, env Env, before map[string]string) map[string]string {
	kept := map[string]string{}
	for key, v := range before {
		if _, known := field(fields, key); !known {
			kept[key] = v
		}
	}
	for _, fd := range fields {
		v := env.Answers[fd.Key]
		switch {
		case v == "", fd.Kind == Secret, fd.Quiet, fd.From != "" && v == env.IDs[fd.From], api.HasUserInfo(v):
		case !fd.applies(env), fd.Propose != nil && v == fd.proposal(env): // It follows from the others.
		default:
			kept[fd.Key] = v
		}
	}
	return kept
}
