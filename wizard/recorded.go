package wizard

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"telegent-setup/api"
	"telegent-setup/state"
	"telegent-setup/steps"
	"telegent-setup/steps/report"
)

// screenAt is a stop of the tape as it was seen, over a scene of that moment.
func (t *tape) screenAt(sc *scene, at stop) screen {
	switch at.kind {
	case atStart:
		return t.start(sc)
	case atEnd:
		return t.end(sc)
	}
	m := t.moments[at.moment]
	if at.kind == atForm {
		sc.drafts = map[string]steps.Answers{m.Step.ID: sentIn(m)}
		a := newAsk(sc, m.Step.ID, "", false)
		a.note = ""
		if x := a.form.current(); x != nil {
			x.blur()
		}
		a.form.at = len(a.form.asked())
		return a
	}
	return outcomeOf(sc, m)
}

// outcomeOf is what the person saw of a step in the end.
func outcomeOf(sc *scene, m report.Moment) screen {
	switch {
	case m.Event == nil:
		return recordNote(sc, m.Step.ID, "The record breaks off here", "The run was killed, or was still going on, while this step was under way.")
	case m.Unknown != nil:
		u := *m.Unknown
		capTexts(&u.Failure)
		return withoutChoice(newUnknown(sc, &u, deafAction{}))
	case m.Failure != nil:
		f := *m.Failure
		capTexts(&f)
		return withoutChoice(newFail(sc, &f, deafAction{}))
	}
	s := newDetail(sc, m.Step.ID)
	s.menu.choices = nil
	if m.Event.Status == steps.OutcomeAdopted {
		s.title = "✓ " + m.Step.Title + ": an ID was entered"
	}
	return s
}

// recordNote is a screen of text.
func recordNote(sc *scene, step, title, text string) *sheet {
	s := &sheet{sc: sc, step: step, title: title}
	if step != "" {
		s.eyebrow = sc.place(sc.step(step)) + " · " + sc.step(step).Title
	}
	s.text = func(w int) []string { return paragraph(nil, sc.st.Text, text, w) }
	return s
}

// withoutChoice is a menu that nobody chooses from.
func withoutChoice(s *sheet) *sheet {
	s.menu.at = -1
	return s
}

// capTexts cuts what a failure says.
func capTexts(f *steps.Failure) {
	f.Title, f.FixLabel = api.Cut(f.Title, longTitle), api.Cut(f.FixLabel, longValue)
	f.Message, f.Solution = api.Cut(f.Message, longText), api.Cut(f.Solution, longText)
	f.TransactionLogID = api.Cut(f.TransactionLogID, longValue)
}

// start says what run this is.
func (t *tape) start(sc *scene) *sheet {
	begun, _ := t.run.Started()
	resumed := "no"
	if begun.Resumed {
		resumed = "yes"
	}
	pairs := []pair{
		{name: "Run", value: fmt.Sprintf("%d of %d", t.number, len(t.report.Runs))},
		{name: "Began", value: t.began()},
		{name: "Resumed", value: resumed},
		{name: "Ended", value: t.ending()},
		{name: "Server", value: api.Cut(begun.BaseURL, longValue)},
		{name: "State file", value: api.Cut(begun.State, longValue)},
		{name: "Program", value: api.Cut(t.report.Program.Version+" "+t.report.Program.Platform, longValue)},
		{name: "Report made", value: t.report.Created.Format("2006-01-02 15:04 UTC")},
	}
	s := recordNote(sc, "", "A recorded run", "")
	s.text = func(w int) []string {
		lines := paragraph(nil, sc.st.Text, "These are the screens that the customer saw, with the calls behind them. Nothing is sent, and nothing can be changed.", w)
		lines = append(append(lines, table(sc.st, pairs, w)...), "", sc.st.Strong.Render("What happened"))
		return append(lines, table(sc.st, t.outcomes(), w)...)
	}
	return s
}

// began is when the first call of the run was made.
func (t *tape) began() string {
	for _, m := range t.moments {
		if len(m.Exchanges) > 0 {
			return m.Exchanges[0].Time.Format("2006-01-02 15:04:05 UTC")
		}
	}
	return "not told: it made no call"
}

// outcomes list what became of each step, in order.
func (t *tape) outcomes() []pair {
	const most = 100
	var pairs []pair
	for i, m := range t.moments {
		if i == most {
			return append(pairs, pair{name: "…", value: strconv.Itoa(len(t.moments)-most) + " more"})
		}
		text := "no outcome: the record breaks off"
		if m.Event != nil {
			text = strings.ReplaceAll(string(m.Event.Status), "-", " ")
		}
		if f := shown(m); f != nil && f.Issue != "" {
			text += ": " + api.Cut(f.Issue, longValue)
		}
		pairs = append(pairs, pair{name: strconv.Itoa(m.Step.Number) + " " + m.Step.Title, value: text})
	}
	return pairs
}

func shown(m report.Moment) *steps.Failure {
	if m.Unknown != nil {
		return &m.Unknown.Failure
	}
	return m.Failure
}

// ending is how the run ended, in words.
func (t *tape) ending() string {
	if _, ok := t.run.Ended(); !ok {
		return "not recorded: killed, or still going on"
	}
	exit := t.run.Exit(t.report.State)
	words := map[int]string{
		steps.ExitDone:      "every step done or skipped",
		steps.ExitBroken:    "an unexpected error of the program or the machine",
		steps.ExitStopped:   "stopped by the person",
		steps.ExitRefused:   "the service refused a step",
		steps.ExitUnsettled: "the service out of reach, or an outcome unknown",
		steps.ExitSignalled: "ended by a signal",
	}[exit]
	return "exit status " + strconv.Itoa(exit) + ": " + cmp.Or(words, "see the manual")
}

// end is the last screen of the run.
func (t *tape) end(sc *scene) screen {
	finished := !slices.ContainsFunc(sc.all, func(x steps.Status) bool {
		return x.Step.ID != steps.Authenticate && x.Status != state.Done && x.Status != state.Skipped
	})
	if finished && t.run.Exit(t.report.State) == steps.ExitDone {
		return withoutChoice(newDone(sc, false))
	}
	return recordNote(sc, "", "The run ended", capital(t.ending())+".")
}
