package wizard

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/state"
	"telegent-setup/steps"
	"telegent-setup/steps/report"
	"telegent-setup/wizard/screen"
	"telegent-setup/wizard/terminal"
)

// stage is what a test starts the wizard over.
type stage struct {
	live    bool     // Not the sandbox's forms: nothing is filled in.
	faults  []string // Of the sandbox.
	edition api.Edition
	areas   bool // The service lists areas only.
	many    int  // That many areas.
	environ []string
	given   func(*steps.Given) // Changes what is given ahead; may be nil.
}

// driver is a wizard whose terminal is the test: keys go straight into Update,
// and commands run in goroutines of the test's bubble. It must be made inside
// synctest.Test.
type driver struct {
	t       *testing.T
	m       *Model
	wire    *wire
	path    string
	stage   stage
	store   *state.Store
	journal *journal
	shown   tea.Model // Instead of the wizard; may be nil.

	mu      sync.Mutex
	arrived []tea.Msg
	came    chan struct{} // Holds something when a message may have arrived.
	quit    bool
	closed  bool
	copied  string

	delivered int // Messages that reached Update.
	end       context.CancelFunc
}

const base = "http://127.0.0.1:8080/v1.0"

// play runs a test in a bubble with a fake clock.
func play(t *testing.T, st stage, test func(d *driver)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		test(begin(t, filepath.Join(t.TempDir(), "state.json"), st, nil))
	})
}

// begin starts the wizard over the state file at path; box is a sandbox that
// goes on, or nil for a new one.
func begin(t *testing.T, path string, st stage, box *wire) *driver {
	t.Helper()
	d := &driver{t: t, path: path, stage: st, wire: box, came: make(chan struct{}, 1)}
	if box == nil {
		d.wire = newWire(t, st)
	}
	u, err := api.ParseBaseURL(base)
	require.NoError(t, err)
	d.store, err = state.Open(path)
	require.NoError(t, err)
	file, err := steps.Resolve(path, d.store.File(), steps.Wanted{Sandbox: !st.live, BaseURL: base, Edition: st.edition})
	require.NoError(t, err)
	progress := &Progress{}
	d.journal = &journal{next: progress}
	runner := steps.New(steps.Config{
		Client: api.New(api.Options{BaseURL: u, UserAgent: "telegent-setup/test", Transport: d.wire}),
		Store:  d.store, File: file, Observer: d.journal, Version: "1.0.0",
		Edition: steps.EditionFinder{Named: st.edition != "", Read: func(api.Edition) (steps.Given, error) {
			given := steps.NewGiven()
			if st.given != nil {
				st.given(&given)
			}
			return given, nil
		}},
	})
	ctx, cancel := context.WithCancel(context.Background())
	d.end = cancel
	d.m = New(ctx, Options{Runner: runner, Progress: progress, Terminal: terminal.Terminal{Environ: append([]string{"HOME=" + filepath.Dir(path)}, st.environ...)}})
	d.m.dir = filepath.Join(filepath.Dir(path), "work")
	require.NoError(t, os.MkdirAll(d.m.dir, 0o700))
	d.m.report = func() (report.Report, error) { return d.report(), nil }
	t.Cleanup(d.close)
	d.send(tea.WindowSizeMsg{Width: 100, Height: 30})
	return d
}

// again closes this run and starts the next one over the same state file and
// the same service.
func (d *driver) again() *driver {
	d.t.Helper()
	d.close()
	return begin(d.t, d.path, d.stage, d.wire)
}

func (d *driver) close() {
	if d.closed {
		return
	}
	d.closed = true
	d.end()
	require.NoError(d.t, d.store.Close())
	time.Sleep(3 * time.Second)
	synctest.Wait()
}

// send delivers messages one after the other, as fast as they can be taken,
// and then waits until nothing happens any more.
func (d *driver) send(msgs ...tea.Msg) {
	d.t.Helper()
	for _, msg := range msgs {
		d.deliver(msg)
	}
	d.settle()
}

// settle takes what commands send, until all of them rest.
func (d *driver) settle() {
	for {
		synctest.Wait()
		d.mu.Lock()
		msgs := d.arrived
		d.arrived = nil
		d.mu.Unlock()
		if len(msgs) == 0 {
			return
		}
		for _, msg := range msgs {
			d.deliver(msg)
		}
	}
}

func (d *driver) deliver(msg tea.Msg) {
	switch msg := msg.(type) {
	case nil:
		return
	case tea.QuitMsg:
		d.quit = true
		return
	case tea.BatchMsg:
		for _, cmd := range msg {
			d.run(cmd)
		}
		return
	}
	if d.quit {
		return
	}
	if fmt.Sprintf("%T", msg) == "tea.setClipboardMsg" {
		d.copied = fmt.Sprint(msg)
	}
	d.delivered++
	_, cmd := d.model().Update(msg)
	d.run(cmd)
}

// model is what stands on the terminal.
func (d *driver) model() tea.Model {
	if d.shown != nil {
		return d.shown
	}
	return d.m
}

