package widget

import (
	"charm.land/bubbles/v2/key"

	"telegent-setup/steps"
)

// The keys of the wizard. Each is declared once, with the words that the footer
// and the help show for it; Does gives it other words where it does something more
// exact.
var (
	KeyEnter    = Bind("enter", "choose", "enter")
	KeyMove     = Bind("↑↓", "move", "up", "down")
	KeyUp       = Bind("↑", "up", "up", "ctrl+p")
	KeyDown     = Bind("↓", "down", "down", "ctrl+n")
	KeyNext     = Bind("tab", "next", "tab")
	KeyPrevious = Bind("shift+tab", "previous", "shift+tab")
	KeyLeft     = Bind("←", "left", "left")
	KeyRight    = Bind("→", "right", "right")
	KeyChange   = Bind("←→", "change", "left", "right")
	KeyFirst    = Bind("home", "first", "home")
	KeyLast     = Bind("end", "last", "end")
	KeyBack     = Bind("esc", "back", "esc")
	KeyClose    = Bind("esc", "close", "esc", "enter", "q")
	KeySend     = Bind("ctrl+s", "send", "ctrl+s")
	KeyRequest  = Bind("ctrl+r", "request", "ctrl+r")
	KeyTake     = Bind("ctrl+e", "take it", "ctrl+e")
	KeyNewLine  = Bind("alt+enter", "new line", "alt+enter", "ctrl+j")
	KeyPress    = Bind("space", "press", "space")
	KeyErase    = Bind("backspace", "erase", "backspace", "ctrl+h")
	KeyClear    = Bind("ctrl+u", "empty it", "ctrl+u")
	KeyFilter   = Bind("type", "filter", "/")
	KeyCopy     = Bind("c", "copy", "c", "y")

	KeyPageUp       = Bind("pgup", "a page up", "pgup")
	KeyPageDown     = Bind("pgdn", "a page down", "pgdown")
	KeyPages        = Bind("pgup pgdn", "page", "pgup", "pgdown")
	KeyPreviousPage = Bind("ctrl+←", "previous page", "ctrl+left")
	KeyNextPage     = Bind("ctrl+→", "next page", "ctrl+right")

	KeyOverview = Bind("ctrl+o", "the eight steps", "ctrl+o")
	KeyHelp     = Bind("F1", "help", "f1", "ctrl+g")
	KeyQuestion = Bind("?", "help", "?")
	KeyPaste    = Bind("ctrl+v", "paste", "ctrl+v")
	KeySuspend  = Bind("ctrl+z", "to the shell, fg comes back", "ctrl+z")
	KeyQuit     = Bind("ctrl+c", "quit", "ctrl+c")
)

// Bind declares a key: its name, what it does, and what the terminal sends for it.
func Bind(name, does string, keys ...string) key.Binding {
	return key.NewBinding(key.WithKeys(keys...), key.WithHelp(name, does))
}

// Does is a key with other words for what it does.
func Does(b key.Binding, words string) key.Binding {
	b.SetHelp(b.Help().Key, words)
	return b
}

// KeyOf is the key that takes an option.
func KeyOf(o steps.Option) key.Binding { return Bind(o.Key, LowerFirst(o.Label), o.Key) }

// Everywhere are the keys that work on every screen, for the help.
func Everywhere() []key.Binding {
	return []key.Binding{
		KeyOverview, Bind("F1 ? ctrl+g", "this help (in a text field ? is text)"), KeyBack,
		Bind("tab ↑ ↓", "from field to field, and on to the buttons; at both ends they go round"),
		Does(KeyChange, "from button to button, from choice to choice"),
		Does(KeyPages, "scroll"), KeyPaste, KeySuspend, Does(KeyQuit, "quit; everything typed is kept, but no secret"),
	}
}
