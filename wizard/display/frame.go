package display

import (
	"net/url"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"telegent-setup/state"
	"telegent-setup/wizard/screen"
	"telegent-setup/wizard/widget"
)

// frame draws the screen that is seen, and around it the header, the steps, what has
// just happened, what stands beside it, and the keys.
func (d *Display) frame() string {
	w, h, top, st := d.W, d.H, d.Top(), d.Context.Styles
	if w < minWidth || h < minHeight {
		return strings.Join(widget.Wrap("Make the window larger: 24 by 8 at least.", w), "\n")
	}
	l := layoutFor(w, h, top.Screen)
	above, head := d.head(l, top.Place())
	room := l.bodyH - len(head)
	body, more := top.scroll.window(*top.View(l.bodyW, room), room)
	lines := []string{d.header()}
	if l.strip {
		lines = append(lines, " "+strip(st, d.Context.Facts, w-2))
	}
	if l.roomy {
		lines = append(lines, strings.TrimRight(strings.Repeat(" ", l.left)+above, " "))
	}
	lines = append(lines, d.rows(l, top.Screen, append(head, body...))...)
	if l.roomy {
		lines = append(lines, "")
	}
	return strings.Join(append(lines, footer(st, top.Keys(), more, w)), "\n")
}

// rows are the lines of the body between the rail and what stands beside it.
func (d *Display) rows(l layout, s screen.Screen, body []string) []string {
	gutter := d.Context.Styles.Line.Render("│") + " "
	var steps, aside []string
	if l.rail > 0 {
		steps = rail(d.Context.Styles, d.Context.Facts, l.rail, l.bodyH)
	}
	if l.aside > 0 {
		aside = s.Aside(l.aside)
	}
	rows := make([]string, l.bodyH)
	for i := range rows {
		line := widget.Truncate(lineAt(body, i), d.W-l.left)
		if l.aside > 0 {
			line = strings.TrimRight(widget.Pad(line, l.bodyW+2)+gutter+widget.Truncate(lineAt(aside, i), l.aside), " ")
		}
		rows[i] = " " + line
		if l.rail > 0 {
			rows[i] = widget.Pad(lineAt(steps, i), l.rail) + gutter + line
		}
	}
	return rows
}

// lineAt is a line, or an empty one below the last.
func lineAt(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return ""
}

// head are the lines above the screen: its place, or what has just happened, which
// takes a line of its own only where it has to. above stands in the line of air
// above the body.
func (d *Display) head(l layout, place string) (above string, head []string) {
	if place != "" && l.bodyH >= 14 {
		head = []string{d.Context.Styles.Accent.Render(widget.Truncate(place, l.bodyW))}
	}
	var notes []string
	for _, text := range d.Notes {
		notes = append(notes, d.note(text, l.bodyW)...)
	}
	switch {
	case len(notes) == 0:
		return "", head
	case len(notes) == 1 && l.roomy:
		return notes[0], head
	case len(notes) == 1 && len(head) > 0:
		return "", notes
	case l.bodyH >= 14:
		return "", append(append(notes, ""), head...)
	default:
		return "", d.oneNote(l.bodyW)
	}
}

// note draws what has happened: what wants attention begins with a sign.
func (d *Display) note(text string, w int) []string {
	p := d.Context.Styles.Blank(w)
	role := p.Good
	if strings.HasPrefix(text, "!") {
		role = p.Warn
	}
	p.Wrapped(role, text)
	return p.Lines
}

// oneNote is a note on a low screen, in two lines at most: of several, what wants
// attention.
func (d *Display) oneNote(w int) []string {
	text := d.Notes[0]
	for _, note := range d.Notes {
		if strings.HasPrefix(note, "!") {
			text = note
		}
	}
	lines := d.note(text, w)
	if len(lines) > 2 {
		lines = lines[:2]
		lines[1] = widget.Truncate(lines[1], w-1) + "…"
	}
	return lines
}

// header is the first line: program, badge, server, edition.
func (d *Display) header() string {
	w, st, facts := d.W, d.Context.Styles, d.Context.Facts
	left := " " + st.Selected.Render("telegent-setup")
	host := ""
	if u, err := url.Parse(facts.BaseURL); err == nil {
		host = widget.Truncate(u.Host, max(w/2, 1))
	}
	right := st.Faint.Render(host + " · " + facts.Edition)
	switch {
	case d.Badge != "" && facts.Sandbox:
		right = st.Badge.Render(" "+d.Badge+" ") + st.Faint.Render(" sandbox · "+facts.Edition)
	case d.Badge != "":
		right = st.Badge.Render(" "+d.Badge+" ") + " " + right
	case facts.Sandbox:
		right = st.Badge.Render(" SANDBOX ") + st.Faint.Render(" "+facts.Edition)
	}
	gap := w - ansi.StringWidth(left) - ansi.StringWidth(right) - 1
	if gap < 1 {
		return widget.Truncate(left+" "+right, w)
	}
	return left + strings.Repeat(" ", gap) + right
}

// windowTitle follows along in the terminal's title bar.
func (d *Display) windowTitle() string {
	title := d.Top().Title()
	if s, ok := d.Context.Facts.Of(d.Context.Facts.Current); ok {
		title = s.Step.Place() + " · " + s.Step.Title
	}
	return "telegent-setup · " + strings.TrimLeft(title, "✓✗?– ")
}

// progressBar is the terminal's own indicator (OSC 9;4).
func (d *Display) progressBar(busy bool) *tea.ProgressBar {
	if busy {
		return tea.NewProgressBar(tea.ProgressBarIndeterminate, 0)
	}
	facts := d.Context.Facts
	value := doneSteps(facts) * 100 / max(len(facts.Steps), 1)
	kind := tea.ProgressBarDefault
	switch s, _ := facts.Of(facts.Current); s.Status {
	case state.Failed:
		kind = tea.ProgressBarError
	case state.Sent:
		kind = tea.ProgressBarWarning
	}
	if value == 0 && kind == tea.ProgressBarDefault {
		return nil
	}
	return tea.NewProgressBar(kind, value)
}
