package steps

import (
	"encoding/json"
	"sync"

	"telegent-setup/state"
)

// The journal keeps the last runs of a setup.
const (
	journalRuns  = 20
	journalBytes = 4 << 20
)

// Journal is an observer that records runs beside the state file. It is for
// support: a line that cannot be written stops no run, and Err tells of it.
type Journal struct {
	mu   sync.Mutex
	file *state.Journal
	err  error
}

// OpenJournal opens the journal of a state file, whose lock is held. A journal
// that cannot be opened records nothing; Err tells why.
func OpenJournal(store *state.Store) *Journal {
	file, err := state.OpenJournal(state.JournalPath(store.Path()), journalRuns, journalBytes)
	return &Journal{file: file, err: err}
}

// Observe implements Observer.
func (j *Journal) Observe(e Event) {
	line, ok := Record(e)
	j.mu.Lock()
	defer j.mu.Unlock()
	if !ok || j.err != nil {
		return
	}
	j.err = j.file.Append(json.RawMessage(line))
}

// Err is why the journal is not whole; nil when it is.
func (j *Journal) Err() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.err
}

// Close ends the recording.
func (j *Journal) Close() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.file == nil {
		return nil
	}
	return j.file.Close()
}

// Observers tells several observers of every event, in order.
type Observers []Observer

// Observe implements Observer.
func (o Observers) Observe(e Event) {
	for _, one := range o {
		one.Observe(e)
	}
}
