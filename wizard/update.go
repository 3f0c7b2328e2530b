package wizard

import (
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"telegent-setup/steps"
)

// Update implements tea.Model.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	cmd := m.handle(msg)
	m.frame = m.draw()
	return m, cmd
}

func (m *Model) handle(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.w, m.h = msg.Width, msg.Height
		m.top().follow = !m.top().read
	case tea.BackgroundColorMsg:
		m.unlit = false
		m.dress(msg.IsDark(), m.profile)
	case litMsg:
		m.unlit = false
	case tea.ColorProfileMsg:
		m.dress(m.dark, msg.Profile)
	case tea.KeyPressMsg, tea.PasteMsg:
		return m.input(msg)
	case clipboardMsg:
		m.pasting = false
		return tea.Batch(m.input(tea.PasteMsg{Content: msg.text}), m.drainQueue())
	case guardMsg:
		return m.guardFired(msg)
	case beatMsg:
		return m.beat(msg)
	case resultMsg:
		return m.land(msg)
	case draftedMsg:
		return m.broken(msg.err)
	case leaveMsg:
		return m.left(msg.err)
	case panicMsg:
		m.exit, m.err = steps.ExitBroken, fmt.Errorf("a fault of this program: %v\n%s", msg.value, msg.stack)
		return tea.Quit
	}
	return nil
}

// dress changes the styles in place, so that every screen wears them.
func (m *Model) dress(dark bool, profile colorprofile.Profile) {
	if dark == m.dark && profile == m.profile {
		return
	}
	m.dark, m.profile = dark, profile
	*m.st = *newStyles(dark, profile)
	m.version++
}

// longWait is how long a call is under way before it is waited for, and nothing
// is typed ahead any more.
const longWait = time.Second

// input takes a key or a paste: it waits while something is under way, and
// passes the guard of the screen.
func (m *Model) input(msg tea.Msg) tea.Cmd {
	if m.leaving {
		return nil
	}
	name := ""
	if k, ok := msg.(tea.KeyPressMsg); ok {
		name = k.String()
	}
	switch {
	case name == "ctrl+c":
		return m.interrupt()
	case name == "ctrl+z":
		return tea.Suspend
	case m.flight != nil && name == "esc":
		m.stop()
		return nil
	case m.flight != nil && time.Since(m.flight.begun) >= longWait:
		return nil // Keys mean nothing while this is seen; the next screen must be, too.
	case m.flight != nil || m.pasting:
		m.queue = append(m.queue, msg)
		return nil
	}
	pass, cmd := m.guard.filter(msg)
	m.rest()
	if !pass {
		return cmd
	}
	return m.deliver(msg, name)
}

// deliver hands a message to the screen, or to the keys that work on all.
func (m *Model) deliver(msg tea.Msg, name string) tea.Cmd {
	m.flash = ""
	top := m.top()
	letters := false
	if t, ok := top.screen.(typing); ok {
		letters = t.Typing()
	}
	_, listing := top.screen.(*results)
	switch {
	case name == "f1", name == "ctrl+g", name == "?" && !letters:
		return m.toggle("help", func() screen { return newHelp(m.scene, top.screen) })
	case name == "ctrl+o":
		return m.toggle(overviewName, func() screen { return newOverview(m.scene, top.Step()) })
	case name == "ctrl+v" && letters:
		m.pasting = true
		return readClipboard(m.clipboard)
	case name == "pgup" && !listing:
		m.scroll(-1)
		return nil
	case name == "pgdown" && !listing:
		m.scroll(1)
		return nil
	}
	top.follow = true
	act, cmd := top.Update(msg)
	return tea.Batch(cmd, m.apply(act))
}

// toggle opens a screen that is always at hand, or closes it.
func (m *Model) toggle(name string, open func() screen) tea.Cmd {
	if m.top().name == name {
		return m.back()
	}
	cmd := m.push(open())
	m.top().name = name
	return cmd
}

// scroll moves the page by most of a screen.
func (m *Model) scroll(by int) {
	m.top().follow = false
	m.top().offset += by * max(frameFor(m.w, m.h).bodyH-2, 1)
}

// drainQueue hands out the keys that waited, until something is under way again.
// They are dropped where the screen must start with an empty queue.
func (m *Model) drainQueue() tea.Cmd {
	var cmds []tea.Cmd
	for len(m.queue) > 0 && m.flight == nil && !m.pasting {
		if m.guard.on {
			m.queue = nil
			m.guard.dropped = m.guard.wait == quiet
			break
		}
		if _, ok := m.top().screen.(*results); ok {
			m.draw() // How far a page goes depends on what is in sight.
		}
		msg := m.queue[0]
		m.queue = m.queue[1:]
		cmds = append(cmds, m.input(msg))
	}
	m.rest()
	return tea.Batch(cmds...)
}

// guardFired handles a timer of the guard.
func (m *Model) guardFired(msg guardMsg) tea.Cmd {
	due := m.guard.fired(msg)
	m.rest()
	if due == nil {
		return nil
	}
	return m.deliver(due, due.(tea.KeyPressMsg).String())
}

// rest tells a guarded screen whether its keys are heard.
func (m *Model) rest() {
	if g, ok := m.top().screen.(guarded); ok && g.Guarded() {
		g.Rest(m.guard.on && (!m.guard.armed || m.guard.pressed != nil), m.guard.dropped)
	}
}

// beat moves the clock of the work screen, as long as its attempt runs.
func (m *Model) beat(msg beatMsg) tea.Cmd {
	w, ok := m.top().screen.(*work)
	if !ok || m.flight == nil || m.flight.attempt != msg.attempt {
		return nil
	}
	w.tick(time.Now(), m.progress.snapshot())
	return nextBeat(msg.attempt)
}

// stop cancels what is under way.
func (m *Model) stop() {
	m.flight.stopped = true
	m.queue = nil
	m.flight.cancel()
	if w, ok := m.top().screen.(*work); ok {
		w.stopping = true
	}
}

// interrupt is ctrl+c: it cancels the call first, and leaves when that is
// over; a second one leaves at once.
func (m *Model) interrupt() tea.Cmd {
	if m.flight == nil {
		return m.quit()
	}
	if m.flight.leaving {
		m.leaving, m.exit = true, steps.ExitStopped
		return tea.Quit
	}
	m.flight.leaving = true
	m.stop()
	return nil
}
