package printer

import (
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"strings"
)

// Version prints the version, the commit where it is known, and the
// version of Go that compiled the program.
func Version(w io.Writer, version, commit string) error {
	built := []string{runtime.Version()}
	if c := revision(commit); c != "" {
		built = []string{"commit " + c, runtime.Version()}
	}
	_, err := fmt.Fprintf(w, "telegent-setup %s (%s)\n", version, strings.Join(built, ", "))
	return err
}

// revision is the short name of the commit: the linker's, else what go build
// recorded.
func revision(commit string) string {
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
