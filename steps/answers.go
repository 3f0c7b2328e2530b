package steps

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"telegent-setup/api"
	"telegent-setup/api/text"
	"telegent-setup/state"
)

// Given is what was given ahead of a run, by the answers file and by the
// environment, in the words of one edition.
type Given struct {
	Answers  map[string]Answers         // By step and field key; no secrets.
	Secrets  map[string]api.Secret      // By field key.
	Skip     map[string]bool            // The optional steps to leave out.
	Adopt    map[string]Answers         // The IDs that the customer has already, by step, with the keys of Form.Adopt.
	Environs map[string]map[string]bool // By step and key: what an environment variable gave.
}

// NewGiven returns a Given that holds nothing.
func NewGiven() Given {
	return Given{
		Answers: map[string]Answers{}, Secrets: map[string]api.Secret{}, Skip: map[string]bool{},
		Adopt: map[string]Answers{}, Environs: map[string]map[string]bool{},
	}
}

// AccountKey is the account key that was given; empty when none was.
func (g Given) AccountKey() string { return g.Answers[Authenticate][accountKey] }

// Origin is where an answer comes from.
type Origin int

// The origins of an answer. Where several have one, the first of them counts.
const (
	NoOrigin    Origin = iota
	Typed              // In this run.
	Environment        // A variable.
	File               // The answers file.
	Earlier            // Typed or sent in an earlier run.
	SavedBefore        // An ID that an earlier step saved.
	Default            // What the program offers.
	Sample             // The ready answer of the sandbox.
)

// Question is a field with what is known of its answer.
type Question struct {
	Field
	Value   string
	Origin  Origin
	From    int    // Of SavedBefore: the number of the step that saved it.
	Problem string // Why the answer will not do, or that one is needed; empty while it may.
	Warning string // What looks odd in an answer that is accepted.
	Meant   string // The answer as it was probably meant; empty when there is nothing to offer.
	Asked   bool   // A person is asked; else the answer is shown.
	Held    int    // Of a Secret: how many characters of it are known.
}

// Source says where an answer comes from, for people; empty when nothing need be
// said.
func (q Question) Source() string {
	switch q.Origin {
	case SavedBefore:
		return fmt.Sprintf("from step %d", q.From)
	case Environment:
		return "from " + q.Env
	case File:
		return "from the answers file"
	case Earlier:
		return "from an earlier run"
	case Sample:
		return "ready in the sandbox"
	case Default:
		return "default"
	case Typed:
		return "typed"
	}
	return ""
}

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

// Questionnaire works out the questions of a form from what is known: it is the
// one rule for which answer stands over which. It is a snapshot, so that a face
// can ask it at every key.
type Questionnaire struct {
	step   *Step
	fields []Field
	env    Env // Its answers are those of each evaluation.
	known  map[string]Question
	ahead  bool   // Steps before it are still to be carried out.
	coming []ID   // The IDs that they will give, which are not missing yet.
	focus  string // This field is asked, wherever its answer comes from.
	key    string // The account key that the setup belongs to for good; empty while none.

	redactor *api.Redactor // Knows what may not be taken over as an ID; nil where none is.
}

// Questionnaire is the questionnaire of a step. ahead means that steps before it
// are still to be carried out.
func (r *Runner) Questionnaire(step string, ahead bool) *Questionnaire {
	f := r.snapshot()
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.questionnaire(f, step, r.form(step).Fields, ahead)
}

// questionnaire is Questionnaire over a state; the lock is held.
func (r *Runner) questionnaire(f state.File, step string, fields []Field, ahead bool) *Questionnaire {
	q := &Questionnaire{step: find(step), fields: fields, env: r.env(f, nil), known: map[string]Question{}, ahead: ahead}
	if HasProgress(f) {
		q.key = f.AccountKey
	}
	if ahead {
		q.coming = r.coming(f)
	}
	kept, status := f.Steps[step].Answers, f.Steps[step].Status
	answered := len(kept) > 0 && (status == state.Done || status == state.Sent) // What is empty there was left empty.
	own := slices.ContainsFunc(fields, func(fd Field) bool {
		v, _ := r.own(step, fd.Key, kept)
		return fd.Like.Key != "" && v != ""
	})
	for _, fd := range fields {
		k := Question{Field: fd}
		if fd.Kind == Secret {
			k.Held, k.Origin, k.Problem = r.secrets[fd.Key].Len(), r.secretOrigin(step, fd), r.secrets[fd.Key].Problem()
			q.known[fd.Key] = k
			continue
		}
		k.Value, k.Origin = r.own(step, fd.Key, kept)
		switch {
		case fd.Key == accountKey && (k.Origin == File || k.Origin == Environment): // It is never sent changed.
			k.Problem = text.Problem(k.Value)
		case fd.Key == accountKey && f.AccountKey != "" && (k.Origin == NoOrigin || k.Origin == Earlier):
			k.Value, k.Origin = f.AccountKey, Earlier
		case k.Origin == NoOrigin && fd.Like.Key != "" && !own:
			k.Value, k.Origin = r.own(fd.Like.Step, fd.Like.Key, f.Steps[fd.Like.Step].Answers)
		}
		if k.Value == "" && k.Origin != Typed && f.Sandbox && !answered && fd.SavedID == "" {
			k.Value, k.Origin = fd.ready(), Sample
			if k.Value == "" {
				k.Origin = NoOrigin
			}
		}
		q.known[fd.Key] = k
	}
	return q
}

