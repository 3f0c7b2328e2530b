package wizard

import (
	"sync"

	"telegent-setup/steps"
)

// Progress remembers what the runner is doing, for the work screen to look at
// when its clock ticks. Give it to the runner as its Observer, alone or among
// others, and to Options. It is safe for use by several goroutines.
type Progress struct {
	mu  sync.Mutex
	now activity
}

// activity is what the runner does right now.
type activity struct {
	calling steps.Calling // Zero before the first call.
	waiting steps.Waiting // Zero when nothing is waited for.
	notices []string      // Sentences for the person, since they were last taken.
}

// NewProgress returns a Progress that knows of nothing yet.
func NewProgress() *Progress { return &Progress{} }

// Observe implements steps.Observer.
func (p *Progress) Observe(e steps.Event) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch e := e.(type) {
	case steps.Calling:
		p.now.calling, p.now.waiting = e, steps.Waiting{}
	case steps.Waiting:
		p.now.waiting = e
	case steps.Exchanged, steps.Stepped:
		p.now.waiting = steps.Waiting{}
	case steps.Noticed:
		p.now.notices = append(p.now.notices, e.Text)
	}
}

// snapshot is what the runner does now.
func (p *Progress) snapshot() activity {
	if p == nil {
		return activity{}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.now
}

// restart forgets the last call, before the next step.
func (p *Progress) restart() {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.now.calling, p.now.waiting = steps.Calling{}, steps.Waiting{}
}

// take returns the notices and forgets them.
func (p *Progress) take() []string {
	if p == nil {
		return nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	notices := p.now.notices
	p.now.notices = nil
	return notices
}
