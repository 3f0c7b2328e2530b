package session

import (
	"encoding/json"
	"sync"

	"telegent-setup/state"
	"telegent-setup/steps"
)

// The journal keeps this much: enough for support, and never a full disk.
const (
	keptRuns  = 20
	keptBytes = 4 << 20
)

// journal keeps the events and exchanges of a run beside the state file. It is
// opened with the first event, so that a run that never begins leaves none. It
// implements steps.Observer.
type journal struct {
	path string
	once sync.Once
	file *state.Journal // Nil when it could not be opened.
}

// Observe implements steps.Observer. A journal that cannot be written is no
// reason to stop a setup: the state file is what counts.
func (j *journal) Observe(e steps.Event) {
	line, kept := steps.Record(e)
	if !kept {
		return
	}
	j.once.Do(func() { j.file, _ = state.OpenJournal(j.path, keptRuns, keptBytes) })
	if j.file != nil {
		_ = j.file.Append(json.RawMessage(line))
	}
}

func (j *journal) close() error {
	if j.file == nil {
		return nil
	}
	return j.file.Close()
}

// both tells two observers, the journal first.
type both [2]steps.Observer

// Observe implements steps.Observer.
func (b both) Observe(e steps.Event) {
	for _, o := range b {
		o.Observe(e)
	}
}
