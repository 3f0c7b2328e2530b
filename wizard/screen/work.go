package wizard

import (
	"net/url"
	"time"

	"charm.land/bubbles/v2/spinner"
	tea "charm.land/bubbletea/v2"

	"telegent-setup/steps"
)

// beat is how often the work screen looks at what the runner does.
const beat = 100 * time.Millisecond

// beatMsg is one beat of the work screen of an attempt.
type beatMsg struct{ attempt int }

func nextBeat(attempt int) tea.Cmd {
	return tea.Tick(beat, func(time.Time) tea.Msg { return beatMsg{attempt} })
}

// work is on the screen while a call is under way. It is the only one whose
// clock ticks.
type work struct {
	sc       *scene
	step     steps.Step
	doing    string // "Creating the account".
	started  time.Time
	now      time.Time
	beats    int
	activity activity
	stopping bool
}

func newWork(sc *scene, step steps.Step, doing string, now time.Time) *work {
	return &work{sc: sc, step: step, doing: doing, started: now, now: now}
}

// tick moves the clock on.
func (w *work) tick(now time.Time, a activity) {
	w.beats++
	w.now, w.activity = now, a
}

// Update implements screen: the root handles the keys of this one.
func (w *work) Update(tea.Msg) (action, tea.Cmd) { return nil, nil }

// View implements screen.
func (w *work) View(width, h int) page {
	st := w.sc.st
	lines := heading(st, w.sc.place(w.step), w.step.Title, width, h)
	frames := spinner.MiniDot.Frames
	doing := w.doing
	if w.stopping {
		doing = "Stopping"
	}
	if d := w.now.Sub(w.started); d >= time.Second {
		doing += " · " + seconds(d)
	}
	lines = append(lines, st.Accent.Render(frames[w.beats%len(frames)])+" "+st.Strong.Render(fit(doing, width-2)))
	lines = append(lines, "  "+st.Code.Render(fit(w.call(), width-2)), "")
	if text := w.waiting(); text != "" {
		lines = paragraph(lines, st.Warn, text, width)
	}
	return page{lines: paragraph(lines, st.Faint, w.stopNote(), width)}
}

// call names the call that is under way, on one line: nothing moves when the
// next one begins. The server is in the header.
func (w *work) call() string {
	c := w.activity.calling
	if c.URL == "" {
		return ""
	}
	text := c.Method + " " + c.URL
	if u, err := url.Parse(c.URL); err == nil {
		text = c.Method + " " + u.Path
	}
	if c.Try > 1 {
		text += " (try " + count(c.Try) + ")"
	}
	return text
}

// waiting says what is waited for, and counts down.
func (w *work) waiting() string {
	x := w.activity.waiting
	if x.Until.IsZero() {
		return ""
	}
	left := seconds(x.Until.Sub(w.now) + time.Second/2)
	switch x.Reason {
	case "rate limit":
		return "The service allows 50 requests a minute. Going on in " + left + "."
	case "pace":
		return "Keeping below 50 requests a minute. Going on in " + left + "."
	case "connection":
		return "No connection. Trying again in " + left + "."
	case "order":
		return "Telegent is working on the order. Asking again in " + left + "."
	}
	return "Waiting (" + x.Reason + "): " + left + "."
}

// stopNote says what stopping would mean.
func (w *work) stopNote() string {
	if w.doing == lookingUp {
		return "The ID is saved. Esc stops asking."
	}
	if !w.step.Creates || w.doing == signingIn {
		return "Esc stops: this call creates nothing."
	}
	switch {
	case w.activity.waiting.Reason == "order":
		return "The order is placed, and saved. Esc stops asking what became of it; asking again orders nothing twice."
	case !w.activity.waiting.Until.IsZero():
		return "Esc stops waiting: nothing has been created yet."
	}
	return "Esc stops waiting. The call may have gone through anyway; you will be asked about it then."
}

// Hints implements screen.
func (w *work) Hints() []hint { return []hint{{"esc", "stop waiting"}} }

// Title implements screen.
func (w *work) Title() string { return w.step.Title }

// Step implements screen.
func (w *work) Step() string { return w.step.ID }

const (
	signingIn = "Signing in"
	lookingUp = "Asking whether the service knows it"
)

// doing words what a step does while it does it.
func doing(step string) string {
	switch step {
	case steps.Authenticate:
		return signingIn
	case steps.Account:
		return "Creating the account"
	case steps.MessageRoute:
		return "Creating the message route"
	case steps.VoiceRoute:
		return "Creating the voice route"
	case steps.Availability:
		return "Looking for available numbers"
	case steps.Provision:
		return "Ordering the number"
	case steps.Subscriber:
		return "Creating the subscriber"
	}
	return "Sending the test message"
}
