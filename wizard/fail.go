package wizard

import (
	"net/http"
	"strconv"

	"telegent-setup/state"
	"telegent-setup/steps"
)

// newFail says why a step was not carried out, and what mends it: the fix of
// the guide is the first choice.
func newFail(sc *scene, f *steps.Failure, again action) *sheet {
	step := sc.step(f.Step)
	s := &sheet{
		sc: sc, step: f.Step, eyebrow: sc.place(step) + " · " + step.Title, title: "✗ " + f.Title,
		guard: true, esc: formAction{step: f.Step},
		text:  func(w int) []string { return failText(sc, f, w) },
		after: func(w int) []string { return failNotes(sc, f, w) },
		aside: exchangeBeside(sc, f),
	}
	choices := fixes(sc, f, again)
	if f.Support {
		choices = append(choices, writeReport)
	}
	if !toForm(choices, f.Step) {
		choices = append(choices, choice{label: steps.OfferChange, act: formAction{step: f.Step}})
	}
	if again != nil && f.FixStep != f.Step {
		choices = append(choices, choice{label: "Send the same again", act: again})
	}
	if f.Exchange != nil {
		choices = append(choices, choice{label: steps.OfferExchange, act: openAction{newExchange(sc, step, *f.Exchange)}})
	}
	if !f.Support {
		choices = append(choices, writeReport)
	}
	choices = append(choices, choice{label: steps.OfferLeave, act: quitAction{}})
	s.menu = menu{st: sc.st, choices: choices}
	return s
}

// toForm says whether a choice leads to the form of a step already.
func toForm(choices []choice, step string) bool {
	for _, c := range choices {
		if a, ok := c.act.(formAction); ok && a.step == step {
			return true
		}
	}
	return false
}

// fixes are the ways out that the failure names.
func fixes(sc *scene, f *steps.Failure, again action) []choice {
	fix := choice{label: f.FixLabel, act: formAction{step: f.FixStep, focus: f.FixField}}
	made := sc.status(f.FixStep).Status == state.Done && sc.step(f.FixStep).Creates
	switch {
	case f.FixStep == "" || f.FixLabel == "":
		return nil
	case f.FixStep == f.Step && f.FixField == "":
		if again == nil {
			return nil
		}
		fix.act = again
	case f.FixAdopt:
		fix.act = openAction{newAdopt(sc, f.FixStep)}
		fix.help = "Then you are back at this step, with its answers kept."
		return []choice{fix, {label: "Make a new one instead", act: redoAction{step: f.FixStep, reason: f.Title}}}
	case f.FixStep != f.Step && made:
		fix.act = redoAction{step: f.FixStep, reason: f.Title}
		fix.help = "Step " + strconv.Itoa(sc.step(f.FixStep).Number) + " is done already: you will be asked first. Afterwards you are back here."
	case f.FixStep != f.Step:
		fix.help = "Step " + strconv.Itoa(sc.step(f.FixStep).Number) + ". Afterwards you are back here, with these answers kept."
	}
	return []choice{fix}
}

// failText is what the service said, what it means and what to do.
func failText(sc *scene, f *steps.Failure, w int) []string {
	st := sc.st
	var lines []string
	switch {
	case f.Message != "":
		said := "The service said"
		if f.HTTPStatus != 0 {
			said += " (HTTP " + strconv.Itoa(f.HTTPStatus) + ")"
		}
		lines = append(lines, st.Faint.Render(fit(said+":", w)))
		for _, l := range wrapped(f.Message, w-2) {
			lines = append(lines, st.Bad.Render("│ ")+l)
		}
		lines = append(lines, "")
	case f.HTTPStatus >= 300: // A success says nothing that the title does not.
		lines = paragraph(lines, st.Faint, "The service answered "+httpStatus(f.HTTPStatus)+".", w)
	}
	return paragraph(lines, st.Text, f.Solution, w)
}

// httpStatus is a status as people know it: "HTTP 502 (Bad Gateway)".
func httpStatus(status int) string {
	text := "HTTP " + strconv.Itoa(status)
	if name := http.StatusText(status); name != "" {
		text += " (" + name + ")"
	}
	return text
}

// failNotes are what support is asked with.
func failNotes(sc *scene, f *steps.Failure, w int) []string {
	var pairs []pair
	if f.TransactionLogID != "" {
		pairs = append(pairs, pair{name: "TransactionLogId", value: f.TransactionLogID})
	}
	if f.Support {
		pairs = append(pairs, supportPairs()...)
	}
	return table(sc.st, pairs, w)
}

// exchangeBeside shows the call and its answer beside a failure.
func exchangeBeside(sc *scene, f *steps.Failure) func(int) []string {
	if f.Exchange == nil {
		return nil
	}
	r := newExchange(sc, sc.step(f.Step), *f.Exchange)
	return r.text
}
