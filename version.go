package main

import (
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"strings"
)

// The linker sets these in a release (.goreleaser.yaml).
var (
	version = "1.0.0"
	commit  = ""
)

// printVersion prints the version, the commit where it is known, and the
// version of Go that compiled the program.
func printVersion(w io.Writer) error {
	built := []string{runtime.Version()}
	if c := revision(); c != "" {
		built = []string{"commit " + c, runtime.Version()}
	}
	_, err := fmt.Fprintf(w, "telegent-setup %s (%s)\n", version, strings.Join(built, ", "))
	return err
}

// revision is the short name of the commit: the linker's, else what go build
// recorded.
func revision() string {
	name := commit
	if info, ok := debug.ReadBuildInfo(); ok && name == "" {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				name = s.Value
			}
		}
	}
	return name[:min(len(name), 7)]
}
