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
	answers *answers.File
	named   bool // The edition was.
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
	wanted, faults, given, err := o.read()
	if err != nil {
		return nil, err
	}
	path, err := o.Path()
	if err != nil {
		return nil, err
	}
	store, err := openStore(path)
	if err != nil {
		return nil, err
	}
	s := &Session{options: o, answers: given, named: wanted.Edition != "", store: store}
	if err := s.open(wanted, faults); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// read reads what was given, but for what depends on the state file.
func (o Options) read() (wanted steps.Wanted, faults []sandbox.Fault, given *answers.File, err error) {
	wanted.Sandbox = o.Sandbox
	if len(o.Faults) > 0 && !o.Sandbox {
		return wanted, nil, nil, &UsageError{"--fault is for the sandbox", "Add --sandbox: the real service is not told to fail."}
	}
	if o.Timeout <= 0 {
		return wanted, nil, nil, &UsageError{"--timeout must be more than nothing", "Give it a duration, as in 30s or 2m."}
	}
	if wanted.Edition, err = o.edition(); err != nil {
		return wanted, nil, nil, err
	}
	if wanted.BaseURL, err = o.baseURL(); err != nil {
		return wanted, nil, nil, err
	}
	if faults, err = o.faults(); err != nil {
		return wanted, nil, nil, err
	}
	given, err = readAnswers(o.Answers)
	return wanted, faults, given, err
}

// readAnswers reads the answers file; none is one that says nothing.
func readAnswers(path string) (*answers.File, error) {
	if path == "" {
		return answers.Parse("", nil)
	}
	data, err := readFile(path, "the answers file", answers.MaxSize, "Give an answers file.")
	if err != nil {
		return nil, err
	}
	return answers.Parse(path, data)
}

func (s *Session) open(wanted steps.Wanted, faults []sandbox.Fault) error {
	path := s.store.Path()
	file, err := steps.Resolve(path, s.store.File(), wanted)
	if err != nil {
		return err
	}
	edition, err := api.ParseEdition(file.Edition)
	if err != nil {
		return &state.UnusableError{Path: path, Reason: err.Error()}
	}
	given, err := s.given(edition)
	if err != nil {
		if s.named || wanted.Sandbox || steps.HasProgress(file) {
			return err // The edition is certain.
		}
		other, wrong := s.given(edition.Other())
		if wrong != nil {
			return err
		}
		given = other // The server may yet speak that edition.
	}
	// The edition decides how the answers are read, and they name the key.
	wanted.AccountKey = given.AccountKey()
	if s.file, err = steps.Resolve(path, s.store.File(), wanted); err != nil {
		return err
	}
	if wanted.Sandbox {
		if err := s.startSandbox(sandbox.Options{Edition: edition, Data: state.SandboxPath(path), Faults: faults}); err != nil {
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
		Edition: steps.EditionFinder{Named: s.named || s.options.Sandbox, Read: s.given},
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
