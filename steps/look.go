package steps

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"strings"

	"telegent-setup/api"
)

// Presence is whether something that is saved exists at the service.
type Presence int

// What looking can tell.
const (
	NotChecked Presence = iota // The API has no way to look, or looking failed.
	Present
	Absent
)

// String is how a face says it.
func (p Presence) String() string {
	return [...]string{"not checked", "found", "not found"}[p]
}

// Look asks the service whether what a step saved, or ids in its place, exists.
// It changes nothing. Edition 2025-12 has no way to look.
func (r *Runner) Look(ctx context.Context, step string, ids Saved) (Presence, error) {
	r.busy.Lock()
	defer r.busy.Unlock()
	form := r.Form(step)
	if form.Look == nil {
		return NotChecked, nil
	}
	if ids == nil {
		ids = r.Saved()
	}
	call, ok := form.Look(ids)
	if !ok {
		return NotChecked, nil
	}
	answer, err := r.call(ctx, step, call, func() error { return nil })
	var e *api.Error
	switch {
	case err == nil && empty(answer.Body):
		return Absent, nil
	case err == nil:
		return Present, nil
	case errors.As(err, &e) && e.Kind == api.Refused && (e.Status == http.StatusNotFound || strings.Contains(normal(e.Message), "not found")):
		return Absent, nil
	case ctx.Err() != nil:
		return NotChecked, context.Canceled
	}
	return NotChecked, failure(r.Edition(), find(step), err)
}

// empty says whether an answer lists nothing.
func empty(body []byte) bool {
	var list struct{ Data []any }
	body = bytes.TrimSpace(body)
	if bytes.Equal(body, []byte("[]")) || bytes.Equal(body, []byte("{}")) || bytes.Equal(body, []byte("null")) {
		return true
	}
	return (api.Answer{Body: body}).Decode(&list) == nil && list.Data != nil && len(list.Data) == 0
}
