package steps

import (
	"slices"
	"sync"
)

// All returns the eight steps in the order of the guide.
func All() []Step { return slices.Clone(eight()) }

// eight makes the steps once: they are asked for at every turn.
var eight = sync.OnceValue(func() []Step {
	all := []Step{
		authenticate(), account(), messageRoute(), voiceRoute(),
		availability(), provision(), subscriber(), testMessage(),
	}
	for i := range all {
		all[i].Number = i + 1
	}
	return all
})

// find returns a step by its id, which comes from this package.
func find(id string) Step {
	for _, s := range eight() {
		if s.ID == id {
			return s
		}
	}
	panic("steps: no step " + id)
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
