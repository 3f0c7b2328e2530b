package session

import (
	"errors"
	"os"

	"telegent-setup/api"
	"telegent-setup/api/sandbox"
	"telegent-setup/state"
	"telegent-setup/steps"
	"telegent-setup/steps/answers"
	"telegent-setup/steps/report"
)

// Session is a run over one state file, which it holds until Close.
type Session struct {
	options Options
	wanted  steps.Wanted // As flags and variables name it.
	faults  []sandbox.Fault
	answers *answers.File
	store   *state.Store
	file    state.File // As settled.
	box     *sandbox.Server
	client  *api.Client
	journal *report.Journal // Nil when nothing is recorded.
}

// Open settles what a run works with, and holds its state file. Nothing is sent
// or written yet. The error is a *UsageError, an *answers.Error, one of
// state.Open, a *steps.ForeignError, sandbox.ErrDamaged, or one of the machine.
func Open(o Options) (*Session, error) {
	s, err := open(o, state.Open)
	if err == nil {
		s.journal = report.NewJournal(s.store.Path())
	}
	return s, err
}

// OpenReadOnly is Open for a command that only looks: it takes no lock, records
// nothing, and what is saved stays in memory.
func OpenReadOnly(o Options) (*Session, error) { return open(o, state.OpenReadOnly) }

func open(o Options, openStore func(path string) (*state.Store, error)) (*Session, error) {
	s := &Session{options: o}
	if err := s.read(); err != nil {
		return nil, err
	}
	path, err := o.Path()
	if err != nil {
		return nil, err
	}
	if s.store, err = openStore(path); err != nil {
		return nil, err
	}
	if err := s.settle(); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// read reads what was given, but for what depends on the state file.
func (s *Session) read() (err error) {
	o := s.options
	s.wanted.Sandbox = o.Sandbox
	if len(o.Faults) > 0 && !o.Sandbox {
		return &UsageError{"--fault is for the sandbox", "Add --sandbox: the real service is not told to fail."}
	}
	if o.Timeout <= 0 {
		return &UsageError{"--timeout must be more than nothing", "Give it a duration, as in 30s or 2m."}
	}
	if s.wanted.Edition, err = o.edition(); err != nil {
		return err
	}
	if s.wanted.BaseURL, err = o.baseURL(); err != nil {
		return err
	}
	if s.faults, err = o.faults(); err != nil {
		return err
	}
	var data []byte // Without a file nothing is said.
	if o.Answers != "" {
		if data, err = readFile(o.Answers, "the answers file", answers.MaxSize, "Give an answers file."); err != nil {
			return err
		}
	}
	s.answers, err = answers.Parse(o.Answers, data)
	return err
}

// settle decides what the run works with, now that it holds the state file.
func (s *Session) settle() error {
	path := s.store.Path()
	file, err := steps.Resolve(path, s.store.File(), s.wanted)
	if err != nil {
		return err
	}
	edition, err := known(path, file)
	if err != nil {
		return err
	}
	given, err := s.given(edition)
	if err != nil && !s.named() && !steps.HasProgress(file) {
		if other, wrong := s.given(edition.Other()); wrong == nil {
			given, err = other, nil // The server may yet speak that edition.
		}
	}
	if err != nil {
		return err
	}
	// The edition decides how the answers are read, and they name the key.
	wanted := s.wanted
	wanted.AccountKey = given.AccountKey()
	if s.file, err = steps.Resolve(path, s.store.File(), wanted); err != nil {
		return err
	}
	if wanted.Sandbox {
		if err := s.startSandbox(sandbox.Options{Edition: edition, Data: state.SandboxPath(path), Faults: s.faults}); err != nil {
			return err
		}
	}
	base, err := api.ParseBaseURL(s.file.BaseURL)
	if err != nil {
		return &state.UnusableError{Path: path, Reason: err.Error()}
	}
	s.client = api.New(api.Options{BaseURL: base, UserAgent: "telegent-setup/" + s.options.Version, Timeout: s.options.Timeout})
	return nil
}

// startSandbox starts the embedded sandbox, unless nothing will be called.
func (s *Session) startSandbox(o sandbox.Options) (err error) {
	if s.options.Offline {
		if kept := s.store.File(); !kept.Sandbox || kept.BaseURL == "" {
			s.file.BaseURL = "http://" + SandboxAddress + "/v1.0"
		}
		return nil
	}
	if !s.store.Existed() { // What a setup that is gone had created is gone with it.
		_ = os.Remove(o.Data)
	}
	if s.box, err = serve("127.0.0.1:0", o); err != nil {
		return err
	}
	s.file.BaseURL = s.box.URL()
	return nil
}

// named says whether the edition is one that was named.
func (s *Session) named() bool { return s.wanted.Edition != "" || s.wanted.Sandbox }

// given is what the answers file and the environment give, in the words of an
// edition.
func (s *Session) given(edition api.Edition) (steps.Given, error) {
	given, err := s.answers.For(edition)
	if err == nil {
		answers.Environment(given, edition, s.options.Env)
	}
	return given, err
}

// Runner makes the runner of this run; o is told what it does.
func (s *Session) Runner(o steps.Observer) *steps.Runner {
	observers := steps.Observers{o}
	if s.journal != nil {
		observers = steps.Observers{s.journal, o}
	}
	return steps.New(steps.Config{
		Client: s.client, Store: s.store, File: s.file, Observer: observers, Version: s.options.Version,
		Edition: steps.EditionFinder{Named: s.named(), Read: s.given},
	})
}

// Close ends the sandbox and gives the state file back.
func (s *Session) Close() error {
	var errs []error
	if s.client != nil {
		s.client.Close()
	}
	if s.box != nil {
		errs = append(errs, s.box.Close())
	}
	if s.journal != nil {
		errs = append(errs, s.journal.Close())
	}
	return errors.Join(append(errs, s.store.Close())...)
}
