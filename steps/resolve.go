package steps

import (
	"cmp"
	"fmt"
	"strings"

	"telegent-setup/api"
	"telegent-setup/state"
)

// DefaultBaseURL is the live service.
const (
	DefaultBaseURL = liveServer + "/v1.0"
	liveServer     = "https://api.telegent.com"
)

// Wanted is what a run is asked to work with; what is empty was not named.
type Wanted struct {
	Edition    api.Edition
	BaseURL    string // As api.ParseBaseURL returns it; ignored in the sandbox.
	AccountKey string
	Sandbox    bool
}

// ForeignError is a state file that belongs to another setup. It is left as it
// is.
type ForeignError struct{ Path, What, Has, Wants string }

// Error implements error.
func (e *ForeignError) Error() string {
	if e.What == "sandbox" {
		return fmt.Sprintf("%s belongs to %s, and this run wants %s", e.Path, e.Has, e.Wants)
	}
	return fmt.Sprintf("%s belongs to another %s: %s, and this run wants %s", e.Path, e.What, e.Has, e.Wants)
}

// Remedy says how to go on.
func (e *ForeignError) Remedy() string {
	return "To go on with that setup, name the same. To start a second setup beside it, give it a file of its own: --state FILE."
}

// Resolve decides what a run over a state file works with: what is wanted, else
// what the file says, else the default. A file in which nothing was sent, done
// or adopted takes on what is wanted; later something else is a *ForeignError.
// path is what that error calls the file.
func Resolve(path string, file state.File, wanted Wanted) (state.File, error) {
	if HasProgress(file) {
		if err := belongs(path, file, wanted); err != nil {
			return file, err
		}
	}
	if file.Sandbox != wanted.Sandbox { // What was typed for one is nothing for the other.
		file.BaseURL, file.AccountKey, file.Steps = "", "", nil
	}
	file.Sandbox = wanted.Sandbox
	file.Edition = cmp.Or(string(wanted.Edition), file.Edition, string(api.Edition2025))
	file.BaseURL = cmp.Or(wanted.BaseURL, file.BaseURL, DefaultBaseURL)
	file.AccountKey = cmp.Or(wanted.AccountKey, file.AccountKey)
	return file, nil
}

// HasProgress says whether anything has been sent, done or adopted in this setup.
// Signing in creates nothing and does not count.
func HasProgress(file state.File) bool {
	if len(file.IDs) > 0 || file.PhoneNumber != "" {
		return true
	}
	for id, step := range file.Steps {
		if id != Authenticate && (step.Status == state.Sent || step.Status == state.Done) {
			return true
		}
	}
	return false
}

func belongs(path string, file state.File, wanted Wanted) error {
	if file.Sandbox != wanted.Sandbox {
		name := map[bool]string{true: "the sandbox", false: "the real service"}
		return &ForeignError{path, "sandbox", name[file.Sandbox], name[wanted.Sandbox]}
	}
	if wanted.Sandbox || canonical(wanted.BaseURL) == canonical(file.BaseURL) {
		wanted.BaseURL = ""
	}
	for _, e := range []ForeignError{
		{path, "edition", file.Edition, string(wanted.Edition)},
		{path, "server", file.BaseURL, wanted.BaseURL},
		{path, "AccountKey", file.AccountKey, wanted.AccountKey},
	} {
		if e.Wants != "" && e.Has != "" && e.Wants != e.Has {
			return &e
		}
	}
	return nil
}

// canonical is a base URL to compare: the letter case of scheme and host, the
// standard port and a trailing slash do not matter.
func canonical(base string) string {
	u, err := api.ParseBaseURL(base)
	if err != nil {
		return base
	}
	u.Host = strings.TrimSuffix(strings.ToLower(u.Host), map[string]string{"https": ":443", "http": ":80"}[u.Scheme])
	return u.String()
}
