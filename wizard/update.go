package wizard

import (
	"fmt"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"telegent-setup/steps"
	"telegent-setup/wizard/frame"
	"telegent-setup/wizard/screen"
	"telegent-setup/wizard/terminal"
	"telegent-setup/wizard/widget"
)

// Update implements tea.Model.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	cmd := m.handle(msg)
	m.view = m.draw()
	return m, cmd
}

func (m *Model) handle(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.w, m.h = msg.Width, msg.Height
		m.top().scroll.Follow = !m.top().read
	case tea.BackgroundColorMsg:
		m.waiting = false
		m.setStyles(msg.IsDark(), m.profile)
	case terminal.WaitedMsg:
		m.waiting = false
	case tea.ColorProfileMsg:
		m.setStyles(m.dark, msg.Profile)
	case tea.KeyPressMsg, tea.PasteMsg:
		return m.input(msg)
	case clipboardMsg:
		m.pasting = false
		return tea.Batch(m.input(tea.PasteMsg{Content: msg.text}), m.drainQueue())
	case guardMsg:
		return m.guardFired(msg)
	case tickMsg:
		return m.ticked(msg)
	case repliedMsg:
		return m.replied(msg)
	case checkedMsg:
		return m.checked(msg)
	case reportedMsg:
		return m.reported(msg)
	case panicMsg:
		return m.broken(fmt.Errorf("a fault of this program: %v\n%s", msg.value, msg.stack))
	}
	return nil
}

// setStyles changes the styles in place, so that every screen wears them.
func (m *Model) setStyles(dark bool, profile colorprofile.Profile) {
	if dark == m.dark && profile == m.profile {
		return
	}
	m.dark, m.profile = dark, profile
	*m.frame.Styles = *widget.NewStyles(dark, profile)
}

// input takes a key or a paste: it waits while something is under way, and passes
// the guard of the screen.
func (m *Model) input(msg tea.Msg) tea.Cmd {
	k, _ := msg.(tea.KeyPressMsg)
	switch {
	case m.leaving:
		return nil
	case key.Matches(k, widget.KeyQuit):
		return m.interrupt()
	case key.Matches(k, widget.KeySuspend):
		return terminal.Suspend()
	case m.pending != nil && m.pending.watching && key.Matches(k, widget.KeyEnter, widget.KeyBack, widget.KeyPress):
		m.pending.cancel()
		return nil
	case m.pending != nil && m.pending.shown && key.Matches(k, widget.KeyBack):
		m.stop()
		return nil
	case m.pending != nil || m.pasting:
		m.queue = append(m.queue, msg)
		return nil
	}
	pass, cmd := m.guard.filter(msg)
	m.tellGuard()
	if !pass {
		return cmd
	}
	return m.deliver(msg)
}

// deliver hands a message to the screen, or to the keys that work on all.
func (m *Model) deliver(msg tea.Msg) tea.Cmd {
	m.notes = nil
	k, _ := msg.(tea.KeyPressMsg)
	top := m.top()
	t, ok := top.Screen.(screen.Typing)
	letters := ok && t.Typing()
	_, turning := top.Screen.(*screen.List)
	switch {
	case key.Matches(k, widget.KeyHelp), key.Matches(k, widget.KeyQuestion) && !letters:
		return m.toggle(helpName, func() { m.openHelp(top) })
	case key.Matches(k, widget.KeyOverview):
		return m.toggle(overviewName, func() { m.openOverview(m.flow.Overview()) })
	case key.Matches(k, widget.KeyPaste) && letters:
		m.pasting = true
		return readClipboard(m.clipboard)
	case key.Matches(k, widget.KeyPageUp) && !turning:
		m.scroll(-1)
		return nil
	case key.Matches(k, widget.KeyPageDown) && !turning:
		m.scroll(1)
		return nil
	}
	top.scroll.Follow = true
	return m.apply(top.Update(msg))
}

// apply carries out what a screen asks for.
func (m *Model) apply(e screen.Event) tea.Cmd {
	switch e := e.(type) {
	case screen.Taken:
		return m.take(e.Reply)
	case screen.Closed:
		return m.pop()
	case screen.Noted:
		m.notes = []string{e.Text}
	case screen.Copied:
		return m.copy(e.Text, e.What)
	case screen.Sampled:
		return m.look(e.Screen, true)
	case screen.Written:
		return m.saveReport(e.Report)
	}
	return nil
}

// toggle opens a screen that is always at hand, or closes it.
func (m *Model) toggle(name string, open func()) tea.Cmd {
	if m.top().name == name {
		return m.pop()
	}
	open()
	return nil
}

// openHelp lays the help over a screen.
func (m *Model) openHelp(over *entry) {
	e := m.push(screen.NewHelp(&m.context, over.Keys(), widget.Everywhere()))
	e.name, e.scroll.Follow, e.read = helpName, false, true
}

// scroll moves the page by most of a screen.
func (m *Model) scroll(by int) {
	s := &m.top().scroll
	s.Follow = false
	s.Offset += by * max(frame.LayoutFor(m.w, m.h, m.top().Screen).BodyH-2, 1)
}

// drainQueue hands out the keys that waited, until something is under way again.
// They are dropped where the screen must start with an empty queue.
func (m *Model) drainQueue() tea.Cmd {
	var cmds []tea.Cmd
	for len(m.queue) > 0 && m.pending == nil && !m.pasting {
		if m.guard.on {
			m.queue = nil
			m.guard.dropped = m.guard.wait == quiet
			break
		}
		if _, ok := m.top().Screen.(*screen.List); ok {
			m.draw() // How far a page goes depends on what is in sight.
		}
		msg := m.queue[0]
		m.queue = m.queue[1:]
		cmds = append(cmds, m.input(msg))
	}
	if len(m.queue) == 0 {
		m.unseen = false
	}
	m.tellGuard()
	return tea.Batch(cmds...)
}

// guardFired handles a timer of the guard.
func (m *Model) guardFired(msg guardMsg) tea.Cmd {
	due := m.guard.fired(msg)
	m.tellGuard()
	if due == nil {
		return nil
	}
	return m.deliver(due)
}

// edits are what was typed and would be lost with the screen.
func (m *Model) edits() steps.Answers {
	if e, ok := m.stack[0].Screen.(*screen.Form); ok {
		edits, _ := e.Edits()
		return edits
	}
	return nil
}
