package widget

import (
	"image/color"

	"charm.land/huh/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
)

// Styles are the roles that text plays on a screen. Screens name roles, never
// colours; what tells things apart is always also a word or a sign.
type Styles struct {
	Brand       lipgloss.Style // The program's name.
	Badge       lipgloss.Style // SANDBOX.
	Eyebrow     lipgloss.Style // The small line above a title.
	Title       lipgloss.Style
	Text        lipgloss.Style
	Strong      lipgloss.Style
	Faint       lipgloss.Style // Help, hints, what is of less weight.
	Accent      lipgloss.Style // What has the focus.
	Good        lipgloss.Style
	Warn        lipgloss.Style
	Bad         lipgloss.Style
	Line        lipgloss.Style // Rules and borders.
	Code        lipgloss.Style // Requests, answers, commands, IDs.
	Selected    lipgloss.Style // The choice that Enter takes.
	Resting     lipgloss.Style // The same choice while keys are not heard.
	Key         lipgloss.Style // A key in the footer.
	Placeholder lipgloss.Style // In an empty field.
	Match       lipgloss.Style // What a filter found.
	form        *huh.Styles
}

// palette gives each role its colour; nil is the terminal's own.
type palette struct {
	faint, ghost, accent, good, warn, bad, line, ink color.Color
}

func paletteFor(dark bool, profile colorprofile.Profile) palette {
	c := lipgloss.Color
	switch {
	case profile <= colorprofile.ANSI && dark:
		return palette{faint: c("7"), ghost: c("7"), accent: c("14"), good: c("10"), warn: c("11"), bad: c("9"), line: c("8"), ink: c("0")}
	case profile <= colorprofile.ANSI:
		// The grey of light terminals is often too pale to read much of.
		return palette{faint: lipgloss.NoColor{}, ghost: c("8"), accent: c("4"), good: c("2"), warn: c("5"), bad: c("1"), line: c("8"), ink: c("15")}
	case dark:
		return palette{
			faint: c("#98A2B3"), ghost: c("#98A2B3"), accent: c("#5EEAD4"), good: c("#86EFAC"), warn: c("#FCD34D"),
			bad: c("#FDA4AF"), line: c("#475467"), ink: c("#0B1220"),
		}
	default:
		return palette{
			faint: c("#5B6472"), ghost: c("#5B6472"), accent: c("#0F766E"), good: c("#15803D"), warn: c("#92400E"),
			bad: c("#B42318"), line: c("#C3C9D2"), ink: c("#FFFFFF"),
		}
	}
}

// NewStyles makes the styles for a background and for the colours of a terminal.
func NewStyles(dark bool, profile colorprofile.Profile) *Styles {
	p := paletteFor(dark, profile)
	plain := lipgloss.NewStyle()
	s := &Styles{
		Brand:       plain.Bold(true).Foreground(p.accent),
		Badge:       plain.Bold(true).Reverse(true),
		Eyebrow:     plain.Foreground(p.accent),
		Title:       plain.Bold(true),
		Text:        plain,
		Strong:      plain.Bold(true),
		Faint:       plain.Foreground(p.faint),
		Accent:      plain.Foreground(p.accent),
		Good:        plain.Foreground(p.good),
		Warn:        plain.Foreground(p.warn),
		Bad:         plain.Foreground(p.bad),
		Line:        plain.Foreground(p.line),
		Code:        plain.Foreground(p.accent),
		Selected:    plain.Bold(true).Foreground(p.accent),
		Resting:     plain.Foreground(p.faint),
		Key:         plain.Bold(true),
		Placeholder: plain.Foreground(p.ghost).Italic(true),
		Match:       plain.Bold(true).Underline(true),
	}
	s.form = formStyles(s, p)
	return s
}

// formStyles dress huh's controls: no frame, since the form draws the focus bar
// itself, and Yes and No told apart by a sign.
func formStyles(s *Styles, p palette) *huh.Styles {
	t := huh.ThemeBase(true)
	plain := lipgloss.NewStyle()
	f := huh.FieldStyles{
		Base:           plain,
		NextIndicator:  plain.Foreground(p.accent).MarginLeft(1).SetString("▸"),
		PrevIndicator:  plain.Foreground(p.accent).MarginRight(1).SetString("◂"),
		SelectedOption: plain.Bold(true),
		FocusedButton:  plain.Bold(true).Foreground(p.accent).MarginRight(3).SetString("●"),
		BlurredButton:  plain.Foreground(p.faint).MarginRight(3).SetString("○"),
		TextInput: huh.TextInputStyles{
			Cursor:      plain.Foreground(p.accent),
			Placeholder: s.Placeholder,
			Prompt:      plain,
			Text:        plain,
		},
	}
	t.Focused = f
	t.Blurred = f
	return t
}
