package steps

import (
	"telegent-setup/api"
)

// EditionFinder knows which edition of the API a run speaks, and whether that is
// still open. It alone decides about the edition.
type EditionFinder struct {
	Named bool // By a flag or variable, and kept.
	// Read gives what was given ahead of the run in the words of an edition; nil
	// when nothing was. The error is that the answers file is in other words.
	Read func(api.Edition) (Given, error)

	current api.Edition
	settled bool // A token was had, or something was done in it.
}

func (e *EditionFinder) begin(edition api.Edition) { e.current = edition }

// Current is the edition that is spoken now.
func (e *EditionFinder) Current() api.Edition { return e.current }

// given is what was given in the words of the current edition. What both editions
// know of a file in other words is taken all the same.
func (e *EditionFinder) given() (Given, error) {
	if e.Read == nil {
		return NewGiven(), nil
	}
	given, err := e.Read(e.current)
	if err != nil {
		given, _ = e.Read(e.current.Other())
	}
	return given, err
}

// open says whether the other edition may be tried: nobody named one, no token was
// had, and nothing was done in it.
func (e *EditionFinder) open(begun bool) bool { return !e.Named && !e.settled && !begun }

// editionOpen says whether the server may yet speak the other edition.
func (r *Runner) editionOpen() bool {
	begun := HasProgress(r.snapshot())
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.edition.open(begun)
}

// takeGiven takes what was given ahead of the run, in the words of the edition.
func (r *Runner) takeGiven() {
	r.mu.Lock()
	given, _ := r.edition.given()
	r.given = given
	sandbox := r.file.Sandbox
	form := r.edition.Current()
	r.mu.Unlock()
	for key, s := range given.Secrets {
		r.setSecret(key, s)
	}
	if !sandbox {
		return
	}
	for _, step := range All() {
		for _, fd := range step.Forms[form].Fields {
			if fd.Kind == Secret && r.secret(fd.Key).Empty() {
				r.setSecret(fd.Key, api.NewSecret(fd.ready()))
			}
		}
	}
}

// secret is the secret that is held for a field; an empty one when none is.
func (r *Runner) secret(key string) api.Secret {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.secrets[key]
}

// GivenError says that the answers file is not in the words of the edition, which
// is certain by now; nil when it is, or the server may yet speak the other one.
func (r *Runner) GivenError() error {
	open := r.editionOpen()
	r.mu.Lock()
	defer r.mu.Unlock()
	_, err := r.edition.given()
	if err == nil || r.edition.Read == nil {
		return nil
	}
	if _, other := r.edition.Read(r.edition.current.Other()); open && other == nil {
		return nil
	}
	return err
}

// switchEdition changes to the other edition and what was given in its words.
func (r *Runner) switchEdition() {
	r.mu.Lock()
	r.edition.current = r.edition.current.Other()
	r.mu.Unlock()
	r.takeGiven()
}

// settleEdition says that the edition is certain. Moved means that it is not the
// one that the run began with.
func (r *Runner) settleEdition(moved bool) {
	r.mu.Lock()
	r.edition.settled = true
	edition := r.edition.current
	r.mu.Unlock()
	if moved {
		r.emit(EditionFound{Edition: string(edition)})
	}
}

// UseOtherEdition switches a run in which nothing was done to the other edition,
// as a person may decide where the server does not tell.
func (r *Runner) UseOtherEdition() {
	r.switchEdition()
	r.settleEdition(true)
}
