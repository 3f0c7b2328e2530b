package steps

import (
	"cmp"
	"context"
	"errors"
	"sync"
	"time"

	"telegent-setup/api"
	"telegent-setup/state"
)

// Config is what a Runner is made from.
type Config struct {
	Client   *api.Client
	Store    *state.Store
	File     state.File            // What Resolve made of the store's file.
	Given    map[string]Answers    // Answers file: answers by step; they prefill the forms.
	Secrets  map[string]api.Secret // Environment and answers file: secrets by field key.
	Observer Observer              // May be nil.
	Version  string                // Of this program, for reports.

	Named  bool                                 // The edition was named by a flag or variable, and is kept.
	Misfit bool                                 // The given answers are in the words of the other edition.
	Regive func(api.Edition) map[string]Answers // The given answers in the words of another edition; may be nil.
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

	mu      sync.Mutex // Guards what follows; never held while waiting.
	file    state.File
	given   map[string]Answers
	said    map[string]map[string]bool // By step and key: what the person has said something else of since.
	secrets map[string]api.Secret
	tokens  map[string]api.Token // By the endpoint that they are for; "" is all.
	edition api.Edition
	named   bool // The edition was named, and is kept.
	misfit  bool // The given answers are in the words of the other edition.
	regive  func(api.Edition) map[string]Answers

	latest    *api.Exchange // The last call of this run and its answer.
	signedIn  bool          // A token was had in this run.
	nextOrder string        // The OrderId that the next order carries.
}

// New makes a Runner. Nothing is sent or written yet.
func New(cfg Config) *Runner {
	r := &Runner{
		client: cfg.Client, store: cfg.Store, observer: cfg.Observer, version: cfg.Version,
		edition: api.Edition(cfg.File.Edition), named: cfg.Named, misfit: cfg.Misfit, regive: cfg.Regive, resumed: Begun(cfg.File),
		file: cfg.File.Clone(), given: map[string]Answers{}, said: map[string]map[string]bool{},
		secrets: map[string]api.Secret{}, tokens: map[string]api.Token{},
	}
	r.give(cfg.Given)
	for key, s := range cfg.Secrets {
		r.Keep(key, s)
	}
	if cfg.File.Sandbox {
		r.readySecrets()
	}
	return r
}

// Edition is the edition that this run speaks.
func (r *Runner) Edition() api.Edition {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.edition
}

// BaseURL is the URL that the calls of this run are relative to.
func (r *Runner) BaseURL() string { return r.client.BaseURL().String() }

// StatePath is the path of the state file.
func (r *Runner) StatePath() string { return r.store.Path() }

// Version is that of this program.
func (r *Runner) Version() string { return r.version }

// Sandbox says whether the setup belongs to the embedded sandbox.
func (r *Runner) Sandbox() bool { return r.snapshot().Sandbox }

// Resumed says whether the state file held progress when this run started.
func (r *Runner) Resumed() bool { return r.resumed }

// Form is the form of a step in this run's edition.
func (r *Runner) Form(step string) Form { return find(step).Forms[r.Edition()] }

// Why says what a step is for, in this run's edition.
func (r *Runner) Why(step string) string { return cmp.Or(r.Form(step).Why, find(step).Why) }

// Begin marks the start of a run for the observer.
func (r *Runner) Begin() {
	r.tell(Started{
		Edition: string(r.Edition()), BaseURL: r.BaseURL(), State: r.StatePath(),
		Sandbox: r.Sandbox(), Resumed: r.resumed,
	})
}

// End marks the end of a run with its exit status.
func (r *Runner) End(exit int) { r.tell(Ended{Exit: exit, IDs: r.Saved()}) }

// Pass tells the observer of a step that this run leaves as it found it: done,
// skipped, or sent and not answered.
func (r *Runner) Pass(step string) {
	s := r.Status(step)
	event := Stepped{Step: step, Number: s.Step.Number, Status: OutcomeAlreadyDone, Saved: s.Saved}
	switch s.Status {
	case state.Skipped:
		event.Status = OutcomeSkipped
	case state.Sent:
		event.Status, event.Failure = OutcomeUnknown, &r.Pending(step).Failure
	}
	r.tell(event)
}

// SignedIn says whether this run holds a token that can be used or renewed
// without asking.
func (r *Runner) SignedIn() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.tokens) > 0
}

func (r *Runner) tell(e Event) {
	if r.observer != nil {
		r.observer.Observe(e)
	}
}

// watch tells the observer what the client does for a step.
func (r *Runner) watch(step string, call api.Call) api.Watch {
	return api.Watch{
		Calling: func(try int) {
			r.tell(Calling{Step: step, Method: call.Method, URL: r.client.URL(call), Try: try})
		},
		Waiting: func(reason string, until time.Time) {
			r.tell(Waiting{Step: step, Reason: reason, Until: until})
		},
		Exchanged: func(x api.Exchange) {
			r.mu.Lock()
			r.latest = &x
			r.mu.Unlock()
			r.tell(Exchanged{Step: step, Exchange: x})
		},
	}
}

// snapshot is a copy of the state as it stands.
func (r *Runner) snapshot() state.File {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.file.Clone()
}

// change saves the state as edit makes it. When it cannot be written, nothing
// changes.
func (r *Runner) change(edit func(*state.File)) error {
	r.saving.Lock()
	defer r.saving.Unlock()
	f := r.snapshot()
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
		if f.Steps == nil {
			f.Steps = map[string]state.Step{}
		}
		s := f.Steps[id]
		edit(f, &s)
		s.Updated = time.Now().UTC()
		f.Steps[id] = s
	})
}

// SignIn authenticates with the AccountKey and AccountSecret known so far. The
// errors are those of Submit.
func (r *Runner) SignIn(ctx context.Context) error {
	_, err := r.Submit(ctx, Authenticate, r.Prefill(Authenticate), false)
	return err
}
