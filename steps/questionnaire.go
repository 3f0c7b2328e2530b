package steps

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"telegent-setup/api"
	"telegent-setup/api/text"
	"telegent-setup/state"
)

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
	*Field  // It is that of the form: nobody changes it.
	Value   string
	Origin  Origin
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
		saves := func(s *Step) bool { return slices.Contains(s.Saves, q.SavedID) }
		return fmt.Sprintf("from step %d", slices.IndexFunc(quickstart(), saves)+1)
	case Environment:
		return "from " + q.Env
	}
	return [...]string{
		Typed: "typed", File: "from the answers file", Earlier: "from an earlier run", Default: "default", Sample: "ready in the sandbox",
	}[q.Origin]
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
	step    string
	known   []Question // Of every field, in their order.
	secrets map[string]api.Secret
	file    state.File
	env     Env    // Its answers are those of each evaluation.
	ahead   bool   // Steps before it are still to be carried out.
	coming  []ID   // The IDs that they will give, which are not missing yet.
	focus   string // This field is asked, wherever its answer comes from.

	redactor *api.Redactor // Knows what may not be taken over as an ID; nil where none is.
}

// Questionnaire is the questionnaire of a step. ahead means that steps before it
// are still to be carried out.
func (r *Runner) Questionnaire(step string, ahead bool) *Questionnaire {
	r.mu.Lock()
	defer r.mu.Unlock()
	q := r.blank(step)
	if q.ahead = ahead; ahead {
		q.coming = r.coming()
	}
	kept, fields := r.file.Steps[step], r.form(step).Fields
	// What is empty in a step that was sent was left empty.
	unsent := len(kept.Answers) == 0 || kept.Status != state.Done && kept.Status != state.Sent
	// Answers like those of another step are taken over all or none.
	takesOver := !slices.ContainsFunc(fields, func(fd Field) bool {
		value, _ := r.own(step, fd.Key)
		return fd.Like != "" && value != ""
	})
	q.known = make([]Question, 0, len(fields))
	for i := range fields {
		fd := &fields[i]
		k := Question{Field: fd}
		k.Value, k.Origin = r.own(step, fd.Key)
		switch given := k.Origin == File || k.Origin == Environment; {
		case fd.Kind == Secret: // The state file holds none, whatever stands in it under its name.
			secret := r.secrets[fd.Key]
			k.Value, k.Held, k.Origin, k.Problem = "", secret.Len(), r.secretOrigins[fd.Key], secret.Problem()
		case fd.Key == accountKey && given: // It is never sent changed.
			k.Problem = text.Problem(k.Value)
		case fd.Key == accountKey && k.Origin != Typed && r.file.AccountKey != "":
			k.Value, k.Origin = r.file.AccountKey, Earlier
		case k.Origin == NoOrigin && fd.Like != "" && takesOver:
			k.Value, k.Origin = r.own(fd.Like, fd.Key)
		}
		if k.Value == "" && k.Origin != Typed && r.file.Sandbox && unsent && fd.SavedID == "" && fd.Kind != Secret {
			k.Value, k.Origin = fd.ready(), Sample
		}
		q.known = append(q.known, k)
	}
	return q
}

// adoptQuestionnaire is the questionnaire of what the customer has already. An ID
// that is saved does not answer it: it is another that is wanted. A number that
// was asked for does, when nobody knows what became of the call.
func (r *Runner) adoptQuestionnaire(step string) *Questionnaire {
	r.mu.Lock()
	defer r.mu.Unlock()
	q := r.blank(step)
	q.env.IDs, q.redactor = nil, r.Redactor()
	fields := r.form(step).Adopt
	for i := range fields {
		fd := &fields[i]
		k := Question{Field: fd}
		if kept := r.file.Steps[step]; fd.SavedID == PhoneNumber && (kept.Status == state.Sent || !r.file.Sandbox) {
			k.Value, k.Origin = kept.Answers[fd.Key], Earlier
		}
		q.known = append(q.known, k)
	}
	return q
}

// blank is a questionnaire without questions; the lock is held.
func (r *Runner) blank(step string) *Questionnaire {
	return &Questionnaire{step: step, secrets: maps.Clone(r.secrets), file: r.file, env: r.env(r.file, nil)}
}

// coming are the IDs that steps will give which are not done; the lock is held.
func (r *Runner) coming() (all []ID) {
	for _, s := range quickstart() {
		if r.file.Steps[s.ID].Status != state.Done || len(r.edition.given().Adopt[s.ID]) > 0 {
			all = append(all, s.Saves...)
		}
	}
	return all
}

