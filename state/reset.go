package state

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Reset starts over: the state file, its journal and its sandbox data take a
// dated name beside the old one, state-20261123T051500Z.json, and nothing is
// deleted or overwritten. It returns the new paths, none when there was
// nothing. A damaged state file is moved like any other. The error is ErrInUse
// while another run holds the file; kept names what was moved before an error.
func Reset(path string, now time.Time) (kept []string, err error) {
	target, err := resolve(path)
	if err != nil {
		return nil, fmt.Errorf("find state file %s: %w", path, err)
	}
	// The state file is the first: when moving stops half way, a new setup begins,
	// rather than an old one without its data.
	files := []kin{{target, ""}, {JournalPath(path), JournalPath("")}, {SandboxPath(path), SandboxPath("")}}
	if found, err := present(files); err != nil || len(found) == 0 && !exists(lockPath(target)) {
		return nil, err
	}
	held, err := takeLock(target)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, held.Unlock()) }()
	if info, err := os.Lstat(target); err == nil && !info.Mode().IsRegular() {
		return nil, &UnusableError{Path: target, Reason: errIrregular.Error()}
	}
	if files, err = present(files); err != nil {
		return nil, err
	}
	return moveAside(files, now)
}

// kin is one of the files that make up a setup.
type kin struct {
	path   string
	suffix string // What path has behind the name that gets the date.
}

// marked is the path with a mark before the extension of the state file.
func (f kin) marked(mark string) string {
	state := strings.TrimSuffix(f.path, f.suffix)
	ext := filepath.Ext(state)
	if ext == filepath.Base(state) {
		ext = "" // ".state" is a name, not an extension.
	}
	return strings.TrimSuffix(state, ext) + mark + ext + f.suffix
}

// present leaves out the files that are not there.
func present(files []kin) ([]kin, error) {
	var there []kin
	for _, f := range files {
		_, err := os.Lstat(f.path)
		if err == nil {
			there = append(there, f)
		} else if !errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("find what to keep: %w", err)
		}
	}
	return there, nil
}

// moveAside renames the files in order, and flushes the directories of their names.
func moveAside(files []kin, now time.Time) (kept []string, err error) {
	to := datedNames(files, now)
	for i, f := range files {
		if err := rename(f.path, to[i]); err != nil {
			return kept, fmt.Errorf("keep %s: %w", f.path, err)
		}
		kept = append(kept, to[i])
	}
	for _, f := range files {
		if err := flush(realDisk(), filepath.Dir(f.path)); err != nil {
			return kept, fmt.Errorf("keep %s: %w", f.path, err)
		}
	}
	return kept, nil
}

// datedNames finds one date, numbered if need be, under which none of the
// files would take the place of another.
func datedNames(files []kin, now time.Time) []string {
	date := now.UTC().Format("-20060102T150405Z")
	names := make([]string, len(files))
	for mark, n := date, 2; ; n++ {
		for i, f := range files {
			names[i] = f.marked(mark)
		}
		if !slices.ContainsFunc(names, exists) {
			return names
		}
		mark = date + "-" + strconv.Itoa(n)
	}
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}
