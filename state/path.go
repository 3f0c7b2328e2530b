package state

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// JournalPath is where the journal of a state file is.
func JournalPath(state string) string { return state + ".journal" }

// SandboxPath is where the embedded sandbox of a state file keeps its data.
func SandboxPath(state string) string { return state + ".sandbox" }

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
		if dir := getenv("LocalAppData"); dir != "" {
			return dir, nil
		}
		return "", errors.New("%LocalAppData% is not set")
	case "darwin", "ios":
		dir, err := home()
		return filepath.Join(dir, "Library", "Application Support"), err
	}
	// A relative path is to be ignored, says the specification.
	if dir := getenv("XDG_STATE_HOME"); filepath.IsAbs(dir) {
		return dir, nil
	}
	dir, err := home()
	return filepath.Join(dir, ".local", "state"), err
}

// resolve follows path when it is a symbolic link, even one to a file that does
// not exist yet, so that a save replaces the target and leaves the link.
func resolve(path string) (string, error) {
	const most = 40 // As many as Linux follows.
	for range most {
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
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return flush(d, parent)
}
