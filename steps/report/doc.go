// Package report keeps what happens in a run and tells of it: events as JSON, the
// journal beside the state file, and the support report, which is made from
// both, holds no secret, and can be read back and replayed.
//
// It may import steps, state and api.
package report
