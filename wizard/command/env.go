package command

import (
	"io"
	"os"

	"golang.org/x/term"

	"telegent-setup/api/text"
	"telegent-setup/wizard/session"
)

// Env is what the program sees of the machine.
type Env struct {
	In       io.Reader
	Out, Err io.Writer
	Getenv   func(string) string
	Version  string // Of this program.
}

// Terminal says whether a person sits at both ends.
func (e Env) Terminal() bool { return isTerminal(e.In) && isTerminal(e.Out) }

// Screenless says whether the terminal, or who sits at it, wants lines and no
// screens.
func (e Env) Screenless() bool { return e.Getenv("TERM") == "dumb" || e.Getenv("ACCESSIBLE") != "" }

// Options are the options of a session, to be filled in by flags.
func (e Env) Options() *session.Options {
	return &session.Options{Getenv: e.Getenv, Version: e.Version, Timeout: session.Timeout}
}

func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// signs says whether the output shows signs that are not of ASCII.
func (e Env) signs() bool {
	return isTerminal(e.Out) && !e.Screenless() && !text.ASCIIOnly(e.Getenv)
}

// colour says whether the output may be coloured.
func (e Env) colour() bool {
	switch {
	case e.Getenv("NO_COLOR") != "", e.Screenless():
		return false
	case e.Getenv("CLICOLOR_FORCE") != "":
		return true
	}
	return isTerminal(e.Out)
}

// fits says whether so many columns and rows fit on the output, with a row for the
// prompt of the shell. What is no terminal has room for all.
func (e Env) fits(columns, rows int) bool {
	f, ok := e.Out.(*os.File)
	if !ok || !isTerminal(e.Out) {
		return true
	}
	width, height, err := term.GetSize(int(f.Fd()))
	return err == nil && columns <= width && rows < height
}
