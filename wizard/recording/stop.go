package recording

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"telegent-setup/api"
	"telegent-setup/api/text"
	"telegent-setup/steps"
	"telegent-setup/steps/report"
	"telegent-setup/wizard/screen"
	"telegent-setup/wizard/widget"
)

// readOnly is a screen of a recording: it is looked at, and answers no key. The call
// behind it stands beside it, or below where there is no room.
type readOnly struct {
	screen.Screen
	player *Player
	call   screen.Screen // Nil where there was none.
}

func (r *readOnly) Update(tea.Msg) screen.Event { return nil }
func (r *readOnly) Keys() []key.Binding         { return r.player.keys() }
func (r *readOnly) Aside(w int) []string        { return r.call.Aside(w) }

func (r *readOnly) View(w, h int) *widget.Page {
	seen := r.Screen.View(w, h)
	p := seen.Blank(w) // Nothing on it must be in sight.
	p.Add(seen.Lines...)
	if r.call != nil && !r.player.ShowsAside() {
		p.Apart()
		p.Add(p.Line.Render(strings.Repeat("─", w)))
		p.Add(r.call.Aside(w)...)
	}
	return p
}

func (r *readOnly) AsideWidth() int {
	if r.call == nil {
		return 0
	}
	return r.call.AsideWidth()
}

// lastCall is the call that decided at a stop: of a form what was sent.
func (p *Player) lastCall(s report.Stop) screen.Screen {
	calls := p.calls(s)
	if len(calls) == 0 {
		return nil
	}
	last := partsOf(calls[len(calls)-1], len(calls), len(calls))
	if s.Kind == report.AtForm {
		last = last[:1]
	}
	return screen.NewCalls(&p.Context, p.prompt.Step, 1, last...)
}

// allCalls is a screen of all calls of a stop, the last ones where there are many.
func (p *Player) allCalls(calls []api.Exchange) screen.Screen {
	const most = 20
	var all []screen.Part
	for i := max(len(calls)-most, 0); i < len(calls); i++ {
		all = append(all, partsOf(calls[i], i+1, len(calls))...)
	}
	return screen.NewCalls(&p.Context, p.prompt.Step, min(len(calls), most), all...)
}

// calls are the calls of the step at a stop.
func (p *Player) calls(s report.Stop) []api.Exchange {
	if s.Kind != report.AtForm && s.Kind != report.AtOutcome {
		return nil
	}
	return p.recording.Moments[s.Moment].Exchanges
}

// partsOf are call n of all and its answer, with their headings.
func partsOf(x api.Exchange, n, all int) []screen.Part {
	x.Curl, x.Answer, x.Error = text.Cut(report.Command(x), report.LongBody), text.Cut(x.Answer, report.LongBody), text.Cut(x.Error, report.LongText)
	parts := screen.Parts(x)
	parts[0].Heading = "The call, " + x.Time.Format("15:04:05 UTC")
	if all > 1 {
		parts[0].Heading = fmt.Sprintf("Call %d of %d, %s", n, all, x.Time.Format("15:04:05 UTC"))
	}
	parts[1].Heading += ", after " + strconv.FormatFloat(x.Seconds, 'f', -1, 64) + " s"
	return parts
}

// screenAt is the screen of a stop.
func (p *Player) screenAt(s report.Stop) screen.Screen {
	switch {
	case s.Kind == report.AtStart:
		return p.beginning()
	case p.prompt.Title == "" && s.Kind == report.AtEnd:
		return screen.New(&p.Context, textPrompt("The run ended", widget.UpperFirst(ending(p.report, p.recording.Run))+"."))
	case p.prompt.Title == "":
		broken := textPrompt("The record breaks off here", "The run was killed, or was still going on, while this step was under way.")
		broken.Step = p.prompt.Step
		return screen.New(&p.Context, broken)
	}
	made := screen.New(&p.Context, p.prompt)
	switch x := made.(type) {
	case *screen.Form:
		x.FocusSend()
	case *screen.Menu:
		x.ReadOnly()
	}
	return made
}

// textPrompt is a prompt of text.
func textPrompt(title, said string) steps.Prompt {
	return steps.Prompt{Step: &steps.Step{}, Title: title, Text: []steps.Paragraph{{Role: steps.Plain, Text: said}}}
}

// beginning says what run this is, and what became of each step.
type beginning struct {
	screen.Screen
	outcomes []steps.Detail
}

func (p *Player) beginning() beginning {
	x := p.recording
	begun, _ := x.Run.Started()
	began := "not told: it made no call"
	if first, _, ok := span(x.Run); ok {
		began = first.Format("2006-01-02 15:04:05 UTC")
	}
	prompt := textPrompt("A recorded run", "These are the screens that the customer saw, with the calls behind them. Nothing is sent, and nothing can be changed.")
	prompt.Facts = []steps.Detail{
		{Name: "Run", Value: fmt.Sprintf("%d of %d", x.Number, len(x.Report.Runs))},
		{Name: "Began", Value: began},
		{Name: "Resumed", Value: map[bool]string{true: "yes", false: "no"}[begun.Resumed]},
		{Name: "Ended", Value: ending(x.Report, x.Run)},
		{Name: "Server", Value: text.Cut(begun.BaseURL, report.LongValue)},
		{Name: "State file", Value: text.Cut(begun.State, report.LongValue)},
		{Name: "Program", Value: text.Cut(x.Report.Program.Version+" "+x.Report.Program.Platform, report.LongValue)},
		{Name: "Report made", Value: x.Report.Created.Format("2006-01-02 15:04 UTC")},
	}
	return beginning{Screen: screen.New(&p.Context, prompt), outcomes: p.outcomes()}
}

func (x beginning) View(w, h int) *widget.Page {
	p := x.Screen.View(w, h)
	p.Add("", p.Strong.Render("What happened"))
	p.Table(x.outcomes)
	return p
}

// outcomes list what became of each step, in order.
func (p *Player) outcomes() []steps.Detail {
	const most = 100
	var all []steps.Detail
	for i, m := range p.recording.Moments {
		if i == most {
			return append(all, steps.Detail{Name: "…", Value: strconv.Itoa(len(p.recording.Moments)-most) + " more"})
		}
		said := "no outcome: the record breaks off"
		if m.Event != nil {
			said = strings.ReplaceAll(string(m.Event.Status), "-", " ")
		}
		if m.Failure != nil && m.Failure.Issue != "" {
			said += ": " + text.Cut(string(m.Failure.Issue), report.LongValue)
		}
		all = append(all, steps.Detail{Name: strconv.Itoa(m.Step.Number) + " " + m.Step.Title, Value: said})
	}
	return all
}

// ending is how a run ended, in words.
func ending(from report.Report, run report.Run) string {
	if _, ok := run.Ended(); !ok {
		return "not recorded: killed, or still going on"
	}
	exit := run.Exit(from.State)
	words := map[int]string{
		steps.ExitDone:      "every step done or skipped",
		steps.ExitBroken:    "an unexpected error of the program or the machine",
		steps.ExitMisused:   "wrong usage, or answers that do not validate",
		steps.ExitStopped:   "stopped by the person",
		steps.ExitRefused:   "the service refused a step",
		steps.ExitUnsettled: "the service out of reach, or an outcome unknown",
		steps.ExitUnusable:  "the state file could not be used",
		steps.ExitSignalled: "ended by a signal",
	}[exit]
	return "exit status " + strconv.Itoa(exit) + ": " + cmp.Or(words, "see the manual")
}
