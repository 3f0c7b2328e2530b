// Package display shows screens, laid one over the other, on a terminal, and around them
// the header, the rail of the steps, the notes and the keys. The wizard and a replay each
// have one.
//
// It may import wizard/screen, wizard/widget, wizard/terminal, steps, state and api/text.
package display

import (
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"telegent-setup/api/text"
	"telegent-setup/wizard/screen"
	"telegent-setup/wizard/terminal"
	"telegent-setup/wizard/widget"
)

// Display is what is seen, in the size, the colours and the letters of the terminal.
type Display struct {
	Clock   terminal.Clock
	Context screen.Context // What all screens may look at, and what is shown around them.
	Badge   string         // In place of the sandbox's; may be empty.
	Stack   []*Entry       // The last one is seen.
	Notes   []string       // What has just happened.
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
	Name    string // Of a screen that is always at hand.
	scroll  scroll
	fromTop bool // It is read from its top: a new size of the terminal moves nothing.
}

// New makes a display of a terminal, with nothing on it.
func New(t terminal.Terminal) *Display {
	dark := terminal.DarkAtFirst(t.Getenv)
	return &Display{
		Dark: dark, profile: colorprofile.TrueColor, ascii: text.ASCIIOnly(t.Getenv),
		Context: screen.Context{Styles: widget.NewStyles(dark, colorprofile.TrueColor)},
	}
}

// Init implements tea.Model: nothing is drawn until the background is known.
func (d *Display) Init() tea.Cmd {
	d.Waiting = true
	return tea.Batch(terminal.AskBackground(), terminal.WarmUp)
}

// View implements tea.Model: what was drawn last.
func (d *Display) View() tea.View {
	d.Clock.Made()
	return d.view
}

// Adapt follows what the terminal tells of itself.
func (d *Display) Adapt(msg tea.Msg) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		d.W, d.H = msg.Width, msg.Height
		d.Top().scroll.follow = !d.Top().fromTop
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
	*d.Context.Styles = *widget.NewStyles(dark, profile)
}

// Colours says whether the terminal shows a colour as it is meant.
func (d *Display) Colours() bool { return d.profile > colorprofile.ASCII && !d.ascii }

// Top is the screen that is seen.
func (d *Display) Top() *Entry { return d.Stack[len(d.Stack)-1] }

// Push lays a screen over the one that is seen. It follows its cursor.
func (d *Display) Push(s screen.Screen) *Entry {
	d.Stack = append(d.Stack, &Entry{Screen: s, scroll: scroll{follow: true}})
	return d.Top()
}

// FromTop has a screen read from its top, wherever its cursor is.
func (e *Entry) FromTop() *Entry {
	e.fromTop, e.scroll.follow = true, false
	return e
}

// Pop takes the topmost screen away again.
func (d *Display) Pop() {
	if len(d.Stack) > 1 {
		d.Stack = d.Stack[:len(d.Stack)-1]
	}
}

// Follow shows the cursor of the screen again, wherever the page was turned to.
func (d *Display) Follow() { d.Top().scroll.follow = true }

// Scroll moves the page by some lines.
func (d *Display) Scroll(lines int) {
	s := &d.Top().scroll
	s.follow = false
	s.offset += lines
}

// Turn moves the page by most of its height, so many times.
func (d *Display) Turn(times int) {
	d.Scroll(times * max(layoutFor(d.W, d.H, d.Top().Screen).bodyH-2, 1))
}

// ShowsAside says whether there is room for what the screen has beside it.
func (d *Display) ShowsAside() bool { return layoutFor(d.W, d.H, d.Top().Screen).aside > 0 }

// Copy puts text on the clipboard.
func (d *Display) Copy(text, what string) tea.Cmd {
	d.Notes = []string{what + " went to the clipboard, if this terminal allows it."}
	return tea.SetClipboard(text)
}

// Warn notes what wants attention: such a note begins with a sign.
func (d *Display) Warn(text string) { d.Notes = []string{"! " + text} }

// Draw makes the frame of this moment, and where progress is wanted, the terminal's
// own indicator.
func (d *Display) Draw(progress bool) {
	d.Blank()
	if d.W == 0 || d.H == 0 || d.Waiting {
		return
	}
	d.view.Content = d.inCharset(d.frame())
	if progress {
		busy, ok := d.Top().Screen.(screen.Busy)
		d.view.ProgressBar = d.progressBar(ok && busy.Running())
	}
}

// Blank clears the terminal but for its title.
func (d *Display) Blank() {
	d.view = tea.View{AltScreen: true, WindowTitle: d.inCharset(d.windowTitle())}
}

// inCharset writes a text in the characters that the terminal has.
func (d *Display) inCharset(text string) string {
	if d.ascii {
		return terminal.ToASCII(text)
	}
	return text
}
