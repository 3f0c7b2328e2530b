package steps

import (
	"crypto/rand"

	"telegent-setup/state"
)

// orderID is the OrderId of this order: that of the file while its outcome is
// unknown, else one that is made once and kept until it is refused.
func (r *Runner) orderID(f state.File) string {
	if id := f.Steps[Provision].OrderID; id != "" {
		return id
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.nextOrder == "" {
		r.nextOrder = "SETUP-" + rand.Text()
	}
	return r.nextOrder
}
