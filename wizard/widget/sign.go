package widget

import (
	"telegent-setup/state"
)

// Sign is the mark of a status, with the role it is drawn in.
func Sign(st *Styles, status state.Status, current bool) (string, Role) {
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
