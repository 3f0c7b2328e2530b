// Package recording shows recorded runs on the screens of the wizard, read-only: the
// prompts that the person saw, and the calls behind them. Nothing is sent, and no
// file is touched.
//
// It may import the other rooms of the wizard, steps, steps/report, state and api.
package recording

import (
	"fmt"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"telegent-setup/steps"
	"telegent-setup/steps/report"
	"telegent-setup/wizard/display"
	"telegent-setup/wizard/screen"
	"telegent-setup/wizard/terminal"
	"telegent-setup/wizard/widget"
)

// Player is a tea.Model that walks along the recorded runs of a report.
type Player struct {
	*display.Display // The list of the runs or a stop, and what is laid over it.

	report    report.Report
	recording *report.Recording // Nil until a run is watched.
	at        int               // Of its stops.
	prompt    steps.Prompt
}

// New makes a player of a report: at the first stop of a run, from 1, or for 0 at the
// list of the runs, where there are several.
func New(from report.Report, run int, t terminal.Terminal) (*Player, error) {
	p := &Player{Display: display.New(t), report: from}
	if run == 0 && len(from.Runs) > 1 {
		p.Badge = "REPLAY"
		p.Context.Facts = steps.Facts{Edition: from.Edition, BaseURL: from.BaseURL, Sandbox: from.State.Sandbox}
		p.Push(newRuns(p.Context.Styles, from)).FromTop()
		return p, nil
	}
	return p, p.watch(max(run, 1))
}

// watch goes to the first stop of a run, from 1.
func (p *Player) watch(run int) error {
	x, err := p.report.Recording(run)
	if err != nil {
		return err
	}
	p.recording = x
	p.goTo(0)
	return nil
}

// other watches the run before or after this one, if there is one.
func (p *Player) other(by int) {
	if p.watch(p.recording.Number+by) != nil {
		p.Warn("There is no other run there.")
	}
}

// nextFailure goes to the next outcome that is a failure; behind the last one to the
// first.
func (p *Player) nextFailure() {
	stops := len(p.recording.Stops)
	for i := range stops {
		at := (p.at + 1 + i) % stops
		s := p.recording.Stops[at]
		if s.Kind == report.AtOutcome && p.recording.Moments[s.Moment].Failure != nil {
			p.goTo(at)
			return
		}
	}
	p.Warn("Nothing failed in this run.")
}

// The keys of a replay.
var (
	keyNext     = widget.Bind("→", "next", "right", "enter", "space", "l")
	keyPrevious = widget.Bind("←", "previous", "left", "backspace", "p", "h")
	keyFirst    = widget.Bind("home", "first", "home", "g")
	keyLast     = widget.Bind("end", "last", "end", "G")
	keyFailure  = widget.Bind("n", "next failure", "n")
	keyRuns     = widget.Bind("[ ]", "other runs", "[", "]")
	keyCalls    = widget.Bind("r", "request and answer", "r")
	keyQuit     = widget.Bind("q", "quit", "q", "esc", "ctrl+c", "ctrl+d")
	keyClose    = widget.Bind("enter", "close", "esc", "enter", "r", "q", "?", "f1", "ctrl+g", "left", "backspace")
	keyUp       = widget.Bind("↑", "scroll", "up")
	keyDown     = widget.Bind("↓", "scroll", "down")
)

// goTo goes to a stop, and stays between the first and the last.
func (p *Player) goTo(at int) {
	p.at = max(min(at, len(p.recording.Stops)-1), 0)
	s := p.recording.Stops[p.at]
	p.prompt, p.Context.Facts = p.recording.Prompt(s)
	p.Notes = p.prompt.Notes
	p.Badge = fmt.Sprintf("REPLAY %d of %d", p.at+1, len(p.recording.Stops))
	p.Stack = nil
	p.Push(&readOnly{Screen: p.screenAt(s), player: p, call: p.lastCall(s)}).FromTop()
}

