package command

import (
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"strings"

	"telegent-setup/api"
	"telegent-setup/api/text"
)

// About is the text of --help and of the manual page.
const About = `Telegent-setup walks you from an AccountKey to a sent test message in eight
steps, and goes on where it left off. Progress is kept in a state file that holds
no secret.

Exit status: 0 done; 1 an error of this machine; 2 wrong usage or answers,
nothing was sent; 3 stopped by you; 4 refused by the service; 5 not reached, or
the outcome is unknown; 6 the state file cannot be used; 130 ended by a signal.

From a script, or as a coding agent:
  Try it first: telegent-setup --sandbox --no-input --json. Nothing real happens.
  telegent-setup answers prints the file to fill in; secrets go into the environment.
  Then telegent-setup --no-input --json --answers FILE; it can be started again at any time.
  4: read the solution, change an answer, start again. 5: nobody knows; --find asks the service.
  Never give --resend without a person: it may order a second number, or send a message twice.

Environment: TELEGENT_ACCOUNT_KEY, TELEGENT_ACCOUNT_SECRET and
TELEGENT_SUBSCRIBER_PASSWORD give what no flag takes. TELEGENT_BASE_URL,
TELEGENT_EDITION and TELEGENT_STATE are like their flags, which beat them.
ACCESSIBLE, NO_COLOR, CLICOLOR_FORCE and TERM=dumb are honoured.`

// Examples are those of --help and of the manual page.
const Examples = `  telegent-setup --sandbox                    try it out: nothing real happens
  telegent-setup                              set up, or go on
  telegent-setup --no-input --answers a.yaml  from a script
  eval "$(telegent-setup export)"             the IDs as shell variables`

// Version prints the version, the commit where the linker was told it or go build
// recorded it, and the version of Go that compiled the program.
func Version(w io.Writer, version, commit string) error {
	if info, ok := debug.ReadBuildInfo(); ok && commit == "" {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				commit = s.Value
			}
		}
	}
	built := runtime.Version()
	if commit != "" {
		built = "commit " + commit[:min(len(commit), 7)] + ", " + built
	}
	_, err := fmt.Fprintf(w, "telegent-setup %s (%s)\n", version, built)
	return err
}

// Line is how to call the program, or one of its commands, for the same
// setup. more are words that follow.
func Line(command string, sandbox bool, state string, more ...string) string {
	words := []string{"telegent-setup"}
	if command != "" {
		words = append(words, command)
	}
	if sandbox {
		words = append(words, "--sandbox")
	}
	if state != "" {
		words = append(words, "--state", quote(state))
	}
	for _, word := range more {
		words = append(words, quote(word))
	}
	return strings.Join(words, " ")
}

// quote quotes a word for a POSIX shell where it must be.
func quote(word string) string {
	odd := func(c rune) bool {
		return !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.ContainsRune("/._-+:@%,", c))
	}
	switch {
	case word != "" && !strings.ContainsFunc(word, odd):
		return word
	case text.OneLine(word) != word:
		return spelled(word)
	}
	return api.ShellQuote(word)
}

// spelled quotes a word with characters that are not to be shown, as bash, zsh and
// POSIX of 2024 read it.
func spelled(word string) string {
	var b strings.Builder
	b.WriteString("$'")
	for _, c := range []byte(word) {
		if c < ' ' || c > '~' || c == '\'' || c == '\\' {
			fmt.Fprintf(&b, `\%03o`, c)
			continue
		}
		b.WriteByte(c)
	}
	b.WriteString("'")
	return b.String()
}