func (d *driver) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	go func() {
		msg := cmd()
		d.mu.Lock()
		defer d.mu.Unlock()
		d.arrived = append(d.arrived, msg)
		select {
		case d.came <- struct{}{}:
		default:
		}
	}()
}

// keys presses keys by name; a name in quotes is typed letter by letter.
func (d *driver) keys(names ...string) {
	d.t.Helper()
	d.send(presses(names...)...)
}

// slowly presses keys as a person does, who looks at the screen first.
func (d *driver) slowly(names ...string) {
	d.t.Helper()
	for _, name := range names {
		d.pass(quiet + 50*time.Millisecond)
		d.keys(name)
		d.pass(grace + 10*time.Millisecond)
	}
}

// pass lets time pass.
func (d *driver) pass(t time.Duration) {
	for end := time.After(t); ; {
		d.settle()
		select {
		case <-d.came:
		case <-end:
			d.settle()
			return
		}
	}
}

func presses(names ...string) []tea.Msg {
	var all []tea.Msg
	for _, name := range names {
		if text, ok := strings.CutPrefix(name, `"`); ok {
			for _, r := range strings.TrimSuffix(text, `"`) {
				all = append(all, tea.KeyPressMsg{Code: r, Text: string(r)})
			}
			continue
		}
		all = append(all, press(name))
	}
	return all
}

var codes = map[string]rune{
	"enter": tea.KeyEnter, "tab": tea.KeyTab, "esc": tea.KeyEscape, "up": tea.KeyUp, "down": tea.KeyDown,
	"left": tea.KeyLeft, "right": tea.KeyRight, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown,
	"home": tea.KeyHome, "end": tea.KeyEnd, "backspace": tea.KeyBackspace, "f1": tea.KeyF1,
}

func press(name string) tea.KeyPressMsg {
	var mod tea.KeyMod
	if rest, ok := strings.CutPrefix(name, "ctrl+"); ok {
		name, mod = rest, tea.ModCtrl
	}
	if rest, ok := strings.CutPrefix(name, "shift+"); ok {
		name, mod = rest, tea.ModShift
	}
	if code, ok := codes[name]; ok {
		return tea.KeyPressMsg{Code: code, Mod: mod}
	}
	if name == "space" {
		return tea.KeyPressMsg{Code: ' ', Text: " "}
	}
	r := []rune(name)[0]
	if mod != 0 {
		return tea.KeyPressMsg{Code: r, Mod: mod}
	}
	return tea.KeyPressMsg{Code: r, Text: name}
}

// String implements fmt.Stringer: what is drawn only when a test fails.
func (d *driver) String() string { return d.screen() }

// screen is what is to be read, without colours.
func (d *driver) screen() string { return plainText(d.model().View().Content) }

