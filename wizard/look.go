package wizard

import (
	"context"
	"maps"
	"slices"

	tea "charm.land/bubbletea/v2"

	"telegent-setup/state"
	"telegent-setup/steps"
)

// look asks the service, step by step, whether it knows what is saved. Asking
// changes nothing.
func (m *Model) look() tea.Cmd {
	runner, all := m.runner, m.saving()
	var ask []string
	m.looks = map[string]steps.Presence{}
	for _, id := range all {
		m.looks[id] = steps.NotChecked
		if runner.Form(id).Look != nil {
			ask = append(ask, id)
		}
	}
	switch {
	case len(all) == 0:
		m.flash = "! There is no saved ID to look for yet."
	case len(ask) == 0:
		m.flash = "! Edition " + m.edition + " of the API has no way to look: nothing was checked."
	case !m.signedIn:
		m.flash = "! Sign in first: looking needs a token."
	default:
		m.flash = "Asking the service. Esc stops."
		return m.fly(looked, m.top().Step(), nil, func(ctx context.Context, r *resultMsg) {
			r.seen = map[string]steps.Presence{}
			for _, id := range ask {
				if r.seen[id], r.err = runner.Look(ctx, id, nil); r.err != nil {
					return
				}
			}
		})
	}
	m.seen()
	return nil
}

// saving are the steps with a saved ID.
func (m *Model) saving() []string {
	var all []string
	for _, x := range m.all {
		if x.Status == state.Done && len(x.Saved) > 0 {
			all = append(all, x.Step.ID)
		}
	}
	return all
}

// lookedUp shows what the service said of what is saved.
func (m *Model) lookedUp(f *flight, r resultMsg) tea.Cmd {
	maps.Copy(m.looks, r.seen)
	m.flash = "✓ Every ID that can be checked was found."
	switch {
	case f.stopped:
		m.flash = "! Stopped."
	case r.err != nil:
		m.flash = "! " + r.err.Error()
	case slices.Contains(slices.Collect(maps.Values(r.seen)), steps.Absent):
		m.flash = "! The service does not know everything. What is not found may be of another account, or mistyped: open its step to enter it again."
	}
	m.seen()
	return nil
}

// seen draws the overview anew, with its cursor where it was.
func (m *Model) seen() {
	s, ok := m.top().screen.(*sheet)
	if !ok || m.top().name != overviewName {
		return
	}
	now := newOverview(m.scene, s.step)
	now.menu.at = s.menu.at
	m.top().screen = now
}

// looksUp says whether the service is asked about an ID that is entered.
func (s *scene) looksUp(step string) bool {
	return s.signedIn && s.runner.Form(step).Look != nil
}

// adoptNote says what entering an ID does not do.
func (s *scene) adoptNote(step string) string {
	if s.looksUp(step) {
		return "Nothing is created."
	}
	return "Nothing is sent."
}

// lookUp is what looking right after an ID was entered found. It warns, and
// never rejects: the answer may be late, or of another account.
func lookUp(ctx context.Context, runner *steps.Runner, step string) map[string]steps.Presence {
	found, err := runner.Look(ctx, step, nil)
	if err != nil {
		return nil
	}
	return map[string]steps.Presence{step: found}
}

// lookNote is a sentence on an ID that was just entered; may be empty.
func lookNote(found steps.Presence) string {
	switch found {
	case steps.Present:
		return "The service knows it."
	case steps.Absent:
		return "! The service does not know this ID. Check it: ctrl+o leads back to it."
	}
	return ""
}
