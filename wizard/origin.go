package wizard

import (
	"strconv"

	"telegent-setup/api"
	"telegent-setup/steps"
)

// field makes one field of a form, with its answer and where it came from.
func (s *scene) field(spec steps.Field, answers steps.Answers, env steps.Env, focus string, f *form) *field {
	value := answers[spec.Key]
	shown := len(spec.Choices) == 1 || spec.Quiet || spec.From != "" && env.IDs[spec.From] != ""
	if len(spec.Choices) == 1 && value == "" {
		value = spec.Choices[0].Value
	}
	origin := ""
	if step, ok := s.origin(spec.From); ok && value != "" && value == env.IDs[spec.From] {
		origin = "from step " + strconv.Itoa(step.Number)
	}
	kept := 0
	if spec.Kind == steps.Secret {
		kept = s.runner.Kept(spec.Key).Len()
	}
	if from := s.given(spec, value, kept); from != "" && focus != spec.Key {
		origin, shown = from, true
	}
	x := newField(spec, value, shown, f.theme())
	x.origin, x.kept, x.why = origin, kept, "kept for this run"
	if s.sandbox && !s.typed[spec.Key] {
		x.why = "ready in the sandbox"
	}
	return x
}

// given says where an answer came from that need not be asked for, or "".
func (s *scene) given(spec steps.Field, value string, kept int) string {
	secret := spec.Kind == steps.Secret
	if secret && (kept == 0 || s.typed[spec.Key]) || !secret && value == "" {
		return ""
	}
	fromEnv := spec.Env != "" && s.getenv(spec.Env) != "" && !(s.sandbox && spec.Key != "Password")
	switch {
	case secret && fromEnv, fromEnv && s.getenv(spec.Env) == value:
		return "from " + spec.Env
	case secret && !s.sandbox:
		return "from the answers file"
	case spec.Key == "AccountKey" && s.belongsToKey():
		return "of this setup"
	}
	return ""
}

// keep hands a typed secret to the runner.
func (s *scene) keep(key, value string) int {
	s.typed[key] = true
	s.runner.Keep(key, api.NewSecret(value))
	return s.runner.Kept(key).Len()
}
