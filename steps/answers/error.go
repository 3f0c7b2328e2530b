package answers

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"telegent-setup/api/text"
)

// Error says all that is wrong in an answers file. It never repeats a value,
// which may be a secret.
type Error struct {
	File     string
	Problems []Problem // At least one, in the order of the file.
}

// Problem is one thing that is wrong in an answers file, and where.
type Problem struct {
	Line, Column int    // From 1; 0 when not known.
	Step, Key    string // As they stand in the file; empty when there is none, or it may be a secret.
	Unknown      bool   // No such step or key is known.
	Message      string
	Remedy       string // What to do about it, a sentence.
}

// Error implements error, on one line.
func (e *Error) Error() string {
	if len(e.Problems) == 1 {
		return e.Problems[0].at(e.File)
	}
	return fmt.Sprintf("%s: %d things are wrong in this file", e.File, len(e.Problems))
}

// Remedy says what to do; of several problems, each on a line of its own with
// its place.
func (e *Error) Remedy() string {
	allKeys := ""
	if slices.ContainsFunc(e.Problems, func(p Problem) bool { return p.Unknown }) {
		allKeys = "telegent-setup answers prints a file with all keys."
	}
	last := len(e.Problems) - 1
	if last == 0 {
		return text.Join(" ", e.Problems[0].Remedy, allKeys)
	}
	var lines []string
	for i, p := range e.Problems {
		line := "  " + p.at(e.File)
		if i == last || p.Remedy != e.Problems[i+1].Remedy { // One remedy for several in a row.
			line += ". " + p.Remedy
		}
		lines = append(lines, line)
	}
	if allKeys != "" {
		lines = append(lines, allKeys)
	}
	return strings.Join(lines, "\n")
}

// at is the problem with its place: file:line:column: message.
func (p Problem) at(file string) string {
	for _, n := range []int{p.Line, p.Column} {
		if n > 0 {
			file += ":" + strconv.Itoa(n)
		}
	}
	return file + ": " + p.Message
}

// wrong is a problem at a place in the file.
func wrong(at *yaml.Node, message, remedy string) Problem {
	return Problem{Line: at.Line, Column: at.Column, Message: message, Remedy: remedy}
}

func (f *File) failed(problems ...Problem) error { return &Error{File: f.name, Problems: problems} }
