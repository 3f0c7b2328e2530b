package recording

import (
	"fmt"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"telegent-setup/api/text"
	"telegent-setup/steps"
	"telegent-setup/steps/report"
	"telegent-setup/wizard/frame"
	"telegent-setup/wizard/screen"
	"telegent-setup/wizard/terminal"
	"telegent-setup/wizard/widget"
)

// Player is a tea.Model that walks along the recorded runs of a report.
type Player struct {
	Clock terminal.Clock

	report    report.Report
	runs      *runs // Is seen first, where no run was named; nil once one is watched.
	recording *report.Recording
	at        int // Of its stops.

	w, h    int
	dark    bool
	profile colorprofile.Profile
	ascii   bool
	waiting bool // For the terminal to tell its background.

	frame   frame.Frame
	context screen.Context
	prompt  steps.Prompt
	stop    screen.Screen
	over    screen.Screen // Is laid over it; may be nil.
	scroll  [2]frame.Scroll
	note    string

	view tea.View
}

// New makes a player of a report: at the first stop of a run, from 1, or for 0 at the
// list of the runs.
func New(from report.Report, run int, t terminal.Terminal) (*Player, error) {
	dark := terminal.DarkAtFirst(t.Getenv)
	styles := widget.NewStyles(dark, colorprofile.TrueColor)
	p := &Player{
		report: from, dark: dark, profile: colorprofile.TrueColor, ascii: text.ASCIIOnly(t.Getenv), waiting: true,
		frame:   frame.Frame{Styles: styles},
		context: screen.Context{Styles: styles, Preview: func(string, steps.Answers) string { return "" }},
	}
	if run == 0 && len(from.Runs) > 1 {
		p.runs = newRuns(styles, from)
		p.frame.Badge = "REPLAY"
		p.frame.Facts = steps.Facts{Edition: from.Edition, BaseURL: from.BaseURL, Sandbox: from.State.Sandbox}
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
	p.runs, p.recording = nil, x
	p.goTo(0)
	return nil
}

// other watches the run before or after this one, if there is one.
func (p *Player) other(by int) {
	if p.watch(p.recording.Number+by) != nil {
		p.note = "! There is no other run there."
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
	p.note = "! Nothing failed in this run."
}

// The keys of a replay.
var (
	keyNext     = bind("→", "next", "right", "enter", "space", "l")
	keyPrevious = bind("←", "previous", "left", "backspace", "p", "h")
	keyFirst    = bind("home", "first", "home", "g")
	keyLast     = bind("end", "last", "end", "G")
	keyFailure  = bind("n", "next failure", "n")
	keyRuns     = bind("[ ]", "other runs", "[", "]")
	keyCalls    = bind("r", "request and answer", "r")
	keyQuit     = bind("q", "quit", "q", "esc", "ctrl+c", "ctrl+d")
	keyClose    = bind("enter", "close", "esc", "enter", "r", "q", "?", "f1", "ctrl+g", "left", "backspace")
	keyUp       = bind("↑", "scroll", "up")
	keyDown     = bind("↓", "scroll", "down")
)

func bind(name, does string, keys ...string) key.Binding {
	return key.NewBinding(key.WithKeys(keys...), key.WithHelp(name, does))
}

// goTo goes to a stop, and stays between the first and the last.
func (p *Player) goTo(at int) {
	p.at = max(min(at, len(p.recording.Stops)-1), 0)
	s := p.recording.Stops[p.at]
	prompt, facts := p.recording.Prompt(s)
	p.prompt, p.context.Facts, p.frame.Facts = prompt, facts, facts
	p.frame.Badge = fmt.Sprintf("REPLAY %d of %d", p.at+1, len(p.recording.Stops))
	p.stop = &readOnly{Screen: p.screenAt(s), styles: p.frame.Styles, call: p.lastCall(s), keys: p.keys(), narrow: p.narrow}
	p.over, p.scroll = nil, [2]frame.Scroll{}
}

// narrow says whether there is no room beside the screen.
func (p *Player) narrow() bool { return frame.LayoutFor(p.w, p.h, p.stop).Aside == 0 }

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

// Init implements tea.Model.
func (p *Player) Init() tea.Cmd { return terminal.AskBackground() }

// View implements tea.Model.
func (p *Player) View() tea.View {
	p.Clock.Made()
	return p.view
}

// Update implements tea.Model.
func (p *Player) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	var cmd tea.Cmd
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		p.w, p.h = msg.Width, msg.Height
	case tea.BackgroundColorMsg:
		p.waiting = false
		p.setStyles(msg.IsDark(), p.profile)
	case terminal.WaitedMsg:
		p.waiting = false
	case tea.ColorProfileMsg:
		p.setStyles(p.dark, msg.Profile)
	case tea.KeyPressMsg:
		cmd = p.press(msg)
	}
	p.view = p.draw()
	return p, cmd
}

