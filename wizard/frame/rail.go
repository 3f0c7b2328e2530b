package wizard

import (
	"strconv"
	"strings"

	"charm.land/lipgloss/v2"

	"telegent-setup/state"
	"telegent-setup/steps"
)

// sign is the mark of a status, with the role it is drawn in.
func sign(st *styles, status state.Status, current bool) (string, lipgloss.Style) {
	switch {
	case status == state.Done:
		return "✓", st.Good
	case status == state.Sent:
		return "?", st.Warn
	case status == state.Failed:
		return "✗", st.Bad
	case status == state.Skipped:
		return "–", st.Faint
	case current:
		return "●", st.Accent
	}
	return "○", st.Faint
}

// stateWord is a status in words, for where colour and signs do not do.
func (s *scene) stateWord(x steps.Status) string {
	switch x.Status {
	case state.Done:
		return "done"
	case state.Sent:
		if s.runner.Following(x.Step.ID) {
			return "order under way"
		}
		return "outcome unknown"
	case state.Failed:
		return "failed"
	case state.Skipped:
		return "skipped"
	}
	if x.Step.Optional {
		return "optional"
	}
	return ""
}

// railStatus is where a step stands in this run: signing in is never done
// before it was done in this one, unless nothing is left to do.
func (s *scene) railStatus(x steps.Status) state.Status {
	if x.Step.ID != steps.Authenticate {
		return x.Status
	}
	if s.done(steps.Authenticate) {
		return state.Done
	}
	if x.Status == state.Failed {
		return state.Failed
	}
	return state.Todo
}

// railNote is the line below a step: its ID, else its status in words.
func (s *scene) railNote(x steps.Status, w int) string {
	if x.Step.ID == steps.Authenticate {
		if s.signedIn {
			return "signed in"
		}
		return s.stateWord(steps.Status{Step: x.Step, Status: s.railStatus(x)})
	}
	if x.Step.ID == steps.Availability && x.Status == state.Done {
		return s.area
	}
	if x.Status == state.Done {
		for _, id := range x.Step.Saves {
			if v := s.saved[id]; v != "" {
				return middle(v, w)
			}
		}
	}
	return s.stateWord(x)
}

// rail draws the eight steps in w cells, of which the last stays empty, and at
// most h lines.
func (s *scene) rail(current string, w, h int) []string {
	st := s.st
	each := 1
	if h >= 2*len(s.all) {
		each = 2
	}
	if h >= 3*len(s.all)-1 {
		each = 3
	}
	var lines []string
	for _, x := range s.all {
		here := x.Step.ID == current
		mark, role := sign(st, s.railStatus(x), here)
		title, pointer := st.Text, "  "
		if here {
			title, pointer = st.Strong, st.Accent.Render("▸ ")
		} else if s.railStatus(x) == state.Todo {
			title = st.Faint
		}
		name := strconv.Itoa(x.Step.Number) + " " + x.Step.Title
		lines = append(lines, pointer+role.Render(mark)+" "+title.Render(fit(name, w-5)))
		if each >= 2 {
			lines = append(lines, "      "+st.Faint.Render(s.railNote(x, w-7)))
		}
		if each >= 3 {
			lines = append(lines, "")
		}
	}
	return lines
}

// strip is the rail in one line, for narrow screens.
func (s *scene) strip(current string, w int) string {
	st := s.st
	var signs strings.Builder
	at := s.doneSteps()
	for _, x := range s.all {
		here := x.Step.ID == current
		if here {
			at = x.Step.Number
		}
		mark, role := sign(st, s.railStatus(x), here)
		signs.WriteString(role.Render(mark))
	}
	text := strconv.Itoa(at) + " of " + strconv.Itoa(len(s.all))
	if current == "" {
		text += " done"
	}
	return fit(st.Strong.Render(text)+"  "+signs.String(), w)
}
