package steps

import (
	"fmt"
	"maps"

	"telegent-setup/state"
)

// Adopt takes IDs that the customer has already, by the keys of Form.Adopt;
// nothing is sent. The error is an *Invalid, or one of this machine.
func (r *Runner) Adopt(step string, answers Answers) (Saved, error) {
	r.busy.Lock()
	defer r.busy.Unlock()
	s, fields := find(step), r.Form(step).Adopt
	f := r.snapshot()
	if len(fields) == 0 {
		return nil, fmt.Errorf("adopt %s: there is nothing to adopt in this step", step)
	}
	full := r.complete(f, fields, answers)
	if problems := r.check(step, fields, full, f); len(problems) > 0 {
		return nil, &Invalid{problems}
	}
	ids := Saved{}
	for _, fd := range fields {
		ids[fd.From] = full[fd.Key]
	}
	known := SavedIn(f)
	if ids[TNID] == unknownTNID {
		ids[TNID] = ""
		if known[PhoneNumber] == ids[PhoneNumber] {
			ids[TNID] = known[TNID]
		}
	}
	outcome := OutcomeAdopted
	if f.Steps[step].Status == state.Done && same(ids, known) {
		outcome = OutcomeAlreadyDone
	} else if err := r.finish(s, ids, f.Steps[step].Answers, ""); err != nil {
		return nil, fmt.Errorf("save %s: %w", step, err)
	}
	maps.DeleteFunc(ids, func(_ ID, v string) bool { return v == "" })
	r.tell(Stepped{Step: step, Number: s.Number, Status: outcome, Saved: ids})
	return ids, nil
}

// CheckAdopt names every ID that Adopt would want and that is missing or does
// not validate.
func (r *Runner) CheckAdopt(step string, answers Answers) []Problem {
	f, fields := r.snapshot(), r.Form(step).Adopt
	return r.check(step, fields, r.complete(f, fields, answers), f)
}

func same(ids, known Saved) bool {
	for id, v := range ids {
		if known[id] != v {
			return false
		}
	}
	return true
}
