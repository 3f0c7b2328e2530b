package terminal

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// Suspend stops the program until its shell continues it. Where no shell could, as
// in a terminal that runs nothing else, the kernel does not stop it, and the library
// would wait to be continued for ever: the program then continues itself.
func Suspend() tea.Cmd { return tea.Batch(tea.Suspend, continueItself) }

// continueItself does so again and again, for the library needs a while to give the
// terminal back. In a program that is stopped no time passes here.
func continueItself() tea.Msg {
	for range 10 {
		time.Sleep(250 * time.Millisecond)
		continueProcess()
	}
	return nil
}
