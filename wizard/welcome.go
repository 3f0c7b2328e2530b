package wizard

import (
	"strconv"

	"telegent-setup/state"
	"telegent-setup/steps"
)

// newWelcome is the first screen: what will be built and what is needed for
// it, or what is done already and what comes next.
func newWelcome(sc *scene) *sheet {
	s := &sheet{sc: sc, title: "From your account key to your first message"}
	start := choice{label: "Start", act: startAction{}}
	if sc.begun() {
		s.title = "Welcome back"
		next := sc.step(sc.next)
		start.label = "Go on with step " + strconv.Itoa(next.Number) + ": " + next.Title
		if sc.status(sc.next).Status == state.Sent && !sc.runner.Following(sc.next) {
			start.label = "Settle step " + strconv.Itoa(next.Number) + ": " + next.Title
		}
		s.text = func(w int) []string { return resumeText(sc, w) }
	} else {
		s.text = func(w int) []string { return introText(sc, w) }
	}
	s.menu = menu{st: sc.st, choices: []choice{start}}
	s.extra = []hint{{"q", "quit"}}
	s.keys = map[string]func() action{"q": func() action { return quitAction{} }}
	return s
}

func introText(sc *scene, w int) []string {
	st := sc.st
	lines := paragraph(nil, st.Text, "Eight steps set up your first Telegent number: an account, message and voice routes, a phone number and its subscriber. At the end you send a test message.", w)
	if sc.sandbox {
		lines = paragraph(lines, st.Text, "This is the sandbox: no account, no network, nothing real. Every field has a ready answer; Enter takes it.", w)
	} else {
		lines = append(lines, st.Strong.Render("What you need"))
		for _, need := range []string{
			"AccountKey and AccountSecret, from your Telegent representative",
			"a webhook URL (https) where your messages are delivered",
			"a phone that can receive the test message",
		} {
			for i, l := range wrapped(need, w-4) {
				lead := "    "
				if i == 0 {
					lead = "  • "
				}
				lines = append(lines, lead+l)
			}
		}
		lines = append(lines, "")
	}
	lines = paragraph(lines, st.Faint, "Quit whenever you like: your progress is saved in "+sc.path+", without any secret.", w)
	return lines
}

// resumeText lists what is done with its IDs.
func resumeText(sc *scene, w int) []string {
	st := sc.st
	var pairs []pair
	for _, x := range sc.all {
		if x.Step.ID == steps.Authenticate {
			continue
		}
		mark, _ := sign(st, x.Status, false)
		value := sc.stateWord(x)
		for _, p := range sc.ids(x.Step.ID) {
			value = p.value
			if p.name == string(steps.PhoneNumber) {
				break
			}
		}
		if x.Status != state.Todo {
			pairs = append(pairs, pair{name: mark + " " + strconv.Itoa(x.Step.Number) + " " + x.Step.Title, value: value})
		}
	}
	lines := append(table(st, pairs, w), "")
	if len(pairs) == 0 {
		lines = paragraph(nil, st.Text, "Nothing has been created yet.", w)
	}
	if !sc.signedIn {
		lines = paragraph(lines, st.Faint, "You sign in again first, since no secret is ever stored.", w)
	}
	return paragraph(lines, st.Faint, "Progress: "+sc.path, w)
}
