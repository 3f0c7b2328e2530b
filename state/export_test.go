package state

import (
	"path/filepath"
	"strings"
)

// OpenWatched is Open on a disk that tells watch of every stage of a save before
// it happens, by its name and the file's, and of the end of each save.
func OpenWatched(path string, watch func(stage string)) (*Store, error) {
	below, d := realDisk(), realDisk()
	d.openDir = func(name string) (handle, error) {
		watch("open the directory")
		h, err := below.openDir(name)
		return watched{h, watch, "the directory"}, err
	}
	d.create = func(name string) (handle, error) {
		watch("create " + stableName(name))
		h, err := below.create(name)
		return watched{h, watch, "the new file"}, err
	}
	d.rename = func(from, to string) error {
		watch("rename the new file")
		return below.rename(from, to)
	}
	return open(path, d)
}

// watched is a handle on a watched disk. A write happens in two halves.
type watched struct {
	handle
	watch func(stage string)
	what  string
}

func (h watched) Write(p []byte) (int, error) {
	h.watch("write " + h.what)
	n, err := h.handle.Write(p[:len(p)/2])
	if err != nil {
		return n, err
	}
	h.watch("write the rest of " + h.what)
	more, err := h.handle.Write(p[n:])
	return n + more, err
}

func (h watched) Sync() error {
	h.watch("flush " + h.what)
	return h.handle.Sync()
}

func (h watched) Close() error {
	h.watch("close " + h.what)
	return h.handle.Close()
}

// stableName is the name of a file without the number that differs from one run
// of the tests to the next.
func stableName(path string) string {
	name, _, half := strings.Cut(filepath.Base(path), ".tmp-")
	if half {
		name += ".tmp"
	}
	return name
}
