// Package printer prints what the commands beside a run say: status, export, the
// answers of a setup, the manual, the version, a recorded run; and how an error is
// worded. It writes text and line breaks and never an escape sequence.
//
// It may import steps, steps/report, state and api, and asks nothing.
package printer
