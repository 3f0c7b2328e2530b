package wizard

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write testdata/screens anew")

const screensDir = "../testdata/screens"

// sizes are the sizes of terminal that the layouts are made for.
var sizes = []tea.WindowSizeMsg{{Width: 80, Height: 24}, {Width: 40, Height: 12}, {Width: 100, Height: 30}, {Width: 200, Height: 60}}

// usual is the size in which every screen is frozen; the others are those of layouts
// that differ.
var usual = sizes[:1]

// layouts are the screens that are laid out each in its own way.
var layouts = map[string]bool{
	"00-start.welcome": true, "00-start.help": true, "00-start.plan": true, "00-start.overview": true,
	"02-account.form": true, "02-account.form-problems": true, "02-account.request": true, "02-account.work-rate-limit": true,
	"02-account.report": true, "05-availability.list": true, "05-availability.list-many": true, "06-provision.form": true,
	"06-provision.confirm": true, "06-provision.failed-number-in-use": true, "06-provision.unknown": true,
	"08-test-message.delivery": true, "09-end.finished": true, "10-replay.failed-number-in-use": true,
}

// gallery compares screens with the files of testdata/screens.
type gallery struct {
	t    *testing.T
	seen map[string]bool
}

// random is what is random in a screen, and its length is not.
var random = regexp.MustCompile(`SETUP-[A-Z2-7]{26}`)

// freeze compares the screen of this moment with its files.
func (g *gallery) freeze(d *driver, name string) {
	d.t.Helper()
	shown := usual
	if layouts[name] {
		shown = sizes
	}
	for _, size := range shown {
		d.deliver(size)
		text := random.ReplaceAllString(d.screen(), "SETUP-ABCDEFGHIJKLMNOPQRSTUVWXYZ")
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

// Rule: every screen looks as its file in testdata/screens says, and every file
// there is a screen.
func TestScreens(t *testing.T) {
	g := &gallery{t: t, seen: map[string]bool{}}
	if *update {
		require.NoError(t, os.MkdirAll(screensDir, 0o755))
	}
	names, ran := slices.Sorted(maps.Keys(views)), 0
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			ran++
			v := views[name]
			play(t, v.stage, func(d *driver) { v.act(d, g.freeze) })
		})
	}
	if ran < len(names) || t.Failed() {
		return // Only some were asked for.
	}
	for name := range layouts {
		require.True(t, g.seen[name+".200x60.txt"], "there is no screen %s", name)
	}
	for _, name := range g.orphans() {
		if *update {
			require.NoError(t, os.Remove(filepath.Join(screensDir, name)))
			continue
		}
		require.Fail(t, "no screen is called "+name)
	}
}

// Rule: every screen names the key for help, however narrow it is; no line is wider
// than the terminal, and no word of prose is broken.
func TestEveryScreen(t *testing.T) {
	paths, err := filepath.Glob(filepath.Join(screensDir, "*.txt"))
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	for _, path := range paths {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		lines := strings.Split(strings.TrimRight(string(text), "\n"), "\n")
		require.Contains(t, lines[len(lines)-1], "F1", path)
		var w, h int
		_, err = fmt.Sscanf(path[strings.LastIndex(strings.TrimSuffix(path, ".txt"), ".")+1:], "%dx%d.txt", &w, &h)
		require.NoError(t, err)
		require.LessOrEqual(t, len(lines), h, path)
		for _, line := range lines {
			require.LessOrEqual(t, cells(line), w, "%s: %s", path, line)
		}
	}
}
