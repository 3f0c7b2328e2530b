package wizard

import (
	"strconv"
	"strings"

	"telegent-setup/state"
	"telegent-setup/steps"
)

// overviewName is what the overview is called on the stack.
const overviewName = "overview"

// newOverview lists the eight steps, to open one: what is done opens to be
// read, what comes later says so.
func newOverview(sc *scene, current string) *sheet {
	s := &sheet{sc: sc, step: current, title: "The eight steps", esc: backAction{}}
	s.menu = menu{st: sc.st}
	s.keys = map[string]func() action{"c": func() action { return lookAction{} }}
	s.extra = []hint{{"c", "check the IDs"}}
	for i, x := range sc.all {
		status := x
		status.Status = sc.railStatus(x)
		mark, _ := sign(sc.st, status.Status, x.Step.ID == current)
		help := sc.railNote(x, 40)
		var ids []string
		for _, p := range sc.ids(x.Step.ID) {
			ids = append(ids, p.value)
		}
		if len(ids) > 0 {
			help = strings.Join(ids, " · ")
		}
		c := choice{label: mark + " " + x.Step.Title, help: help, act: visitAction{step: x.Step.ID}}
		if found, ok := sc.looks[x.Step.ID]; ok && x.Status == state.Done {
			c.label += " · " + found.String()
		}
		if later(sc, x) {
			c.act, c.help = sayAction{"! Step " + strconv.Itoa(x.Step.Number) + " comes after the ones before it."}, "comes later"
		}
		s.menu.choices = append(s.menu.choices, c)
		if x.Step.ID == current {
			s.menu.at = i
		}
	}
	return s
}

// later says whether a step has to wait for the ones before it.
func later(sc *scene, x steps.Status) bool {
	if x.Status != state.Todo && x.Status != "" || x.Step.ID == steps.Authenticate {
		return false
	}
	return sc.next == "" || x.Step.Number > sc.step(sc.next).Number || !sc.signedIn
}

// newHelp lists the keys, and where a person can ask.
func newHelp(sc *scene, under screen) *sheet {
	s := &sheet{sc: sc, step: under.Step(), title: "Keys", esc: backAction{}}
	var here, everywhere []pair
	for _, h := range under.Hints() {
		here = append(here, pair{name: h.key, value: h.does})
	}
	for _, h := range always {
		everywhere = append(everywhere, pair{name: h.key, value: h.does})
	}
	s.text = func(w int) []string {
		lines := append([]string{sc.st.Strong.Render("Here")}, table(sc.st, here, w)...)
		lines = append(append(lines, "", sc.st.Strong.Render("Everywhere")), table(sc.st, everywhere, w)...)
		lines = append(lines, "", sc.st.Strong.Render("Help from people"))
		lines = append(lines, wrapped(steps.SupportURL, w)...)
		return append(lines, wrapped(steps.SupportEmail+" (support asks for the TransactionLogId of a failure)", w)...)
	}
	s.keys = map[string]func() action{
		"enter": func() action { return backAction{} },
		"q":     func() action { return backAction{} },
	}
	s.extra = []hint{{"enter", "close"}}
	return s
}

// always are the keys that work on every screen.
var always = []hint{
	{"ctrl+o", "the eight steps"},
	{"? or F1 or ctrl+g", "this help (in a text field ? is text)"},
	{"esc", "back"},
	{"tab ↑ ↓", "from field to field, and on to the buttons"},
	{"← →", "from button to button, from choice to choice"},
	{"pgup pgdn", "scroll"},
	{"ctrl+z", "to the shell, fg comes back"},
	{"ctrl+c", "quit; everything typed is kept, but no secret"},
}
