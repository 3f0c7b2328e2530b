package wizard

import (
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"telegent-setup/api"
	"telegent-setup/steps"
	"telegent-setup/wizard/display"
	"telegent-setup/wizard/screen"
	"telegent-setup/wizard/terminal"
	"telegent-setup/wizard/widget"
)

// Update implements tea.Model.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	m.Adapt(msg)
	cmd := m.handle(msg)
	m.tellGuard()
	if m.leaving && m.err == nil {
		m.Blank()
	} else {
		m.Draw(true)
	}
	return m, cmd
}

func (m *Model) handle(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg, tea.PasteMsg:
		return m.input(msg)
	case clipboardMsg:
		m.pasting = false
		return tea.Batch(m.input(tea.PasteMsg{Content: msg.text}), m.drainQueue())
	case guardMsg:
		if due := m.guard.fired(msg); due != nil {
			return m.deliver(due)
		}
	case tickMsg:
		return m.ticked(msg)
	case endedMsg:
		return m.ended(msg)
	}
	return nil
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
	if pass, cmd := m.guard.filter(msg); !pass {
		return cmd
	}
	return m.deliver(msg)
}

// deliver hands a message to the screen, or to the keys that work on all.
func (m *Model) deliver(msg tea.Msg) tea.Cmd {
	m.Notes = nil
	k, _ := msg.(tea.KeyPressMsg)
	top := m.Top()
	t, ok := top.Screen.(screen.Typing)
	letters := ok && t.Typing()
	_, turning := top.Screen.(*screen.List) // It turns its pages itself.
	switch {
	case key.Matches(k, widget.KeyHelp), key.Matches(k, widget.KeyQuestion) && !letters:
		return m.toggle("help", func() *display.Entry {
			return m.lay(screen.NewHelp(&m.Context, top.Keys(), widget.Everywhere())).FromTop()
		})
	case key.Matches(k, widget.KeyOverview):
		return m.toggle(overviewName, func() *display.Entry {
			return m.lay(screen.NewOverview(&m.Context, m.flow.Overview()))
		})
	case key.Matches(k, widget.KeyPaste) && letters:
		m.pasting = true
		return readClipboard(m.clipboard)
	case key.Matches(k, widget.KeyPageUp) && !turning:
		m.Turn(-1)
		return nil
	case key.Matches(k, widget.KeyPageDown) && !turning:
		m.Turn(1)
		return nil
	}
	m.Follow()
	return m.apply(top.Update(msg))
}

// apply carries out what a screen asks for.
func (m *Model) apply(e screen.Event) tea.Cmd {
	switch e := e.(type) {
	case screen.Taken:
		return m.take(e.Reply)
	case screen.Closed:
		return m.close()
	case screen.Refused:
		m.Warn(e.Text)
	case screen.Copied:
		return m.Copy(e.Text, e.What)
	case screen.Sampled:
		return m.look(e.Screen, true)
	case screen.Written:
		return m.saveReport(e.Screen)
	}
	return nil
}

// toggle lays a screen that is always at hand over the others, or closes it.
func (m *Model) toggle(name string, open func() *display.Entry) tea.Cmd {
	if m.Top().Name == name {
		return m.close()
	}
	open().Name = name
	return nil
}

// drainQueue hands out the keys that waited, until something is under way again.
// They are dropped where the screen must start with an empty queue.
func (m *Model) drainQueue() tea.Cmd {
	var cmds []tea.Cmd
	for len(m.queue) > 0 && m.pending == nil && !m.pasting {
		if m.guard.on {
			m.queue = nil
			m.guard.dropped = m.guard.asks()
			break
		}
		if _, ok := m.Top().Screen.(*screen.List); ok {
			m.Draw(true) // How far a page goes depends on what is in sight.
		}
		msg := m.queue[0]
		m.queue = m.queue[1:]
		cmds = append(cmds, m.input(msg))
	}
	if len(m.queue) == 0 {
		m.unseen = false
	}
	return tea.Batch(cmds...)
}

// edits are what was typed and would be lost with the screen.
func (m *Model) edits() (steps.Answers, map[string]api.Secret) {
	if e, ok := m.Stack[0].Screen.(*screen.Form); ok {
		return e.Edits()
	}
	return nil, nil
}

// clipboardMsg is what the clipboard of this machine held, for ctrl+v.
type clipboardMsg struct{ text string }

// readClipboard is ctrl+v where the terminal leaves that key to programs. A
// machine without a clipboard, or with one that does not answer, has nothing to
// paste.
func readClipboard(read func() (string, error)) tea.Cmd {
	return func() tea.Msg {
		got := make(chan clipboardMsg, 1)
		go func() {
			text, err := read()
			if err != nil {
				text = ""
			}
			got <- clipboardMsg{text}
		}()
		select {
		case msg := <-got:
			return msg
		case <-time.After(time.Second):
			return clipboardMsg{}
		}
	}
}
