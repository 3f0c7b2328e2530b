package display

import (
	"strconv"
	"strings"

	"telegent-setup/state"
	"telegent-setup/steps"
	"telegent-setup/wizard/widget"
)

// rail draws the steps in w cells, of which the last stays empty, as airy as h
// lines allow.
func rail(st *widget.Styles, facts steps.Facts, w, h int) []string {
	each := 1
	if h >= 2*len(facts.Steps) {
		each = 2
	}
	if h >= 3*len(facts.Steps)-1 {
		each = 3
	}
	var lines []string
	for _, s := range facts.Steps {
		here, stands := s.Step.ID == facts.Current, facts.Stands(s)
		mark, role := widget.Sign(st, stands, here)
		title, pointer := st.Text, "  "
		if here {
			title, pointer = st.Strong, st.Accent.Render("▸ ")
		} else if stands == state.Todo {
			title = st.Faint
		}
		name := strconv.Itoa(s.Step.Number) + " " + s.Step.Title
		lines = append(lines, pointer+role.Render(mark)+" "+title.Render(widget.Truncate(name, w-5)))
		if each >= 2 {
			lines = append(lines, "      "+st.Faint.Render(widget.CutMiddle(facts.Note(s), w-7)))
		}
		if each >= 3 {
			lines = append(lines, "")
		}
	}
	return lines
}

// strip is the rail in one line, for narrow screens.
func strip(st *widget.Styles, facts steps.Facts, w int) string {
	var signs strings.Builder
	at := doneSteps(facts)
	for _, s := range facts.Steps {
		here := s.Step.ID == facts.Current
		if here {
			at = s.Step.Number
		}
		mark, role := widget.Sign(st, facts.Stands(s), here)
		signs.WriteString(role.Render(mark))
	}
	text := strconv.Itoa(at) + " of " + strconv.Itoa(len(facts.Steps))
	if facts.Current == "" {
		text += " done"
	}
	return widget.Truncate(st.Strong.Render(text)+"  "+signs.String(), w)
}

// doneSteps is how many of the steps need nothing more.
func doneSteps(facts steps.Facts) int {
	n := 0
	for _, s := range facts.Steps {
		if facts.Done(s) {
			n++
		}
	}
	return n
}
