package stepstest

import (
	"sync"

	"telegent-setup/steps"
)

// Events is an observer that remembers.
type Events struct {
	All []steps.Event // To be read when nothing is under way.
	mu  sync.Mutex
}

// Observe implements steps.Observer.
func (e *Events) Observe(event steps.Event) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.All = append(e.All, event)
	return nil
}
