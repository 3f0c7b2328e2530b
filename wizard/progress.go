package wizard

import (
	"slices"
	"sync"

	"telegent-setup/steps"
	"telegent-setup/wizard/screen"
)

// Progress remembers what the runner is doing, for the screen to look at when its
// clock ticks. Give it to the runner as its Observer, alone or among others, and to
// Options. It is safe for use by several goroutines.
type Progress struct {
	mu      sync.Mutex
	now     screen.Activity
	notices []string // Sentences for the person, since they were last taken.
	stepped bool     // A step has had an outcome since that was last asked.
}

// Observe implements steps.Observer.
func (p *Progress) Observe(e steps.Event) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch e := e.(type) {
	case steps.Calling:
		p.now.Calling, p.now.Waiting = e, steps.Waiting{}
	case steps.Waiting:
		p.now.Waiting = e
	case steps.Exchanged:
		p.now.Waiting = steps.Waiting{}
	case steps.Stepped:
		p.now.Waiting, p.stepped = steps.Waiting{}, true
	case steps.Noticed:
		p.notices = append(p.notices, e.Text)
	case steps.EditionFound:
		p.notices = append(p.notices, "The server speaks edition "+e.Edition+" of the API: this goes on in it.")
	case steps.Delivered:
		p.now.Delivered = append(p.now.Delivered, e)
	case steps.Replied:
		p.now.Replied = true
	}
	return nil
}

// snapshot is what the runner does now, and whether a step has had an outcome since
// the last one.
func (p *Progress) snapshot() (now screen.Activity, stepped bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now, stepped, p.stepped = p.now, p.stepped, false
	now.Delivered = slices.Clone(now.Delivered)
	return now, stepped
}

// restart forgets what went before, when something new begins.
func (p *Progress) restart() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.now, p.stepped = screen.Activity{}, false
}

// takeNotices returns the notices and forgets them.
func (p *Progress) takeNotices() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	notices := p.notices
	p.notices = nil
	return notices
}