func (p *Player) setStyles(dark bool, profile colorprofile.Profile) {
	p.dark, p.profile = dark, profile
	*p.frame.Styles = *widget.NewStyles(dark, profile)
}

func (p *Player) press(k tea.KeyPressMsg) tea.Cmd {
	p.note = ""
	switch {
	case p.over != nil:
		return p.pressOver(k)
	case p.runs != nil:
		return p.pressInRuns(k)
	}
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
	case key.Matches(k, keyCalls) && len(p.calls(p.recording.Stops[p.at])) == 0:
		p.note = "! There is no call at this stop."
	case key.Matches(k, keyCalls):
		p.lay(p.allCalls(p.recording.Stops[p.at]))
	case key.Matches(k, widget.KeyHelp, widget.KeyQuestion):
		all := []key.Binding{keyNext, keyPrevious, keyFailure, keyRuns, keyCalls, keyFirst, keyLast, keyUp, keyDown, widget.Does(widget.KeyPages, "scroll"), keyQuit}
		p.lay(screen.NewHelp(&p.context, nil, all))
	default:
		return p.move(k)
	}
	return nil
}

// lay lays a screen over the stop.
func (p *Player) lay(s screen.Screen) { p.over, p.scroll[1] = s, frame.Scroll{} }

// pressInRuns handles a key in the list of the runs.
func (p *Player) pressInRuns(k tea.KeyPressMsg) tea.Cmd {
	switch e := p.runs.Update(k).(type) {
	case chosen:
		if err := p.watch(e.run); err != nil {
			p.note = "! " + widget.UpperFirst(err.Error()) + "."
		}
	case screen.Closed:
		return tea.Quit
	}
	switch {
	case key.Matches(k, widget.KeyQuit):
		return tea.Quit
	case key.Matches(k, widget.KeyHelp):
		p.lay(screen.NewHelp(&p.context, nil, p.runs.Keys()))
	}
	return nil
}

// pressOver handles a key on a screen above the stop.
func (p *Player) pressOver(k tea.KeyPressMsg) tea.Cmd {
	if key.Matches(k, keyClose) {
		p.over = nil
		return nil
	}
	if c, ok := p.over.Update(k).(screen.Copied); ok {
		p.note = c.What + " went to the clipboard, if this terminal allows it."
		return tea.SetClipboard(c.Text)
	}
	return p.move(k)
}

// move handles the keys that work everywhere.
func (p *Player) move(k tea.KeyPressMsg) tea.Cmd {
	_, scroll := p.top()
	page := max(frame.LayoutFor(p.w, p.h, p.stop).BodyH-2, 1)
	switch {
	case key.Matches(k, keyQuit):
		return tea.Quit
	case key.Matches(k, widget.KeySuspend):
		return terminal.Suspend()
	case key.Matches(k, widget.KeyPageUp):
		scroll.Offset -= page
	case key.Matches(k, widget.KeyPageDown):
		scroll.Offset += page
	case key.Matches(k, keyUp):
		scroll.Offset--
	case key.Matches(k, keyDown):
		scroll.Offset++
	}
	return nil
}

// top is the screen that is seen, and where it is scrolled to.
func (p *Player) top() (screen.Screen, *frame.Scroll) {
	switch {
	case p.over != nil:
		return p.over, &p.scroll[1]
	case p.runs != nil:
		return p.runs, &p.scroll[0]
	}
	return p.stop, &p.scroll[0]
}

// draw makes the frame of this moment. It shows no progress in the terminal's own
// way: that is another machine's.
func (p *Player) draw() tea.View {
	top, scroll := p.top()
	v := tea.View{AltScreen: true, WindowTitle: p.frame.WindowTitle(top.Title())}
	if p.w == 0 || p.h == 0 || p.waiting {
		return v
	}
	notes := p.prompt.Notes
	if p.note != "" {
		notes = []string{p.note}
	}
	v.Content = p.frame.Draw(p.w, p.h, top, notes, scroll)
	if p.ascii {
		v.Content, v.WindowTitle = terminal.ToASCII(v.Content), terminal.ToASCII(v.WindowTitle)
	}
	return v
}
