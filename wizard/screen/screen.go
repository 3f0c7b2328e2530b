// Package screen holds one screen for each kind of prompt of the flow, and those
// that are laid over them: help, the request, the report. A screen is drawn from a
// prompt alone; it turns keys into events, which the program carries out before it
// looks at the next key. Nothing that changes the screen travels through a command,
// so that keys typed ahead always meet the screen they were meant for.
//
// It may import wizard/widget, wizard/frame, steps, steps/report, state, api and
// api/webhook.
package screen

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"telegent-setup/api"
	"telegent-setup/steps"
	"telegent-setup/wizard/frame"
	"telegent-setup/wizard/widget"
)

// Screen is one thing to look at.
type Screen interface {
	frame.Screen
	// Update handles a key or a paste; the event is nil when nothing is asked for.
	Update(msg tea.Msg) Event
	Title() string
}

// Typing is a screen in which letters may be text.
type Typing interface{ Typing() bool }

// Edited is a screen with answers that would be lost with it.
type Edited interface {
	Edits() (steps.Answers, map[string]api.Secret)
}

// Guarded is a screen that must not be answered by a key typed before it was seen.
type Guarded interface {
	// Rest tells the screen whether keys are heard, and whether some were not.
	Rest(resting, dropped bool)
}

// Turning is a screen that handles the keys itself that scroll others.
type Turning interface{ Turning() bool }

// Event is what a screen asks for: one of the types below, or nil.
type Event any

// Taken asks for an option.
type Taken struct{ Reply steps.Reply }

// Closed says that the screen is not needed any more.
type Closed struct{}

// Noted is a short answer to a key.
type Noted struct{ Text string }

// Copied asks for a text on the clipboard.
type Copied struct{ Text, What string }

// Context is what every screen may look at beside its prompt.
type Context struct {
	Styles *widget.Styles
	Facts  steps.Facts
	// Preview is the call of a step with the edits of a form, as a cURL command.
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
	case steps.PlanPrompt:
		return newPlan(c, p)
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

// place is the small line above the title of a prompt.
func place(p steps.Prompt) string {
	if p.Step.ID == "" || p.Kind == steps.FinishedPrompt {
		return ""
	}
	if p.Title == p.Step.Title || p.Kind == steps.StepPrompt {
		return p.Step.Place()
	}
	return p.Step.Place() + " · " + p.Step.Title
}

// reply is an option taken.
func reply(o steps.Option) Event { return Taken{steps.Reply{Option: o}} }

// back is what esc does at a prompt; nil when there is no way back.
func back(p steps.Prompt) Event {
	if o, ok := p.Option(steps.Back); ok {
		return reply(o)
	}
	return nil
}