// coming are the IDs that steps will give which are not done; the lock is held.
func (r *Runner) coming(f state.File) (all []ID) {
	for _, s := range quickstart() {
		if f.Steps[s.ID].Status != state.Done || len(r.given.Adopt[s.ID]) > 0 {
			all = append(all, s.Saves...)
		}
	}
	return all
}

// own is an answer to a field itself, and who gave it: what was typed in this run
// stands over what was given ahead, and that over what is kept. One that was taken
// away is typed, and empty.
func (r *Runner) own(step, key string, kept map[string]string) (string, Origin) {
	typed, isTyped := r.typed[step][key]
	given := r.given.Answers[step][key]
	switch {
	case isTyped:
		return typed, Typed
	case given != "" && r.given.Environs[step][key]:
		return given, Environment
	case given != "":
		return given, File
	case kept[key] != "":
		return kept[key], Earlier
	}
	return "", NoOrigin
}

// secretOrigin is where a secret that is held came from; the lock is held.
func (r *Runner) secretOrigin(step string, fd Field) Origin {
	switch {
	case r.secrets[fd.Key].Empty():
		return NoOrigin
	case r.typedSecrets[fd.Key]:
		return Typed
	case r.given.Environs[step][fd.Key]:
		return Environment
	case !r.given.Secrets[fd.Key].Empty():
		return File
	}
	return Sample
}

// Focus asks for a field, wherever its answer comes from.
func (q *Questionnaire) Focus(key string) { q.focus = key }

// complete makes edits what is sent: tidied, with what is known, saved IDs and
// defaults in the place of answers that are not there, and without those that do
// not apply. An edit that is empty takes an answer away.
func (q *Questionnaire) complete(edits Answers) (Answers, map[string]Origin) {
	full, origins := Answers{}, map[string]Origin{}
	for _, fd := range q.fields {
		if fd.Kind == Secret {
			continue
		}
		k := q.known[fd.Key]
		value, origin := k.Value, k.Origin
		if edit, ok := edits[fd.Key]; ok && (edit != "" || fd.SavedID == "") {
			value, origin = edit, Typed
		}
		if value = tidy(fd, value); value != "" {
			full[fd.Key], origins[fd.Key] = value, origin
		}
	}
	env := q.env
	env.Answers = full
	for _, fd := range q.fields {
		switch {
		case fd.Kind == Secret:
		case !fd.Applies(env):
			delete(full, fd.Key)
		case full[fd.Key] == "":
			if v := env.IDs[fd.SavedID]; v != "" {
				full[fd.Key], origins[fd.Key] = v, SavedBefore
			} else if v := fd.proposal(env); v != "" {
				full[fd.Key], origins[fd.Key] = v, Default
			}
		case full[fd.Key] == env.IDs[fd.SavedID]:
			origins[fd.Key] = SavedBefore
		}
	}
	return full, origins
}

// Questions are the questions that apply, with the edits of a person over what is
// known, but not those that the program answers by itself.
func (q *Questionnaire) Questions(edits Answers) []Question {
	full, origins := q.complete(edits)
	env := q.env
	env.Answers = full
	var all []Question
	for _, fd := range q.fields {
		if fd.Auto || !fd.Applies(env) {
			continue
		}
		k := q.known[fd.Key]
		k.Field, k.Value = fd, full[fd.Key]
		if fd.Kind != Secret {
			k.Origin = origins[fd.Key]
		}
		if k.Origin == SavedBefore {
			k.From = savedBy(fd.SavedID)
		}
		k.Problem = q.problem(fd, k.Value, k.Held, env)
		k.Warning = fd.warning(k.Value)
		k.Meant = fd.Check.meant(k.Value, fd.Kind == List)
		k.Asked = fd.Key == q.focus || q.asks(k, env)
		all = append(all, k)
	}
	return all
}

// asks says whether a person is asked for an answer: there is something to decide,
// and neither an earlier step nor the environment has decided it.
func (q *Questionnaire) asks(k Question, env Env) bool {
	switch {
	case len(k.Choices) == 1, k.Origin == SavedBefore:
		return false
	case k.Origin == Environment, k.Kind == Secret && k.Origin == File:
		return k.Problem != ""
	case k.Key == accountKey && q.key != "" && k.Value == q.key:
		return false
	}
	return k.SavedID == "" || env.IDs[k.SavedID] == ""
}

