package wizard

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"telegent-setup/steps"
)

// pair is a name and its value; link is where the value leads, in terminals that
// know links.
type pair struct{ name, value, link string }

// table draws pairs with their values in line; what does not fit beside its
// name goes below it.
func table(st *styles, pairs []pair, w int) []string {
	left := 0
	for _, p := range pairs {
		left = max(left, ansi.StringWidth(p.name))
	}
	left = min(left, w/2)
	var lines []string
	for _, p := range pairs {
		name := padded(p.name, left)
		long := ansi.StringWidth(p.value) > w-left-2
		if long && (w-left-2 < 30 || !strings.Contains(p.value, " ")) {
			if p.name != "" {
				lines = append(lines, st.Faint.Render(fit(p.name, w)))
			}
			for _, l := range wrapped(p.value, w-2) {
				lines = append(lines, "  "+linked(l, p.link))
			}
			continue
		}
		for i, l := range wrapped(p.value, w-left-2) {
			if i > 0 {
				name = strings.Repeat(" ", left)
			}
			lines = append(lines, st.Faint.Render(name)+"  "+linked(l, p.link))
		}
	}
	return lines
}

// summary lists the answers of a step as a person knows them.
func (s *scene) summary(step steps.Step, answers steps.Answers, w int) []string {
	env := s.runner.Env(answers)
	var pairs []pair
	for _, f := range s.runner.Form(step.ID).Fields {
		value := answers[f.Key]
		if f.Kind == steps.Secret && !s.runner.Kept(f.Key).Empty() {
			value = strings.Repeat("•", 8)
		}
		if value == "" || f.Quiet || f.When != nil && !f.When(env) {
			continue
		}
		pairs = append(pairs, pair{name: f.Label, value: readable(f, value)})
	}
	return table(s.st, pairs, w)
}

// readable is a value as a person reads it.
func readable(f steps.Field, value string) string {
	if f.Kind == steps.Bool {
		if value == "true" {
			return "yes"
		}
		return "no"
	}
	for _, c := range f.Choices {
		if c.Value == value && c.Label != "" {
			return c.Label
		}
	}
	return value
}

// linked makes text a link (OSC 8).
func linked(text, url string) string {
	if url == "" {
		return text
	}
	return ansi.SetHyperlink(url) + text + ansi.ResetHyperlink()
}

// supportPairs are where help is to be had.
func supportPairs() []pair {
	return []pair{
		{"Support", steps.SupportEmail, "mailto:" + steps.SupportEmail},
		{"", steps.SupportURL, steps.SupportURL},
	}
}

// qrCode is the link to the QR code of an eSIM, for the step that ordered it or
// for the whole setup; empty when there is none.
func (s *scene) qrCode(step string) []pair {
	if s.qr == "" || step != "" && step != steps.Provision {
		return nil
	}
	p := pair{name: "QR code of the eSIM", value: s.qr}
	if strings.HasPrefix(s.qr, "https://") || strings.HasPrefix(s.qr, "http://") {
		p.link = s.qr
	}
	return []pair{p}
}

// ids lists the IDs that a step saved, or all of them for an empty step.
func (s *scene) ids(step string) []pair {
	var pairs []pair
	for _, st := range s.all {
		if step != "" && st.Step.ID != step {
			continue
		}
		for _, id := range st.Step.Saves {
			if v := s.saved[id]; v != "" {
				pairs = append(pairs, pair{name: string(id), value: v})
			}
		}
	}
	return pairs
}

// idText is every ID as text to be copied.
func (s *scene) idText(step string) string {
	var lines []string
	for _, p := range s.ids(step) {
		lines = append(lines, p.name+"="+p.value)
	}
	return strings.Join(lines, "\n")
}
