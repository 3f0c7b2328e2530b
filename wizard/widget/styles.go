package widget

import (
	"image/color"
	"strings"

	"charm.land/huh/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"

	"telegent-setup/state"
	"telegent-setup/steps"
)

// Role is the part that text plays on a screen: what is written before and after it
// in a line.
type Role struct{ before, after string }

// roleOf asks the library how it draws a style: once, for it takes half of what a key
// costs when it is asked for every text (BenchmarkKey).
func roleOf(style lipgloss.Style) Role {
	before, after, _ := strings.Cut(style.Render("x"), "x")
	return Role{before, after}
}

// Render draws text of one line. Roles nest.
func (r Role) Render(text string) string {
	return r.before + strings.ReplaceAll(text, "\t", "    ") + r.after
}

// Styles are the roles of a terminal. Screens name roles, never colours; what tells
// things apart is always also a word or a sign.
type Styles struct {
	Badge    Role // SANDBOX.
	Strong   Role // Titles, keys, what is chosen where no colour is.
	Text     Role
	Faint    Role // Help, hints, what is of less weight.
	Accent   Role // What has the focus, requests, commands, IDs.
	Good     Role
	Warn     Role
	Bad      Role
	Line     Role // Rules and borders.
	Selected Role // The choice that Enter takes.
	Quote    Role // What will be sent as it stands.

	Placeholder Role // In an empty field.
	Cursor      Role // Under the place where text goes.
	Match       Role // What a filter found.

	form *huh.Styles
}

// Sign is the mark of a status, with the role it is drawn in.
func Sign(st *Styles, status state.Status, current bool) (string, Role) {
	sign := steps.Sign(status, current)
	role, _ := st.ofSign(sign)
	return sign, role
}

// ofSign is the role of a sign; false for what means nothing by itself.
func (s *Styles) ofSign(sign string) (role Role, meant bool) {
	switch sign {
	case "✓":
		return s.Good, true
	case "?":
		return s.Warn, true
	case "✗":
		return s.Bad, true
	case "●":
		return s.Accent, true
	}
	return s.Faint, false
}

// palette gives roles their colours.
type palette struct{ faint, ghost, accent, good, warn, bad, line color.Color }

func paletteFor(dark bool, profile colorprofile.Profile) palette {
	c := lipgloss.Color
	switch {
	case profile <= colorprofile.ANSI && dark:
		return palette{c("7"), c("7"), c("14"), c("10"), c("11"), c("9"), c("8")}
	case profile <= colorprofile.ANSI:
		// The grey of light terminals is often too pale to read much of.
		return palette{lipgloss.NoColor{}, c("8"), c("4"), c("2"), c("5"), c("1"), c("8")}
	case dark:
		return palette{c("#98A2B3"), c("#98A2B3"), c("#5EEAD4"), c("#86EFAC"), c("#FCD34D"), c("#FDA4AF"), c("#475467")}
	}
	return palette{c("#5B6472"), c("#5B6472"), c("#0F766E"), c("#15803D"), c("#92400E"), c("#B42318"), c("#C3C9D2")}
}

// NewStyles makes the styles for a background and for the colours of a terminal.
func NewStyles(dark bool, profile colorprofile.Profile) *Styles {
	p := paletteFor(dark, profile)
	plain := lipgloss.NewStyle()
	accent, faint := plain.Foreground(p.accent), plain.Foreground(p.faint)
	return &Styles{
		Badge:    roleOf(plain.Bold(true).Reverse(true)),
		Strong:   roleOf(plain.Bold(true)),
		Text:     roleOf(plain),
		Faint:    roleOf(faint),
		Accent:   roleOf(accent),
		Good:     roleOf(plain.Foreground(p.good)),
		Warn:     roleOf(plain.Foreground(p.warn)),
		Bad:      roleOf(plain.Foreground(p.bad)),
		Line:     roleOf(plain.Foreground(p.line)),
		Selected: roleOf(accent.Bold(true)),
		Quote:    roleOf(faint.Italic(true)),

		Placeholder: roleOf(plain.Foreground(p.ghost).Italic(true)),
		Cursor:      roleOf(accent.Reverse(true)),
		Match:       roleOf(plain.Bold(true).Underline(true)),

		form: formStyles(p),
	}
}

// formStyles dress huh's text fields: no frame, since the form draws the focus bar itself.
func formStyles(p palette) *huh.Styles {
	plain := lipgloss.NewStyle()
	all := huh.FieldStyles{TextInput: huh.TextInputStyles{
		Cursor: plain.Foreground(p.accent), Placeholder: plain.Foreground(p.ghost).Italic(true),
	}}
	return &huh.Styles{Focused: all, Blurred: all}
}
