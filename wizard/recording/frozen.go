package wizard

import (
	"fmt"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"telegent-setup/api"
	"telegent-setup/steps"
	"telegent-setup/steps/report"
)

// frozen is a screen of a replay: it is looked at, and answers no key. The call
// behind it stands beside it, or below where there is no room.
type frozen struct {
	screen
	player *player
	moment *report.Moment // Nil at both ends of the tape.
	form   bool           // The moment before its call left.
	call   *request       // Made once.
}

// Update implements screen.
func (f *frozen) Update(tea.Msg) (action, tea.Cmd) { return nil, nil }

// View implements screen.
func (f *frozen) View(w, h int) page {
	p := page{lines: f.screen.View(w, h).lines}
	if call := f.last(); call != nil && frameFor(f.player.w, f.player.h).aside == 0 {
		p.lines = append(apart(p.lines), f.player.st.Line.Render(strings.Repeat("─", w)))
		p.lines = append(p.lines, call.text(w)...)
	}
	return p
}

// Aside implements sided.
func (f *frozen) Aside(w int) []string {
	if call := f.last(); call != nil {
		return call.text(w)
	}
	return nil
}

// last is the call that decided, of a form what was sent.
func (f *frozen) last() *request {
	if f.moment == nil || len(f.moment.Exchanges) == 0 {
		return nil
	}
	if f.call != nil {
		return f.call
	}
	n := len(f.moment.Exchanges)
	r := &request{sc: f.player.scene, step: f.moment.Step}
	if r.parts = callParts(f.moment.Exchanges[n-1], n, n); f.form {
		r.parts = r.parts[:1]
	}
	f.call = r
	return r
}

// calls is a screen of all calls of the moment, the last ones where there are
// many.
func (f *frozen) calls() *request {
	const most = 20
	all := f.moment.Exchanges
	r := &request{
		sc: f.player.scene, step: f.moment.Step, title: plural(len(all), "call") + " of this step",
		intro: "As they were recorded: secrets were redacted then.",
	}
	for i := max(len(all)-most, 0); i < len(all); i++ {
		r.parts = append(r.parts, callParts(all[i], i+1, len(all))...)
	}
	return r
}

// callParts are the request and the answer of call n of all.
func callParts(x api.Exchange, n, all int) []part {
	x.Curl, x.Answer, x.Error = api.Cut(x.Curl, longBody), api.Cut(x.Answer, longBody), api.Cut(x.Error, longText)
	parts := newExchange(&scene{}, steps.Step{}, x).parts
	parts[0].heading = "The call, " + x.Time.Format("15:04:05 UTC")
	if all > 1 {
		parts[0].heading = fmt.Sprintf("Call %d of %d, %s", n, all, x.Time.Format("15:04:05 UTC"))
	}
	parts[1].heading += ", after " + strconv.FormatFloat(x.Seconds, 'f', -1, 64) + " s"
	return parts
}

// replayKeys are the keys of a replay.
var replayKeys = []hint{
	{"→ enter", "next"}, {"← backspace", "previous"}, {"r", "request and answer"}, {"home end", "first, last"}, {"↑↓ pgup pgdn", "scroll"}, {"q", "quit"},
}

// Hints implements screen.
func (f *frozen) Hints() []hint {
	var hints []hint
	if f.player.at < len(f.player.tape.stops)-1 {
		hints = append(hints, hint{"→", "next"})
	}
	if f.player.at > 0 {
		hints = append(hints, hint{"←", "previous"})
	}
	if f.moment != nil && len(f.moment.Exchanges) > 0 {
		hints = append(hints, hint{"r", "request and answer"})
	}
	return append(hints, hint{"home end", "jump"}, hint{"q", "quit"})
}
