// Package screen holds one screen for each kind of prompt of the flow, and those
// that are laid over them: help, the request, the report. A screen is drawn from a
// prompt alone; it turns keys into events, which the program carries out before it
// looks at the next key. Nothing that changes the screen travels through a command,
// so that keys typed ahead always meet the screen they were meant for.
//
// It may import wizard/widget, wizard/qrcode, steps, steps/report, state, api and
// api/webhook.
package screen

import (
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"telegent-setup/steps"
	"telegent-setup/wizard/widget"
)

// Screen is one thing to look at.
type Screen interface {
	// Update handles a key or a paste; the event is nil when nothing is asked for.
	Update(msg tea.Msg) Event
	View(w, h int) *widget.Page
	Keys() []key.Binding

	// Place is the small line above the title: "Step 3 of 8"; it may be empty.
	Place() string
	Title() string

	// Aside is shown beside the screen where there is room; AsideWidth is how wide it
	// wants to be, 0 when there is nothing.
	Aside(w int) []string
	AsideWidth() int
	// Wide says that a screen is worth more than the rail, where both do not fit well.
	Wide() bool
}

// Typing is a screen in which letters may be text.
type Typing interface{ Typing() bool }

// Busy is a screen of something that takes its time, and that can be stopped.
type Busy interface {
	Tick(now time.Time, a Activity) // Moves its clock on.
	Stop()
	Running() bool // It is not over yet.
}

// head is what stands above a screen, and in the title of the window. Screens embed it,
// and say for themselves where they have something beside them, or are wide.
type head struct {
	context      *Context
	place, title string
}

// headOf is the head of a screen that is laid over a step's.
func (c *Context) headOf(step *steps.Step, title string) head {
	if step.ID == "" {
		return head{c, "", title}
	}
	return head{c, step.Place() + " · " + step.Title, title}
}

func (h *head) Place() string      { return h.place }
func (h *head) Title() string      { return h.title }
func (h *head) Aside(int) []string { return nil }
func (h *head) AsideWidth() int    { return 0 }
func (h *head) Wide() bool         { return false }

// page begins the page of a screen.
func (h *head) page(w, height int) *widget.Page { return h.context.Styles.Page(h.title, w, height) }

// choosing is a screen that is laid over another, with choices of its own.
type choosing struct {
	head
	menu    widget.Menu
	choices []choice
}

// choice is an option, and what it asks for.
type choice struct {
	steps.Option
	event Event
}

func newChoosing(c *Context, step *steps.Step, title string, choices ...choice) choosing {
	x := choosing{head: c.headOf(step, title)}
	x.offer(choices...)
	return x
}

// offer puts choices in the place of those before.
func (c *choosing) offer(choices ...choice) {
	c.choices, c.menu.At, c.menu.Options = choices, 0, nil
	for _, x := range choices {
		c.menu.Options = append(c.menu.Options, x.Option)
	}
}

func (c *choosing) Update(msg tea.Msg) Event {
	k, _ := msg.(tea.KeyPressMsg)
	if key.Matches(k, widget.KeyBack) {
		return Closed{}
	}
	if i := c.menu.Update(k); i >= 0 {
		return c.choices[i].event
	}
	return nil
}

func (c *choosing) Keys() []key.Binding { return append(c.menu.Keys(), widget.KeyBack) }

// Event is what a screen asks for: one of the types below, or nil.
type Event any

// Taken asks for an option.
type Taken struct{ Reply steps.Reply }

// Closed says that the screen is not needed any more.
type Closed struct{}

// Refused says why a key does nothing.
type Refused struct{ Text string }

// Copied asks for a text on the clipboard.
type Copied struct{ Text, What string }

// Context is what every screen may look at beside its prompt.
type Context struct {
	Styles *widget.Styles
	Facts  steps.Facts
	// Preview is the call of a step with the edits of a form, as a cURL command; nil where
	// nobody types.
	Preview func(step string, edits steps.Answers) string
	// Runnable is Preview with the command that gets the token first.
	Runnable func(step string, edits steps.Answers) string
	Home     string // The home directory, which paths are shown relative to.
}

// New makes the screen of a prompt.
func New(c *Context, p steps.Prompt) Screen {
	switch p.Kind {
	case steps.FormPrompt, steps.AdoptPrompt:
		return newForm(c, p)
	case steps.ListPrompt:
		return newList(c, p)
	default:
		return newMenu(c, p)
	}
}

// path writes the state file's path in a text relative to the home directory.
func (c *Context) path(text string) string {
	if c.Facts.StatePath == "" {
		return text
	}
	return strings.ReplaceAll(text, c.Facts.StatePath, widget.TildePath(c.Facts.StatePath, c.Home))
}

// headOfPrompt is the head of the screen of a prompt.
func (c *Context) headOfPrompt(p steps.Prompt, title string) head {
	h := c.headOf(p.Step, title)
	switch {
	case p.Kind == steps.FinishedPrompt:
		h.place = ""
	case p.Step.ID != "" && (p.Title == p.Step.Title || p.Kind == steps.StepPrompt):
		h.place = p.Step.Place()
	}
	return h
}

// reply is an option taken.
func reply(o steps.Option) Event { return Taken{steps.Reply{Option: o}} }

// back is what esc does at a prompt; nil when there is no way back.
func back(p steps.Prompt) Event {
	if p.Kind == steps.OverviewPrompt { // It lies over the screen that it came from.
		return Closed{}
	}
	if o, ok := p.Option(steps.Back); ok {
		return reply(o)
	}
	return nil
}
