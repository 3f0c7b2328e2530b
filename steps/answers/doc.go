// Package answers reads what is given ahead of a run: the answers file, in the
// words of either edition, and the environment. What is refused is named with
// its place in the file, and no value is ever repeated. It also makes the file to
// fill in, and its JSON Schema.
//
// It may import steps, state and api. A runner is handed what was given, and
// knows of no file.
package answers
