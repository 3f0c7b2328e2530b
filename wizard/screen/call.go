package wizard

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"telegent-setup/api"
	"telegent-setup/steps"
)

// request shows a call as it would be sent, or as it was sent and answered.
// Its text comes redacted from the runner.
type request struct {
	sc    *scene
	step  steps.Step
	title string
	intro string
	parts []part
}

// part is one block of text with a heading.
type part struct{ heading, text string }

// newRequest shows the call of a step before it is sent.
func newRequest(sc *scene, step steps.Step, curl string) *request {
	return &request{
		sc: sc, step: step, title: "The request of this step",
		intro: "This is what will be sent, as a cURL command. Secrets appear as shell variables.",
		parts: []part{{"", curl}},
	}
}

// newExchange shows a call and its answer.
func newExchange(sc *scene, step steps.Step, x api.Exchange) *request {
	answer := x.Answer
	if x.Error != "" {
		answer = strings.TrimSpace(x.Error + "\n" + answer)
	}
	var pretty bytes.Buffer
	if json.Indent(&pretty, []byte(answer), "", "  ") == nil {
		answer = pretty.String()
	}
	if answer == "" {
		answer = "(empty)"
	}
	heading := "No answer"
	if x.Status != 0 {
		heading = "The answer: HTTP " + strconv.Itoa(x.Status)
	}
	return &request{
		sc: sc, step: step, title: "Request and answer",
		intro: "Secrets are redacted: this can be shown to support.",
		parts: []part{{"The request", x.Curl}, {heading, answer}},
	}
}

// whole is all of it, to be copied.
func (r *request) whole() string {
	var all []string
	for _, p := range r.parts {
		all = append(all, strings.TrimSpace(p.heading+"\n"+p.text))
	}
	return strings.Join(all, "\n\n")
}

// Update implements screen.
func (r *request) Update(msg tea.Msg) (action, tea.Cmd) {
	k, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil, nil
	}
	switch k.String() {
	case "esc", "enter", "q":
		return backAction{}, nil
	case "c", "y":
		return copyAction{r.whole(), "The request"}, nil
	}
	return nil, nil
}

// View implements screen.
func (r *request) View(w, h int) page {
	st := r.sc.st
	lines := heading(st, r.sc.place(r.step)+" · "+r.step.Title, r.title, w, h)
	lines = paragraph(lines, st.Faint, r.intro, w)
	return page{lines: append(lines, r.text(w)...)}
}

// text draws the parts in w cells.
func (r *request) text(w int) []string {
	st := r.sc.st
	var lines []string
	for _, p := range r.parts {
		if p.heading != "" {
			lines = append(lines, st.Strong.Render(fit(p.heading, w)))
		}
		for l := range strings.SplitSeq(p.text, "\n") {
			lines = append(lines, styled(st.Code, wrapped(l, w))...)
		}
		lines = append(lines, "")
	}
	return lines
}

// Hints implements screen.
func (r *request) Hints() []hint {
	return []hint{{"c", "copy"}, {"enter", "close"}}
}

// Title implements screen.
func (r *request) Title() string { return r.title }

// Step implements screen.
func (r *request) Step() string { return r.step.ID }
