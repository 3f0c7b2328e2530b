// Package stepstest opens runs for tests: a runner over a sandbox and a state
// file of its own, a wire that a test looks at and interferes with, and an
// observer that remembers.
//
// It may import steps, state, api and api/sandbox, and only tests import it.
package stepstest