// Problems names every answer that is missing or does not validate.
func (q *Questionnaire) Problems(edits Answers) []Problem {
	full, _ := q.complete(edits)
	env := q.env
	env.Answers = full
	var problems []Problem
	for _, fd := range q.fields {
		value := full[fd.Key]
		if !fd.Applies(env) {
			// An answer that may come to apply must be right.
			if value = tidy(fd, q.known[fd.Key].Value); !q.ahead || value == "" || fd.Kind == Secret {
				continue
			}
		}
		if message := q.problem(fd, value, q.known[fd.Key].Held, env); message != "" {
			problems = append(problems, Problem{Step: q.step.ID, Key: fd.Key, Message: message, Field: fd})
		}
	}
	return problems
}

// problem says what is wrong with the answer to a field, if anything is.
func (q *Questionnaire) problem(fd Field, value string, held int, env Env) string {
	switch {
	case q.known[fd.Key].Problem != "" && (fd.Kind == Secret || tidy(fd, q.known[fd.Key].Value) == value):
		return q.known[fd.Key].Problem
	case fd.Kind == Secret && held > 0:
		return ""
	case fd.SavedID != "" && value != "" && value == env.IDs[fd.SavedID]: // The service's own.
		return ""
	case value == "" && slices.Contains(q.coming, fd.SavedID):
		return ""
	case value == "" && fd.Unless != "" && env.Answers[fd.Unless] == "":
		return fd.RequiredWhy
	case value == "" && fd.Optional:
		return ""
	case value == "":
		return Needed
	case fd.Key == accountKey && q.key != "" && value != q.key:
		return "this setup belongs to the account key " + q.key + "; start a second setup with --state FILE"
	}
	if q.redactor != nil && q.redactor.Redact(value) != value {
		return "a secret of this run stands in it: give the ID alone"
	}
	return fd.invalid(value, env)
}

// invalid says what to change in a value that is there; empty when it is fine.
func (f *Field) invalid(value string, env Env) string {
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
	for _, x := range f.Excludes {
		if value == x.Value && x.With.holds(env) {
			return x.Why
		}
	}
	return f.Check.problem(value, f.Kind == List, env)
}

// tidy takes off what a paste brings along: outer spaces, line breaks of other
// systems, and what separates the digits of a number.
func tidy(f Field, value string) string {
	value = strings.TrimSpace(text.Clean(strings.ReplaceAll(value, "\r\n", "\n")))
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
	return f.Check.tidied(value, f.Kind == List)
}

// stored is what of the answers may stand in the state file: what was typed or
// sent, without what the program fills in by itself or derives, and without URLs
// that hold a password. What another program kept beside it stays.
func stored(fields []Field, env Env, before map[string]string) map[string]string {
	kept := map[string]string{}
	for key, v := range before {
		if _, known := field(fields, key); !known {
			kept[key] = v
		}
	}
	for _, fd := range fields {
		v := env.Answers[fd.Key]
		switch {
		case v == "", fd.Kind == Secret, fd.Auto, fd.SavedID != "" && v == env.IDs[fd.SavedID], api.HasUserInfo(v):
		case !fd.Applies(env), len(fd.Derived) > 0 && v == fd.proposal(env): // It follows from the others.
		default:
			kept[fd.Key] = v
		}
	}
	return kept
}

// SetTyped takes answers that a person typed or chose in this run; they stand over
// all others. An empty one takes an answer away.
func (r *Runner) SetTyped(step string, answers Answers) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.typed[step] == nil {
		r.typed[step] = Answers{}
	}
	maps.Copy(r.typed[step], answers)
}

// SetSecret takes a secret for the field with this key. It is redacted from now on
// wherever an answer echoes it, and never written.
func (r *Runner) SetSecret(key string, s api.Secret) {
	r.setSecret(key, s)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.typedSecrets[key] = true
}

func (r *Runner) setSecret(key string, s api.Secret) {
	r.client.Redactor().Add(s)
	r.mu.Lock()
	defer r.mu.Unlock()
	if key == secretKey && !s.Equal(r.secrets[key]) {
		clear(r.tokens)
	}
	r.secrets[key] = s
}

// Draft keeps what was typed so far in the state file, without secrets. A step
// that is done or whose outcome is unknown keeps the answers that were sent.
func (r *Runner) Draft(step string) error {
	f := r.snapshot()
	r.mu.Lock()
	q := r.questionnaire(f, step, r.form(step).Fields, true)
	r.mu.Unlock()
	answers := Answers{}
	for _, fd := range q.fields {
		if k := q.known[fd.Key]; k.Value != "" && (f.Sandbox || k.Origin != Sample) {
			answers[fd.Key] = tidy(fd, k.Value)
		}
	}
	before := f.Steps[step]
	kept := stored(q.fields, r.env(f, answers), before.Answers)
	if before.Status == state.Done || before.Status == state.Sent || maps.Equal(kept, before.Answers) {
		return nil
	}
	err := r.mark(step, func(f *state.File, s *state.Step) {
		if s.Status == state.Done || s.Status == state.Sent {
			return // It went out meanwhile.
		}
		s.Answers = kept
		if key := answers[accountKey]; step == Authenticate && key != "" && !HasProgress(*f) {
			f.AccountKey = key
		}
		if s.Status == "" {
			s.Status = state.Todo
		}
	})
	if err != nil {
		return fmt.Errorf("keep what was typed in %s: %w", step, err)
	}
	return nil
}
