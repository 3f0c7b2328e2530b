// Package plain holds the two faces that need no screen: plain prompts, line by
// line, for screen readers and dumb terminals, and the unattended run, which asks
// nothing. Both carry a steps.Flow on, and decide nothing of what comes next. It
// writes text and line breaks and never an escape sequence.
//
// How an error and a sentence are worded, for all of the program, is here too.
//
// It may import steps, steps/report, steps/answers, state and api.
package plain
