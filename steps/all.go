package steps

import (
	"slices"
	"sync"
)

// All returns the eight steps in the order of the guide.
func All() []*Step { return slices.Clone(quickstart()) }

// quickstart makes the steps once: they are asked for at every turn.
var quickstart = sync.OnceValue(func() []*Step {
	all := []*Step{
		authenticate(), account(), messageRoute(), voiceRoute(),
		availability(), provision(), subscriber(), testMessage(),
	}
	for i := range all {
		all[i].Number = i + 1
	}
	return all
})

// Find returns a step by its id; false when there is no such step.
func Find(id string) (*Step, bool) {
	for _, s := range quickstart() {
		if s.ID == id {
			return s, true
		}
	}
	return nil, false
}

// find is Find for an id that comes from this program, and is known.
func find(id string) *Step {
	s, ok := Find(id)
	if !ok {
		panic("steps: no step " + id)
	}
	return s
}

// savedBy is the number of the step that saves an ID.
func savedBy(id ID) int {
	for _, s := range quickstart() {
		if slices.Contains(s.Saves, id) {
			return s.Number
		}
	}
	return 0
}

// field returns a field of a form by its key.
func field(fields []Field, key string) (Field, bool) {
	for _, f := range fields {
		if f.Key == key {
			return f, true
		}
	}
	return Field{}, false
}
