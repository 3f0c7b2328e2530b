package wizard

import (
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
)

// glance is how long the first frame waits for the terminal to tell its
// background, so that it need not be drawn twice: a terminal of this machine
// answers in less, and one that never does is not waited for.
const glance = 8 * time.Millisecond

// light asks for the background, and says when the time to answer is over.
func light() tea.Cmd {
	return tea.Batch(tea.RequestBackgroundColor, tea.Tick(glance, func(time.Time) tea.Msg { return litMsg{} }))
}

// darkAtFirst is what is taken for the background until the terminal tells:
// COLORFGBG, "15;0", where a terminal sets it, else dark.
func darkAtFirst(getenv func(string) string) bool {
	all := strings.Split(getenv("COLORFGBG"), ";")
	background, err := strconv.Atoi(all[len(all)-1])
	return err != nil || background < 7 || background == 8
}
