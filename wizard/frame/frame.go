// Package frame draws what surrounds a screen: the header, the rail of the steps,
// the notes above it, what stands beside it, and the footer with its keys.
//
// It may import wizard/widget, steps and state.
package frame

import (
	"net/url"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"telegent-setup/state"
	"telegent-setup/steps"
	"telegent-setup/wizard/widget"
)

// Screen is what a frame surrounds.
type Screen interface {
	View(w, h int) *widget.Page
	Keys() []key.Binding
	// Place is the small line above the title: "Step 3 of 8"; it may be empty.
	Place() string
}

// Beside is a screen with something to show beside it, where there is room: text
// that is as wide as it wants to be.
type Beside interface {
	AsideWidth() int // 0 when there is nothing.
	Aside(w int) []string
}

// Wide is a screen that is worth more than the rail where both do not fit well.
type Wide interface{ Wide() bool }

// Frame draws frames.
type Frame struct {
	Styles *widget.Styles
	Facts  steps.Facts
	Badge  string // In place of the sandbox's; may be empty.
}

// Draw draws a screen in its frame, on a terminal of w by h cells, with notes on what
// has just happened.
func (f *Frame) Draw(w, h int, s Screen, notes []string, scroll *Scroll) string {
	if w < minWidth || h < minHeight {
		return strings.Join(widget.Wrap("Make the window larger: 24 by 8 at least.", w), "\n")
	}
	l := LayoutFor(w, h, s)
	above, head := f.head(l, s.Place(), notes)
	room := l.BodyH - len(head)
	body, more := scroll.window(*s.View(l.BodyW, room), room)
	lines := []string{f.header(w)}
	if l.strip {
		lines = append(lines, " "+strip(f.Styles, f.Facts, w-2))
	}
	if l.roomy {
		lines = append(lines, strings.TrimRight(strings.Repeat(" ", l.left)+above, " "))
	}
	lines = append(lines, f.rows(w, l, s, append(head, body...))...)
	if l.roomy {
		lines = append(lines, "")
	}
	return strings.Join(append(lines, footer(f.Styles, s.Keys(), more, w)), "\n")
}

// rows are the lines of the body between the rail and what stands beside it.
func (f *Frame) rows(w int, l Layout, s Screen, body []string) []string {
	gutter := f.Styles.Line.Render("│") + " "
	var steps, aside []string
	if l.rail > 0 {
		steps = rail(f.Styles, f.Facts, l.rail, l.BodyH)
	}
	if l.Aside > 0 {
		aside = s.(Beside).Aside(l.Aside)
	}
	rows := make([]string, l.BodyH)
	for i := range rows {
		line := widget.Truncate(at(body, i), w-l.left)
		if l.Aside > 0 {
			line = strings.TrimRight(widget.Pad(line, l.BodyW+2)+gutter+widget.Truncate(at(aside, i), l.Aside), " ")
		}
		rows[i] = " " + line
		if l.rail > 0 {
			rows[i] = widget.Pad(at(steps, i), l.rail) + gutter + line
		}
	}
	return rows
}

// at is a line, or an empty one below the last.
func at(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return ""
}

// head are the lines above the screen: its place, or what has just happened, which
// takes a line of its own only where it has to. above stands in the line of air
// above the body.
func (f *Frame) head(l Layout, place string, news []string) (above string, head []string) {
	if place != "" && l.BodyH >= 14 {
		head = []string{f.Styles.Accent.Render(widget.Truncate(place, l.BodyW))}
	}
	var notes []string
	for _, text := range news {
		notes = append(notes, f.note(text, l.BodyW)...)
	}
	switch {
	case len(notes) == 0:
		return "", head
	case len(notes) == 1 && l.roomy:
		return notes[0], head
	case len(notes) == 1 && len(head) > 0:
		return "", notes
	case l.BodyH >= 14:
		return "", append(append(notes, ""), head...)
	default:
		return "", f.oneNote(news, l.BodyW)
	}
}

// note draws what has happened: what wants attention begins with a sign.
func (f *Frame) note(text string, w int) []string {
	p := f.Styles.Blank(w)
	role := p.Good
	if strings.HasPrefix(text, "!") {
		role = p.Warn
	}
	p.Wrapped(role, text)
	return p.Lines
}

// oneNote is a note on a low screen, in two lines at most: of several, what wants
// attention.
func (f *Frame) oneNote(notes []string, w int) []string {
	text := notes[0]
	for _, note := range notes {
		if strings.HasPrefix(note, "!") {
			text = note
		}
	}
	lines := f.note(text, w)
	if len(lines) > 2 {
		lines = lines[:2]
		lines[1] = widget.Truncate(lines[1], w-1) + "…"
	}
	return lines
}

// header is the first line: program, badge, server, edition.
func (f *Frame) header(w int) string {
	st, edition := f.Styles, f.Facts.Edition
	left := " " + st.Selected.Render("telegent-setup")
	host := ""
	if u, err := url.Parse(f.Facts.BaseURL); err == nil {
		host = widget.Truncate(u.Host, max(w/2, 1))
	}
	right := st.Faint.Render(host + " · " + edition)
	switch {
	case f.Badge != "" && f.Facts.Sandbox:
		right = st.Badge.Render(" "+f.Badge+" ") + st.Faint.Render(" sandbox · "+edition)
	case f.Badge != "":
		right = st.Badge.Render(" "+f.Badge+" ") + " " + right
	case f.Facts.Sandbox:
		right = st.Badge.Render(" SANDBOX ") + st.Faint.Render(" "+edition)
	}
	gap := w - ansi.StringWidth(left) - ansi.StringWidth(right) - 1
	if gap < 1 {
		return widget.Truncate(left+" "+right, w)
	}
	return left + strings.Repeat(" ", gap) + right
}

// WindowTitle follows along in the terminal's title bar.
func (f *Frame) WindowTitle(title string) string {
	if s, ok := f.Facts.Of(f.Facts.Current); ok {
		title = s.Step.Place() + " · " + s.Step.Title
	}
	return "telegent-setup · " + strings.TrimLeft(title, "✓✗?– ")
}

// ProgressBar is the terminal's own indicator (OSC 9;4).
func (f *Frame) ProgressBar(busy bool) *tea.ProgressBar {
	if busy {
		return tea.NewProgressBar(tea.ProgressBarIndeterminate, 0)
	}
	value := doneSteps(f.Facts) * 100 / max(len(f.Facts.Steps), 1)
	kind := tea.ProgressBarDefault
	switch s, _ := f.Facts.Of(f.Facts.Current); s.Status {
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
