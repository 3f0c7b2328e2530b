// Package state keeps a setup on disk: the state file with its lock, and
// beside it the journal of what was sent and answered. Neither holds a secret.
//
// The files, for a state file state.json: state.json.lock is held by the run
// that may write, state.json.journal is the journal, state.json.sandbox is the
// data of the embedded sandbox, and state.json.tmp is a save under way.
//
// The package imports nothing of this program but api/text.
package state
