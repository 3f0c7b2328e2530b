package terminal

import (
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// awaitBackground is how long the first frame waits for the terminal to tell its
// background, so that it need not be drawn twice: a terminal of this machine answers
// in less, and one that never does is not waited for.
const awaitBackground = 8 * time.Millisecond

// WaitedMsg says that the terminal has had its time to tell its background.
type WaitedMsg struct{}

// AskBackground asks for the background, and says when the time to answer is over.
func AskBackground() tea.Cmd {
	return tea.Batch(tea.RequestBackgroundColor, tea.Tick(awaitBackground, func(time.Time) tea.Msg { return WaitedMsg{} }))
}

// DarkAtFirst is what is taken for the background until the terminal tells:
// COLORFGBG, "15;0", where a terminal sets it, else dark.
func DarkAtFirst(getenv func(string) string) bool {
	all := strings.Split(getenv("COLORFGBG"), ";")
	background, err := strconv.Atoi(all[len(all)-1])
	return err != nil || background < 7 || background == 8
}

// WarmUp has the table of widths made, which the first character beyond ASCII
// asks for, while the renderer still waits for the time of its first frame.
func WarmUp() tea.Msg {
	ansi.StringWidthWc("│")
	return nil
}
