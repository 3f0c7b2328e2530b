package state

import (
	"fmt"

	"github.com/gofrs/flock"
)

// lock takes the lock of a state file without waiting. The lock is a file of
// its own, since the state file is replaced at every save and a lock on it
// would go with the old one.
//
// The lock file is never removed: between our unlocking and removing it another
// run may have locked it, and a third would then make and lock a new one. It is
// empty, and the system gives the lock back when a run dies.
func lock(path string) (*flock.Flock, error) {
	held := flock.New(lockPath(path))
	ok, err := held.TryLock()
	if err != nil {
		return nil, fmt.Errorf("lock state file %s: %w", path, err)
	}
	if !ok {
		return nil, fmt.Errorf("state file %s: %w", path, ErrInUse)
	}
	return held, nil
}
