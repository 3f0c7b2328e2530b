package steps

import "telegent-setup/api"

// Given is what was given ahead of a run, by the answers file and by the
// environment, in the words of one edition.
type Given struct {
	Answers  map[string]Answers         // By step and field key; no secrets.
	Secrets  map[string]api.Secret      // By field key.
	Skip     map[string]bool            // The optional steps to leave out.
	Adopt    map[string]Answers         // The IDs that the customer has already, by step, with the keys of Form.Adopt.
	Environs map[string]map[string]bool // By step and key: what an environment variable gave.
}

// NewGiven returns a Given that holds nothing.
func NewGiven() Given {
	return Given{
		Answers: map[string]Answers{}, Secrets: map[string]api.Secret{}, Skip: map[string]bool{},
		Adopt: map[string]Answers{}, Environs: map[string]map[string]bool{},
	}
}

// AccountKey is the account key that was given; empty when none was.
func (g Given) AccountKey() string { return g.Answers[Authenticate][accountKey] }

// origin is who gave an answer or a secret. A variable gives one key of one step.
func (g Given) origin(key string) Origin {
	for _, keys := range g.Environs {
		if keys[key] {
			return Environment
		}
	}
	return File
}

// EditionFinder knows which edition of the API a run speaks, and whether that is
// still open. It alone decides about the edition.
type EditionFinder struct {
	Named bool // By a flag or variable, and kept.
	// Read gives what was given ahead of the run in the words of an edition; nil
	// when nothing was. The error is that the answers file is in other words.
	Read func(api.Edition) (Given, error)

	current api.Edition
	settled bool                  // A token was had, or something was done in it.
	read    map[api.Edition]Given // What Read gave.
	unfit   map[api.Edition]error // Why the answers file is not in the words of an edition.
}

// begin begins with an edition, and reads what was given once.
func (e *EditionFinder) begin(edition api.Edition) {
	e.current, e.read, e.unfit = edition, map[api.Edition]Given{}, map[api.Edition]error{}
	for _, edition := range api.Editions() {
		if e.Read != nil {
			e.read[edition], e.unfit[edition] = e.Read(edition)
		}
	}
}

// given is what was given in the words of the current edition. What both editions
// know of a file in other words is taken all the same.
func (e *EditionFinder) given() Given {
	if e.unfit[e.current] != nil {
		return e.read[e.current.Other()]
	}
	return e.read[e.current]
}

// givenNow is what was given ahead of the run, in the words of the edition.
func (r *Runner) givenNow() Given {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.edition.given()
}

// takeSecrets takes the secrets that were given ahead of the run, in the words of
// the edition, and in the sandbox those that are ready.
func (r *Runner) takeSecrets() {
	given := r.givenNow()
	for key, s := range given.Secrets {
		r.setSecret(key, s, given.origin(key))
	}
	if !r.Sandbox() {
		return
	}
	for _, step := range quickstart() {
		for _, fd := range r.Form(step.ID).Fields {
			if fd.Kind == Secret {
				r.setSecret(fd.Key, api.NewSecret(fd.ready()), Sample)
			}
		}
	}
}

// editionOpen says whether the other edition may be tried: nobody named one, no
// token was had, and nothing was done in it.
func (r *Runner) editionOpen() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return !r.edition.Named && !r.edition.settled && !HasProgress(r.file)
}

// GivenElsewhere is the error of an answers file that is in the words of the other
// edition only; nil when it is in those of this one. The server may yet speak that
// edition: GivenError says whether it is certain.
func (r *Runner) GivenElsewhere() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.edition.unfit[r.edition.current]
}

// GivenError says that the answers file is not in the words of the edition, which
// is certain by now; nil when it is, or the server may yet speak the other one.
func (r *Runner) GivenError() error {
	open := r.editionOpen()
	r.mu.Lock()
	defer r.mu.Unlock()
	if open && r.edition.unfit[r.edition.current.Other()] == nil {
		return nil
	}
	return r.edition.unfit[r.edition.current]
}

// switchEdition changes to the other edition and what was given in its words.
func (r *Runner) switchEdition() {
	r.mu.Lock()
	r.edition.current = r.edition.current.Other()
	r.mu.Unlock()
	r.takeSecrets()
}

// settleEdition says that the edition is certain. Moved means that it is not the
// one that the run began with.
func (r *Runner) settleEdition(moved bool) {
	r.mu.Lock()
	r.edition.settled = true
	r.mu.Unlock()
	if moved {
		r.emit(EditionFound{Edition: string(r.Edition())})
	}
}