// own is an answer to a field itself, and who gave it: what was typed in this run
// stands over what was given ahead, and that over what is kept. One that was taken
// away is typed, and empty. The lock is held.
func (r *Runner) own(step, key string) (string, Origin) {
	given := r.edition.given()
	if typed, ok := r.typed[step][key]; ok {
		return typed, Typed
	}
	if value := given.Answers[step][key]; value != "" {
		return value, given.origin(key)
	}
	if value := r.file.Steps[step].Answers[key]; value != "" {
		return value, Earlier
	}
	return "", NoOrigin
}

// Focus asks for a field, wherever its answer comes from.
func (q *Questionnaire) Focus(key string) { q.focus = key }

// fill answers every question: by its edit, else by what is known, a saved ID or a
// default. An empty edit takes an answer away. The answers of the Env are what is
// sent: they leave out secrets, and fields that do not apply.
func (q *Questionnaire) fill(edits Answers) ([]Question, Env) {
	all, env := slices.Clone(q.known), q.env
	env.Answers = Answers{}
	for i := range all {
		k := &all[i]
		if edit, ok := edits[k.Key]; ok && k.Kind != Secret && (edit != "" || k.SavedID == "") {
			k.Value, k.Origin, k.Problem = edit, Typed, ""
		}
		if k.Value = k.tidy(k.Value); k.Value != "" {
			env.Answers[k.Key] = k.Value
		}
	}
	for i := range all {
		k := &all[i]
		if k.Kind == Secret || !k.Applies(env) {
			delete(env.Answers, k.Key)
			continue
		}
		if k.Value == "" {
			k.Value, k.Origin = cmp.Or(env.IDs[k.SavedID], k.proposal(env)), Default
		}
		switch k.Value {
		case "":
			k.Origin = NoOrigin
			continue
		case env.IDs[k.SavedID]:
			k.Origin = SavedBefore
		}
		env.Answers[k.Key] = k.Value
	}
	return all, env
}

// Answers are what is sent with the edits of a person over what is known.
func (q *Questionnaire) Answers(edits Answers) Answers {
	_, env := q.fill(edits)
	return env.Answers
}

// Questions are the questions that apply, with the edits of a person over what is
// known, but not those that the program answers by itself.
func (q *Questionnaire) Questions(edits Answers) (asked []Question) {
	all, env := q.fill(edits)
	for _, k := range all {
		if k.Auto || !k.Applies(env) {
			continue
		}
		k.Problem = q.problem(k, env)
		k.Warning, k.Meant = k.warning(k.Value), k.meant(k.Value)
		k.Asked = k.Key == q.focus || q.asks(k)
		asked = append(asked, k)
	}
	return asked
}

// asks says whether a person is asked for an answer: there is something to decide,
// and neither an earlier step nor the environment has decided it.
func (q *Questionnaire) asks(k Question) bool {
	switch {
	case len(k.Choices) == 1, k.Origin == SavedBefore:
		return false
	case k.Origin == Environment, k.Kind == Secret && k.Origin == File:
		return k.Problem != ""
	case k.Key == accountKey && k.Value != "" && k.Value == q.owner():
		return false
	}
	return q.env.IDs[k.SavedID] == ""
}

// owner is the account key that the setup belongs to for good; empty while none.
func (q *Questionnaire) owner() string {
	if HasProgress(q.file) {
		return q.file.AccountKey
	}
	return ""
}

// Problems names every answer that is missing or does not validate. Ahead of other
// steps, one that may come to apply must be right too.
func (q *Questionnaire) Problems(edits Answers) (problems []Problem) {
	all, env := q.fill(edits)
	for _, k := range all {
		if !k.Applies(env) && (!q.ahead || k.Value == "") {
			continue
		}
		if message := q.problem(k, env); message != "" {
			problems = append(problems, Problem{q.step, k.Key, message, *k.Field})
		}
	}
	return problems
}

// problem says what is wrong with the answer to a question, if anything is.
func (q *Questionnaire) problem(k Question, env Env) string {
	switch {
	case k.Problem != "", k.Held > 0:
		return k.Problem
	case k.Value == "" && k.Unless != "" && env.Answers[k.Unless] == "":
		return k.RequiredWhy
	case k.Value == "" && (k.Optional || slices.Contains(q.coming, k.SavedID)):
		return ""
	case k.Value == "":
		return Needed
	case k.Value == env.IDs[k.SavedID]: // The service's own.
		return ""
	case k.Key == accountKey && q.owner() != "" && k.Value != q.owner():
		return "this setup belongs to the account key " + q.owner() + "; start a second setup with --state FILE"
	case q.redactor != nil && q.redactor.Redact(k.Value) != k.Value:
		return "a secret of this run stands in it: give the ID alone"
	}
	return k.Field.problem(k.Value, env)
}
