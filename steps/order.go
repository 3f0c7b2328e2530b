package steps

import (
	"crypto/rand"

	"telegent-setup/state"
)

// numberOrder gives the answers of an order their OrderId, where the form has one
// and the person gave none.
func (r *Runner) numberOrder(f state.File, form Form, full Answers) {
	if _, ok := field(form.Fields, orderKey); ok && full[orderKey] == "" {
		full[orderKey] = r.orderID(f)
	}
}

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
