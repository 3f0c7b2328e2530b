package widget

import (
	"charm.land/bubbles/v2/key"

	"telegent-setup/steps"
)

// The keys of the wizard. Each is declared once, with the words that the footer
// and the help show for it; Does gives it other words where it does something more
// exact.
var (
	KeyEnter    = bind("enter", "choose", "enter")
	KeyMove     = bind("↑↓", "move", "up", "down")
	KeyUp       = bind("↑", "up", "up", "ctrl+p")
	KeyDown     = bind("↓", "down", "down", "ctrl+n")
	KeyNext     = bind("tab", "next", "tab")
	KeyPrevious = bind("shift+tab", "previous", "shift+tab")
	KeyLeft     = bind("←", "left", "left")
	KeyRight    = bind("→", "right", "right")
	KeyChange   = bind("←→", "change", "left", "right")
	KeyFirst    = bind("home", "first", "home")
	KeyLast     = bind("end", "last", "end")
	KeyBack     = bind("esc", "back", "esc")
	KeyClose    = bind("esc", "close", "esc", "enter", "q")
	KeySend     = bind("ctrl+s", "send", "ctrl+s")
	KeyRequest  = bind("ctrl+r", "request", "ctrl+r")
	KeyTake     = bind("ctrl+e", "take it", "ctrl+e")
	KeyNewLine  = bind("alt+enter", "new line", "alt+enter", "ctrl+j")
	KeyPress    = bind("space", "press", "space")
	KeyErase    = bind("backspace", "erase", "backspace", "ctrl+h")
	KeyClear    = bind("ctrl+u", "empty it", "ctrl+u")
	KeyFilter   = bind("type", "filter", "/")
	KeyCopy     = bind("c", "copy", "c", "y")

	KeyPageUp       = bind("pgup", "a page up", "pgup")
	KeyPageDown     = bind("pgdn", "a page down", "pgdown")
	KeyPages        = bind("pgup pgdn", "page", "pgup", "pgdown")
	KeyPreviousPage = bind("ctrl+←", "previous page", "ctrl+left")
	KeyNextPage     = bind("ctrl+→", "next page", "ctrl+right")

	KeyOverview = bind("ctrl+o", "the eight steps", "ctrl+o")
	KeyHelp     = bind("F1", "help", "f1", "ctrl+g")
	KeyQuestion = bind("?", "help", "?")
	KeyPaste    = bind("ctrl+v", "paste", "ctrl+v")
	KeySuspend  = bind("ctrl+z", "to the shell, fg comes back", "ctrl+z")
	KeyQuit     = bind("ctrl+c", "quit", "ctrl+c")
)

func bind(name, does string, keys ...string) key.Binding {
	return key.NewBinding(key.WithKeys(keys...), key.WithHelp(name, does))
}

// Does is a key with other words for what it does.
func Does(b key.Binding, words string) key.Binding {
	b.SetHelp(b.Help().Key, words)
	return b
}

// KeyOf is the key that takes an option.
func KeyOf(o steps.Option) key.Binding { return bind(o.Key, LowerFirst(o.Label), o.Key) }

// Everywhere are the keys that work on every screen, for the help.
func Everywhere() []key.Binding {
	return []key.Binding{
		KeyOverview, bind("F1 ? ctrl+g", "this help (in a text field ? is text)"), KeyBack,
		bind("tab ↑ ↓", "from field to field, and on to the buttons; at both ends they go round"),
		Does(KeyChange, "from button to button, from choice to choice"),
		Does(KeyPages, "scroll"), KeyPaste, KeySuspend, Does(KeyQuit, "quit; everything typed is kept, but no secret"),
	}
}
