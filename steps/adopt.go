package steps

import (
	"errors"
	"fmt"
	"maps"

	"telegent-setup/state"
)

// ErrNotNow is the error of skipping or reopening a step that is past that.
var ErrNotNow = errors.New("this step cannot be skipped or reopened now")

// Adopt takes IDs that the customer has already, by the keys of Form.Adopt;
// nothing is sent. unconfirmed means that the service did not know them. The error
// is an *Invalid, or one of this machine.
func (r *Runner) Adopt(step string, answers Answers, unconfirmed bool) (Saved, error) {
	r.busy.Lock()
	defer r.busy.Unlock()
	s, form := find(step), r.Form(step)
	if len(form.Adopt) == 0 {
		return nil, fmt.Errorf("adopt %s: there is nothing to adopt in this step", step)
	}
	q := r.adoptQuestionnaire(step)
	if problems := q.Problems(answers); len(problems) > 0 {
		return nil, &Invalid{problems}
	}
	r.warnOfPrefixes(form.Adopt, q.Answers(answers))
	ids, before, known := r.adoptedIDs(step, answers), r.snapshot().Steps[step], r.Saved()
	if step == Provision && ids[TNID] == "" && known[PhoneNumber] == ids[PhoneNumber] {
		ids[TNID] = known[TNID]
	}
	status, done := StatusAdopted, state.Step{Adopted: true, Unconfirmed: unconfirmed}
	if before.Status != state.Done { // Else its answers are of what is replaced.
		done.Answers = before.Answers
	}
	changed := maps.Clone(ids)
	maps.DeleteFunc(changed, func(id ID, value string) bool { return known[id] == value })
	if before.Status == state.Done && len(changed) == 0 {
		status = StatusAlreadyDone
	} else if err := r.finish(s, ids, done); err != nil {
		return nil, fmt.Errorf("save %s: %w", step, err)
	}
	maps.DeleteFunc(ids, func(_ ID, v string) bool { return v == "" })
	r.emit(Stepped{Step: step, Number: s.Number, Status: status, Saved: ids})
	return ids, nil
}

// adoptedIDs are the IDs that the answers of an adoptQuestionnaire give; one that is
// not known is empty.
func (r *Runner) adoptedIDs(step string, answers Answers) Saved {
	full, ids := r.adoptQuestionnaire(step).Answers(answers), Saved{}
	for _, fd := range r.Form(step).Adopt {
		ids[fd.SavedID] = full[fd.Key]
		if full[fd.Key] == fd.Default { // Which says that it is not known.
			ids[fd.SavedID] = ""
		}
	}
	return ids
}

// warnOfPrefixes tells of IDs that do not begin as IDs of their kind do, and names
// the kind that they look like.
func (r *Runner) warnOfPrefixes(fields []Field, answers Answers) {
	for _, fd := range fields {
		value := answers[fd.Key]
		if warning := fd.warning(value); warning != "" {
			r.emit(Noticed{fmt.Sprintf("%s %s: %s%s.", fd.Key, value, warning, looksLike(value))})
		}
	}
}

// looksLike says which kind of ID a value looks like, by its prefix; empty when it
// has none.
func looksLike(value string) string {
	for _, step := range All() {
		for _, form := range step.Forms {
			for _, fd := range form.Adopt {
				if len(fd.Prefixes) > 0 && fd.warning(value) == "" {
					return "; this one looks like the " + fd.Label
				}
			}
		}
	}
	return ""
}

// Skip leaves an optional step out. One that was sent or done stays.
func (r *Runner) Skip(step string) error {
	r.busy.Lock()
	defer r.busy.Unlock()
	s := r.Status(step)
	if !s.Step.Optional || s.Status == state.Done || s.Status == state.Sent {
		return ErrNotNow
	}
	if s.Status != state.Skipped {
		if err := r.mark(step, func(_ *state.File, k *state.Step) { k.Status, k.Error = state.Skipped, nil }); err != nil {
			return err
		}
	}
	r.emit(Stepped{Step: step, Number: s.Step.Number, Status: StatusSkipped, Saved: Saved{}})
	return nil
}

// Reopen takes skipping back, until a number is provisioned.
func (r *Runner) Reopen(step string) error {
	r.busy.Lock()
	defer r.busy.Unlock()
	if !r.mayReopen(step) {
		return ErrNotNow
	}
	return r.mark(step, func(_ *state.File, k *state.Step) { k.Status = state.Todo })
}

func (r *Runner) mayReopen(step string) bool {
	number := r.Status(Provision).Status
	return r.Status(step).Status == state.Skipped && number != state.Done && number != state.Sent
}
