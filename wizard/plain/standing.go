package plain

import (
	"maps"

	"telegent-setup/state"
	"telegent-setup/steps"
)

// standing is where one step of a state file stands.
type standing struct {
	step   steps.Step
	status state.Status
}

// standings tells where every step stands, in order. Signing in is done once a
// later step has begun; it is never saved, for no secret is.
func standings(f state.File) []standing {
	var all []standing
	begun := false
	for _, s := range steps.All() {
		status := f.Steps[s.ID].Status
		if status == "" || s.ID == steps.Authenticate {
			status = state.Todo
		}
		begun = begun || status != state.Todo
		all = append(all, standing{s, status})
	}
	if begun {
		all[0].status = state.Done
	}
	return all
}

// next is the first step that is still to do; nil when there is none.
func next(all []standing) *steps.Step {
	for _, s := range all {
		if s.status != state.Done && s.status != state.Skipped {
			return &s.step
		}
	}
	return nil
}

// savedIn is every ID that a state file holds, with the number.
func savedIn(f state.File) steps.Saved {
	ids := steps.Saved{}
	for id, value := range maps.All(f.IDs) {
		ids[steps.ID(id)] = value
	}
	if f.PhoneNumber != "" {
		ids[steps.PhoneNumber] = f.PhoneNumber
	}
	return ids
}
