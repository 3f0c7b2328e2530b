package wizard

import (
	"errors"
	"flag"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"syscall"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/stretchr/testify/require"

	"telegent-setup/steps"
)

var update = flag.Bool("update", false, "write testdata/screens anew")

const screensDir = "../testdata/screens"

var sizes = []tea.WindowSizeMsg{{Width: 40, Height: 12}, {Width: 80, Height: 24}, {Width: 100, Height: 30}, {Width: 200, Height: 60}}

// gallery compares screens with the files of testdata/screens.
type gallery struct {
	t    *testing.T
	seen map[string]bool
}

// orderID is random, and its length is not.
var orderID = regexp.MustCompile(`SETUP-[A-Z2-7]{26}`)

// hang compares the screen of this moment, in every size, with its files.
func (g *gallery) hang(d *driver, name string) {
	d.t.Helper()
	for _, size := range sizes {
		d.deliver(size)
		text := orderID.ReplaceAllString(d.screen(), "SETUP-ABCDEFGHIJKLMNOPQRSTUVWXYZ")
		file := fmt.Sprintf("%s.%dx%d.txt", name, size.Width, size.Height)
		require.False(d.t, g.seen[file], "two screens are called %s", file)
		g.seen[file] = true
		path := filepath.Join(screensDir, file)
		if *update {
			require.NoError(d.t, os.WriteFile(path, []byte(text), 0o644))
			continue
		}
		want, err := os.ReadFile(path)
		require.NoError(d.t, err, "go test ./wizard -update writes it")
		require.Equal(d.t, string(want), text, file)
	}
	d.deliver(tea.WindowSizeMsg{Width: 100, Height: 30})
}

// orphans are files that no screen wrote.
func (g *gallery) orphans() []string {
	files, err := os.ReadDir(screensDir)
	require.NoError(g.t, err)
	var all []string
	for _, f := range files {
		if !g.seen[f.Name()] {
			all = append(all, f.Name())
		}
	}
	return all
}

// Every screen looks as its file in testdata/screens says, in four sizes, and
// every file there is a screen.
func TestScreens(t *testing.T) {
	g := &gallery{t: t, seen: map[string]bool{}}
	if *update {
		require.NoError(t, os.MkdirAll(screensDir, 0o755))
	}
	names := make([]string, 0, len(scenes))
	for name := range scenes {
		names = append(names, name)
	}
	sort.Strings(names)
	ran := 0
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			ran++
			sc := scenes[name]
			play(t, sc.stage, func(d *driver) { sc.act(d, g.hang) })
		})
	}
	if ran < len(names) || t.Failed() {
		return // Only some were asked for.
	}
	for _, name := range g.orphans() {
		if *update {
			require.NoError(t, os.Remove(filepath.Join(screensDir, name)))
			continue
		}
		require.Fail(t, "no screen is called "+name)
	}
}

// sight is a way to some screens.
type sight struct {
	stage stage
	act   func(d *driver, hang func(d *driver, name string))
}

func sandboxTo(step, name string, keys ...string) sight {
	return sight{act: func(d *driver, hang func(*driver, string)) {
		d.to(step)
		d.slowly(keys...)
		hang(d, name)
	}}
}

// failing meets a fault of the sandbox at a step.
func failing(step, name string, faults ...string) sight {
	return sight{stage: stage{faults: faults}, act: func(d *driver, hang func(*driver, string)) {
		d.submit(step)
		d.pass(time.Second)
		hang(d, name)
	}}
}

// submit sends the ready answers of a step.
func (d *driver) submit(step string) {
	d.t.Helper()
	d.to(step)
	d.accept()
	if s, ok := d.m.top().screen.(*sheet); ok && s.guard && d.m.status(step).Status == "todo" {
		d.slowly("enter")
	}
}

// down is a machine that is off the network.
var errDown = &net.OpError{Op: "dial", Net: "tcp", Err: errors.Join(syscall.ECONNREFUSED)}

// livingTo goes through the first steps as a customer of the real service.
func (d *driver) livingTo(step string) {
	d.t.Helper()
	d.keys("enter", `"sandbox-key"`, "enter", `"sandbox-secret"`, "enter")
	if step == steps.Account {
		return
	}
	d.keys(`"Ada"`, "enter", "enter", `"a@example.com"`, "enter", `"b@example.com"`, "enter")
	if step == steps.MessageRoute {
		return
	}
	d.keys(`"Main"`, "enter", `"https://example.com/m"`, "enter", "enter", "enter", "enter")
	if step == steps.VoiceRoute {
		return
	}
	d.keys("enter")
	if step == steps.Availability {
		return
	}
	d.keys(`"801"`, "enter", "enter", "enter", "enter", "enter")
	require.Equal(d.t, step, d.m.top().Step(), d.screen())
}

// Rule: every screen names the key for help, however narrow it is.
func TestEveryFooterNamesHelp(t *testing.T) {
	paths, err := filepath.Glob(filepath.Join(screensDir, "*.txt"))
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	for _, path := range paths {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		lines := strings.Split(strings.TrimRight(string(text), "\n"), "\n")
		require.Contains(t, lines[len(lines)-1], "F1", path)
	}
}
