package steps

import (
	"time"

	"telegent-setup/state"
)

// Status is where a step stands.
type Status struct {
	Step    Step
	Status  state.Status
	Saved   Saved // The IDs that this step saved.
	Updated time.Time
	Issue   string // Of a failed or unknown step.
	Message string
}

// All tells where every step stands, in order.
func (r *Runner) All() []Status { return Survey(r.snapshot()) }

// Status tells where one step stands.
func (r *Runner) Status(step string) Status { return survey(r.snapshot(), find(step)) }

// QRCode is the link to the QR code of the number's eSIM; empty when it has none.
// It is personal.
func (r *Runner) QRCode() string { return r.snapshot().Steps[Provision].QRCode }

// Saved is every ID known so far.
func (r *Runner) Saved() Saved { return SavedIn(r.snapshot()) }

// Next is the first step that is neither done nor skipped; false when there is
// none. It never names authenticate once a later step has begun.
func (r *Runner) Next() (Step, bool) { return Next(r.snapshot()) }

// Survey tells where every step of a state file stands, in order.
func Survey(f state.File) []Status {
	var all []Status
	for _, step := range All() {
		all = append(all, survey(f, step))
	}
	return all
}

// Next is Runner.Next, of a state file.
func Next(f state.File) (Step, bool) {
	all := Survey(f)
	begun := false
	for _, s := range all[1:] {
		begun = begun || s.Status != state.Todo
	}
	for _, s := range all {
		if s.Status == state.Done || s.Status == state.Skipped || begun && s.Step.ID == Authenticate {
			continue
		}
		return s.Step, true
	}
	return Step{}, false
}

func survey(f state.File, step Step) Status {
	kept, ids := f.Steps[step.ID], SavedIn(f)
	s := Status{Step: step, Status: kept.Status, Updated: kept.Updated, Saved: Saved{}}
	if s.Status == "" {
		s.Status = state.Todo
	}
	if kept.Error != nil {
		s.Issue, s.Message = kept.Error.Issue, kept.Error.Message
	}
	for _, id := range step.Saves {
		if ids[id] != "" {
			s.Saved[id] = ids[id]
		}
	}
	return s
}

// SavedIn is every ID in a state file, with the number.
func SavedIn(f state.File) Saved {
	all := Saved{}
	for _, id := range IDs() {
		if v := f.IDs[string(id)]; v != "" {
			all[id] = v
		}
	}
	if f.PhoneNumber != "" {
		all[PhoneNumber] = f.PhoneNumber
	}
	return all
}
