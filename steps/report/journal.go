package report

import (
	"encoding/json"
	"sync"

	"telegent-setup/state"
	"telegent-setup/steps"
)

// The journal keeps this much: enough for support, and never a full disk.
const (
	journalRuns  = 1000
	journalBytes = 8 << 20
)

// Journal is an observer that keeps the events and exchanges of a run beside
// the state file, whose lock is held. It is opened with the first event, so that
// a run that never begins leaves none. One that cannot be written is no reason
// to stop a setup: the state file is what counts.
type Journal struct {
	path string
	once sync.Once
	file *state.Journal // Nil when it could not be opened.
}

// NewJournal is the journal of a state file.
func NewJournal(statePath string) *Journal { return &Journal{path: state.JournalPath(statePath)} }

// Observe implements steps.Observer.
func (j *Journal) Observe(e steps.Event) error {
	line, kept := Record(e)
	if !kept {
		return nil
	}
	j.once.Do(func() { j.file, _ = state.OpenJournal(j.path, journalRuns, journalBytes) })
	if j.file != nil {
		_ = j.file.Append(json.RawMessage(line))
	}
	return nil
}

// Close ends the recording.
func (j *Journal) Close() error {
	if j.file == nil {
		return nil
	}
	return j.file.Close()
}
