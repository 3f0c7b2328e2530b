package steps

import (
	"cmp"
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"telegent-setup/api"
	"telegent-setup/api/text"
	"telegent-setup/state"
)

// Config is what a Runner is made from.
type Config struct {
	Client   *api.Client
	Store    *state.Store // Nil for a recorded state, which is only looked at.
	File     state.File   // What Resolve made of the store's file.
	Edition  EditionFinder
	Observer Observer // May be nil.
	Version  string   // Of this program, for reports.
}

// Runner carries out the steps over one state file. It is safe for use by
// several goroutines; one call at a time is under way.
type Runner struct {
	client   *api.Client
	store    *state.Store
	observer Observer
	resumed  bool
	version  string

	busy   sync.Mutex // Held while a step is carried out.
	saving sync.Mutex // Held while the state is changed.

	watchReplies atomic.Bool // An answer to the test message will be looked for.

	mu            sync.Mutex // Guards what follows; never held while waiting.
	file          state.File // Never changed in place.
	edition       EditionFinder
	typed         map[string]Answers       // In this run, by step.
	secrets       map[string]api.Secret    // By field key.
	secretOrigins map[string]Origin        // By field key.
	tokens        map[string]api.Token     // By the endpoint that they are for; one for all under "".
	exchanges     map[string]*api.Exchange // By step: the last call for it and its answer.
	nextOrder     string                   // The OrderId that the next order carries.
	broken        error                    // Why nothing more may be sent.
}

// New makes a Runner. Nothing is sent or written yet.
func New(cfg Config) *Runner {
	r := &Runner{
		client: cfg.Client, store: cfg.Store, observer: cfg.Observer, version: cfg.Version,
		edition: cfg.Edition, resumed: HasProgress(cfg.File), file: cfg.File.Clone(),
		typed: map[string]Answers{}, secrets: map[string]api.Secret{}, secretOrigins: map[string]Origin{}, tokens: map[string]api.Token{}, exchanges: map[string]*api.Exchange{},
	}
	r.newOrderID()
	r.edition.begin(api.Edition(cfg.File.Edition))
	r.takeSecrets()
	return r
}

// Edition is the edition that this run speaks.
func (r *Runner) Edition() api.Edition {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.edition.current
}

// BaseURL is the URL that the calls of this run are relative to.
func (r *Runner) BaseURL() string { return r.client.BaseURL().String() }

// StatePath is the path of the state file; empty for a runner over a recorded state.
func (r *Runner) StatePath() string {
	if r.store == nil {
		return ""
	}
	return r.store.Path()
}

// stateName is StatePath as it is shown: a name may hold anything.
func (r *Runner) stateName() string { return text.OneLine(r.StatePath()) }

// Version is that of this program.
func (r *Runner) Version() string { return r.version }

// Sandbox says whether the setup belongs to the embedded sandbox.
func (r *Runner) Sandbox() bool { return r.snapshot().Sandbox }

// Resumed says whether the state file held progress when this run started.
func (r *Runner) Resumed() bool { return r.resumed }

// Redactor takes the secrets of this run out of what is kept of it.
func (r *Runner) Redactor() *api.Redactor { return r.client.Redactor() }

// Form is the form of a step in this run's edition.
func (r *Runner) Form(step string) *Form { return find(step).Forms[r.Edition()] }

// form is Form; the lock is held.
func (r *Runner) form(step string) *Form { return find(step).Forms[r.edition.current] }

// Why says what a step is for, in this run's edition.
func (r *Runner) Why(step string) string { return cmp.Or(r.Form(step).Why, find(step).Why) }

// Begin marks the start of a run for the observer.
func (r *Runner) Begin() {
	r.emit(Started{
		Edition: string(r.Edition()), BaseURL: r.BaseURL(), State: r.stateName(),
		Sandbox: r.Sandbox(), Resumed: r.resumed,
	})
}

// End marks the end of a run with its exit status.
func (r *Runner) End(exit int) { r.emit(Ended{Exit: exit, IDs: r.Saved()}) }

// reportUnchanged tells the observer of a step that this run leaves as it found
// it: done, skipped, or sent and not answered.
func (r *Runner) reportUnchanged(step string) {
	s := r.Status(step)
	event := Stepped{Step: step, Number: s.Step.Number, Status: StatusAlreadyDone, Saved: s.Saved}
	switch s.Status {
	case state.Skipped:
		event.Status = StatusSkipped
	case state.Sent:
		event.Status, event.Failure = StatusUnknown, r.Unsettled(step)
	}
	r.emit(event)
}

// SignedIn says whether this run holds a token that can be used or renewed
// without asking.
func (r *Runner) SignedIn() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.tokens) > 0
}

func (r *Runner) emit(e Event) {
	if r.observer == nil {
		return
	}
	if err := r.observer.Observe(e); err != nil {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.broken = cmp.Or(r.broken, err)
	}
}

// Broken is why nothing more may be sent: what the run has done could not be told.
func (r *Runner) Broken() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.broken
}

// watch tells the observer what the client does for a step.
func (r *Runner) watch(step string, call api.Call) api.Watch {
	return api.Watch{
		Calling: func(try int) {
			r.emit(Calling{Step: step, Method: call.Method, URL: r.client.URL(call), Try: try})
		},
		Waiting: func(reason string, until time.Time) {
			r.emit(Waiting{Step: step, Reason: reason, Until: until})
		},
		Exchanged: func(x api.Exchange) {
			r.mu.Lock()
			r.exchanges[step] = &x
			r.mu.Unlock()
			r.emit(Exchanged{Step: step, Exchange: x})
		},
	}
}

// rest waits between two calls.
func (r *Runner) rest(ctx context.Context, step, reason string, delay time.Duration) error {
	r.emit(Waiting{Step: step, Reason: reason, Until: time.Now().Add(delay)})
	timer := time.NewTimer(delay)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return &api.Error{Kind: api.Canceled, Sent: true, Err: ctx.Err()}
	}
}

// snapshot is the state as it stands. It is never changed in place: whoever reads
// it needs no copy.
func (r *Runner) snapshot() state.File {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.file
}

// env is what the conditions and checks of a step look at.
func (r *Runner) env(f state.File, answers Answers) Env {
	return Env{Answers: answers, IDs: SavedIn(f), Steps: f.Steps, Loopback: api.Loopback(r.client.BaseURL())}
}

// change saves the state as edit makes it. When it cannot be written, nothing
// changes.
func (r *Runner) change(edit func(*state.File)) error {
	r.saving.Lock()
	defer r.saving.Unlock()
	f := r.snapshot().Clone()
	f.Edition, f.BaseURL = string(r.Edition()), r.BaseURL()
	edit(&f)
	err := r.store.Save(f)
	r.mu.Lock()
	defer r.mu.Unlock()
	if err == nil || errors.Is(err, state.ErrNotFlushed) {
		r.file = f
	}
	return err
}

// mark changes what is kept of one step.
func (r *Runner) mark(id string, edit func(*state.File, *state.Step)) error {
	return r.change(func(f *state.File) {
		s := f.Steps[id]
		edit(f, &s)
		s.Updated = time.Now().UTC()
		f.Steps[id] = s
	})
}
