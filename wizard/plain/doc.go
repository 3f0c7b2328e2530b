// Package plain holds the two faces that need no screen: plain prompts, line by
// line, for screen readers and dumb terminals, and the unattended run, which
// asks nothing. It also prints what status and export print. It writes text
// and line breaks and never an escape sequence.
//
// What is said about a step comes from package steps; this package may import
// steps, steps/report, steps/answers, state and api.
package plain
