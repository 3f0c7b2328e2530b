// Package session opens what a run works with: it settles flags, environment,
// answers file and state file, starts the embedded sandbox, and builds the
// client and the runner.
//
// It may import api, api/sandbox, state, steps, steps/report and steps/answers,
// and asks or prints nothing.
package session

import (
	"cmp"
	"errors"
	"net"
	"time"

	"telegent-setup/api"
	"telegent-setup/api/sandbox"
	"telegent-setup/state"
)

// Options are what flags ask for; what is empty was not given.
type Options struct {
	Sandbox bool     // The embedded sandbox instead of the service.
	Faults  []string // Of the sandbox: NAME[@STEP][:COUNT].
	BaseURL string
	Edition string
	State   string // Path of the state file.
	Answers string // Path of the answers file.
	Timeout time.Duration
	Offline bool                // Nothing will be called: the sandbox need not be started.
	Getenv  func(string) string // The environment.
	Version string              // Of this program, for the User-Agent.
}

// Timeout is how long one call may take, unless another time is named.
const Timeout = 30 * time.Second

// SandboxAddress is where the sandbox by itself listens, unless told otherwise.
const SandboxAddress = "127.0.0.1:8080"

// Env is an environment variable. The sandbox has no business with those for
// the real service.
func (o Options) Env(name string) string {
	switch name {
	case "TELEGENT_BASE_URL", "TELEGENT_STATE", "TELEGENT_ACCOUNT_KEY", "TELEGENT_ACCOUNT_SECRET":
		if o.Sandbox {
			return ""
		}
	}
	return o.Getenv(name)
}

// given reads a flag, else its variable; what neither of them gives is left empty.
func given[T any](o Options, flag, value, variable string, parse func(string) (T, error)) (read T, err error) {
	source := flag
	if value == "" {
		value, source = o.Env(variable), variable
	}
	if value == "" {
		return read, nil
	}
	if read, err = parse(value); err != nil {
		return read, &UsageError{source + ": " + err.Error(), ""}
	}
	return read, nil
}

// Path is the path of the state file.
func (o Options) Path() (string, error) {
	if path := cmp.Or(o.State, o.Env("TELEGENT_STATE")); path != "" {
		return path, nil
	}
	return state.DefaultPath(o.Sandbox)
}

// Read loads the state file without its lock. found is false when there is
// none.
func (o Options) Read() (path string, file state.File, found bool, err error) {
	if path, err = o.Path(); err != nil {
		return path, file, false, err
	}
	if file, found, err = state.Read(path); err != nil {
		return path, file, found, err
	}
	if !found {
		file.Sandbox = o.Sandbox
	}
	_, err = known(path, file)
	return path, file, found, err
}

// known is the edition of a file, empty where it has none. One that this program does
// not speak is refused.
func known(path string, file state.File) (api.Edition, error) {
	if file.Edition == "" {
		return "", nil
	}
	edition, err := api.ParseEdition(file.Edition)
	if err != nil {
		return "", &state.UnusableError{Path: path, Reason: err.Error()}
	}
	return edition, nil
}

// Serve starts a sandbox at addr, HOST:PORT, in the edition that is named. What
// it creates is kept in memory; log is told of every request.
func (o Options) Serve(addr string, log func(sandbox.Entry)) (*sandbox.Server, error) {
	edition, err := o.edition()
	if err != nil {
		return nil, err
	}
	faults, err := o.faults()
	if err != nil {
		return nil, err
	}
	return serve(addr, sandbox.Options{Edition: edition, Faults: faults, Log: log})
}

func serve(addr string, o sandbox.Options) (*sandbox.Server, error) {
	box, err := sandbox.New(o)
	if err != nil {
		return nil, err
	}
	server, err := sandbox.Start(addr, box)
	var network *net.OpError
	var address *net.AddrError // As of a port that there is none of.
	if err != nil && (!errors.As(err, &network) || errors.As(err, &address)) {
		return nil, &UsageError{err.Error(), ""}
	}
	return server, err
}

// faults reads the faults; the sandbox alone has any.
func (o Options) faults() ([]sandbox.Fault, error) {
	var all []sandbox.Fault
	for _, text := range o.Faults {
		fault, err := sandbox.ParseFault(text)
		if err != nil {
			return nil, &UsageError{"--fault: " + err.Error(), ""}
		}
		all = append(all, fault)
	}
	return all, nil
}

// NamedEdition is the edition that is named, else the one that a setup has saved,
// else the default.
func (o Options) NamedEdition(saved string) (api.Edition, error) {
	edition, err := o.edition()
	return cmp.Or(edition, api.Edition(saved), api.Edition2025), err
}

// edition is the edition that is named; empty when none is.
func (o Options) edition() (api.Edition, error) {
	return given(o, "--edition", o.Edition, "TELEGENT_EDITION", api.ParseEdition)
}

// baseURL is the base URL that is named; empty when none is.
func (o Options) baseURL() (string, error) {
	if o.Sandbox && o.BaseURL != "" {
		return "", &UsageError{"--base-url does not go with --sandbox, which has an address of its own", "Leave one of the two out."}
	}
	u, err := given(o, "--base-url", o.BaseURL, "TELEGENT_BASE_URL", api.ParseBaseURL)
	if u == nil || err != nil {
		return "", err
	}
	return u.String(), nil
}
