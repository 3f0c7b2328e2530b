// Package display shows screens, laid one over the other, on a terminal: the wizard and
// a replay each have one.
//
// It may import wizard/screen, wizard/frame, wizard/widget, wizard/terminal, steps and
// api/text.
package display

import (
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"telegent-setup/api/text"
	"telegent-setup/steps"
	"telegent-setup/wizard/frame"
	"telegent-setup/wizard/screen"
	"telegent-setup/wizard/terminal"
	"telegent-setup/wizard/widget"
)

// Display is what is seen, in the size, the colours and the letters of the terminal.
type Display struct {
	Clock   terminal.Clock
	Frame   frame.Frame
	Context screen.Context
	Stack   []*Entry // The last one is seen.
	Notes   []string // What has just happened.
	W, H    int
	Dark    bool // The background is.
	Waiting bool // Nothing is drawn yet: the terminal is asked what its background is.

	profile colorprofile.Profile
	ascii   bool // The terminal shows nothing else.
	view    tea.View
}

// Entry is a screen on the stack, and where it is scrolled to.
type Entry struct {
	screen.Screen
	Name   string // Of a screen that is always at hand.
	scroll frame.Scroll
	text   bool // It is read from its top: a new size of the terminal moves nothing.
}

// New makes a display of a terminal, with nothing on it.
func New(t terminal.Terminal) *Display {
	dark := terminal.DarkAtFirst(t.Getenv)
	styles := widget.NewStyles(dark, colorprofile.TrueColor)
	return &Display{
		Dark: dark, profile: colorprofile.TrueColor, ascii: text.ASCIIOnly(t.Getenv),
		Frame: frame.Frame{Styles: styles}, Context: screen.Context{Styles: styles},
	}
}

// Init implements tea.Model.
func (d *Display) Init() tea.Cmd { return tea.Batch(terminal.AskBackground(), terminal.WarmUp) }

// View implements tea.Model: what was drawn last.
func (d *Display) View() tea.View {
	d.Clock.Made()
	return d.view
}

// Handle takes what the terminal tells of itself.
func (d *Display) Handle(msg tea.Msg) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		d.W, d.H = msg.Width, msg.Height
		d.Top().scroll.Follow = !d.Top().text
	case tea.BackgroundColorMsg:
		d.Waiting = false
		d.setStyles(msg.IsDark(), d.profile)
	case terminal.WaitedMsg:
		d.Waiting = false
	case tea.ColorProfileMsg:
		d.setStyles(d.Dark, msg.Profile)
	}
}

// setStyles changes the styles in place, so that every screen wears them.
func (d *Display) setStyles(dark bool, profile colorprofile.Profile) {
	if dark == d.Dark && profile == d.profile {
		return
	}
	d.Dark, d.profile = dark, profile
	*d.Frame.Styles = *widget.NewStyles(dark, profile)
}

// Colours says whether the terminal shows a colour as it is meant.
func (d *Display) Colours() bool { return d.profile > colorprofile.ASCII && !d.ascii }

// SetFacts changes what is shown around the screens.
func (d *Display) SetFacts(facts steps.Facts) {
	d.Context.Facts, d.Frame.Facts = facts, facts
}

// Top is the screen that is seen.
func (d *Display) Top() *Entry { return d.Stack[len(d.Stack)-1] }

// Push lays a screen over the one that is seen. It follows its cursor.
func (d *Display) Push(s screen.Screen) *Entry {
	d.Stack = append(d.Stack, &Entry{Screen: s, scroll: frame.Scroll{Follow: true}})
	return d.Top()
}

// FromTop has a screen read from its top, wherever its cursor is.
func (e *Entry) FromTop() *Entry {
	e.text, e.scroll.Follow = true, false
	return e
}

// Pop takes the topmost screen away again.
func (d *Display) Pop() {
	if len(d.Stack) > 1 {
		d.Stack = d.Stack[:len(d.Stack)-1]
	}
}

// Follow shows the cursor of the screen again, wherever the page was turned to.
func (d *Display) Follow() { d.Top().scroll.Follow = true }

// Scroll moves the page by some lines.
func (d *Display) Scroll(lines int) {
	s := &d.Top().scroll
	s.Follow = false
	s.Offset += lines
}

// Turn moves the page by most of its height, so many times.
func (d *Display) Turn(times int) {
	d.Scroll(times * max(frame.LayoutFor(d.W, d.H, d.Top().Screen).BodyH-2, 1))
}

// Copy puts text on the clipboard.
func (d *Display) Copy(text, what string) tea.Cmd {
	d.Notes = []string{what + " went to the clipboard, if this terminal allows it."}
	return tea.SetClipboard(text)
}

// Draw makes the frame of this moment, and where progress is wanted, the terminal's
// own indicator.
func (d *Display) Draw(progress bool) {
	d.Blank()
	if d.W == 0 || d.H == 0 || d.Waiting {
		return
	}
	top := d.Top()
	d.view.Content = d.letters(d.Frame.Draw(d.W, d.H, top.Screen, d.Notes, &top.scroll))
	if progress {
		_, busy := top.Screen.(interface{ Stop() })
		d.view.ProgressBar = d.Frame.ProgressBar(busy)
	}
}

// Blank clears the terminal but for its title.
func (d *Display) Blank() {
	d.view = tea.View{AltScreen: true, WindowTitle: d.letters(d.Frame.WindowTitle(d.Top().Title()))}
}

// letters writes a text in the letters that the terminal has.
func (d *Display) letters(text string) string {
	if d.ascii {
		return terminal.ToASCII(text)
	}
	return text
}
