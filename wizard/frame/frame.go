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

// Frame draws frames. It keeps what changes with a step and not with a key.
type Frame struct {
	Styles *widget.Styles
	Facts  steps.Facts
	Badge  string // In place of the sandbox's; may be empty.

	drawn *surroundings
}

// Changed says that the styles or the facts are others now.
func (f *Frame) Changed() { f.drawn = nil }

// surroundings are what was drawn last around a screen.
type surroundings struct {
	layout  Layout
	current string
	header  string
	rail    []string // Every line of the body's height, with the line beside it.
	gutter  string   // The line between body and what stands beside it.
}

// Content is what a frame surrounds.
type Content struct {
	Place string   // The small line above the title: "Step 3 of 8"; may be empty.
	Notes []string // What has just happened.
	View  func(w, h int) widget.Page
	Aside []string
	Keys  []key.Binding
}

// Draw draws a whole screen.
func (f *Frame) Draw(l Layout, c Content, scroll *Scroll) string {
	if l.TooSmall {
		return strings.Join(widget.Wrap("Make the window larger: 24 by 8 at least.", l.W), "\n")
	}
	above, head := f.head(l, c)
	h := l.BodyH - len(head)
	body, more := scroll.window(c.View(l.BodyW, h), h)
	return f.compose(l, c, above, append(head, body...), more)
}

// head are the lines above the screen: its place, or what has just happened, which
// takes a line of its own only where it has to. above stands in the line of air
// above the body.
func (f *Frame) head(l Layout, c Content) (above string, head []string) {
	place := ""
	if c.Place != "" && l.BodyH >= 14 {
		place = f.Styles.Accent.Render(widget.Truncate(c.Place, l.BodyW))
		head = []string{place}
	}
	var notes []string
	for _, text := range c.Notes {
		notes = append(notes, f.note(text, l.BodyW)...)
	}
	switch {
	case len(notes) == 0:
	case len(notes) == 1 && l.roomy:
		return notes[0], head
	case len(notes) == 1 && place != "":
		return "", notes
	case l.BodyH >= 14:
		return "", append(append(notes, ""), head...)
	default:
		return "", f.oneNote(c.Notes, l.BodyW)
	}
	return "", head
}

// note draws what has happened: what wants attention begins with a sign.
func (f *Frame) note(text string, w int) []string {
	style := f.Styles.Good
	if strings.HasPrefix(text, "!") {
		style = f.Styles.Warn
	}
	return style.Lines(widget.Wrap(text, w))
}

// oneNote is a note on a low screen: one line, or two of what wants attention.
func (f *Frame) oneNote(notes []string, w int) []string {
	text := notes[0]
	for _, note := range notes {
		if strings.HasPrefix(note, "!") {
			text = note
		}
	}
	lines := f.note(text, w)
	if len(lines) > 2 {
		lines = f.Styles.Warn.Lines(widget.Wrap(text, w)[:2])
		lines[1] = widget.Truncate(lines[1], w-1) + "…"
	}
	return lines
}

// around draws the surroundings anew when they have changed.
func (f *Frame) around(l Layout) *surroundings {
	if s := f.drawn; s != nil && s.layout == l && s.current == f.Facts.Current {
		return s
	}
	s := &surroundings{layout: l, current: f.Facts.Current, header: f.header(l.W), gutter: f.Styles.Line.Render("│") + " "}
	if l.strip {
		s.header += "\n " + strip(f.Styles, f.Facts, l.W-2)
	}
	var lines []string
	if l.rail > 0 {
		lines = rail(f.Styles, f.Facts, l.rail, l.BodyH)
	}
	s.rail = make([]string, l.BodyH)
	for i := range s.rail {
		if l.rail == 0 {
			s.rail[i] = " "
			continue
		}
		line := ""
		if i < len(lines) {
			line = lines[i]
		}
		s.rail[i] = widget.Pad(line, l.rail) + s.gutter
	}
	f.drawn = s
	return s
}

// compose puts header, rail, body and footer together.
func (f *Frame) compose(l Layout, c Content, above string, body []string, more string) string {
	var b strings.Builder
	s := f.around(l)
	b.WriteString(s.header)
	if l.roomy {
		b.WriteString("\n" + strings.TrimRight(strings.Repeat(" ", l.left)+above, " "))
	}
	for i, rail := range s.rail {
		line := ""
		if i < len(body) {
			line = widget.Truncate(body[i], l.W-l.left)
		}
		if l.Aside > 0 && len(c.Aside) > 0 {
			beside := ""
			if i < len(c.Aside) {
				beside = widget.Truncate(c.Aside[i], l.Aside)
			}
			line = strings.TrimRight(widget.Pad(line, l.BodyW+2)+s.gutter+beside, " ")
		}
		b.WriteString("\n" + rail + line)
	}
	if l.roomy {
		b.WriteString("\n")
	}
	b.WriteString("\n" + footer(f.Styles, c.Keys, more, l.W))
	return b.String()
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
	for _, s := range f.Facts.Steps {
		if s.Step.ID == f.Facts.Current {
			title = s.Step.Place() + " · " + s.Step.Title
		}
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
	for _, s := range f.Facts.Steps {
		switch here := s.Step.ID == f.Facts.Current; {
		case here && s.Status == state.Failed:
			kind = tea.ProgressBarError
		case here && s.Status == state.Sent:
			kind = tea.ProgressBarWarning
		}
	}
	if value == 0 && kind == tea.ProgressBarDefault {
		return nil
	}
	return tea.NewProgressBar(kind, value)
}