// keys are the keys that do something at this stop.
func (p *Player) keys() []key.Binding {
	var keys []key.Binding
	if p.at < len(p.recording.Stops)-1 {
		keys = append(keys, keyNext)
	}
	if p.at > 0 {
		keys = append(keys, keyPrevious)
	}
	if len(p.calls(p.recording.Stops[p.at])) > 0 {
		keys = append(keys, keyCalls)
	}
	if len(p.report.Runs) > 1 {
		keys = append(keys, keyRuns)
	}
	return append(keys, keyFailure, keyFirst, keyLast, keyQuit)
}

// Update implements tea.Model.
func (p *Player) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	p.Adapt(msg)
	var cmd tea.Cmd
	if k, ok := msg.(tea.KeyPressMsg); ok {
		cmd = p.press(k)
	}
	p.Draw(false) // The progress is that of another machine.
	return p, cmd
}

func (p *Player) press(k tea.KeyPressMsg) tea.Cmd {
	p.Notes = p.prompt.Notes
	if len(p.Stack) > 1 {
		return p.pressOver(k)
	}
	if list, ok := p.Top().Screen.(*runs); ok {
		return p.pressInRuns(list, k)
	}
	calls := p.calls(p.recording.Stops[p.at])
	switch {
	case key.Matches(k, keyNext):
		p.goTo(p.at + 1)
	case key.Matches(k, keyPrevious):
		p.goTo(p.at - 1)
	case key.Matches(k, keyFirst):
		p.goTo(0)
	case key.Matches(k, keyLast):
		p.goTo(len(p.recording.Stops) - 1)
	case key.Matches(k, keyFailure):
		p.nextFailure()
	case k.String() == "[":
		p.other(-1)
	case k.String() == "]":
		p.other(1)
	case key.Matches(k, keyCalls) && len(calls) == 0:
		p.Warn("There is no call at this stop.")
	case key.Matches(k, keyCalls):
		p.Push(p.allCalls(calls)).FromTop()
	case key.Matches(k, widget.KeyHelp, widget.KeyQuestion):
		p.help([]key.Binding{keyNext, keyPrevious, keyFailure, keyRuns, keyCalls, keyFirst, keyLast, keyUp, keyDown, widget.Does(widget.KeyPages, "scroll"), keyQuit})
	default:
		return p.move(k)
	}
	return nil
}

func (p *Player) help(keys []key.Binding) { p.Push(screen.NewHelp(&p.Context, nil, keys)).FromTop() }

// pressInRuns handles a key in the list of the runs.
func (p *Player) pressInRuns(list *runs, k tea.KeyPressMsg) tea.Cmd {
	if list.list.Update(k) {
		return nil
	}
	switch run, under := list.list.Row(); {
	case under && key.Matches(k, widget.KeyEnter):
		if err := p.watch(run + 1); err != nil {
			p.Warn(widget.UpperFirst(err.Error()) + ".")
		}
	case key.Matches(k, widget.KeyBack, widget.KeyQuit):
		return tea.Quit
	case key.Matches(k, widget.KeyHelp):
		p.help(list.Keys())
	}
	return nil
}

// pressOver handles a key on a screen above the stop.
func (p *Player) pressOver(k tea.KeyPressMsg) tea.Cmd {
	if key.Matches(k, keyClose) {
		p.Pop()
		return nil
	}
	if c, ok := p.Top().Update(k).(screen.Copied); ok {
		return p.Copy(c.Text, c.What)
	}
	return p.move(k)
}

// move handles the keys that work everywhere.
func (p *Player) move(k tea.KeyPressMsg) tea.Cmd {
	switch {
	case key.Matches(k, keyQuit):
		return tea.Quit
	case key.Matches(k, widget.KeySuspend):
		return terminal.Suspend()
	case key.Matches(k, widget.KeyPageUp):
		p.Turn(-1)
	case key.Matches(k, widget.KeyPageDown):
		p.Turn(1)
	case key.Matches(k, keyUp):
		p.Scroll(-1)
	case key.Matches(k, keyDown):
		p.Scroll(1)
	}
	return nil
}
