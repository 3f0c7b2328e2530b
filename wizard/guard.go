package wizard

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// How long no key may have come before a guarded screen hears one, and how
// long its Enter waits for the next one: a held-down key repeats sooner than
// that, a person does not.
const (
	quiet = 200 * time.Millisecond
	grace = 90 * time.Millisecond
)

// afterInvalid is how long a form that was refused ignores keys that were typed
// ahead for the screen behind it. They are in the terminal already, so that
// this can be shorter than any person.
const afterInvalid = 30 * time.Millisecond

// guard keeps keys that were typed ahead, or that are held down, from
// answering a question that nobody has read yet. It hears nothing until the
// screen has been drawn and no key has come for a moment, and it takes Enter
// only when no other key comes right behind it.
type guard struct {
	on      bool
	seq     int // Tells the timer that counts from those that were overtaken.
	wait    time.Duration
	armed   bool
	dropped bool
	pressed *tea.KeyPressMsg
}

// guardMsg says that a timer of the guard has run out.
type guardMsg struct{ seq int }

// start begins to guard: keys are heard after wait without one.
func (g *guard) start(wait time.Duration) tea.Cmd {
	*g = guard{on: true, seq: g.seq, wait: wait}
	return g.restart()
}

// asks says whether a question is guarded, and not a form that was refused.
func (g *guard) asks() bool { return g.wait == quiet }

func (g *guard) stop() { *g = guard{seq: g.seq + 1} }

// restart starts the wait anew.
func (g *guard) restart() tea.Cmd {
	g.armed, g.pressed = false, nil
	return g.after(g.wait)
}

func (g *guard) after(d time.Duration) tea.Cmd {
	g.seq++
	seq := g.seq
	return tea.Tick(d, func(time.Time) tea.Msg { return guardMsg{seq} })
}

// filter takes a message on its way to the screen: it lets it pass, or keeps it
// and returns what has to run.
func (g *guard) filter(msg tea.Msg) (pass bool, cmd tea.Cmd) {
	switch {
	case !g.on:
		return true, nil
	case !g.armed || g.pressed != nil:
		g.dropped = true
		return false, g.restart()
	}
	if k, ok := msg.(tea.KeyPressMsg); ok && g.asks() && k.String() == "enter" {
		g.pressed = &k
		return false, g.after(grace)
	}
	g.dropped = false
	return true, nil
}

// fired handles a timer: it returns the Enter that is due now, if one is.
func (g *guard) fired(msg guardMsg) (due tea.Msg) {
	if !g.on || msg.seq != g.seq {
		return nil
	}
	if g.pressed != nil {
		due = *g.pressed
		g.pressed = nil
		return due
	}
	g.armed = true
	if !g.asks() {
		g.stop()
	}
	return nil
}
