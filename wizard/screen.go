package wizard

import (
	tea "charm.land/bubbletea/v2"

	"telegent-setup/steps"
	"telegent-setup/steps/report"
)

// screen is one thing to look at. The root hands it keys and pastes, and
// carries out the action that it answers with before the next key is looked
// at: nothing that changes the screen travels through a command, so that keys
// typed ahead always meet the screen they were meant for.
type screen interface {
	Update(msg tea.Msg) (action, tea.Cmd)
	View(w, h int) page
	Hints() []hint
	Title() string
	Step() string // The step that the rail points to; may be empty.
}

// page is what a screen shows: lines, of which top to bottom must be in sight.
// The first ones, as many as are pinned, stay where they are when the others
// scroll: what a question is about is seen with its answers.
type page struct {
	lines       []string
	top, bottom int
	pinned      int
}

// sided is a screen with something to show beside it, where there is room.
type sided interface{ Aside(w int) []string }

// guarded is a screen that must not be answered by a key typed before it was
// seen: see guard.
type guarded interface {
	Guarded() bool
	// Rest tells the screen whether keys are heard, and whether some were not.
	Rest(resting, dropped bool)
}

// typing is a screen in which letters are text.
type typing interface{ Typing() bool }

// drafting is a screen with answers that would be lost with it.
type drafting interface {
	Draft() (step string, answers steps.Answers)
}

// hint is a key that works now, and what it does.
type hint struct{ key, does string }

// action is what a screen wants of the root: one of the types below, or nil.
type action any

type (
	backAction   struct{}
	sayAction    struct{ text string } // A short answer to a key.
	deafAction   struct{}              // Nothing happens, and keys typed ahead are dropped.
	quitAction   struct{}
	startAction  struct{} // From welcome to the first screen of the walk.
	onwardAction struct{} // To the first step that is not done.

	openAction  struct{ screen screen } // On top of this one.
	visitAction struct{ step string }   // To a step, wherever it stands.
	formAction  struct {                // To the form of a step.
		step, focus string
		resend      bool
	}
	copyAction struct{ text, what string }   // To the clipboard.
	redoAction struct{ step, reason string } // To making a done step's object once more.

	submitAction struct {
		step      string
		answers   steps.Answers
		confirmed bool
		resend    bool
	}
	searchAction struct{ answers steps.Answers }
	chooseAction struct {
		answers steps.Answers
		row     *steps.Row
	}
	adoptAction struct {
		step    string
		answers steps.Answers
		look    bool // Ask the service whether it knows it, where it can be asked.
	}
	skipAction   struct{ step string }
	reopenAction struct{ step string }
	reportAction struct{}                       // To what is in a report.
	writeAction  struct{ report report.Report } // To a file.
	lookAction   struct{}                       // To the service: does it know what is saved?
)
