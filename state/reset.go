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

// kin is one of the files that make up a setup.
type kin struct {
	path   string
	suffix string // What path has behind the name that gets the date.
}

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
	files := []kin{
		{target, ""},
		{JournalPath(path), JournalPath("")},
		{SandboxPath(path), SandboxPath("")},
	}
	if present, err := present(files); err != nil || len(present) == 0 && !exists(lockPath(target)) {
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
	files, err = present(files)
	if err != nil {
		return nil, err
	}
	return moveAside(files, now)
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

// moveAside renames the files in order, the state file first: when it stops
// half way, a new setup begins, rather than an old one without its data.
func moveAside(files []kin, now time.Time) ([]string, error) {
	to := datedNames(files, now)
	var kept []string
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
	date := now.UTC().Format("20060102T150405Z")
	for n := 1; ; n++ {
		mark := "-" + date
		if n > 1 {
			mark += "-" + strconv.Itoa(n)
		}
		names := make([]string, len(files))
		for i, f := range files {
			names[i] = marked(f, mark)
		}
		if !slices.ContainsFunc(names, exists) {
			return names
		}
	}
}

// marked puts the mark before the extension of the state file.
func marked(f kin, mark string) string {
	state := strings.TrimSuffix(f.path, f.suffix)
	ext := filepath.Ext(state)
	if ext == filepath.Base(state) {
		ext = "" // ".state" is a name, not an extension.
	}
	return strings.TrimSuffix(state, ext) + mark + ext + f.suffix
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}
