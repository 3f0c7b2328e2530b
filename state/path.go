package state

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"telegent-setup/api/text"
)

// JournalPath is where the journal of a state file is.
func JournalPath(state string) string { return state + ".journal" }

// SandboxPath is where the embedded sandbox of a state file keeps its data.
func SandboxPath(state string) string { return state + ".sandbox" }

// checkName refuses a name that leaves no room for those of the files beside it:
// a save would fail after something was sent.
func checkName(state string) error {
	const most, longestSuffix = 255, len(".tmp-18446744073709551615")
	if len(filepath.Base(state)) > most-longestSuffix {
		return &UnusableError{Path: state, Reason: fmt.Sprintf("its name is longer than the %d bytes that leave room for those of its lock and journal", most-longestSuffix)}
	}
	return nil
}

// checkJournal refuses a journal that could not be written.
func checkJournal(state string) error {
	path := JournalPath(state)
	info, err := os.Lstat(path)
	if err == nil {
		err = own(path, info)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("the journal must be a regular file of your own: %w", err)
	}
	return nil
}

func lockPath(state string) string { return state + ".lock" }

// DefaultPath is the state file that is used when none is named:
// telegent-setup/state.json in the user's state directory, or
// telegent-setup/sandbox/state.json for the embedded sandbox.
func DefaultPath(sandbox bool) (string, error) {
	dir, err := stateDir(runtime.GOOS, os.Getenv, os.UserHomeDir)
	if err != nil {
		return "", fmt.Errorf("find the user's state directory: %w", err)
	}
	if sandbox {
		return filepath.Join(dir, "telegent-setup", "sandbox", "state.json"), nil
	}
	return filepath.Join(dir, "telegent-setup", "state.json"), nil
}

// stateDir is the platform's place for what programs remember: the XDG base
// directories, and their counterparts on macOS and Windows.
func stateDir(goos string, getenv func(string) string, home func() (string, error)) (string, error) {
	switch goos {
	case "windows":
		if dir := getenv("LocalAppData"); filepath.IsAbs(dir) {
			return dir, nil
		}
		return "", errors.New("%LocalAppData% is not set to an absolute path: set it, or name the state file with --state FILE")
	case "darwin", "ios":
		dir, err := absolute(home)
		return filepath.Join(dir, "Library", "Application Support"), err
	}
	// A relative path is to be ignored, says the specification.
	if dir := getenv("XDG_STATE_HOME"); filepath.IsAbs(dir) {
		return dir, nil
	}
	dir, err := absolute(home)
	return filepath.Join(dir, ".local", "state"), err
}

// absolute refuses a home that would be another one in each directory.
func absolute(home func() (string, error)) (string, error) {
	dir, err := home()
	if err == nil && !filepath.IsAbs(dir) {
		err = fmt.Errorf("the home directory %q is no absolute path: set HOME to one, or name the state file with --state FILE", text.OneLine(dir))
	}
	return dir, err
}

// resolve follows path when it is a symbolic link, even one to a file that does
// not exist yet, so that a save replaces the target and leaves the link.
func resolve(path string) (string, error) {
	const most = 40 // As many as Linux follows.
	for range most {
		if err := checkName(path); err != nil {
			return path, err
		}
		info, err := os.Lstat(path)
		if errors.Is(err, fs.ErrNotExist) {
			return path, nil
		}
		if err != nil || info.Mode()&fs.ModeSymlink == 0 {
			return path, err
		}
		target, err := os.Readlink(path)
		if err != nil {
			return path, err
		}
		if !filepath.IsAbs(target) {
			// Not Join, which would take "link/.." for nothing.
			target = filepath.Dir(path) + string(filepath.Separator) + target
		}
		path = target
	}
	return path, errors.New("too many symbolic links")
}

// makeDir makes a directory and those above it, 0700 each, and flushes the
// entry of each, without which a flushed file in it could still be lost.
func makeDir(dir string, d disk) error {
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	parent := filepath.Dir(dir)
	if err := makeDir(parent, d); err != nil {
		return err
	}
	switch err := os.Mkdir(dir, 0o700); {
	case errors.Is(err, fs.ErrExist): // Another run was quicker.
	case err != nil:
		return err
	default:
		// Whatever the umask took from it. A file system without modes may refuse.
		if err := os.Chmod(dir, 0o700); err != nil && !errors.Is(err, fs.ErrPermission) {
			return err
		}
	}
	return flush(d, parent)
}
