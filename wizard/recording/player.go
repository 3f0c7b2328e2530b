package wizard

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"telegent-setup/api"
	"telegent-setup/steps"
	"telegent-setup/steps/report"
)

// ReplayOptions are what a replay needs.
type ReplayOptions struct {
	Report report.Report
	Run    int // Which run of the report, from 1.
	// Input and Output are the terminal; the default is standard input and
	// output.
	Input  io.Reader
	Output io.Writer
	// Environ is the environment, as os.Environ gives it, which is the default.
	Environ []string
}

// Replay walks through a recorded run on the screens that were seen then, with
// the calls behind them. It sends nothing and touches no file. It returns 0
// however far the person went, since looking is all that was asked for, 130 when
// ctx was cancelled, and 1 with an error.
func Replay(ctx context.Context, o ReplayOptions) (int, error) {
	if o.Environ == nil {
		o.Environ = os.Environ()
	}
	if o.Output == nil {
		o.Output = os.Stdout
	}
	p, err := newPlayer(o)
	if err != nil {
		return steps.ExitBroken, err
	}
	err = show(ctx, p, p.Model, Options{Input: o.Input, Output: o.Output, Environ: o.Environ})
	switch {
	case err == nil:
		return steps.ExitDone, nil
	case ctx.Err() != nil && !errors.Is(err, tea.ErrProgramPanic):
		return steps.ExitSignalled, nil
	}
	return steps.ExitBroken, err
}

// player is the wizard over a tape instead of a runner: it draws the same
// screens, and no key reaches them.
type player struct {
	*Model
	tape   *tape
	client *api.Client // Which reaches nothing.
	base   string
	at     int // Of the tape's stops.
}

// unplugged is the way to a service that there is none of.
type unplugged struct{}

// RoundTrip implements http.RoundTripper.
func (unplugged) RoundTrip(*http.Request) (*http.Response, error) {
	return nil, errors.New("a replay sends nothing")
}

func newPlayer(o ReplayOptions) (*player, error) {
	if o.Run < 1 || o.Run > len(o.Report.Runs) {
		return nil, fmt.Errorf("replay: there is no run %d", o.Run)
	}
	t := newTape(o.Report, o.Run)
	base := t.file(0).BaseURL
	u, err := api.ParseBaseURL(base)
	if err != nil {
		if u, err = api.ParseBaseURL(steps.DefaultBaseURL); err != nil {
			return nil, err
		}
	}
	env := lookup(o.Environ)
	dark := darkAtFirst(env)
	m := &Model{
		scene: &scene{
			st: newStyles(dark, colorprofile.TrueColor), getenv: func(string) string { return "" },
			export: "telegent-setup export", path: "the customer’s own", typed: map[string]bool{},
		},
		dark: dark, profile: colorprofile.TrueColor, ascii: asciiOnly(env),
	}
	p := &player{Model: m, tape: t, base: base, client: api.New(api.Options{BaseURL: u, Transport: unplugged{}})}
	p.stop(0)
	return p, nil
}

// stop goes to a stop of the tape, and stays between the first and the last.
func (p *player) stop(at int) {
	p.at = max(min(at, len(p.tape.stops)-1), 0)
	s := p.tape.stops[p.at]
	before := s.moment
	if s.kind == atOutcome {
		before++
	}
	p.runner = steps.New(steps.Config{Client: p.client, File: p.tape.file(before)})
	p.drafts, p.badge = nil, fmt.Sprintf("REPLAY %d of %d", p.at+1, len(p.tape.stops))
	p.refresh()
	p.host, p.signedIn = api.Cut(host(p.base), longValue), p.tape.signedIn(before)
	f := &frozen{screen: p.tape.screenAt(p.scene, s), player: p}
	if s.kind == atForm || s.kind == atOutcome {
		f.moment = &p.tape.moments[s.moment]
		f.form = s.kind == atForm
	}
	p.stack = []*layer{{screen: f, read: true}}
}

// Init implements tea.Model.
func (p *player) Init() tea.Cmd { return light() }

// Update implements tea.Model.
func (p *player) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	var cmd tea.Cmd
	switch msg := msg.(type) {
	case tea.WindowSizeMsg, tea.BackgroundColorMsg, tea.ColorProfileMsg, litMsg:
		cmd = p.handle(msg)
	case tea.KeyPressMsg:
		cmd = p.press(msg.String())
	}
	p.frame = p.draw()
	p.frame.ProgressBar = nil // It is another machine's progress.
	return p, cmd
}

func (p *player) press(key string) tea.Cmd {
	p.flash = ""
	if _, ok := p.top().screen.(*frozen); !ok {
		return p.over(key)
	}
	switch key {
	case "right", "enter", "space", "n", "l":
		p.stop(p.at + 1)
	case "left", "backspace", "p", "h":
		p.stop(p.at - 1)
	case "home", "g":
		p.stop(0)
	case "end", "G":
		p.stop(len(p.tape.stops) - 1)
	case "r":
		p.calls()
	case "?", "f1", "ctrl+g":
		p.stack = append(p.stack, &layer{screen: p.keys(), read: true})
	default:
		return p.move(key)
	}
	return nil
}

// over handles a key on a screen above the tape.
func (p *player) over(key string) tea.Cmd {
	switch key {
	case "esc", "enter", "r", "q", "?", "f1", "ctrl+g", "left", "backspace":
		p.stack = p.stack[:1]
		return nil
	case "c":
		if r, ok := p.top().screen.(*request); ok {
			p.flash = "The calls went to the clipboard, if this terminal allows it."
			return tea.SetClipboard(r.whole())
		}
	}
	return p.move(key)
}

// move handles the keys that work everywhere.
func (p *player) move(key string) tea.Cmd {
	switch key {
	case "q", "esc", "ctrl+c", "ctrl+d":
		return tea.Quit
	case "ctrl+z":
		return tea.Suspend
	case "pgup":
		p.scroll(-1)
	case "pgdown":
		p.scroll(1)
	case "up":
		p.top().offset--
	case "down":
		p.top().offset++
	}
	return nil
}

// keys lists the keys of a replay.
func (p *player) keys() *sheet {
	s := recordNote(p.scene, p.top().Step(), "Keys of a replay", "")
	s.eyebrow, s.extra = "", []hint{{"enter", "close"}}
	s.text = func(w int) []string {
		var pairs []pair
		for _, h := range replayKeys {
			pairs = append(pairs, pair{name: h.key, value: h.does})
		}
		return table(p.st, pairs, w)
	}
	return s
}

// calls shows every call of this stop, and its answer.
func (p *player) calls() {
	f := p.top().screen.(*frozen)
	if f.moment == nil || len(f.moment.Exchanges) == 0 {
		p.flash = "! There is no call at this stop."
		return
	}
	p.stack = append(p.stack, &layer{screen: f.calls(), read: true})
}
