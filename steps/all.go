package steps

// All returns the eight steps in the order of the guide.
func All() []Step {
	all := []Step{
		authenticate(), account(), messageRoute(), voiceRoute(),
		availability(), provision(), subscriber(), testMessage(),
	}
	for i := range all {
		all[i].Number = i + 1
	}
	return all
}

// find returns a step by its id, which comes from this package.
func find(id string) Step {
	for _, s := range All() {
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