func plainText(content string) string {
	var lines []string
	for l := range strings.SplitSeq(ansi.Strip(content), "\n") {
		lines = append(lines, strings.TrimRight(l, " "))
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n") + "\n"
}

// sees requires texts to be on the screen, however they are wrapped.
func (d *driver) sees(texts ...string) {
	d.t.Helper()
	flat := flatten(d.body())
	for _, text := range texts {
		require.Contains(d.t, flat, flatten(text), "the screen is:\n%s", d)
	}
}

func (d *driver) misses(text string) {
	d.t.Helper()
	require.NotContains(d.t, flatten(d.body()), flatten(text), "the screen is:\n%s", d)
}

// body is the whole text of the screen beside the rail, however long.
func (d *driver) body() string {
	p := d.m.Top().View(80, 400)
	return strings.Join(d.m.Notes, "\n") + "\n" + ansi.Strip(strings.Join(p.Lines, "\n"))
}

// cells is how wide a line is.
func cells(line string) int { return ansi.StringWidth(line) }

func flatten(s string) string {
	s = strings.NewReplacer("┃", " ", "│", " ").Replace(s)
	return strings.Join(strings.Fields(s), " ")
}

// at requires a prompt of a step; an empty step is any. Nothing is under way, and
// nothing lies over it.
func (d *driver) at(kind steps.PromptKind, step string) {
	d.t.Helper()
	require.Nil(d.t, d.m.pending, "the screen is:\n%s", d)
	require.Equal(d.t, kind, d.m.prompt.Kind, "the screen is:\n%s", d)
	require.Len(d.t, d.m.Stack, 1, "the screen is:\n%s", d)
	if step != "" {
		require.Equal(d.t, step, d.m.prompt.Step.ID, "the screen is:\n%s", d)
	}
}

// works requires a call of a step to be under way.
func (d *driver) works(step string) {
	d.t.Helper()
	require.NotNil(d.t, d.m.pending, "the screen is:\n%s", d)
	require.IsType(d.t, &screen.Work{}, d.m.Top().Screen, "the screen is:\n%s", d)
	require.Equal(d.t, step, d.m.prompt.Step.ID, "the screen is:\n%s", d)
}

// question is a question of the form on the screen, as it is answered now.
func (d *driver) question(key string) steps.Question {
	d.t.Helper()
	for _, q := range d.questions() {
		if q.Key == key {
			return q
		}
	}
	require.Fail(d.t, "no field "+key, "the screen is:\n%s", d)
	return steps.Question{}
}

func (d *driver) questions() []steps.Question {
	d.t.Helper()
	f, ok := d.m.Top().Screen.(*screen.Form)
	require.True(d.t, ok, "no form; the screen is:\n%s", d)
	edits, _ := f.Edits()
	return d.m.prompt.Form.Questions(edits)
}

// value is the answer of a field of the form on the screen.
func (d *driver) value(key string) string {
	d.t.Helper()
	return d.question(key).Value
}

// focused is the label of the field with the focus; empty when a button has it.
func (d *driver) focused() string {
	d.t.Helper()
	for l := range strings.SplitSeq(d.body(), "\n") {
		if text, ok := strings.CutPrefix(l, "┃ "); ok {
			label, _, _ := strings.Cut(text, "  ")
			return strings.TrimSpace(label)
		}
	}
	return ""
}

// button is the button with the focus; empty when a field has it.
func (d *driver) button() string {
	for l := range strings.SplitSeq(d.body(), "\n") {
		_, label, ok := strings.Cut(l, "▸ ")
		if ok && !strings.Contains(l, "◂") {
			label, _, _ = strings.Cut(strings.Trim(label, "[ "), "  ")
			return strings.TrimRight(label, " ]")
		}
	}
	return ""
}

// to takes the ready answers of the sandbox until the form of a step is there.
func (d *driver) to(step string) {
	d.t.Helper()
	for range 60 {
		switch p := d.m.prompt; {
		case d.m.pending != nil:
			d.pass(time.Second)
		case p.Kind == steps.FormPrompt && p.Step.ID == step:
			return
		case p.Kind == steps.FormPrompt:
			d.accept()
		case p.Kind == steps.PlanPrompt:
			d.keys("2")
		default:
			d.slowly("enter")
		}
	}
	require.Fail(d.t, "never came to "+step, "the screen is:\n%s", d)
}

// accept sends the form on the screen as it is.
func (d *driver) accept() {
	d.t.Helper()
	d.at(steps.FormPrompt, "")
	d.keys("ctrl+s")
}

// submit sends the ready answers of a step.
func (d *driver) submit(step string) {
	d.t.Helper()
	d.to(step)
	d.accept()
	if d.m.pending == nil && d.m.prompt.Kind == steps.ConfirmPrompt {
		d.slowly("enter")
	}
}

// onward goes on from the delivery of the message.
func (d *driver) onward() {
	d.t.Helper()
	d.keys("enter")
	d.pass(time.Second)
}

// livingTo goes through the first steps as a customer of the real service.
func (d *driver) livingTo(step string) {
	d.t.Helper()
	d.keys("enter", `"sandbox-key"`, "enter", `"sandbox-secret"`, "enter")
	for _, form := range []struct {
		step string
		keys []string
	}{
		{steps.Account, []string{`"Ada"`, "down", "down", `"a@example.com"`, "enter", `"b@example.com"`, "enter"}},
		{steps.MessageRoute, []string{`"https://example.com/m"`, "ctrl+s"}},
		{steps.VoiceRoute, []string{"enter"}},
		{steps.Availability, []string{"up", `"801"`, "ctrl+s"}},
	} {
		require.Equal(d.t, form.step, d.m.prompt.Step.ID, d)
		if form.step == step {
			return
		}
		d.keys(form.keys...)
	}
	d.keys("enter")
	d.at(steps.FormPrompt, step)
}

// journal records a run, as that of the program does.
type journal struct {
	next  steps.Observer
	mu    sync.Mutex
	lines []json.RawMessage
}

// Observe implements steps.Observer.
func (j *journal) Observe(e steps.Event) error {
	if line, ok := report.Record(e); ok {
		j.mu.Lock()
		defer j.mu.Unlock()
		j.lines = append(j.lines, line)
	}
	return j.next.Observe(e)
}

// report is a report on the run so far, the same on every machine.
func (d *driver) report() report.Report {
	d.t.Helper()
	d.journal.mu.Lock()
	defer d.journal.mu.Unlock()
	made, err := report.New(d.store.File(), []state.Run{{Lines: d.journal.lines}}, report.Options{Created: time.Now()})
	require.NoError(d.t, err)
	made.Program = report.Program{Version: "1.0.0", Go: "go1.26.0", Platform: "linux/amd64"}
	for _, run := range made.Runs {
		for i, e := range run.Events {
			if begun, ok := e.(steps.Started); ok {
				begun.State = "/home/ada/.local/state/telegent-setup/state.json"
				run.Events[i] = begun
			}
		}
	}
	return made
}

// everythingOnDisk is what the files of the setup hold.
func (d *driver) everythingOnDisk() string {
	d.t.Helper()
	files, err := filepath.Glob(filepath.Join(filepath.Dir(d.path), "*"))
	require.NoError(d.t, err)
	var all strings.Builder
	for _, f := range files {
		if info, err := os.Stat(f); err == nil && info.Mode().IsRegular() {
			data, err := os.ReadFile(f)
			require.NoError(d.t, err)
			all.Write(data)
		}
	}
	return all.String()
}

func countOf(all []string, want string) int {
	return strings.Count(strings.Join(all, "\n")+"\n", want+"\n")
}
