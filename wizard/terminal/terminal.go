// Package terminal knows what terminals can do: their colours, their background,
// their character set, and how soon a frame is drawn.
//
// It imports nothing of this program.
package terminal

import (
	"context"
	"io"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// Terminal is where a program is shown.
type Terminal struct {
	Input   io.Reader
	Output  io.Writer
	Environ []string // As os.Environ gives it.
}

// Getenv reads a variable of the terminal's environment; the last of several counts.
func (t Terminal) Getenv(name string) string {
	value := ""
	for _, e := range t.Environ {
		if v, ok := strings.CutPrefix(e, name+"="); ok {
			value = v
		}
	}
	return value
}

// Run runs a program on the terminal until it quits, or ctx ends. Signals are the
// caller's.
func (t Terminal) Run(ctx context.Context, model tea.Model, clock *Clock) error {
	options := []tea.ProgramOption{
		tea.WithContext(ctx), tea.WithoutSignalHandler(), tea.WithFPS(120),
		tea.WithInput(t.Input), tea.WithOutput(t.Output), tea.WithEnvironment(t.Environ),
	}
	// The library knows these variables only as booleans.
	switch {
	case t.Getenv("NO_COLOR") != "":
		options = append(options, tea.WithColorProfile(colorprofile.ASCII))
	case t.Getenv("CLICOLOR_FORCE") != "":
		profile := max(colorprofile.Detect(t.Output, t.Environ), colorprofile.ANSI)
		options = append(options, tea.WithColorProfile(profile))
	}
	err := clock.run(tea.NewProgram(model, options...))
	// The library turns wrapping off while it draws the last column, and cannot
	// be relied on to turn it on again.
	_, _ = io.WriteString(t.Output, ansi.SetModeAutoWrap)
	return err
}

// awaitBackground is how long the first frame waits for the terminal to tell its
// background, so that it need not be drawn twice: a terminal of this machine answers
// in less, and one that never does is not waited for.
const awaitBackground = 6 * time.Millisecond

// WaitedMsg says that the terminal has had its time to tell its background.
type WaitedMsg struct{}

// AskBackground asks for the background, and says when the time to answer is over.
func AskBackground() tea.Cmd {
	return tea.Batch(tea.RequestBackgroundColor, tea.Tick(awaitBackground, func(time.Time) tea.Msg { return WaitedMsg{} }))
}

// DarkAtFirst is what is taken for the background until the terminal tells:
// COLORFGBG, "15;0", where a terminal sets it, else dark.
func DarkAtFirst(getenv func(string) string) bool {
	all := strings.Split(getenv("COLORFGBG"), ";")
	background, err := strconv.Atoi(all[len(all)-1])
	return err != nil || background < 7 || background == 8
}

// WarmUp has the table of widths made, which the first character beyond ASCII
// asks for, while the renderer still waits for the time of its first frame.
func WarmUp() tea.Msg {
	ansi.StringWidthWc("│")
	return nil
}

// Suspend stops the program until its shell continues it. Where no shell could, as
// in a terminal that runs nothing else, the kernel does not stop it, and the library
// would wait to be continued for ever: the program then continues itself.
func Suspend() tea.Cmd { return tea.Batch(tea.Suspend, continueItself) }

// continueItself does so again and again, for the library needs a while to give the
// terminal back. In a program that is stopped no time passes here.
func continueItself() tea.Msg {
	for range 10 {
		time.Sleep(250 * time.Millisecond)
		continueProcess()
	}
	return nil
}

// letters of ASCII, as wide as what they stand for.
var inASCII = map[rune]rune{
	'✓': '+', '✗': 'x', '●': '*', '○': 'o', '▸': '>', '◂': '<', '│': '|', '┃': '#', '·': '-', '•': '*', '–': '-', '—': '-', '─': '-', '\u2011': '-',
	'…': '~', '’': '\'', '‘': '\'', '“': '"', '”': '"', '←': '<', '→': '>', '↑': '^', '↓': 'v', '\u00a0': ' ',
}

// ToASCII writes text in ASCII, cell for cell. What has no letter there is a
// question mark.
func ToASCII(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	for _, r := range text {
		switch letter, known := inASCII[r]; {
		case r < 0x80:
			b.WriteRune(r)
		case known:
			b.WriteRune(letter)
		case r >= 0x2800 && r < 0x2900: // The spinner.
			b.WriteByte("|/-\\"[r%4])
		default:
			b.WriteString(strings.Repeat("?", ansi.StringWidth(string(r))))
		}
	}
	return b.String()
}
