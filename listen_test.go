package main

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"

	"github.com/rogpeppe/go-internal/testscript"
)

// receivers finds the receiver of a script by its directory.
var receivers sync.Map

// receiver is telegent-setup webhook listen at work.
type receiver struct {
	mu    sync.Mutex
	lines []string
}

// listen FILE: starts telegent-setup webhook listen; $HOOK is where it listens, and
// FILE, an answers file, names it from now on.
func listen(ts *testscript.TestScript, _ bool, args []string) {
	path, err := exec.LookPath("telegent-setup")
	ts.Check(err)
	cmd := exec.Command(path, "webhook", "listen", "--addr", "127.0.0.1:0")
	cmd.Env = append(os.Environ(), "XDG_STATE_HOME="+ts.Getenv("XDG_STATE_HOME"), "HOME="+ts.Getenv("HOME"), "LocalAppData="+ts.Getenv("LocalAppData"))
	out, err := cmd.StdoutPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	ts.Defer(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		_ = cmd.Wait()
	})
	lines := bufio.NewScanner(out)
	lines.Scan()
	url, ok := strings.CutPrefix(lines.Text(), "listening on ")
	if !ok {
		ts.Fatalf("it says %q", lines.Text())
	}
	r := &receiver{}
	receivers.Store(ts.Getenv("WORK"), r)
	go func() {
		for lines.Scan() {
			r.mu.Lock()
			r.lines = append(r.lines, lines.Text())
			r.mu.Unlock()
		}
	}()
	ts.Setenv("HOOK", url)
	answers := fmt.Sprintf("%smessage-route: {RouteName: X, RouteUrl: %q}\n", ts.ReadFile(args[0]), url)
	ts.Check(os.WriteFile(filepath.Join(ts.Getenv("WORK"), args[0]), []byte(answers), 0o600))
}

// heard PATTERN: waits until the receiver has written a line like that.
func heard(ts *testscript.TestScript, _ bool, args []string) {
	found, ok := receivers.Load(ts.Getenv("WORK"))
	if !ok {
		ts.Fatalf("there is no receiver")
	}
	r, pattern := found.(*receiver), regexp.MustCompile(args[0])
	text := ""
	if !eventually(func() bool {
		r.mu.Lock()
		defer r.mu.Unlock()
		text = strings.Join(r.lines, "\n")
		return pattern.MatchString(text)
	}) {
		ts.Fatalf("no line like %s in:\n%s", args[0], text)
	}
}
